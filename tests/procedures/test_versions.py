import copy
import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from takar.audit.queries import events_of
from takar.common import clock
from takar.common.errors import AlreadyDone, DomainError, InvalidInput, NotAllowed
from takar.procedures import actions, policies
from takar.procedures.models import Procedure, ProcedureVersion
from takar.procedures.queries import sop_of, version_in_force
from takar.rules.flow import parse_sop

ON = dt.date(2023, 7, 10)
BY = "Kepala Dinas Penanaman Modal, Pelayanan Terpadu Satu Pintu, Transmigrasi dan Tenaga Kerja"
ROLES = ("admin", "kepala", "sekretaris", "kasubbag", "staf", "pegawai", "outsider")


def other(data: dict[str, Any], number: str = "2024") -> dict[str, Any]:
    changed = copy.deepcopy(data)
    changed["identity"]["number"] = number
    return changed


def test_install_sop_keeps_the_whole_content(draft: ProcedureVersion, sop_data: dict[str, Any]) -> None:
    stored = ProcedureVersion.objects.get(pk=draft.pk)
    assert sop_of(stored) == parse_sop(sop_data)
    assert (stored.version, stored.state, stored.number, stored.approved_on) == (1, "draft", "2023", None)
    assert str(stored) == "SOP Nomor 2023 versi 1"
    assert (stored.procedure.key, str(stored.procedure)) == (
        "penilaian-skp",
        "Pelaksanaan Pengukuran Kinerja / Penilaian SKP",
    )


def test_install_sop_twice_changes_nothing(cast: Any, draft: ProcedureVersion, sop_data: dict[str, Any]) -> None:
    again = actions.install_sop(actor=cast.admin, agency=cast.agency, data=sop_data)
    assert (again.pk, ProcedureVersion.objects.count(), Procedure.objects.count()) == (draft.pk, 1, 1)
    assert events_of(f"procedure:{draft.procedure_id}").count() == 1


def test_install_sop_knows_an_approved_version_again(
    cast: Any, approved: ProcedureVersion, sop_data: dict[str, Any]
) -> None:
    again = actions.install_sop(actor=cast.admin, agency=cast.agency, data=sop_data)
    assert (again.pk, again.state) == (approved.pk, "approved")


def test_install_sop_takes_the_place_of_an_open_draft(
    cast: Any, draft: ProcedureVersion, sop_data: dict[str, Any]
) -> None:
    changed = actions.install_sop(actor=cast.admin, agency=cast.agency, data=other(sop_data))
    assert (changed.pk, changed.version, changed.number) == (draft.pk, 1, "2024")


def test_install_sop_beside_an_approved_one_is_the_next_version(
    cast: Any, approved: ProcedureVersion, sop_data: dict[str, Any]
) -> None:
    changed = actions.install_sop(actor=cast.admin, agency=cast.agency, data=other(sop_data))
    assert (changed.version, changed.state) == (2, "draft")


def test_install_sop_lists_every_problem_and_writes_nothing(cast: Any, sop_data: dict[str, Any]) -> None:
    sop_data["flow"]["steps"][1]["actor"] = "bendahara"
    sop_data["flow"]["steps"][6]["standard_minutes"] = 0
    with pytest.raises(InvalidInput) as raised:
        actions.install_sop(actor=cast.admin, agency=cast.agency, data=sop_data)
    assert raised.value.message == "SOP belum dapat dipasang: 2 hal harus diperbaiki. Tidak ada yang berubah."
    assert [str(problem) for problem in raised.value.problems] == [
        "Langkah 2: Pelaksana “bendahara” tidak ada dalam daftar pelaksana.",
        "Langkah 7: Waktu baku harus 1 sampai 99999 menit, tetapi tertulis 0.",
    ]
    assert Procedure.objects.count() == 0


def test_approve_version_puts_it_in_force(cast: Any, draft: ProcedureVersion) -> None:
    version = actions.approve_version(
        actor=cast.kepala, version=draft, on=dt.date(2026, 1, 2), by="Kepala Dinas Contoh"
    )
    assert (version.state, version.approved_on, version.approved_by) == (
        "approved",
        dt.date(2026, 1, 2),
        "Kepala Dinas Contoh",
    )
    identity = sop_of(ProcedureVersion.objects.get(pk=version.pk)).identity
    assert (identity.approved_on, identity.approved_by) == (dt.date(2026, 1, 2), "Kepala Dinas Contoh")


def test_approve_version_twice_says_who_did(cast: Any, approved: ProcedureVersion) -> None:
    with pytest.raises(AlreadyDone) as raised:
        actions.approve_version(actor=cast.admin, version=approved, on=ON, by="Orang lain")
    assert raised.value.message == f"SOP Nomor 2023 versi 1 sudah disahkan oleh {BY}; tidak ada yang berubah."


