from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "takar.files"
    label = "files"
