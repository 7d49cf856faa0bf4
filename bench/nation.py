"""Many offices of many people: one office is worked through by the program's own acts, then its rows are multiplied by SQL.

Of the first people last year's cases are closed after all seven steps, this year's stand at every step. Each copy
has identifiers, NIPs, names and numbers of its own. What is not copied: the audit trail and the words of archived
documents. Names and identifiers of a copy begin with its number, so that lists and indexes are those of a real office.
"""

import contextlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import make_office
from make_office import PASSWORD, YEAR

BASE = 25
GROUPS = 400  # copies of these people in one office: 10,000, more than any regency has under one roof
MARK = 0xF0000000
PERSONS = (
    "accounts.User", "organisation.Unit", "organisation.Employee", "organisation.Assignment", "appraisal.Plan",
    "appraisal.PlanMove", "appraisal.Activity", "appraisal.Appraisal", "appraisal.Form", "appraisal.FormLine",
    "procedures.Run", "procedures.StepRun", "casework.Case", "casework.CaseDocument", "casework.Term",
    "documents.Document", "documents.Signature", "documents.Copy", "archive.Deposit",
)  # fmt: skip
AGENCIES = (
    "organisation.Agency", "organisation.RoleHolder", "organisation.WorkHours", "procedures.Procedure",
    "procedures.ProcedureVersion", "casework.Period", "documents.NumberSeries", "archive.Shelf", "archive.Box",
)  # fmt: skip
NIP = "substr({column}, 1, 8) || {digits} || substr({column}, 15)"
FORMS = {
    "username": NIP,
    "nip": NIP,
    "casework_case.code": "replace({column}, t.nip, substr(t.nip, 1, 8) || {digits} || substr(t.nip, 15))",
    **dict.fromkeys(
        ("accounts_user.name", "organisation_employee.name", "casework_case.name"), "{column} || ' ' || {digits}"
    ),
    **dict.fromkeys(("organisation_unit.name", "casework_case.unit"), "{column} || '-' || s.n"),
    **dict.fromkeys(("organisation_agency.name", "documents_document.number"), "{column} || '-' || s.n"),
    **dict.fromkeys(("documents_document.key", "documents_copy.key"), "{digits} || substr({column}, 7)"),
}


WORKING = ("appraisal_appraisal.result", "documents_document.data")
LEFT_OUT: dict[str, str] = {}


