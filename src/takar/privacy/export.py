"""All that is kept about a person as JSON, with the documents and what was attached, in one ZIP (UU 27/2022 Pasal 7, 13 and 32).

What opens an account (passwords, seeds, keys) is never in it. Which table holds a person's data by which column is TAKEN.
"""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from takar.audit.models import Event
from takar.documents.models import Document
from takar.files.models import Removal, StoredFile
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
    "skp_indikator": ("appraisal.Indicator", "work__plan__employee"),
    "skp_ekspektasi": ("appraisal.Expectation", "plan__employee"),
    "skp_lampiran": ("appraisal.Appendix", "plan__employee"),
    "realisasi": ("appraisal.Progress", "plan__employee"),
    "umpan_balik": ("appraisal.Feedback", "employee"),
    "permintaan_umpan_balik": ("appraisal.Invitation", "employee"),
    "catatan_perilaku": ("appraisal.BehaviourNote", "employee"),
    "saldo_angka_kredit": ("appraisal.CreditOpening", "employee"),
    "penilaian": ("appraisal.Appraisal", "employee"),
    "formulir": ("appraisal.Form", "appraisal__employee"),
    "formulir_baris": ("appraisal.FormLine", "form__appraisal__employee"),
    "formulir_tambahan": ("appraisal.FormExtra", "form__appraisal__employee"),
    "formulir_belajar": ("appraisal.FormStudy", "form__appraisal__employee"),
    "formulir_selisih": ("appraisal.Difference", "form__appraisal__employee"),
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
    "reset_kata_sandi": ("resets.ResetRequest", "person"),
    "sesi": ("usersessions.UserSession", "user__employee"),
    "kunci_api": ("accounts.ApiToken", "user__employee"),
}
# folder in the file → table with a content, column that leads to the person
ATTACHED = (
    ("bukti", "appraisal.Evidence", "appraisal__employee"),
    ("realisasi", "appraisal.ProgressFile", "progress__plan__employee"),
    ("tindakan", "casework.ActFile", "act__case__employee"),
)
# What opens something, or is of no use outside of the program.
SECRET = frozenset({"key", "digest", "account_hash", "session_key", "beginning"})


MOST_BYTES = 200 * 1024 * 1024
"""Of contents in one copy; what is beyond is named in it instead."""


def export(work: Work) -> None:
    """Table after table, then the contents, the documents first."""
    person, content = work.actor, io.BytesIO()
    papers, left_out = _fitting(_papers(person))
    found: dict[str, Any] = {}
    parts = len(TAKEN) + 1 + len(papers)
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for done, (name, file) in enumerate(papers, start=1):
            archive.writestr(name, read(file))
            work.progress(done, parts)
        for done, name in enumerate(TAKEN, start=len(papers) + 1):
            found[name] = rows_of(name, person)
            work.progress(done, parts)
        found |= {"peristiwa": list(_events(person)), "isi_yang_tidak_disertakan": left_out}
        archive.writestr("data.json", json.dumps(found, ensure_ascii=False, indent=1, default=str))
    work.keep(content.getvalue(), name="data-saya.zip", media_type="application/zip")


def _papers(person: Employee) -> Iterator[tuple[str, StoredFile]]:
    """The person's documents, then what was attached to forms, notes of realisation and acts; each name but once."""
    kept = Document.objects.filter(subject=person, file__isnull=False).select_related("file", "signed_file")
    for row in kept.order_by("pk"):
        yield f"dokumen/{row.number.replace('/', '-')}-{str(row.pk)[-6:]}.pdf", row.final_file
    for folder, label, column in ATTACHED:
        rows: QuerySet[Any] = apps.get_model(label).objects.filter(**{column: person.pk})
        for number, row in enumerate(rows.select_related("file").order_by("pk"), start=1):
            yield f"{folder}/{number:03d}-{PurePosixPath(row.file.name).name}", row.file


def _fitting(papers: Iterable[tuple[str, StoredFile]]) -> tuple[list[tuple[str, StoredFile]], list[str]]:
    """What goes in, and the names of what would make the copy too large or has been destroyed by the archive."""
    taken, left_out, room = list[tuple[str, StoredFile]](), list[str](), MOST_BYTES
    for name, file in papers:
        if file.size > room or Removal.objects.filter(file=file).exists():
            left_out.append(name)
            continue
        taken.append((name, file))
        room -= file.size
    return taken, left_out


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


def _events(person: Employee) -> Iterator[dict[str, Any]]:
    """What the person did, and what was done to the person's own account and data."""
    about = Q(actor_id=str(person.user_id)) | Q(stream=f"account:{person.user_id}") | Q(stream=f"privacy:{person.pk}")
    columns = ("at", "actor_name", "acting_as", "verb", "subject", "reason", "channel", "address")
    yield from Event.objects.filter(about).order_by("at", "id").values(*columns)
