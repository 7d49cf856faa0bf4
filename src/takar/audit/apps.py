from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "takar.audit"
    label = "audit"