@pytest.mark.parametrize(
    "change",
    [
        {"content": {}},
        {"number": "2024"},
        {"approved_on": dt.date(2024, 1, 1)},
        {"state": "draft", "approved_on": None},
        {"content_hash": ""},
        {"version": 3},
    ],
)
def test_approved_version_is_frozen_by_the_database(approved: ProcedureVersion, change: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcedureVersion.objects.filter(pk=approved.pk).update(**change)


def test_approved_version_cannot_be_deleted(approved: ProcedureVersion) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcedureVersion.objects.filter(pk=approved.pk).delete()


def test_draft_can_be_deleted(draft: ProcedureVersion) -> None:
    draft.delete()
    assert ProcedureVersion.objects.count() == 0


def test_approved_version_must_have_its_date(draft: ProcedureVersion) -> None:
    with pytest.raises(IntegrityError, match="version_approved_has_date"), transaction.atomic():
        ProcedureVersion.objects.filter(pk=draft.pk).update(state="approved")


def test_procedure_has_one_draft_at_most(draft: ProcedureVersion) -> None:
    draft.pk, draft.version = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.save(force_insert=True)


def test_revise_version_starts_from_a_copy(
    cast: Any, approved: ProcedureVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 1, 12))
    revised = actions.revise_version(actor=cast.kasubbag, version=approved)
    assert (revised.version, revised.state, revised.revised_on, revised.approved_on) == (
        2,
        "draft",
        dt.date(2026, 1, 12),
        None,
    )
    first, copied = sop_of(approved).flow, sop_of(revised).flow
    drawn = tuple(replace(step, returns_read=False) for step in first.steps)
    assert copied == replace(first, steps=drawn)


def test_revise_version_refuses_a_second_draft(cast: Any, approved: ProcedureVersion) -> None:
    actions.revise_version(actor=cast.kasubbag, version=approved)
    with pytest.raises(AlreadyDone) as raised:
        actions.revise_version(actor=cast.kasubbag, version=approved)
    assert raised.value.message == (
        "Rancangan revisi sudah ada: SOP Nomor 2023 versi 2. Sahkan atau ubah rancangan itu dahulu."
    )


def test_revise_version_refuses_a_draft(cast: Any, draft: ProcedureVersion) -> None:
    with pytest.raises(DomainError) as raised:
        actions.revise_version(actor=cast.kasubbag, version=draft)
    assert raised.value.message == (
        "SOP Nomor 2023 versi 1 masih berupa rancangan. Ubahlah rancangan itu, tidak perlu merevisinya."
    )


def test_version_in_force_is_the_last_approved_on_the_day(cast: Any, approved: ProcedureVersion) -> None:
    revised = actions.revise_version(actor=cast.kasubbag, version=approved)
    actions.approve_version(actor=cast.kepala, version=revised, on=dt.date(2026, 2, 1), by=BY)
    days = (dt.date(2023, 7, 9), ON, dt.date(2026, 1, 31), dt.date(2026, 2, 1))
    found = [version_in_force(cast.agency, "penilaian-skp", day) for day in days]
    assert [version and version.version for version in found] == [None, 1, 1, 2]


def test_version_in_force_leaves_out_drafts_and_other_agencies(cast: Any, draft: ProcedureVersion) -> None:
    assert version_in_force(cast.agency, "penilaian-skp", ON) is None
    actions.approve_version(actor=cast.kepala, version=draft, on=ON, by=BY)
    assert version_in_force(cast.outsider.agency, "penilaian-skp", ON) is None


def test_every_change_of_a_version_leaves_its_event(cast: Any, approved: ProcedureVersion) -> None:
    actions.revise_version(actor=cast.kasubbag, version=approved)
    events = list(events_of(f"procedure:{approved.procedure_id}"))
    assert [(event.verb, event.actor_name, event.acting_as, event.subject) for event in events] == [
        ("procedure.drafted", "Arif Admin", "admin", "SOP Nomor 2023 versi 1"),
        ("procedure.approved", "Karta Kepala", "kepala", "SOP Nomor 2023 versi 1"),
        ("procedure.revised", "Kania Kasubbag", "kasubbag", "SOP Nomor 2023 versi 2"),
    ]
    assert events[0].before is None
    assert (events[1].before["state"], events[1].after["state"]) == ("draft", "approved")
    assert events[1].after["content_hash"] == approved.content_hash


@pytest.mark.parametrize(
    ("can", "allowed"),
    [(policies.can_install, {"admin", "kasubbag"}), (policies.can_approve, {"admin", "kepala"})],
)
def test_who_may_change_an_sop(cast: Any, can: Any, allowed: set[str]) -> None:
    assert {name for name in ROLES if can(getattr(cast, name), cast.agency)} == allowed


def test_install_sop_refuses_a_clerk(cast: Any, sop_data: dict[str, Any]) -> None:
    with pytest.raises(NotAllowed) as raised:
        actions.install_sop(actor=cast.staf, agency=cast.agency, data=sop_data)
    assert raised.value.message == (
        "Rancangan SOP hanya dapat dibuat atau diubah oleh Kasubbag Umum dan Kepegawaian atau Administrator."
        " Sampaikan perubahan yang diperlukan kepada mereka."
    )


