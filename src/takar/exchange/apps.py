from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "takar.exchange"
    label = "exchange"
