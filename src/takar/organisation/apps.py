from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "takar.organisation"
    label = "organisation"
