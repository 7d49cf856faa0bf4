from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "takar.accounts"
    label = "accounts"

    def ready(self) -> None:
        from takar.accounts import sign_in_log  # noqa: PLC0415 -- needs the models

        sign_in_log.connect()
