from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "takar.casework"
    label = "casework"
