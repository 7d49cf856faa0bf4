"""The life of a plan: who may do what in which state, what each move leaves behind, and that agreed stays agreed."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from tests.mandates import give
from tests.office import ACTIVITIES, TODAY, Office, person_data
from tests.work_plans import REPORTS, WORK_PLAN

from takar.appraisal.enums import PlanMoveKind, PlanState, Regulation
from takar.appraisal.models import Activity, Indicator, Plan
from takar.appraisal.plan_contents import CONTENTS
from takar.appraisal.plan_policies import RULES, can, moves_of, visible_plans, waiting_for
from takar.appraisal.plan_queries import in_force
from takar.appraisal.planning import draft_plan, move_plan, save_content
from takar.audit.queries import events_of
from takar.common.errors import AlreadyDone, InvalidInput, NotAllowed
from takar.organisation.actions import import_staff

YEAR = TODAY.year
PP46, P6 = Regulation.PP46.value, Regulation.PERMENPAN6.value
WHO = ("pegawai", "atasan", "kepala", "staf", "kasubbag", "sekretaris", "rekan", "atasan_lain", "outsider")

# Of Putri's plan: Andi is her superior, the Kepala is Andi's.
TRUTH = """
            pegawai                 atasan                    kepala             staf                     kasubbag
draf        isi,ajukan,batalkan     -                         -                  isi,ajukan,kertas,batalkan  =
diajukan    tarik,serahkan          setujui,kembalikan,serahkan  -               tarik,kertas             =
diserahkan  -                       -                         betulkan,tetapkan  -                        =
disepakati  ubah                    ubah                      -                  ubah,akhiri              =
dibatalkan  -                       -                         -                  -                        =
"""


def drafted(office: Office, method: str = PP46, **changes: object) -> Plan:
    plan = draft_plan(actor=office.pegawai, employee=office.pegawai, year=YEAR, method=method)
    data = list(ACTIVITIES) if method == PP46 else WORK_PLAN
    return save_content(actor=office.pegawai, plan_id=plan.pk, data=data)


def move(office: Office, plan: Plan, who: str, kind: str, **more: object) -> Plan:
    return move_plan(actor=office.people[who], plan_id=plan.pk, kind=PlanMoveKind(kind), **more)  # type: ignore[arg-type]


def agreed(office: Office, method: str = PP46) -> Plan:
    return move(office, move(office, drafted(office, method), "pegawai", "ajukan"), "atasan", "setujui")


@pytest.mark.parametrize("line", TRUTH.strip().splitlines()[1:])
def test_moves_are_those_of_the_table(office: Office, line: str) -> None:
    state, *cells = line.split()
    plan = drafted(office)
    plan.state, plan.superior_id = state, office.atasan.pk
    cells[-1] = cells[-2] if cells[-1] == "=" else cells[-1]
    wanted = dict(zip(WHO, cells, strict=False))
    found = {who: {kind.value for kind in moves_of(office.people[who], plan)} for who in WHO}
    assert found == {who: set(wanted.get(who, "-").split(",")) - {"-"} for who in WHO}
    for who in WHO:
        assert {kind.value for kind in RULES if can(office.people[who], plan, kind)} == found[who]


def test_agreed_plan_tells_its_whole_way(office: Office) -> None:
    plan = drafted(office)
    move(office, plan, "pegawai", "ajukan")
    move(office, plan, "atasan", "kembalikan", reason="Targetnya terlalu rendah.")
    move(office, plan, "staf", "ajukan")
    plan = move(office, plan, "atasan", "setujui")
    assert (plan.state, plan.agreed_on, plan.on_paper, plan.post) == ("disepakati", TODAY, False, "Analis")
    assert [(m.kind, m.by, m.acting_as, m.reason) for m in plan.moves.all()] == [
        ("ajukan", office.pegawai, "pegawai", ""),
        ("kembalikan", office.atasan, "atasan_langsung", "Targetnya terlalu rendah."),
        ("ajukan", office.staf, "pengelola", ""),
        ("setujui", office.atasan, "atasan_langsung", ""),
    ]
    verbs = ["drafted", "saved", "submit", "return", "submit", "agree"]
    assert [event.verb for event in events_of(plan.stream)] == [f"plan.{verb}" for verb in verbs]


def test_second_press_is_told_who_was_first(office: Office) -> None:
    plan = agreed(office)
    with pytest.raises(AlreadyDone, match=r"sudah disetujui dan ditetapkan oleh Andi Saputra pada 12 Januari 2026"):
        move(office, plan, "atasan", "setujui")
    assert plan.moves.count() == 2


@pytest.mark.parametrize(
    ("who", "kind", "more", "error"),
    [
        ("rekan", "setujui", {}, NotAllowed),
        ("pegawai", "setujui", {}, NotAllowed),
        ("kasubbag", "setujui", {}, NotAllowed),
        ("atasan", "kembalikan", {"reason": " "}, InvalidInput),
        ("atasan", "kembalikan", {"reason": "x" * 1001}, InvalidInput),
        ("atasan", "tetapkan", {"reason": "Ya."}, NotAllowed),
        ("staf", "kertas", {}, InvalidInput),
        ("staf", "kertas", {"on": TODAY + dt.timedelta(1)}, InvalidInput),
        ("pegawai", "batalkan", {}, NotAllowed),
    ],
)
def test_refused_move_changes_nothing(
    office: Office, who: str, kind: str, more: dict[str, object], error: type[Exception]
) -> None:
    plan = move(office, drafted(office), "pegawai", "ajukan")
    with pytest.raises(error):
        move(office, plan, who, kind, **more)
    plan.refresh_from_db()
    assert (plan.state, plan.moves.count()) == (PlanState.SUBMITTED, 1)


def test_superior_of_the_assessor_decides_finally_and_may_correct_first(office: Office) -> None:
    plan = move(office, drafted(office), "pegawai", "ajukan")
    move(office, plan, "atasan", "serahkan", reason="Tidak sepakat tentang target kegiatan 1.")
    assert list(waiting_for(office.kepala)) == [plan]
    save_content(actor=office.kepala, plan_id=plan.pk, data=[replace(ACTIVITIES[0], quantity=ACTIVITIES[0].time)])
    plan = move(office, plan, "kepala", "tetapkan", reason="Sesuai rencana kerja.")
    assert (plan.state, plan.activities.count()) == (PlanState.AGREED, 1)


def test_plan_that_is_not_complete_is_kept_as_typed_and_cannot_be_sent(office: Office) -> None:
    plan = draft_plan(actor=office.pegawai, employee=office.pegawai, year=YEAR, method=PP46)
    with pytest.raises(InvalidInput):
        move(office, plan, "pegawai", "ajukan")
    plan = save_content(actor=office.pegawai, plan_id=plan.pk, data=[], typed={"rows": [{"name": "Baru"}]})
    assert [problem.message for problem in plan.unfinished] == [
        "Belum ada satu kegiatan pun; isilah paling sedikit satu."
    ]
    assert plan.typed == {"rows": [{"name": "Baru"}]}
    save_content(actor=office.pegawai, plan_id=plan.pk, data=list(ACTIVITIES))
    assert move(office, plan, "pegawai", "ajukan").typed is None


def test_plan_agreed_on_paper_says_so(office: Office) -> None:
    plan = move(office, drafted(office), "kasubbag", "kertas", on=TODAY - dt.timedelta(days=5))
    assert (plan.state, plan.on_paper, plan.agreed_on) == ("disepakati", True, TODAY - dt.timedelta(days=5))


def test_nobody_takes_in_the_own_plan_as_agreed_on_paper(office: Office) -> None:
    own = draft_plan(actor=office.staf, employee=office.staf, year=YEAR, method=PP46)
    save_content(actor=office.staf, plan_id=own.pk, data=list(ACTIVITIES))
    with pytest.raises(NotAllowed):
        move(office, own, "staf", "kertas", on=TODAY)


def test_stand_in_of_the_superior_agrees(office: Office) -> None:
    plan = move(office, drafted(office), "pegawai", "ajukan")
    give(office)
    assert list(waiting_for(office.atasan_lain)) == [plan]
    assert move(office, plan, "atasan_lain", "setujui").state == PlanState.AGREED


def test_revision_is_a_version_beside_the_one_in_force(office: Office) -> None:
    first = agreed(office, P6)
    second = move(office, first, "pegawai", "ubah", reason="Kebijakan baru.")
    assert (second.version, second.state, second.reason) == (2, PlanState.DRAFT, "Kebijakan baru.")
    with pytest.raises(AlreadyDone):
        move(office, first, "atasan", "ubah", reason="Lagi.")
    [*kept] = Indicator.objects.filter(work__plan=first).order_by("work__number").values_list("key", flat=True)
    assert [*Indicator.objects.filter(work__plan=second).order_by("work__number").values_list("key", flat=True)] == kept
    changed = replace(CONTENTS[P6].read(second), works=(replace(CONTENTS[P6].read(second).works[0], name="Lain"),))
    save_content(actor=office.pegawai, plan_id=second.pk, data=changed)
    own = Plan.objects.filter(employee=office.pegawai, year=YEAR, method=P6)
    assert list(in_force(own)) == [first]
    move(office, second, "pegawai", "ajukan")
    move(office, second, "atasan", "setujui")
    assert [(p.version, [w.name for w in p.works.all()]) for p in in_force(own)] == [(2, ["Lain"])]
    assert [w.name for w in first.works.all()] == [w.name for w in WORK_PLAN.works]
    with pytest.raises(NotAllowed, match="sudah diganti"):
        move(office, first, "pegawai", "ubah", reason="Dari yang lama.")


def test_key_of_another_plan_is_not_taken_over(office: Office) -> None:
    theirs = agreed(office).activities.all()[0].key
    plan = draft_plan(actor=office.rekan, employee=office.rekan, year=YEAR, method=PP46)
    save_content(actor=office.rekan, plan_id=plan.pk, data=[replace(ACTIVITIES[0], key=theirs)])
    assert plan.activities.get().key != theirs


@pytest.mark.parametrize("method", [PP46, P6])
def test_database_refuses_to_touch_what_was_agreed(office: Office, method: str) -> None:
    plan = agreed(office, method)
    rows = Activity.objects.filter(plan=plan) if method == PP46 else Indicator.objects.filter(work__plan=plan)
    attempts = (
        lambda: rows.update(name="lain"),
        rows.delete,
        lambda: Plan.objects.filter(pk=plan.pk).update(state="draf", agreed_on=None),
        lambda: Plan.objects.filter(pk=plan.pk).update(agreed_on=TODAY - dt.timedelta(1)),
        lambda: plan.moves.update(reason="lain"),
    )
    for attempt in attempts:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    if method == P6:
        with pytest.raises(IntegrityError), transaction.atomic():
            plan.works.create(number=9, name="Tambahan")


def test_part_that_ended_is_followed_by_the_next_one(office: Office) -> None:
    first = agreed(office)
    with pytest.raises(NotAllowed, match="akhiri dahulu"):
        draft_plan(actor=office.pegawai, employee=office.pegawai, year=YEAR, method=PP46)
    with pytest.raises(InvalidInput):
        move(office, first, "staf", "akhiri", on=dt.date(YEAR, 12, 31))
    first = move(office, first, "staf", "akhiri", on=dt.date(YEAR, 6, 30), reason="Pindah ke Bidang B.")
    moved = person_data("pegawai", post="Analis Muda", unit="Bidang B", superior_nip=office.atasan_lain.nip or "")
    import_staff(actor=office.kasubbag, agency=office.agency, rows=[moved], on=TODAY + dt.timedelta(1))
    second = draft_plan(actor=office.pegawai, employee=office.pegawai, year=YEAR, method=PP46, copied=True)
    assert (first.last_day, second.part, second.first_day, second.last_day) == (
        dt.date(YEAR, 6, 30), 2, dt.date(YEAR, 7, 1), dt.date(YEAR, 12, 31),
    )  # fmt: skip
    assert [row.name for row in second.activities.all()] == [row.name for row in ACTIVITIES]
    with pytest.raises(AlreadyDone):
        draft_plan(actor=office.staf, employee=office.pegawai, year=YEAR, method=PP46)
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.filter(pk=first.pk).update(ended_on=TODAY)


def test_last_years_plan_can_be_the_start(office: Office) -> None:
    plan = draft_plan(actor=office.pegawai, employee=office.pegawai, year=YEAR, method=PP46, copied=True)
    last = Activity.objects.filter(plan__employee=office.pegawai, plan__year=YEAR - 1)
    assert [row.name for row in plan.activities.all()] == [row.name for row in last]
    assert not set(plan.activities.values_list("key", flat=True)) & set(last.values_list("key", flat=True))


def test_dropped_draft_makes_room_for_another(office: Office) -> None:
    move(office, drafted(office), "pegawai", "batalkan")
    assert (drafted(office).version, Plan.objects.filter(employee=office.pegawai, year=YEAR).count()) == (2, 2)


@pytest.mark.parametrize("who", ["rekan", "atasan", "outsider", "sekretaris"])
def test_plan_is_drafted_by_the_person_or_the_desk(office: Office, who: str) -> None:
    with pytest.raises(NotAllowed):
        draft_plan(actor=office.people[who], employee=office.pegawai, year=YEAR, method=PP46)


def test_those_who_answer_for_somebody_see_the_plan(office: Office) -> None:
    plan = drafted(office)
    sees = {who for who in WHO if visible_plans(office.people[who]).filter(pk=plan.pk).exists()}
    assert sees == {"pegawai", "atasan", "kepala", "staf", "kasubbag", "sekretaris"}


def test_superiors_work_is_found_again_in_every_version(office: Office) -> None:
    above = draft_plan(actor=office.atasan, employee=office.atasan, year=YEAR, method=P6)
    save_content(actor=office.atasan, plan_id=above.pk, data=WORK_PLAN)
    move(office, above, "atasan", "ajukan")
    move(office, above, "kepala", "setujui")
    key = above.works.all()[0].key
    plan = draft_plan(actor=office.pegawai, employee=office.pegawai, year=YEAR, method=P6)
    mine = replace(WORK_PLAN, works=(replace(REPORTS, superior_key=key),))
    save_content(actor=office.pegawai, plan_id=plan.pk, data=mine)
    newer = move(office, above, "atasan", "ubah", reason="Perubahan.")
    move(office, newer, "atasan", "ajukan")
    move(office, newer, "kepala", "setujui")
    save_content(actor=office.pegawai, plan_id=plan.pk, data=CONTENTS[P6].read(plan))
    taken_up = plan.works.get().superior_work
    assert taken_up is not None
    assert (taken_up.plan, taken_up.key) == (newer, key)
