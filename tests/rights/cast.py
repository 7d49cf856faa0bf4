"""Everybody who can stand to a case in a different way, one person each, in the office of the other tests."""

import datetime as dt
from typing import Any

from tests.mandates import give, mandate_data
from tests.office import PASSWORD, PEOPLE, TODAY, Office

from takar.casework.assessors import reassign_assessor
from takar.casework.models import Case
from takar.organisation.actions import import_staff, set_role_holders
from takar.organisation.mandates import end_mandate
from takar.organisation.models import Assignment, Employee, Mandate
from takar.organisation.types import PersonData

# key in the tests → what readers see; the key of the office's own people is that of tests.office.PEOPLE
CAST = {
    "kepala": "Kepala",
    "sekretaris": "Sekretaris",
    "kasubbag": "Kasubbag",
    "staf": "Staf",
    "admin": "Administrator",
    "pegawai": "Pegawai ybs.",
    "atasan": "Atasan langsung",
    "atasan2": "Atasan dari atasan",
    "plh": "Plh. atasan langsung",
    "plt": "Plt. Kasubbag",
    "lampau": "Mandat yang berakhir",
    "lama": "Atasan lama",
    "rekan": "Rekan seunit",
    "unit_lain": "Unit lain",
    "outsider": "Kantor lain",
}
ADDED = {
    "admin": ("199201012018011011", "Adi Pratama", "Pranata Komputer", "jfu", "Sekretariat"),
    "atasan2": ("197301011997011012", "Bambang Yudha", "Kepala Bagian", "struktural", "Bagian"),
    "plh": ("197401011998011013", "Cahya Ningrum", "Kepala Bidang C", "struktural", "Bidang C"),
    "plt": ("197501011999011014", "Dian Kusuma", "Kepala Bidang D", "struktural", "Bidang D"),
    "lampau": ("197601012000011015", "Eka Saputri", "Kepala Bidang E", "struktural", "Bidang E"),
    "lama": ("197701012001011016", "Fajar Nugroho", "Kepala Bidang F", "struktural", "Bidang F"),
    "unit_lain": ("199301012019011017", "Gita Permata", "Analis", "jfu", "Bidang B"),
}


def people_the_office(office: Office) -> Office:
    """Bring the others in, each by the program's own acts; only who stands above the superior is put there by hand."""
    rows = [_person(name) for name in ADDED]
    import_staff(actor=office.kasubbag, agency=office.agency, rows=rows, on=TODAY)
    for name, (nip, *_) in ADDED.items():
        person = office.people[name] = Employee.objects.select_related("user", "agency").get(nip=nip)
        person.user.set_password(PASSWORD)
        person.user.save(update_fields=["password"])
    admin = [("admin", office.people["admin"])]
    set_role_holders(actor=office.kasubbag, agency=office.agency, holders=admin, on=TODAY)
    above = office.people["atasan2"]
    Assignment.objects.filter(employee=office.atasan).update(superior=above)
    Case.objects.filter(employee=office.pegawai).update(assessor_superior=above)
    for assessor in (office.people["lama"], office.atasan):
        reassign_assessor(
            actor=office.kasubbag, case_id=office.case().pk, happened="assessor_moved", on=TODAY, assessor=assessor,
            reason="SK 800/2/2026.",
        )  # fmt: skip
    Case.objects.filter(employee=office.pegawai).update(assessor_superior=above)
    _mandates(office)
    return office


def _person(name: str) -> PersonData:
    nip, full, post, kind, unit = ADDED[name]
    superior = PEOPLE["kepala" if kind == "struktural" else "atasan_lain"][0]
    return PersonData(nip, full, "pns", rank="III/c", post=post, post_kind=kind, unit=unit, superior_nip=superior)


def _mandates(office: Office) -> None:
    def decree(holder: str, **changes: Any) -> Mandate:
        return give(office, mandate_data(office, holder=office.people[holder], **changes))

    long = {"end": TODAY + dt.timedelta(days=90)}
    end_mandate(actor=office.kepala, mandate=decree("lampau"), reason="Atasan kembali.")
    decree("plh", **long)
    decree("plt", kind="plt", principal=None, role="kasubbag", **long)
