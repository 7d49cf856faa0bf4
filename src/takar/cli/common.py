"""What several commands share: who acts, on which cases, from which files, and how it went."""

import argparse
import getpass
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from takar.accounts.adapter import normal_username
from takar.casework.actions import BulkLine
from takar.casework.models import Case, Period
from takar.casework.queries import visible_cases
from takar.common.errors import InvalidInput, Problem
from takar.organisation.models import Employee
from takar.upkeep.package import AGE_MAGIC

RECOVERY_VARIABLE = "TAKAR_RECOVERY_KEY"
PASSWORD_VARIABLE = "TAKAR_PASSWORD"  # noqa: S105 -- the name of a variable, not a secret


def add_actor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as", dest="actor", required=True, metavar="NIP", help="NIP (atau nama pengguna) pelaku")


def actor_of(args: argparse.Namespace) -> Employee:
    """The person in whose name the command acts; the same rules hold as in the browser."""
    username = normal_username(args.actor)
    known = Employee.objects.select_related("agency", "user").filter(user__is_active=True)
    found = known.filter(user__username=username).first()
    if found is None:
        raise InvalidInput("Pelaku tidak dikenal.", [Problem("--as", f"Tidak ada akun aktif dengan NIP {username}.")])
    return found


def open_cases(actor: Employee, codes: Sequence[str]) -> list[Case]:
    """The cases with these numbers, each once, among those that the person may see; all of them must be open."""
    related = ("open_step", "run__version", "appraisal__plan")
    found = {case.code: case for case in visible_cases(actor).select_related(*related).filter(code__in=codes)}
    wanted = list(dict.fromkeys(codes))
    problems = [Problem(code, "Berkas tidak ditemukan.") for code in wanted if code not in found]
    problems += [Problem(code, "Berkas sudah selesai.") for code in wanted if code in found and not found[code].step]
    if problems:
        raise InvalidInput("Tidak ada yang dikerjakan.", problems)
    return [found[code] for code in wanted]


def period_of(actor: Employee, code: str) -> Period:
    """The period with this code in the actor's own agency."""
    found = Period.objects.select_related("agency", "version").filter(agency_id=actor.agency_id, code=code).first()
    if found is None:
        raise InvalidInput(
            "Periode tidak ditemukan.", [Problem(code, "Tidak ada periode dengan kode ini di kantor Anda.")]
        )
    return found


def report(lines: Sequence[BulkLine]) -> int:
    """A line for each case; 1 if any was not done."""
    for line in lines:
        print(f"{'✓' if line.done else '✗'} {line.code} {line.name}: {line.message}")
    return 0 if all(line.done for line in lines) else 1


def ask_password() -> str:
    """From the environment for scripts, otherwise typed without an echo."""
    given = os.environ.get(PASSWORD_VARIABLE)
    if given is None and not sys.stdin.isatty():
        raise InvalidInput(f"Tindakan ini memerlukan kata sandi; isikan {PASSWORD_VARIABLE} atau jalankan di terminal.")
    return given if given is not None else getpass.getpass("Kata sandi: ")


def read_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{path} tidak dapat dibaca ({error.strerror}). Periksa nama dan izinnya."
        raise InvalidInput(message) from error


def write_file(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        message = f"{path} tidak dapat ditulis ({error.strerror}). Periksa nama dan izin foldernya."
        raise InvalidInput(message) from error


def recovery_key_for(backup: Path) -> str:
    """The recovery key, asked for only if the back-up needs one."""
    try:
        with backup.open("rb") as file:
            if file.read(len(AGE_MAGIC)) != AGE_MAGIC:
                return ""
    except OSError as error:
        raise InvalidInput(f"Cadangan {backup} tidak dapat dibaca ({error.strerror}). Periksa namanya.") from error
    given = os.environ.get(RECOVERY_VARIABLE)
    if given is None and not sys.stdin.isatty():
        raise InvalidInput(f"Cadangan ini tersandi; isikan {RECOVERY_VARIABLE} atau jalankan di terminal.")
    return given if given is not None else getpass.getpass("Kunci pemulihan: ")
