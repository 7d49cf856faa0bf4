from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "takar.accounts"
    label = "accounts"
