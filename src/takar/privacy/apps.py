from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "takar.privacy"
    label = "privacy"

    def ready(self) -> None:
        from takar.jobs.registry import register  # noqa: PLC0415 -- models are there only now
        from takar.privacy.export import KIND, export  # noqa: PLC0415 -- likewise

        register(KIND, "Salinan data saya", export)
