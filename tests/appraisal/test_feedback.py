"""Umpan balik berkelanjutan: who gives it, who asks for it, who reads what, and that it stays."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.office import TODAY, Office

from takar.appraisal.feedback import feedback_for, give_feedback, invite
from takar.appraisal.models import Feedback
from takar.audit.queries import events_of
from takar.common.errors import AlreadyDone, InvalidInput, NotAllowed

TEXT = "Cepat menanggapi keluhan pemohon."
SEEN = dt.date(2025, 6, 2)


def give(office: Office, who: str = "atasan", **changes: object) -> Feedback:
    given: dict[str, object] = {"given_on": SEEN, "text": TEXT, "tone": "positif", "value": "adaptif"}
    return give_feedback(actor=office.people[who], employee=office.pegawai, **{**given, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("who", ["pegawai", "kepala", "kasubbag", "staf", "rekan", "atasan_lain", "outsider"])
def test_only_the_superior_or_who_was_asked_gives(office: Office, who: str) -> None:
    with pytest.raises(NotAllowed):
        give(office, who)
    assert Feedback.objects.count() == 0


@pytest.mark.parametrize("by", ["pegawai", "atasan"])
def test_colleague_gives_once_asked_and_reads_only_the_own(office: Office, by: str) -> None:
    invite(actor=office.people[by], employee=office.pegawai, colleague=office.rekan)
    with pytest.raises(AlreadyDone):
        invite(actor=office.people[by], employee=office.pegawai, colleague=office.rekan)
    give(office)
    mine = give(office, "rekan", text="Mau membantu.", tone="")
    readers = ("pegawai", "atasan", "kepala", "rekan", "staf", "kasubbag", "atasan_lain", "outsider")
    seen = {who: feedback_for(office.people[who], office.pegawai).count() for who in readers}
    assert seen == {**dict.fromkeys(readers, 0), "pegawai": 2, "atasan": 2, "kepala": 2, "rekan": 1}
    roles = [event.acting_as for event in events_of(f"notebook:{office.pegawai.pk}")]
    assert roles == [{"pegawai": "pegawai", "atasan": "atasan_langsung"}[by], "atasan_langsung", "rekan"]
    assert list(feedback_for(office.rekan, office.pegawai)) == [mine]


def test_asking_is_for_the_person_and_the_superior(office: Office) -> None:
    for who in ("rekan", "kepala", "staf"):
        with pytest.raises(NotAllowed):
            invite(actor=office.people[who], employee=office.pegawai, colleague=office.staf)
    for colleague in (None, office.pegawai, office.outsider):
        with pytest.raises(InvalidInput):
            invite(actor=office.pegawai, employee=office.pegawai, colleague=colleague)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"given_on": None}, "Tanggal"),
        ({"given_on": TODAY + dt.timedelta(1)}, "Tanggal"),
        ({"value": "jujur"}, "Pilihan"),
        ({"tone": "baik"}, "Pilihan"),
        ({"work_id": dt.date}, "Hasil kerja"),
        ({"text": "x" * 1001}, "Uraian"),
    ],
)
def test_bad_feedback_is_refused_by_field(office: Office, changes: dict[str, object], where: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        give(office, **changes)
    assert [problem.where for problem in refused.value.problems] == [where]


def test_feedback_stays_and_stands_beside_the_assessment(office: Office) -> None:
    given = give(office)
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.filter(pk=given.pk).update(text="lain")
    case = office.at_step(4)
    assert TEXT in office.client("atasan").get(reverse("step", args=[case.task_id])).content.decode()


def test_feedback_is_asked_and_given_on_screen(office: Office) -> None:
    address = reverse("feedback_of", args=[office.pegawai.pk])
    asked = office.client("pegawai").post(address, {"tindakan": "minta", "rekan": office.rekan.nip})
    assert (asked.status_code, office.client("pegawai").post(address, {"tindakan": "minta"}).status_code) == (302, 422)
    assert office.pegawai.full_name in office.client("rekan").get(reverse("feedback")).content.decode()
    page = office.client("rekan").post(address, {"tindakan": "beri", "tanggal": "kemarin", "uraian": TEXT})
    assert (page.status_code, TEXT in page.content.decode()) == (422, True)
    done = office.client("rekan").post(address, {"tindakan": "beri", "tanggal": "2025-06-02", "uraian": TEXT})
    assert (done.status_code, Feedback.objects.count()) == (302, 1)
