"""What several commands share: who acts, and which cases."""

import argparse
import getpass
import os
import sys
from collections.abc import Sequence
from uuid import UUID

from takar.accounts.adapter import normal_username
from takar.casework.models import Case
from takar.casework.queries import visible_cases
from takar.common.errors import InvalidInput, Problem
from takar.organisation.models import Employee

PASSWORD_VARIABLE = "TAKAR_PASSWORD"  # noqa: S105 -- the name of a variable, not a secret


def add_actor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as", dest="actor", required=True, metavar="NIP", help="NIP (atau nama pengguna) pelaku")


def actor_of(args: argparse.Namespace) -> Employee:
    """The person in whose name the command acts; the same rules hold as in the browser."""
    username = normal_username(args.actor)
    found = Employee.objects.select_related("agency", "user").filter(user__username=username).first()
    if found is None:
        raise InvalidInput("Pelaku tidak dikenal.", [Problem("--as", f"Tidak ada pegawai dengan NIP {username}.")])
    return found


def open_steps(actor: Employee, codes: Sequence[str]) -> list[UUID]:
    """The open steps of the cases with these numbers, among those that the person may see."""
    found = dict(visible_cases(actor).filter(code__in=codes).values_list("code", "open_step_id"))
    problems = [Problem(code, "Berkas tidak ditemukan.") for code in codes if code not in found]
    problems += [Problem(code, "Berkas sudah selesai.") for code in codes if code in found and found[code] is None]
    if problems:
        raise InvalidInput("Tidak ada yang dikerjakan.", problems)
    return [found[code] for code in codes]


def find_case(actor: Employee, code: str) -> Case:
    found = (
        visible_cases(actor).select_related("open_step", "appraisal__plan", "run__version").filter(code=code).first()
    )
    if found is None:
        raise InvalidInput("Tidak ada yang dikerjakan.", [Problem(code, "Berkas tidak ditemukan.")])
    return found


def ask_password() -> str:
    """From the environment for scripts, otherwise typed without an echo."""
    given = os.environ.get(PASSWORD_VARIABLE)
    if given is None and not sys.stdin.isatty():
        raise InvalidInput(f"Tindakan ini memerlukan kata sandi; isikan {PASSWORD_VARIABLE} atau jalankan di terminal.")
    return given if given is not None else getpass.getpass("Kata sandi: ")
