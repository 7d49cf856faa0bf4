"""All that is kept about a person as JSON, with the documents as PDF, in one ZIP (UU 27/2022 Pasal 7, 13 and 32).

What opens an account (passwords, seeds, keys) is never in it. Which table holds a person's data by which column is TAKEN.
"""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from takar.audit.models import Event
from takar.documents.models import Document
from takar.files.queries import read
from takar.jobs.work import Work
from takar.organisation.models import Employee

KIND = "privacy.export"
# name in the file → table, column that leads to the person
TAKEN: Mapping[str, tuple[str, str]] = {
    "pegawai": ("organisation.Employee", "pk"),
    "penempatan": ("organisation.Assignment", "employee"),
    "peran": ("organisation.RoleHolder", "employee"),
    "mandat": ("organisation.Mandate", "holder"),
    "mandat_atas_nama": ("organisation.Mandate", "principal"),
    "skp": ("appraisal.Plan", "employee"),
    "skp_kegiatan": ("appraisal.Activity", "plan__employee"),
    "skp_hasil_kerja": ("appraisal.Work", "plan__employee"),
    "realisasi": ("appraisal.Progress", "plan__employee"),
    "umpan_balik": ("appraisal.Feedback", "employee"),
    "permintaan_umpan_balik": ("appraisal.Invitation", "employee"),
    "catatan_perilaku": ("appraisal.BehaviourNote", "employee"),
    "saldo_angka_kredit": ("appraisal.CreditOpening", "employee"),
    "penilaian": ("appraisal.Appraisal", "employee"),
    "formulir": ("appraisal.Form", "appraisal__employee"),
    "formulir_baris": ("appraisal.FormLine", "form__appraisal__employee"),
    "bukti": ("appraisal.Evidence", "appraisal__employee"),
    "keputusan": ("appraisal.Decision", "appraisal__employee"),
    "pengecualian": ("casework.Exemption", "employee"),
    "berkas": ("casework.Case", "employee"),
    "tindakan": ("casework.Act", "case__employee"),
    "dokumen": ("documents.Document", "subject"),
    "tanda_tangan": ("documents.Signature", "document__subject"),
    "salinan": ("documents.Copy", "document__subject"),
    "salinan_diterima": ("documents.Copy", "person"),
    "sertifikat": ("documents.Certificate", "employee"),
    "arsip": ("archive.Deposit", "subject"),
    "peminjaman": ("archive.Loan", "person"),
    "akhir_masa_kerja": ("archive.EndOfService", "employee"),
    "pemberitahuan": ("notices.Notice", "person"),
    "pilihan_pemberitahuan": ("notices.Preference", "person"),
    "surat": ("notices.Letter", "person"),
    "tenggat": ("casework.Term", "case__employee"),
    "pembacaan": ("privacy.Reading", "person"),
    "perbaikan": ("privacy.Correction", "person"),
    "sesi": ("usersessions.UserSession", "user__employee"),
    "kunci_api": ("accounts.ApiToken", "user__employee"),
}
# What opens something, or is of no use outside of the program.
SECRET = frozenset({"key", "digest", "account_hash", "session_key", "beginning"})


def export(work: Work) -> None:
    """One item a table and one a document; the file is put together at the end."""
    person = work.actor
    documents = {f"dokumen:{row.pk}": row for row in _documents(person)}
    found: dict[str, Any] = {}
    for key in work.remaining([*TAKEN, "peristiwa", *documents]):
        label = f"Dokumen {documents[key].number}" if key in documents else key.replace("_", " ").capitalize()
        with work.item(key, label) as item:
            item.message = "Ditulis." if key in documents else f"{_count(key, person)} baris"
    found = {name: rows_of(name, person) for name in TAKEN} | {"peristiwa": list(_events(person))}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(found, ensure_ascii=False, indent=1, default=str))
        for row in documents.values():
            archive.writestr(f"dokumen/{row.number.replace('/', '-')}-{str(row.pk)[-6:]}.pdf", read(row.final_file))
    work.keep(content.getvalue(), name="data-saya.zip", media_type="application/zip")


def rows_of(name: str, person: Employee) -> list[dict[str, Any]]:
    rows = table_of(name, person)
    columns = [
        field.attname
        for field in rows.model._meta.concrete_fields  # noqa: SLF001 -- Django's own door to the columns
        if field.name not in SECRET
    ]
    return list(rows.order_by("pk").values(*columns))


def table_of(name: str, person: Employee) -> "QuerySet[Any]":
    label, column = TAKEN[name]
    value: object = person.pk
    found: QuerySet[Any] = apps.get_model(label).objects.filter(**{column: value})
    return found


def _documents(person: Employee) -> Iterator[Document]:
    kept = Document.objects.filter(subject=person, file__isnull=False).select_related("file", "signed_file")
    yield from kept.order_by("pk")


def _events(person: Employee) -> Iterator[dict[str, Any]]:
    """What the person did, and what was done to the person's own account and data."""
    about = Q(actor_id=str(person.user_id)) | Q(stream=f"account:{person.user_id}") | Q(stream=f"privacy:{person.pk}")
    columns = ("at", "actor_name", "acting_as", "verb", "subject", "reason", "channel", "address")
    yield from Event.objects.filter(about).order_by("at", "id").values(*columns)


def _count(name: str, person: Employee) -> int:
    return sum(1 for _ in _events(person)) if name == "peristiwa" else table_of(name, person).count()
