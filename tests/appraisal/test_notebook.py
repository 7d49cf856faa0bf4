"""The buku catatan perilaku: who writes, who reads, and that nothing in it changes."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.office import TODAY, Office

from takar.appraisal.models import BehaviourNote
from takar.appraisal.notebook import add_note, notes_for
from takar.audit.queries import events_of
from takar.common.errors import InvalidInput, NotAllowed

TEXT = "Melayani pemohon sampai tuntas di luar jam loket."
SEEN = dt.date(2025, 6, 2)


def note(office: Office, text: str = TEXT) -> BehaviourNote:
    return add_note(actor=office.atasan, employee=office.pegawai, seen_on=SEEN, aspect="orientasi_pelayanan", text=text)


def test_note_is_kept_with_its_event(office: Office) -> None:
    note(office)
    event = events_of(f"notebook:{office.pegawai.pk}").get()
    assert (event.verb, event.actor_name, event.after["text"]) == ("behaviour.noted", "Andi Saputra", TEXT)


@pytest.mark.parametrize("who", ["kepala", "kasubbag", "staf", "pegawai", "rekan", "atasan_lain", "outsider"])
def test_only_the_direct_superior_writes(office: Office, who: str) -> None:
    with pytest.raises(NotAllowed):
        add_note(actor=office.people[who], employee=office.pegawai, seen_on=SEEN, aspect="", text=TEXT)
    assert BehaviourNote.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("atasan", True),
        ("pegawai", True),
        ("kepala", True),
        ("kasubbag", False),
        ("sekretaris", False),
        ("staf", False),
        ("rekan", False),
        ("atasan_lain", False),
        ("outsider", False),
    ],
)
def test_the_person_the_superior_and_the_superior_above_read(office: Office, who: str, reads: bool) -> None:
    note(office)
    assert notes_for(office.people[who], office.pegawai).exists() == reads
    page = office.client(who).get(reverse("notebook", args=[office.pegawai.pk]))
    assert (page.status_code, TEXT in page.content.decode()) == ((200, True) if reads else (404, False))


@pytest.mark.parametrize(
    ("seen_on", "aspect", "text", "where"),
    [
        (None, "", TEXT, "Tanggal"),
        (TODAY + dt.timedelta(days=1), "", TEXT, "Tanggal"),
        (SEEN, "kesetiaan", TEXT, "Aspek"),
        (SEEN, "", "  ", "Uraian"),
        (SEEN, "", "x" * 1001, "Uraian"),
    ],
)
def test_bad_note_is_refused_by_field(office: Office, seen_on: dt.date, aspect: str, text: str, where: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        add_note(actor=office.atasan, employee=office.pegawai, seen_on=seen_on, aspect=aspect, text=text)
    assert [problem.where for problem in refusal.value.problems] == [where]


def test_database_refuses_to_change_a_note(office: Office) -> None:
    kept = note(office)
    with pytest.raises(IntegrityError), transaction.atomic():
        BehaviourNote.objects.filter(pk=kept.pk).update(text="lain")
    kept.refresh_from_db()
    assert kept.text == TEXT


def test_note_stands_beside_the_assessment_and_typed_text_stays(office: Office) -> None:
    note(office)
    case = office.at_step(4)
    assert TEXT in office.client("atasan").get(reverse("step", args=[case.task_id])).content.decode()
    address = reverse("notebook", args=[office.pegawai.pk])
    page = office.client("atasan").post(address, {"tanggal": "kemarin", "aspek": "", "uraian": "Terlambat apel."})
    assert (page.status_code, "Terlambat apel." in page.content.decode()) == (422, True)
    done = office.client("atasan").post(address, {"tanggal": "2025-03-04", "aspek": "disiplin", "uraian": "Terlambat."})
    assert (done.status_code, BehaviourNote.objects.count()) == (302, 2)
