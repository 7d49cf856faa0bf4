"""What is kept about a person: shown with its readers, put right on request, and taken along as a whole."""

import datetime as dt
import io
import json
import zipfile
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError
from django.urls import reverse
from tests.office import NOW, Office
from tests.web.browsing import PDF, words

from takar.audit.models import Event
from takar.casework.actions import add_evidence
from takar.common import clock
from takar.common.errors import AlreadyDone, NotAllowed
from takar.files.queries import read
from takar.jobs.models import Job
from takar.jobs.work import run
from takar.notices.models import Notice
from takar.organisation.models import Employee
from takar.privacy import readings
from takar.privacy.actions import ask_correction, ask_export, decide_correction
from takar.privacy.export import SECRET, TAKEN
from takar.privacy.models import Correction, Reading

# Rows that name a person but are of the office or of another person's: who acted, whom a list names.
NOT_OF_THE_PERSON = {
    "reader",
    "author",
    "actor",
    "superior",
    "assessor",
    "assessor_superior",
    "assignee",
    "colleague",
    "by",
}


@pytest.fixture
def noted(settings: Any) -> None:
    settings.READINGS_NOTED = True
    readings.forget()


def test_whoever_opens_anothers_papers_is_named_once_a_day(
    office: Office, noted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.at_step(5)
    case = office.case()
    address = reverse("case", args=[case.pk])
    document = reverse("document", args=[case.documents.get().document_id])
    for _ in range(3):
        office.client("kepala").get(address)
    office.client("kepala").get(document)
    office.client("pegawai").get(address)
    office.client("outsider").get(address)
    told = [(row.reader, row.kind) for row in Reading.objects.filter(person=office.pegawai).order_by("kind")]
    assert told == [(office.kepala, "berkas"), (office.kepala, "dokumen")]
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(days=1))
    readings.forget()
    office.clients.clear()
    office.client("kepala").get(address)
    assert Reading.objects.filter(person=office.pegawai, kind="berkas").count() == 2
    page = words(office.client("pegawai").get(reverse("my_data")))
    assert "12 Januari 2026 Karta Wijaya Berkas penilaian" in page
    assert "Karta Wijaya Berkas penilaian" not in words(office.client("rekan").get(reverse("my_data")))


def test_reading_that_cannot_be_noted_costs_no_page(
    office: Office, noted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: object, **_more: object) -> None:
        raise DatabaseError("database is locked")

    monkeypatch.setattr("takar.web.reading.note_reading", away)
    assert office.client("kepala").get(reverse("case", args=[office.case().pk])).status_code == 200


def test_second_worker_that_has_not_noted_it_yet_writes_no_second_row(office: Office, noted: None) -> None:
    for _ in range(2):
        readings.forget()
        readings.note_reading(office.kepala.pk, office.pegawai.pk, "skp")
    assert Reading.objects.count() == 1


def test_correction_is_asked_answered_in_time_and_told(office: Office) -> None:
    person, kasubbag = office.client("pegawai"), office.client("kasubbag")
    refused = person.post(reverse("my_data"), {"data": "Golongan", "seharusnya": ""})
    assert (refused.status_code, 'value="Golongan"' in refused.content.decode()) == (422, True)
    person.post(reverse("my_data"), {"data": "Golongan", "seharusnya": "III/d, SK 1/2026."})
    made = Correction.objects.get()
    assert made.due_at - made.asked_at == dt.timedelta(hours=72)
    assert "dijawab paling lambat 15 Januari 2026" in words(person.get(reverse("my_data")))
    assert "Putri Maharani Golongan" in words(kasubbag.get(reverse("corrections")))
    page = reverse("correction", args=[made.pk])
    assert kasubbag.post(page, {"putusan": "ya", "jawaban": ""}).status_code == 422
    assert kasubbag.post(page, {"putusan": "ya", "jawaban": "Sudah III/d."}).status_code == 302
    assert "diperbaiki oleh Kania Dewi" in words(person.get(reverse("my_data")))
    with pytest.raises(AlreadyDone):
        decide_correction(actor=office.kasubbag, correction_id=made.pk, granted=False, answer="Tidak.")
    assert [e.verb for e in Event.objects.filter(stream=f"privacy:{office.pegawai.pk}").order_by("seq")] == [
        "correction.asked",
        "correction.decided",
    ]