def make_nation(size: int, *, working: bool = True) -> dict[str, str]:
    """`size` people in offices of at most ten thousand; gives the NIPs as `make_office.make_office` does.

    Without `working` the copies keep what lists and sums read, but not the written working of a result nor the frozen
    content of a document, which make three fifths of the bytes: for a disk that cannot hold a million.
    """
    from django.db import connection

    if not working:
        empty = "'{{}}'::jsonb" if connection.vendor == "postgresql" else "'{{}}'"
        LEFT_OUT.update(dict.fromkeys(WORKING, f"CASE WHEN {{column}} IS NULL THEN NULL ELSE {empty} END"))

    known = make_office.make_office(min(size, BASE))
    _work_through()
    copies = max(size // BASE, 1)
    with _unguarded() as cursor:
        for first in range(0, copies, GROUPS):
            last = min(first + GROUPS, copies)
            for label in AGENCIES if first else ():
                cursor.execute(*_copy(label, range(first, first + 1)))
            if last > max(first, 1):
                for label in PERSONS:
                    cursor.execute(*_copy(label, range(max(first, 1), last)))
        if connection.vendor == "postgresql":  # which does so by itself in time; an office's SQLite has no statistics
            cursor.execute("VACUUM ANALYZE")
    return known


def _copy(label: str, numbers: range) -> tuple[str, list[int]]:
    """INSERT of the base rows once for each number."""
    from django.apps import apps
    from django.db import connection

    model = apps.get_model(label)
    columns, values = [], []
    for field in model._meta.concrete_fields:
        if field.primary_key and not _is_uuid(field):
            continue
        columns.append(f'"{field.column}"')
        values.append(_value(label, field, f't."{field.column}"'))
    table = model._meta.db_table
    mark = "f0000000000000000000000000000000"
    if connection.vendor == "postgresql":
        series = "generate_series(%s, %s) AS s(n)"
    else:
        series = "(WITH RECURSIVE s(n) AS (SELECT %s UNION ALL SELECT n + 1 FROM s WHERE n < %s) SELECT n FROM s) AS s"
    base = f"t.id < '{mark}'" if _is_uuid(model._meta.pk) else f"{_owner(model)} < '{mark}'"
    sql = (
        f'INSERT INTO "{table}" ({", ".join(columns)}) SELECT {", ".join(values)} FROM "{table}" t CROSS JOIN {series} '
    )
    return f"{sql}WHERE {base}", [numbers[0], numbers[-1]]


def _owner(model: Any) -> str:
    """The column that tells a base row where the key is a counter: whose row it is, or else of which office."""
    links = [field for field in model._meta.concrete_fields if field.is_relation]
    names = [field.column for field in links if field.related_model._meta.label in PERSONS]
    names += [field.column for field in links if _is_uuid(field)]
    return f't."{names[0]}"'


def _value(label: str, field: Any, column: str) -> str:
    """What the copy's column holds, as SQL over the base row and the copy's number n."""
    if _is_uuid(field):
        target = (field.related_model or field.model)._meta.label
        if target in PERSONS or (target == label and label in AGENCIES):
            return _moved(column, "s.n")
        return _moved(column, f"(s.n / {GROUPS} * {GROUPS})") if target in AGENCIES else column
    name = f"{field.model._meta.db_table}.{field.column}"
    form = LEFT_OUT.get(name) or FORMS.get(name, FORMS.get(field.column, "{column}"))
    return form.format(column=column, digits=_digits("s.n"))


def _moved(column: str, number: str) -> str:
    """The identifier of a copy: the base row's with the copy's number in front; the base's own where the number is 0."""
    from django.db import connection

    if connection.vendor == "postgresql":
        front = f"lpad(to_hex({number}::bigint + {MARK}), 8, '0')"
        return f"CASE WHEN {number} = 0 THEN {column} ELSE ({front} || substr({column}::text, 9))::uuid END"
    return f"CASE WHEN {number} = 0 THEN {column} ELSE printf('%%08x', {number} + {MARK}) || substr({column}, 9) END"


def _digits(number: str) -> str:
    from django.db import connection

    return f"lpad({number}::text, 6, '0')" if connection.vendor == "postgresql" else f"printf('%%06d', {number})"


def _is_uuid(field: Any) -> bool:
    """An identifier of our own rows; `case_key` is one without a foreign key."""
    target = field.target_field if field.is_relation else field
    return bool(target.get_internal_type() == "UUIDField")


@contextlib.contextmanager
def _unguarded() -> Iterator[Any]:
    """A cursor under which no trigger runs and no foreign key is looked up; both are back afterwards."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield cursor
            cursor.execute("SET session_replication_role = origin")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for pragma in ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -400000"):
            cursor.execute(f"PRAGMA {pragma}")
        with transaction.atomic():
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
        yield cursor
        with transaction.atomic():
            for _, sql in triggers:
                cursor.execute(sql)
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "cache_size = -16000"):
            cursor.execute(f"PRAGMA {pragma}")


def _work_through() -> None:
    """Last year's period closed after seven steps, this year's cases at every step, each act by its own person."""
    from takar.appraisal.plans import save_plans
    from takar.casework.models import Case, Period
    from takar.casework.periods import open_period
    from takar.organisation.models import Employee

    period = Period.objects.select_related("agency", "version").get()
    kasubbag = period.opened_by
    activities = make_office.targets()
    people = Employee.objects.filter(agency=period.agency, cases__isnull=False)
    for person in Employee.objects.filter(agency=period.agency).select_related("user"):
        person.user.set_password(PASSWORD)
        person.user.save(update_fields=["password"])
    save_plans(actor=kasubbag, agency=period.agency, year=YEAR - 1, plans=dict.fromkeys(people, activities))
    open_period(actor=kasubbag, agency=period.agency, year=YEAR - 1, method="pp46-2011", version=period.version)
    for number, case in enumerate(Case.objects.order_by("period__year", "name")):
        _walk(case.pk, 8 if case.period.year < YEAR else 1 + number % 7)


def _walk(pk: Any, until: int) -> None:
    from takar.appraisal.evaluation import aspects
    from takar.appraisal.types import DraftAssessment, FormData, LineData
    from takar.casework.actions import advance_case
    from takar.casework.models import Case
    from takar.casework.steps import StepData, document_of
    from takar.organisation.models import Employee

    related = ("appraisal", "assignee__user", "assignee__agency", "agency", "period", "run__version", "open_step")
    form = FormData(tuple(LineData(n, quantity=Decimal(12), time=Decimal(11)) for n in range(1, make_office.LINES + 1)))
    while True:
        case = Case.objects.select_related(*related).get(pk=pk)
        if not 0 < case.step < until:
            return
        data = StepData()
        if case.step == 1:
            data = StepData(form=form)
        elif case.step == 4:
            quality = {n: Decimal(90) for n in range(1, make_office.LINES + 1)}
            data = StepData(
                assessment=DraftAssessment(quality, {a.value: Decimal(88) for a in aspects(case.appraisal)})
            )
        elif case.step == 5:
            data = StepData(seen_sha256=document_of(case).file.sha256)
        elif case.step == 7:
            data = StepData(box=f"B-{case.period.year}", shelf="R-1")
        actor = (
            case.assignee
            or Employee.objects.select_related("user", "agency")
            .filter(roles__role=case.actor, agency=case.agency)
            .order_by("pk")[0]
        )
        advance_case(actor=actor, step_run_id=case.open_step_id, data=data, password=PASSWORD)
