from django.apps import AppConfig


class RepeatsConfig(AppConfig):
    name = "takar.repeats"
    label = "repeats"
