"""takar migrate: bring the database to the present version."""

import argparse

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from takar.common.errors import DomainError


def configure(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults()


def run(_args: argparse.Namespace) -> int:
    prepare_database()
    print("Basis data siap.")
    return 0


def check_database() -> None:
    """Other commands need the tables of this version."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise DomainError("Basis data belum disiapkan untuk versi ini; jalankan dahulu: takar migrate")


def prepare_database() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
