"""A harmful text in every place where somebody can write one: it is shown as text everywhere, and never as a tag."""

from dataclasses import replace
from html import unescape
from typing import Any

from django.urls import reverse
from tests.office import ACTIVITIES, FORM, PASSWORD, TODAY, YEAR, Office, assessment
from tests.web.browsing import PDF, file

from takar.appraisal.plans import save_plans
from takar.appraisal.types import DraftAssessment, ExtraData, FormData, LineData
from takar.casework.actions import add_evidence, advance_case, return_case
from takar.casework.models import Case, Exemption, Period
from takar.casework.steps import StepData, document_of
from takar.documents.copies import CopyData
from takar.organisation.models import Agency, Assignment, Employee, Unit

HARM = "<img src=x onerror=alert('1')>\"&"


def harm(office: Office) -> Case:
    """Every text of the office and of one case through all its steps is harmful."""
    Agency.objects.filter(pk=office.agency.pk).update(name=HARM, region=HARM, place=HARM)
    Employee.objects.filter(agency=office.agency).update(name=HARM, title_back=HARM)
    Unit.objects.filter(pk=Assignment.objects.get(employee=office.pegawai).unit_id).update(name=HARM)
    Assignment.objects.filter(agency=office.agency).update(post=HARM)
    Period.objects.update(name=HARM)
    Exemption.objects.create(agency=office.agency, period=office.period, employee=office.rekan, name=HARM, reason=HARM)
    Case.objects.update(name=HARM, post=HARM, unit=HARM)
    harmful = [replace(row, name=HARM, quantity_unit=HARM, time_unit=HARM[:20]) for row in ACTIVITIES]
    save_plans(actor=office.staf, agency=office.agency, year=YEAR, plans={office.pegawai: harmful})
    case = office.case()
    snapshot = {who: dict.fromkeys(card, HARM) | {"nip": card["nip"]} for who, card in case.snapshot.items()}
    Case.objects.filter(pk=case.pk).update(snapshot=snapshot)
    return office.case()


def walk(office: Office) -> None:
    """Through the steps, with a return at each check, looking at the page of each step on the way."""
    extras = (ExtraData("tambahan", HARM, "", HARM), ExtraData("kreativitas", HARM, "unit", HARM))
    lines = tuple(
        LineData(n, HARM, line.quantity, line.time, line.cost, note=HARM) for n, line in enumerate(FORM.lines, start=1)
    )
    data = FormData((*lines, LineData(None, HARM, quantity=FORM.lines[0].quantity)), extras)
    changed = FormData((LineData(1, quantity=lines[1].quantity, time=lines[0].time), *data.lines[1:]), extras)
    task = office.case().task_id
    add_evidence(actor=office.staf, step_run_id=task, item=1, files=[(f"{HARM}.pdf", PDF)])
    advance(office, StepData(form=data))
    return_case(actor=office.kasubbag, step_run_id=office.case().task_id, to_step=1, reason=HARM)
    advance(office, StepData())
    advance(office, StepData())
    advance(office, StepData(form=changed, answers={"1-quantity": HARM, "1-cost": HARM}))
    return_case(actor=office.atasan, step_run_id=office.case().task_id, to_step=3, reason=HARM)
    advance(office, StepData(answers={"1-quantity": HARM}))
    given = assessment(office.case())
    advance(office, StepData(assessment=DraftAssessment(given.quality, given.behaviour, HARM)))
    advance(office, StepData(seen_sha256=document_of(office.case()).file.sha256))
    advance(office, StepData(copies=(CopyData(HARM, "kertas", TODAY),)))
    advance(office, StepData(box=HARM[:40], shelf=HARM[:40]))


def advance(office: Office, data: StepData) -> None:
    case = office.case()
    who = next(name for name, person in office.people.items() if person == office.owner(case))
    clean(office, who, reverse("step", args=[case.task_id]))
    advance_case(actor=office.people[who], step_run_id=case.task_id, data=data, password=PASSWORD)


def clean(office: Office, who: str, address: str, **query: str) -> str:
    return text_of(office.client(who).get(address, query))


def text_of(answer: Any) -> str:
    assert answer.status_code in {200, 422}
    text: str = answer.content.decode()
    assert ("<img" in text, "alert('1')" in text) == (False, False)
    return unescape(text)


def test_harmful_text_is_text_on_every_page(office: Office) -> None:
    case = harm(office)
    walk(office)
    names = (
        "home",
        "tasks",
        "cases",
        "archive",
        "plans",
        "periods",
        "office",
        "roles",
        "notebooks",
        "mandates",
        "accounts",
        "sop",
    )
    pages = [clean(office, "kasubbag", reverse(name)) for name in names]
    pages += [clean(office, "kasubbag", reverse("case", args=[case.pk]))]
    pages += [clean(office, "kasubbag", reverse("skp_plan", args=[case.appraisal.plan_id]))]
    pages += [clean(office, "kasubbag", reverse("skp_matrix", args=[office.atasan.pk]))]
    pages += [clean(office, "kasubbag", reverse("plan", args=[YEAR, office.pegawai.pk]))]
    pages += [clean(office, "kasubbag", reverse("period", args=[office.period.pk]))]
    for form in case.appraisal.forms.all():
        pages.append(clean(office, "kasubbag", reverse("form_version", args=[case.pk, form.pk])))
    assert sum(HARM in page for page in pages) >= 12


def test_harmful_search_is_text(office: Office) -> None:
    for name in ("cases", "archive", "office"):
        assert HARM in clean(office, "kasubbag", reverse(name), cari=HARM)


def test_harmful_input_is_text_in_its_refusal(office: Office) -> None:
    staf, kasubbag = office.client("staf"), office.client("kasubbag")
    task = office.case().task_id
    refused = [
        staf.post(reverse("step", args=[task]), {"tindakan": "simpan", "line-1-quantity": HARM, "line-1-note": HARM}),
        staf.post(reverse("evidence", args=[task]), {"bukti": file(f"{HARM}.exe", b"MZ")}),
        staf.post(reverse("upload_forms"), {"berkas": file(f"{HARM}.xlsx", b"x")}),
        staf.post(reverse("plan", args=[YEAR + 1, office.pegawai.pk]), {"name-1": HARM, "quantity-1": HARM}),
        kasubbag.post(reverse("roles"), {"admin": HARM, "staf": HARM}),
        kasubbag.post(reverse("periods"), {"tahun": HARM, "cara": HARM}),
        kasubbag.post(reverse("import_upload", args=["target"]), {"berkas": file(f"{HARM}.xlsx", b"x")}),
        kasubbag.post(reverse("calendar"), {"libur": HARM, "hari": HARM}),
        kasubbag.post(reverse("mandates"), {"number": HARM, "holder": HARM, "kind": HARM}),
    ]
    assert ["onerror" in text_of(answer) for answer in refused] == [True] * len(refused)