def test_approve_version_refuses_the_kasubbag(cast: Any, draft: ProcedureVersion) -> None:
    with pytest.raises(NotAllowed) as raised:
        actions.approve_version(actor=cast.kasubbag, version=draft, on=ON, by=BY)
    assert raised.value.message == (
        "Pengesahan SOP hanya dapat dicatat oleh Kepala atau Administrator."
        " Sampaikan perubahan yang diperlukan kepada mereka."
    )


def test_a_version_is_in_force_from_its_effective_date(cast: Any, approved: ProcedureVersion) -> None:
    revised = actions.revise_version(actor=cast.kasubbag, version=approved)
    day = dt.date(2026, 2, 1)
    version = actions.approve_version(
        actor=cast.kepala, version=revised, on=day, by=BY, number="000.8/1", effective_on=dt.date(2026, 3, 1)
    )
    found = [version_in_force(cast.agency, "penilaian-skp", on) for on in (dt.date(2026, 2, 28), dt.date(2026, 3, 1))]
    assert [(version.version, version.number) for version in found if version] == [(1, "2023"), (2, "000.8/1")]
    assert sop_of(version).identity.effective_on == dt.date(2026, 3, 1)


def test_approve_version_says_everything_that_hinders_it(cast: Any, approved: ProcedureVersion) -> None:
    draft = actions.revise_version(actor=cast.kasubbag, version=approved)
    content = copy.deepcopy(draft.content)
    content["flow"]["steps"][3]["actor"] = "kasubbag"
    assert [str(p) for p in actions.save_draft(actor=cast.kasubbag, version=draft, content=content)] == [
        "Langkah 4: Yang menilai harus Atasan Langsung; ubah pelaksananya."
    ]
    content["identity"]["name"] = ""
    actions.save_draft(actor=cast.kasubbag, version=draft, content=content)
    with pytest.raises(InvalidInput) as raised:
        actions.approve_version(
            actor=cast.kepala, version=draft, on=dt.date(2023, 7, 9), by=" ", effective_on=dt.date(2023, 7, 1)
        )
    assert [problem.where for problem in raised.value.problems] == [
        "Langkah 4",
        "Rancangan",
        "Tanggal pengesahan",
        "Tanggal efektif",
        "Disahkan oleh",
    ]
    assert ProcedureVersion.objects.get(pk=draft.pk).state == "draft"


def test_save_draft_keeps_what_cannot_be_read_yet(cast: Any, approved: ProcedureVersion) -> None:
    draft = actions.revise_version(actor=cast.kasubbag, version=approved)
    good, typed = draft.content, copy.deepcopy(draft.content)
    typed["flow"]["steps"][0]["standard_minutes"] = "dua jam"
    problems = actions.save_draft(actor=cast.kasubbag, version=draft, content=typed, seen=draft.content_hash)
    assert [str(problem) for problem in problems] == [
        "flow.steps[1].standard_minutes: Isian ini harus bilangan bulat, tetapi tertulis “dua jam”."
    ]
    stored = ProcedureVersion.objects.get(pk=draft.pk)
    assert (stored.content, stored.typed) == (good, typed)
    with pytest.raises(InvalidInput) as raised:
        actions.save_draft(actor=cast.admin, version=draft, content=good, seen=draft.content_hash)
    assert raised.value.message.startswith("Rancangan ini diubah orang lain")
    assert actions.save_draft(actor=cast.admin, version=draft, content=good, seen=stored.content_hash) == ()
    assert ProcedureVersion.objects.get(pk=draft.pk).typed is None
    verbs = [event.verb for event in events_of(f"procedure:{draft.procedure_id}")]
    assert verbs[-3:] == ["procedure.revised", "procedure.edited", "procedure.edited"]


def test_an_approved_version_is_no_draft_any_more(cast: Any, approved: ProcedureVersion) -> None:
    for act in (
        lambda: actions.save_draft(actor=cast.kasubbag, version=approved, content={}),
        lambda: actions.discard_draft(actor=cast.kasubbag, version=approved),
    ):
        with pytest.raises(AlreadyDone):
            act()
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcedureVersion.objects.filter(pk=approved.pk).update(typed={})


def test_discard_draft_leaves_only_its_events(cast: Any, approved: ProcedureVersion) -> None:
    draft = actions.revise_version(actor=cast.kasubbag, version=approved)
    with pytest.raises(NotAllowed):
        actions.discard_draft(actor=cast.sekretaris, version=draft)
    actions.discard_draft(actor=cast.kasubbag, version=draft)
    assert list(ProcedureVersion.objects.values_list("version", flat=True).order_by("version")) == [1]
    assert list(events_of(f"procedure:{approved.procedure_id}"))[-1].verb == "procedure.discarded"
