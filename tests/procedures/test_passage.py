import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from takar.common.errors import AlreadyDone, DomainError, InvalidInput, NotAllowed
from takar.procedures import actions, policies
from takar.procedures.models import ProcedureVersion, Run, StepRun
from takar.procedures.queries import history, open_step, outputs_of, tasks_of

MOMENT = dt.datetime(2026, 1, 12, 1, 41, tzinfo=dt.UTC)
TODAY = dt.date(2026, 1, 12)


def visits(run: Run) -> list[tuple[int, str]]:
    return [(visit.step, visit.state) for visit in history(run)]


def test_start_run_opens_the_first_step_for_the_clerks(run: Run) -> None:
    step = open_step(run)
    assert step is not None
    assert (step.step, step.seq, step.actor, step.assignee, step.standard_minutes) == (1, 1, "staf", None, 120)
    assert (run.state, step.opened_at) == ("active", run.opened_at)


def test_start_run_refuses_a_draft(cast: Any, draft: ProcedureVersion) -> None:
    with pytest.raises(DomainError) as raised:
        actions.start_run(actor=cast.kasubbag, version=draft, assignee_of=cast.assignee_of)
    assert raised.value.message == (
        "SOP Nomor 2023 versi 1 belum disahkan, sehingga belum dapat dijalankan. Sahkan SOP itu dahulu."
    )


def test_start_run_refuses_the_sop_of_another_agency(cast: Any, approved: ProcedureVersion) -> None:
    with pytest.raises(NotAllowed) as raised:
        actions.start_run(actor=cast.outsider, version=approved, assignee_of=cast.assignee_of)
    assert raised.value.message == (
        "SOP Nomor 2023 versi 1 adalah SOP instansi lain. Pakailah SOP instansi Anda sendiri."
    )


