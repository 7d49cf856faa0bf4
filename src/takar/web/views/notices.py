"""Pemberitahuan: what the program has to tell the reader, and what of it is wanted, here and by e-mail."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from takar.common.errors import DomainError, InvalidInput, Problem
from takar.notices.actions import ask_address, choose, confirm_address, mark_read
from takar.notices.enums import CHOSEN, NoticeKind, Place, Rhythm
from takar.notices.models import Notice
from takar.notices.queries import letters_of, notices_of, preference_of
from takar.organisation.models import Employee
from takar.web.http import NO_ACT, PersonRequest, identifiers, page, paged, sentences

LATEST_LETTERS = 5


@page("GET", "POST")
def notices(request: PersonRequest) -> HttpResponse:
    """The list; sending it says that one or all have been read, and may lead to where the one is about."""
    if request.method == "POST":
        return _read(request)
    shown = paged(request, notices_of(request.employee))
    return render(request, "web/notices.html", {"page": shown})


def _read(request: PersonRequest) -> HttpResponse:
    if request.POST.get("semua"):
        mark_read(actor=request.employee, notice_ids=None)
        return redirect("notices")
    chosen = identifiers(request.POST.getlist("pilih"))
    if not chosen:
        raise InvalidInput(NO_ACT)
    mark_read(actor=request.employee, notice_ids=chosen)
    found = notices_of(request.employee).filter(pk=chosen[0]).first()
    return redirect(address_of(found) if found and request.POST.get("buka") else "notices")


OWN_PAGES: dict[str, str] = {
    Place.COPIES: "my_copies",
    Place.LOANS: "loans",
    Place.REVIEWS: "reviews",
    Place.DATA: "my_data",
    Place.REQUESTS: "corrections",
    Place.ACCOUNT: "mfa_index",
    Place.RESETS: "resets",
}


def address_of(notice: Notice) -> str:
    """Where a notice leads."""
    if notice.place == Place.CASE and notice.case_key is not None:
        return reverse("case", args=[notice.case_key])
    if notice.place in OWN_PAGES:
        return reverse(OWN_PAGES[notice.place])
    name = "tasks" if notice.place == Place.TASKS else "cases"
    late = notice.kind in {NoticeKind.DUE, NoticeKind.RAISED}
    wanted = ([f"langkah={notice.step}"] if notice.step else []) + (["waktu=terlambat"] if late else [])
    return f"{reverse(name)}?{'&'.join(wanted)}" if wanted else reverse(name)


def _choose(me: Employee, typed: QueryDict) -> None:
    choose(actor=me, shown=typed.getlist("layar"), mailed=typed.getlist("surel"), rhythm=typed.get("kapan", ""))


def _ask(me: Employee, typed: QueryDict) -> None:
    ask_address(actor=me, address=typed.get("alamat", ""))


def _confirm(me: Employee, typed: QueryDict) -> None:
    confirm_address(actor=me, code=typed.get("kode", ""))


ACTS = {"pilihan": _choose, "alamat": _ask, "kode": _confirm}
SAID = {
    "pilihan": "Pengaturan pemberitahuan disimpan.",
    "alamat": "Alamat dicatat. Bila diisi, kode konfirmasi segera dikirim ke sana.",
    "kode": "Alamat surel dikonfirmasi.",
}


@page("GET", "POST")
def notice_settings(request: PersonRequest) -> HttpResponse:
    problems: list[Problem] = []
    act = request.POST.get("tindakan", "")
    if request.method == "POST":
        try:
            if act not in ACTS:
                raise InvalidInput(NO_ACT)
            ACTS[act](request.employee, request.POST)
        except DomainError as error:
            problems = sentences(error)
        else:
            messages.success(request, SAID[act])
            return redirect("notice_settings")
    chosen = preference_of(request.employee)
    context = {
        "problems": problems,
        "kinds": [(kind.value, kind.label, kind in chosen.shown, kind in chosen.mailed) for kind in CHOSEN],
        "rhythms": Rhythm.choices,
        "preference": chosen,
        "typed_address": request.POST.get("alamat", chosen.asked_address or chosen.address),
        "can_mail": bool(settings.EMAIL_HOST),
        "letters": letters_of(request.employee)[:LATEST_LETTERS],
    }
    return render(request, "web/notice_settings.html", context, status=422 if problems else 200)
