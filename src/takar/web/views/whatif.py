"""Bagaimana jika: a planned or a past period, played with something changed, beside the same without the change."""

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from takar.casework.models import Period
from takar.casework.queries import periods_of
from takar.common import clock
from takar.common.errors import InvalidInput, Problem
from takar.organisation.models import Agency
from takar.procedures.data import SHIPPED_KEY
from takar.procedures.queries import sop_of, version_in_force
from takar.review.pastcheck import check_against_past
from takar.review.policies import check_can_oversee
from takar.review.whatif import AT_ONCE, POOLS, Ground, Question, ask, ask_later, ground_of
from takar.rules.flow import Step
from takar.web.chart import finished_chart
from takar.web.http import PersonRequest, page, sentences

JANUARY = 1


class WhatIfForm(forms.Form):
    """Every field has its value when nothing was typed; the steps' times are added for the SOP at hand."""

    periode = forms.ModelChoiceField(
        Period.objects.none(), label="Berkas", required=False, empty_label="Rencana: semua pegawai yang dinilai"
    )
    mulai = forms.DateField(label="Mulai", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    batas = forms.DateField(label="Batas selesai", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    staf = forms.IntegerField(label="Tambahan Staf (boleh minus)", initial=0)
    berhalangan = forms.ChoiceField(label="Berhalangan", required=False, choices=[("", "tidak ada")])
    sejak = forms.DateField(
        label="Sejak", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    lama = forms.IntegerField(label="Selama (hari kalender)", initial=7)
    bagian = forms.IntegerField(label="Bagian hari untuk SKP (%)", initial=50)
    ragam = forms.IntegerField(label="Ragam waktu (%)", initial=30)
    kembali = forms.IntegerField(label="Dikembalikan (%)", initial=10)
    tunggu = forms.IntegerField(label="Atasan dan pegawai menanggapi dalam (jam kerja)", initial=8)
    acak = forms.IntegerField(label="Benih acak", initial=1)

    def __init__(self, *args: Any, agency: Agency, steps: tuple[Step, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        periode, away = self.fields["periode"], self.fields["berhalangan"]
        assert isinstance(periode, forms.ModelChoiceField)  # noqa: S101 -- declared above
        assert isinstance(away, forms.ChoiceField)  # noqa: S101 -- likewise
        periode.queryset = periods_of(agency.pk).select_related("version", "agency")
        away.choices = [("", "tidak ada"), *((role.value, role.label) for role in POOLS)]
        for step in steps:
            label = f"Langkah {step.number} (menit)"
            minutes = forms.IntegerField(label=label, required=False, help_text=step.description)
            minutes.widget.attrs["placeholder"] = str(step.standard_minutes)
            self.fields[f"langkah_{step.number}"] = minutes
        for field in self.fields.values():
            choice = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if choice else "form-control"


@page("GET", "POST")
def what_if(request: PersonRequest) -> HttpResponse:
    me, agency = request.employee, request.employee.agency
    check_can_oversee(me, agency)
    typed = request.POST if request.method == "POST" else request.GET
    form = _form(agency, typed.dict() if "mulai" in typed else {})
    context: dict[str, Any] = {"form": form, "asked": "mulai" in typed}
    problems: list[Problem] = []
    if form.is_valid():
        question = _question(form)
        try:
            ground = ground_of(agency, question, AT_ONCE)
            if ground.many and request.method == "POST":
                return redirect("job", ask_later(actor=me, agency=agency, question=question).pk)
            context |= {"many": True} if ground.many else _answers(request, question, ground)
        except InvalidInput as error:
            problems = sentences(error)
    status = 422 if "mulai" in typed and (problems or not form.is_valid()) else 200
    return render(request, "web/what_if.html", {**context, "problems": problems}, status=status)


def _form(agency: Agency, typed: dict[str, str]) -> WhatIfForm:
    """Always bound, so that the page opens with an answer; from February on the question is next January's."""
    today = clock.today()
    start = today if today.month == JANUARY else dt.date(today.year + 1, 1, 1)
    version = version_in_force(agency, SHIPPED_KEY, today)
    steps = sop_of(version).flow.steps if version else ()
    usual = {name: str(f.initial) for name, f in WhatIfForm.base_fields.items() if f.initial is not None}
    usual |= {"mulai": start.isoformat(), "batas": dt.date(start.year, 1, 31).isoformat()}
    return WhatIfForm(usual | typed, agency=agency, steps=steps)


def _question(form: WhatIfForm) -> Question:
    given = form.cleaned_data
    minutes = {
        int(name.removeprefix("langkah_")): value for name, value in given.items() if name.startswith("langkah_")
    }
    return Question(
        start=given["mulai"],
        deadline=given["batas"],
        period=given["periode"],
        extra={"staf": given["staf"]} if given["staf"] else {},
        away=given["berhalangan"],
        away_from=given["sejak"],
        away_days=given["lama"] if given["berhalangan"] else 0,
        minutes={step: value for step, value in minutes.items() if value is not None},
        share=given["bagian"],
        spread=given["ragam"],
        returns=given["kembali"],
        delay_hours=given["tunggu"],
        seed=given["acak"],
    )


def _answers(request: PersonRequest, question: Question, ground: Ground) -> dict[str, Any]:
    """The question's answer, and beside it the one without its changes."""
    me, agency = request.employee, request.employee.agency
    asked = {"Yang ditanyakan": question}
    if question.changes_something:
        asked = {"Tanpa perubahan": question.unchanged, **asked}
    answers = [(name, ask(reader=me, agency=agency, question=each, ground=ground)) for name, each in asked.items()]
    lines = [(name, answer.finished) for name, answer in answers]
    return {
        "answers": answers,
        "chart": finished_chart(lines, question.start, question.deadline),
        "past": check_against_past(reader=me, period=question.period) if question.period else None,
    }
