from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "takar.archive"
    label = "archive"
