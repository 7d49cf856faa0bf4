"""takar migrate: bring the database to the present version."""

import argparse

from django.core.management import call_command


def configure(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults()


def run(_args: argparse.Namespace) -> int:
    prepare_database()
    print("Basis data siap.")
    return 0


def prepare_database() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
