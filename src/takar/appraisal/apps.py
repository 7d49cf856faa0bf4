from django.apps import AppConfig


class AppraisalConfig(AppConfig):
    name = "takar.appraisal"
    label = "appraisal"
