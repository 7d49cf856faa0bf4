"""What every page knows: who reads it, as what, where one can go from here, and how much waits."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from takar.casework.queries import tasks_up_to
from takar.common import clock
from takar.exchange import demonstration
from takar.organisation.enums import Role
from takar.organisation.models import Agency, Employee
from takar.organisation.policies import TRAIL_READERS, roles_here
from takar.organisation.queries import mandates_of
from takar.web.held import held_for


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the menu: under the heading of its `group`, or at the top without one."""

    view: str
    label: str
    roles: frozenset[str] = frozenset()
    group: str = ""

    @property
    def address(self) -> str:
        return reverse(self.view)


@dataclass(frozen=True, slots=True)
class Group:
    """A heading of the menu with its links; one that has a single link for the reader is that link."""

    label: str
    links: tuple[Link, ...]


DESK = frozenset({Role.KASUBBAG, Role.STAF, Role.ADMIN})
KEEPERS = frozenset({Role.KASUBBAG, Role.ADMIN})
OVERSEERS = frozenset({Role.KASUBBAG, Role.SEKRETARIS, Role.KEPALA})

ARCHIVE_READERS = frozenset({Role.KASUBBAG, Role.STAF, Role.SEKRETARIS, Role.KEPALA})

# The number beside Tugas Saya is counted on every page: beyond this it says no more than that there are more.
MOST_TASKS = 99

LINKS = (
    Link("home", "Beranda"),
    Link("tasks", "Tugas Saya"),
    Link("cases", "Berkas"),
    Link("archive", "Arsip"),
    Link("skp", "SKP", group="Kinerja"),
    Link("notebooks", "Catatan", group="Kinerja"),
    Link("feedback", "Umpan balik", group="Kinerja"),
    Link("accounts", "Angka kredit", group="Kinerja"),
    Link("blank_forms", "Formulir", group="Kinerja"),
    Link("reports", "Laporan", OVERSEERS, group="Pengawasan"),
    Link("sop", "SOP", group="Pengawasan"),
    Link("workshop", "Bengkel SOP", OVERSEERS | KEEPERS, group="Pengawasan"),
    Link("oversight", "Kesesuaian", OVERSEERS, group="Pengawasan"),
    Link("reviews", "Pemantauan SOP", OVERSEERS, group="Pengawasan"),
    Link("what_if", "Bagaimana jika", OVERSEERS, group="Pengawasan"),
    Link("trail", "Jejak", TRAIL_READERS, group="Pengawasan"),
    Link("plans", "Target SKP", frozenset({Role.KASUBBAG, Role.STAF}), group="Pengaturan"),
    Link("periods", "Periode", KEEPERS, group="Pengaturan"),
    Link("achievements", "Capaian", frozenset({Role.KEPALA, Role.KASUBBAG}), group="Pengaturan"),
    Link("office", "Kantor", KEEPERS, group="Pengaturan"),
    Link("mandates", "Plt./Plh.", frozenset({Role.KEPALA}), group="Pengaturan"),
    Link("resets", "Reset sandi", frozenset({Role.KEPALA}), group="Pengaturan"),
    Link("jobs", "Pekerjaan", DESK | TRAIL_READERS, group="Pengaturan"),
)


@dataclass(frozen=True, slots=True)
class Reader:
    """The person who reads the page."""

    employee: Employee
    roles: frozenset[str]
    menu: SafeString
    mandates: tuple[str, ...] = ()

    @property
    def role_labels(self) -> str:
        own = [str(Role(role).label) for role in Role.values if role in self.roles]
        return ", ".join([*own, *self.mandates]) or "Pegawai"

    @property
    def keeps_archive(self) -> bool:
        """Whether the whole office's archive is open to this person, as queries decide it."""
        return bool(ARCHIVE_READERS & self.roles)


@lru_cache(maxsize=1024)
def menu(roles: frozenset[str], here: str, tasks: str) -> SafeString:
    """Links and groups in the order of the table, as a part of the page; `here` is the address that is shown."""
    groups: dict[str, list[Link]] = {}
    for link in LINKS:
        if not link.roles or link.roles & roles:
            groups.setdefault(link.group or link.view, []).append(link)
    entries = [links[0] if len(links) == 1 else Group(label, tuple(links)) for label, links in groups.items()]
    return render_to_string("web/parts/menu.html", {"entries": entries, "here": here, "tasks": tasks})


def page(request: HttpRequest) -> dict[str, Any]:
    employee = getattr(request, "employee", None)
    reader = None
    if employee is not None:
        reader = SimpleLazyObject(lambda: _reader(employee, request.path))
    shown: dict[str, Any] = {"reader": reader, "is_demo": settings.DEMO, "source_url": settings.SOURCE_URL}
    shown["held"] = held_for(request) if employee is not None and request.path != reverse("held") else None
    shown["oidc_name"] = settings.OIDC_NAME if settings.OIDC_ISSUER and settings.OIDC_CLIENT else ""
    return shown | ({"demo_cast": _demo_cast, "demo_password": demonstration.PASSWORD} if settings.DEMO else {})


def _demo_cast() -> list[demonstration.Member]:
    """Only called by the sign-in page of a demonstration."""
    return demonstration.cast(Agency.objects.order_by("pk")[0])


def _reader(employee: Employee, path: str) -> Reader:
    held = tuple(mandate.title for mandate in mandates_of(employee, clock.today()))
    tasks = tasks_up_to(employee, MOST_TASKS + 1) if employee.known_tasks is None else employee.known_tasks
    shown = f"{MOST_TASKS}+" if tasks > MOST_TASKS else str(tasks or "")
    roles = roles_here(employee, employee.agency)
    return Reader(employee, roles, menu(roles, path if path in _addresses() else "", shown), held)


@cache
def _addresses() -> frozenset[str]:
    return frozenset(link.address for link in LINKS)
