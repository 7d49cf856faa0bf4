from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "takar.documents"
    label = "documents"
