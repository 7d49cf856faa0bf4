from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "takar.common"
    label = "common"
