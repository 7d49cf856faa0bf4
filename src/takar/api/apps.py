from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "takar.api"
    label = "api"