def test_desk_and_applicant_are_told(office: Office) -> None:
    made = ask_correction(actor=office.pegawai, what="golongan", text="III/d sejak Oktober")
    decide_correction(actor=office.kasubbag, correction_id=made.pk, granted=True, answer="Sudah.")
    told = [(row.person, row.place, row.text) for row in Notice.objects.order_by("pk")]
    assert told == [
        (office.kasubbag, "requests", "Putri Maharani meminta datanya diperbaiki (golongan); jawab paling lambat "
         "15 Januari 2026 pukul 09.30 WITA."),
        (office.pegawai, "data", "Permintaan perbaikan data Anda (golongan) diperbaiki: lihat jawabannya."),
    ]  # fmt: skip
    first = {"pilih": str(Notice.objects.get(person=office.kasubbag).pk), "buka": "1"}
    assert office.client("kasubbag").post("/pemberitahuan/", first).headers["Location"] == reverse("corrections")


def test_services_outside_are_named_when_they_are_used(office: Office, settings: Any) -> None:
    nobody = "Tidak ada data yang dikirim program ke luar mesin kantor ini."
    settings.EMAIL_HOST = settings.BSRE_URL = settings.TSA_URL = settings.OIDC_ISSUER = settings.FILES = ""
    assert nobody in words(office.client("pegawai").get(reverse("my_data")))
    settings.BSRE_URL = "https://bsre.example.go.id"
    shown = words(office.client("pegawai").get(reverse("my_data")))
    assert nobody not in shown
    assert "dokumen yang ditandatangani dengan sertifikatnya" in shown


def test_late_answer_is_marked(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_correction(actor=office.pegawai, what="Unit", text="Bidang B.")
    assert "terlambat" not in words(office.client("kasubbag").get(reverse("corrections")))
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(hours=73))
    office.clients.clear()
    assert "jawab terlambat" in words(office.client("kasubbag").get(reverse("corrections")))


@pytest.mark.parametrize("who", ["staf", "kepala", "pegawai", "outsider"])
def test_nobody_else_answers(office: Office, who: str) -> None:
    made = ask_correction(actor=office.pegawai, what="Unit", text="Bidang B.")
    with pytest.raises(NotAllowed):
        decide_correction(actor=office.people[who], correction_id=made.pk, granted=True, answer="Ya.")


def test_copy_holds_everything_of_the_person_and_no_secret(office: Office) -> None:
    add_evidence(actor=office.staf, step_run_id=office.case().task_id, item=1, files=[("laporan.pdf", PDF)])
    office.at_step(6)
    job = ask_export(actor=office.pegawai)
    run(job.pk)
    job = Job.objects.select_related("file").get(pk=job.pk)
    assert job.file is not None
    with zipfile.ZipFile(io.BytesIO(read(job.file))) as archive:
        names = archive.namelist()
        data, contents = json.loads(archive.read("data.json")), archive.read("bukti/001-laporan.pdf")
    assert [name.partition("/")[0] for name in names] == ["dokumen", "bukti", "data.json"]
    assert (names[1], contents) == ("bukti/001-laporan.pdf", PDF)
    assert set(data) == {*TAKEN, "peristiwa", "isi_yang_tidak_disertakan"}
    assert data["isi_yang_tidak_disertakan"] == []
    assert [row["name"] for row in data["pegawai"]] == ["Putri Maharani"]
    assert [row["code"] for row in data["berkas"]] == [office.case().code]
    assert len(data["peristiwa"]) > 0
    columns = {column for rows in data.values() for row in rows for column in row}
    assert columns & (SECRET | {"password"}) == set()
    assert office.client("kepala").get(reverse("job_file", args=[job.pk])).status_code == 404
    assert office.client("pegawai").get(reverse("job_file", args=[job.pk])).status_code == 200


def test_what_would_make_the_copy_too_large_is_named_in_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    add_evidence(actor=office.staf, step_run_id=office.case().task_id, item=1, files=[("laporan.pdf", PDF)])
    monkeypatch.setattr("takar.privacy.export.MOST_BYTES", 10)
    job = ask_export(actor=office.pegawai)
    run(job.pk)
    job = Job.objects.select_related("file").get(pk=job.pk)
    assert job.file is not None
    with zipfile.ZipFile(io.BytesIO(read(job.file))) as archive:
        assert archive.namelist() == ["data.json"]
        assert json.loads(archive.read("data.json"))["isi_yang_tidak_disertakan"] == ["bukti/001-laporan.pdf"]


def test_every_table_that_names_a_person_is_in_the_copy() -> None:
    """A new table about somebody has to be taken into the copy."""
    taken = set(TAKEN.values())
    missing = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is Employee and model.__module__.startswith("takar.")
        if field.name in {"employee", "subject", "person", "holder", "principal"}
        if (model._meta.label, field.name) not in taken
        if (model._meta.label, field.name) != ("casework.Term", "person")
    ]
    assert missing == []