def test_start_runs_opens_many_with_few_statements(
    cast: Any, approved: ProcedureVersion, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    actions.start_run(actor=cast.kasubbag, version=approved, assignee_of=cast.assignee_of)
    with django_assert_num_queries(9):  # four of them for the office's hours
        runs = actions.start_runs(actor=cast.kasubbag, version=approved, assignees=[cast.assignee_of] * 50)
    assert len({run.pk for run in runs}) == 50
    assert StepRun.objects.filter(run__in=runs, step=1, state="open").count() == 50


def test_run_goes_through_all_seven_steps(walker: Any, cast: Any) -> None:
    seen = []
    while (step := open_step(walker.run)) is not None:
        seen.append((step.step, step.actor, step.assignee, step.standard_minutes))
        walker.complete()
    assert seen == [
        (1, "staf", None, 120),
        (2, "kasubbag", None, 120),
        (3, "staf", None, 60),
        (4, "atasan_langsung", cast.atasan, 60),
        (5, "pegawai", cast.pegawai, 60),
        (6, "staf", None, 60),
        (7, "kasubbag", None, 15),
    ]
    walker.run.refresh_from_db()
    last = history(walker.run).last()
    assert (walker.run.state, walker.run.closed_at) == ("closed", last.closed_at)


def test_complete_step_says_when_the_run_is_over(walker: Any) -> None:
    walker.go_to(7)
    assert walker.complete() is None


def test_complete_step_records_who_when_and_what(walker: Any, cast: Any) -> None:
    step = walker.at
    step.opened_at = MOMENT - dt.timedelta(hours=3)
    step.save(update_fields=["opened_at"])
    following = walker.complete(outputs={"formulir_terkumpul": {"berkas": "7"}}, at=MOMENT)
    step.refresh_from_db()
    assert (step.state, step.closed_by, step.closed_as, step.closed_at) == ("completed", cast.staf, "staf", MOMENT)
    assert step.output == {"formulir_terkumpul": {"berkas": "7"}}
    assert step.elapsed(MOMENT + dt.timedelta(days=1)) == dt.timedelta(hours=3)
    assert (following.step, following.seq, following.opened_at) == (2, 2, MOMENT)
    assert following.elapsed(MOMENT + dt.timedelta(minutes=5)) == dt.timedelta(minutes=5)


def test_complete_step_a_second_time_says_who_was_first(walker: Any, cast: Any) -> None:
    step = walker.at
    StepRun.objects.update(opened_at=MOMENT)
    walker.complete(at=MOMENT)
    with pytest.raises(AlreadyDone) as raised:
        walker.complete(step_run=step, actor=cast.staf2, acting_as="staf")
    assert raised.value.message == (
        "Langkah 1 (Mengumpulkan data kinerja atas target yang telah ditetapkan) sudah diselesaikan oleh Surya Staf"
        " pada 12 Januari 2026 pukul 09.41 WITA; tidak ada yang berubah."
    )
    assert visits(walker.run) == [(1, "completed"), (2, "open")]


def test_complete_step_after_a_return_says_who_returned_it(walker: Any) -> None:
    step = walker.go_to(2)
    StepRun.objects.filter(pk=step.pk).update(opened_at=MOMENT)
    walker.give_back(1, at=MOMENT)
    with pytest.raises(AlreadyDone) as raised:
        walker.complete(step_run=step, actor=walker.cast.kasubbag, acting_as="kasubbag")
    assert raised.value.message == (
        "Langkah 2 (Memeriksa dan mengecek data kinerja pegawai) sudah dikembalikan oleh Kania Kasubbag"
        " pada 12 Januari 2026 pukul 09.41 WITA; tidak ada yang berubah."
    )


def test_complete_step_takes_a_bounded_number_of_queries(
    walker: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    walker.go_to(2)
    step = walker.at
    with django_assert_num_queries(12):  # savepoint, lock, role, outputs, hours (4), pauses, close, open, savepoint
        walker_complete(walker, step)


def walker_complete(walker: Any, step: StepRun) -> None:
    actions.complete_step(
        actor=walker.cast.kasubbag,
        acting_as="kasubbag",
        step_run=step,
        outputs={"formulir_diperiksa": {}},
        assignee_of=walker.cast.assignee_of,
    )


@pytest.mark.parametrize("outputs", [{}, {"formulir_terisi": 1}, {"formulir_terkumpul": None}])
def test_complete_step_needs_its_own_output(walker: Any, outputs: dict[str, object]) -> None:
    with pytest.raises(InvalidInput) as raised:
        walker.complete(outputs=outputs)
    assert raised.value.message == (
        "Langkah 1 belum dapat diselesaikan karena outputnya, Formulir kinerja, belum ada."
        " Lengkapi dahulu, lalu selesaikan langkah ini."
    )
    assert visits(walker.run) == [(1, "open")]


def test_complete_step_needs_the_records_of_the_steps_before(walker: Any, cast: Any) -> None:
    StepRun.objects.filter(run=walker.run).update(step=3, actor="staf")
    with pytest.raises(InvalidInput) as raised:
        walker.complete()
    assert raised.value.message == (
        "Langkah 3 belum dapat diselesaikan karena kelengkapannya belum ada: Formulir kinerja."
        " Selesaikan langkah yang menghasilkannya dahulu."
    )
    assert [str(problem) for problem in raised.value.problems] == ["Formulir kinerja: Kelengkapan ini belum ada."]


def test_complete_step_needs_the_person_of_the_next_step(walker: Any, nobody: Any) -> None:
    walker.go_to(3)
    with pytest.raises(InvalidInput) as raised:
        walker.complete(assignee_of=nobody)
    assert raised.value.message == (
        "Langkah 4 belum dapat dibuka karena Atasan Langsung untuk berkas ini belum ditetapkan."
        " Lengkapi data penempatan pegawai, lalu ulangi."
    )
    assert walker.at.step == 3


def test_return_step_opens_the_earlier_step_again(walker: Any, cast: Any) -> None:
    walker.go_to(2)
    opened = walker.give_back(1, reason="  Bukti kegiatan 3 belum dilampirkan. ")
    closed = history(walker.run)[1]
    assert (closed.state, closed.returned_to, closed.closed_by) == ("returned", 1, cast.kasubbag)
    assert (closed.reason, closed.output) == ("Bukti kegiatan 3 belum dilampirkan.", None)
    assert (opened.step, opened.seq, opened.actor) == (1, 3, "staf")


@pytest.mark.parametrize(("target", "left"), [(1, set()), (3, {"formulir_terkumpul", "formulir_diperiksa"})])
def test_return_step_takes_back_what_was_made_since(walker: Any, target: int, left: set[str]) -> None:
    walker.go_to(4)
    walker.give_back(target)
    assert outputs_of(walker.run).keys() == left


def test_returned_run_makes_everything_again(walker: Any) -> None:
    walker.go_to(4)
    walker.give_back(1)
    walker.go_to(4)
    assert outputs_of(walker.run) == {
        "formulir_terkumpul": {"n": 5},
        "formulir_diperiksa": {"n": 6},
        "formulir_terisi": {"n": 7},
    }
    done = [(1, "completed"), (2, "completed"), (3, "completed")]
    assert visits(walker.run) == [*done, (4, "returned"), *done, (4, "open")]


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_return_step_needs_a_reason(walker: Any, reason: str) -> None:
    walker.go_to(2)
    with pytest.raises(InvalidInput) as raised:
        walker.give_back(1, reason=reason)
    assert raised.value.message == (
        "Alasan pengembalian belum diisi. Tulislah apa yang harus diperbaiki, lalu kembalikan lagi."
    )
    assert walker.at.step == 2


@pytest.mark.parametrize(
    ("step", "target", "rule"),
    [
        (1, 1, "langkah 1 tidak dapat dikembalikan ke langkah lain"),
        (2, 2, "langkah 2 hanya dapat dikembalikan ke langkah 1"),
        (2, 3, "langkah 2 hanya dapat dikembalikan ke langkah 1"),
        (4, 2, "langkah 4 hanya dapat dikembalikan ke langkah 1 atau langkah 3"),
        (5, 4, "langkah 5 tidak dapat dikembalikan ke langkah lain"),
    ],
)
def test_return_step_goes_only_where_the_sop_allows(walker: Any, step: int, target: int, rule: str) -> None:
    walker.go_to(step)
    with pytest.raises(InvalidInput) as raised:
        walker.give_back(target)
    assert raised.value.message == f"Menurut SOP, {rule}; tidak ada yang berubah."
    assert walker.at.step == step


def test_begin_step_counts_only_the_first_time(walker: Any, cast: Any) -> None:
    given = {"actor": cast.staf, "acting_as": "staf", "step_run": walker.at}
    StepRun.objects.update(opened_at=MOMENT)
    actions.begin_step(**given, at=MOMENT)
    again = actions.begin_step(**given, at=MOMENT + dt.timedelta(hours=1))
    assert again.started_at == MOMENT


PEOPLE = ("admin", "kepala", "sekretaris", "kasubbag", "staf", "staf2", "atasan", "pegawai", "outsider")
OWNERS = {
    1: {"staf", "staf2"},
    2: {"kasubbag"},
    3: {"staf", "staf2"},
    4: {"atasan"},
    5: {"pegawai"},
    6: {"staf", "staf2"},
    7: {"kasubbag"},
}


@pytest.mark.parametrize(("step", "owners"), OWNERS.items())
def test_each_step_belongs_to_its_own_actor(walker: Any, cast: Any, step: int, owners: set[str]) -> None:
    visit = walker.go_to(step)
    may = {name for name in PEOPLE if policies.can_act(getattr(cast, name), visit.actor, visit)}
    sees = {name for name in PEOPLE if visit in tasks_of(getattr(cast, name), TODAY)}
    assert (may, sees) == (owners, owners)


def test_nobody_acts_as_another_actor_than_the_steps(walker: Any, cast: Any) -> None:
    with pytest.raises(NotAllowed) as raised:
        walker.complete(actor=cast.kasubbag, acting_as="kasubbag")
    assert raised.value.message == (
        "Langkah 1 adalah tugas Staf, bukan tugas Anda; tidak ada yang berubah."
        " Sampaikan kepada pelaksananya, atau masuklah dengan akun yang sesuai."
    )


def test_refusal_of_a_relations_step_names_its_person(walker: Any, cast: Any) -> None:
    walker.go_to(4)
    with pytest.raises(NotAllowed) as raised:
        walker.give_back(3, actor=cast.kepala, acting_as="atasan_langsung")
    assert raised.value.message == (
        "Langkah 4 adalah tugas Atasan Langsung (Andi Atasan), bukan tugas Anda; tidak ada yang berubah."
        " Sampaikan kepada pelaksananya, atau masuklah dengan akun yang sesuai."
    )


def test_run_has_one_open_step(walker: Any) -> None:
    step = walker.at
    step.pk, step.seq = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        step.save(force_insert=True)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"state": "completed", "output": {}}, "steprun_closed_has_who_and_when"),
        ({"closed_as": "staf"}, "steprun_closed_has_who_and_when"),
        ({"reason": "sebab"}, "steprun_returned_has_reason"),
        ({"returned_to": 1}, "steprun_returned_has_reason"),
        ({"output": {}}, "steprun_completed_has_output"),
        ({"closed_at": dt.datetime(2000, 1, 1, tzinfo=dt.UTC)}, "steprun_clos"),
    ],
)
def test_database_refuses_a_step_that_contradicts_itself(walker: Any, change: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        StepRun.objects.filter(pk=walker.at.pk).update(**change)


@pytest.mark.parametrize("change", [{"state": "closed"}, {"closed_at": MOMENT}])
def test_database_refuses_a_run_that_contradicts_itself(run: Run, change: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="run_closed_has_time"), transaction.atomic():
        Run.objects.filter(pk=run.pk).update(**change)


@pytest.mark.parametrize("change", [{"reason": "lain"}, {"closed_as": "kepala"}, {"output": {"x": 1}}])
def test_closed_step_is_frozen_by_the_database(walker: Any, change: dict[str, Any]) -> None:
    walker.complete()
    with pytest.raises(IntegrityError, match="procedures_steprun"), transaction.atomic():
        StepRun.objects.filter(run=walker.run, seq=1).update(**change)


def test_version_with_runs_cannot_be_deleted(run: Run) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcedureVersion.objects.filter(pk=run.version_id)._raw_delete("default")
