"""Kunci API: one's own keys for scripts and other systems; each is shown once, when it is made."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from takar.accounts.models import TokenScope
from takar.accounts.second_factor import has_second_factor
from takar.common.errors import DomainError, Problem
from takar.organisation.tokens import LONGEST_DAYS, create_token, revoke_token, tokens_of
from takar.web.http import PersonRequest, page, sentences, years_of

USUAL_DAYS = "90"


@page("GET", "POST")
def tokens(request: PersonRequest) -> HttpResponse:
    """The list, and the form for a new one; a new key is in the answer to the form and nowhere else."""
    typed = request.POST
    problems: list[Problem] = []
    secret = ""
    if request.method == "POST":
        try:
            _, secret = create_token(
                actor=request.employee,
                name=typed.get("nama", ""),
                scope=typed.get("guna", ""),
                days=years_of(typed.get("hari", "")),
                password=typed.get("password", ""),
                code=typed.get("code", ""),
            )
        except DomainError as error:
            problems = sentences(error)
    context = {
        "tokens": tokens_of(request.employee),
        "secret": secret,
        "problems": problems,
        "scopes": TokenScope.choices,
        "most_days": LONGEST_DAYS,
        "asks_code": has_second_factor(request.employee.user),
        "name": "" if secret else typed.get("nama", ""),
        "scope": typed.get("guna", TokenScope.READ),
        "days": typed.get("hari", USUAL_DAYS),
    }
    return render(request, "web/account/tokens.html", context, status=422 if problems else 200)


@page("POST")
def revoke(request: PersonRequest, token_id: UUID) -> HttpResponse:
    revoke_token(actor=request.employee, token_id=token_id)
    messages.success(request, "Kunci dicabut; yang memakainya tidak dapat masuk lagi.")
    return redirect("tokens")
