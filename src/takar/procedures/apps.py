from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "takar.procedures"
    label = "procedures"
