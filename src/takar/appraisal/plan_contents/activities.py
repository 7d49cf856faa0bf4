"""A plan under PP 46/2011: kegiatan tugas jabatan with their targets."""

from collections.abc import Sequence
from dataclasses import replace

from takar.appraisal.figures import column_problems
from takar.appraisal.models import Activity, Plan
from takar.appraisal.plan_contents.types import Content, key_of, paired
from takar.appraisal.types import ActivityData
from takar.common.errors import Problem

FIELDS = (
    "number", "name", "quantity", "quantity_unit", "quality", "time", "time_unit", "cost", "credit",
)  # fmt: skip
LABELS = {
    "quantity": "Kuantitas", "quality": "Kualitas", "time": "Waktu", "cost": "Biaya", "credit": "Angka kredit",
}  # fmt: skip
BATCH = 500


def activity_rows(plan: Plan) -> list[ActivityData]:
    """The plan's activities as plain values, for comparing and copying."""
    return [ActivityData(key=row.key, **{name: getattr(row, name) for name in FIELDS}) for row in plan.activities.all()]


def _problems(name: str, activities: Sequence[ActivityData]) -> list[Problem]:
    if not activities:
        return [Problem(name, "Belum ada satu kegiatan pun; isilah paling sedikit satu.")]
    return [
        problem
        for activity in activities
        for problem in _activity_problems(f"{name}, kegiatan {activity.number}", activity)
    ]


def _activity_problems(where: str, activity: ActivityData) -> list[Problem]:
    problems = column_problems(where, [(name, label, getattr(activity, name)) for name, label in LABELS.items()])
    if activity.quantity <= 0 or activity.time <= 0:
        problems.append(Problem(where, "Target kuantitas dan waktu harus lebih dari nol."))
    if not 0 < activity.quality <= 100:  # noqa: PLR2004 -- a percentage
        problems.append(Problem(where, "Target kualitas harus antara 1 dan 100."))
    if activity.cost is not None and activity.cost <= 0:
        problems.append(Problem(where, "Target biaya harus lebih dari nol; kosongkan bila tidak dibiayai anggaran."))
    return problems


def _write(contents: Sequence[tuple[Plan, Sequence[ActivityData]]], *, trusted: bool = False) -> None:
    present = Activity.objects.filter(plan__in=[plan for plan, _ in contents])
    known = set(present.values_list("key", flat=True))
    present.delete()
    rows = [
        Activity(
            plan=plan, key=key_of(data.key, known, trusted=trusted), **{name: getattr(data, name) for name in FIELDS}
        )
        for plan, activities in contents
        for data in activities
    ]
    Activity.objects.bulk_create(rows, batch_size=BATCH)


def _inherit(activities: Sequence[ActivityData], before: Sequence[ActivityData]) -> list[ActivityData]:
    return [replace(data, key=older.key if older else None) for data, older in paired(activities, before)]


def _plain(activities: Sequence[ActivityData]) -> dict[str, object]:
    return {"activities": [{name: getattr(data, name) for name in FIELDS} for data in activities]}


ACTIVITIES = Content(("activities",), activity_rows, _problems, _write, _plain, _inherit)
