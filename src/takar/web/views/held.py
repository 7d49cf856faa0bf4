"""Kiriman yang belum diterima: what was typed before the session ended, to be looked at and sent again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from takar.web.held import drop, held_for
from takar.web.http import PersonRequest, page


@page("GET", "POST")
def held(request: PersonRequest) -> HttpResponse:
    found = held_for(request)
    if request.method == "POST":
        drop(request)
        messages.info(request, "Isian yang belum diterima dibuang.")
        return redirect("home")
    if found is None:
        messages.info(request, "Tidak ada isian yang disimpan untuk akun ini.")
        return redirect("home")
    return render(
        request,
        "web/held.html",
        {
            "found": found,
            "path": found.path,
            "typed": found.typed,
            "secrets": found.secrets,
            "files": found.files,
        },
    )
