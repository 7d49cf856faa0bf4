from django.apps import AppConfig


class ResetsConfig(AppConfig):
    name = "takar.resets"
    label = "resets"
