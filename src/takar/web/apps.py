from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "takar.web"
    label = "web"

    def ready(self) -> None:
        from takar.web.views import security  # noqa: PLC0415 -- the models must be loaded first

        security.connect()
