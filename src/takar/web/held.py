"""What was typed into a form that arrived after the session had ended is held until the same person has signed in again.

It lies in the new session on the server, with the account it belongs to, so that it outlives every way of signing in and is
shown to nobody else. It gets here only with the form's own token (no other site can send it), carries no password, code
or file, and is sent again only when its owner presses the button.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from takar.accounts.sessions import owner_of_ended
from takar.common import clock
from takar.web.repeats import FIELD, sent_again

PLACE = "held"
OF_THE_PROGRAM = {FIELD, "dilihat", "seen", "tindakan"}
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(:.*)?")
# Names of fields that are not in the office's words already.
WORDS = {
    "line": "baris",
    "row": "baris",
    "quantity": "kuantitas",
    "quality": "kualitas",
    "time": "waktu",
    "cost": "biaya",
    "note": "keterangan",
    "figure": "angka",
    "realisation": "realisasi",
    "behaviour": "perilaku",
    "recommendation": "rekomendasi",
    "copy": "salinan",
    "for": "untuk",
    "form": "bentuk",
    "on": "tanggal",
    "ground": "dasar",
    "classification": "klasifikasi",
    "box": "boks",
    "shelf": "rak",
}
# Typed anew rather than kept, beside what `repeats` never carries along.
NEVER = {"again", "kode", "kata", "nik", "credential"}
LONGEST, MOST_FIELDS = 200_000, 5_000
TOLD = (
    "Sesi Anda berakhir sebelum kiriman ini diterima; belum ada yang tercatat. Isiannya disimpan: masuklah lagi dengan akun "
    "yang sama, lalu periksa dan kirim lagi."
)
TOO_LONG = "Sesi Anda berakhir sebelum kiriman ini diterima, dan isiannya terlalu panjang untuk disimpan."


@dataclass(frozen=True, slots=True)
class Held:
    """A form as it was typed: where it was going, and what it said."""

    path: str
    at: str
    typed: list[tuple[str, str]]
    secrets: list[str]
    files: list[str]

    @property
    def shown(self) -> list[tuple[str, str]]:
        """What a person would look at, in words: no keys, no seals, nothing empty."""
        return [(_said(name), text) for name, text in self.typed if text and not _is_of_the_program(name, text)]


def _said(name: str) -> str:
    return " ".join(WORDS.get(word, word) for word in name.replace("_", "-").split("-"))


def _is_of_the_program(name: str, text: str) -> bool:
    """What a form carries along without being typed."""
    return name in OF_THE_PROGRAM or bool(UUID.fullmatch(text))


def lead_to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page; with a form that its owner typed, by way of the page that shows it."""
    owner = getattr(request, "ended_user", "") or owner_of_ended(getattr(request, "session_was", ""))
    if request.method != "POST" or not owner or getattr(request, "htmx", False):
        return redirect_to_login(request.get_full_path())
    return _hold(request, owner)


def _hold(request: HttpRequest, owner: str) -> HttpResponse:
    sent: dict[str, Any] = sent_again(request)
    typed = [(name, text) for name, text in sent["typed"] if name not in NEVER]
    if len(typed) > MOST_FIELDS or sum(len(name) + len(text) for name, text in typed) > LONGEST:
        messages.warning(request, TOO_LONG)
        return redirect_to_login(request.get_full_path())
    request.session[PLACE] = {
        "owner": owner,
        "path": request.get_full_path(),
        "at": clock.now().isoformat(),
        "typed": typed,
        "secrets": sent["secrets"],
        "files": sent["files"],
    }
    messages.warning(request, TOLD)
    return redirect_to_login(reverse(PLACE))


def held_for(request: HttpRequest) -> Held | None:
    """What is held for whoever is signed in; what belongs to another account is dropped unseen."""
    kept = request.session.get(PLACE)
    if kept is None or not request.user.is_authenticated:
        return None
    if kept["owner"] != str(request.user.pk):
        drop(request)
        return None
    pairs = [(name, text) for name, text in kept["typed"]]
    return Held(kept["path"], kept["at"], pairs, kept["secrets"], kept["files"])


def drop(request: HttpRequest) -> None:
    request.session.pop(PLACE, None)


def drop_if_sent(request: HttpRequest, sent: QueryDict) -> None:
    """The form has come in under its own key: what becomes of it is said by its own page."""
    kept = request.session.get(PLACE)
    if kept is not None and sent.get(FIELD) and [FIELD, sent[FIELD]] in [list(pair) for pair in kept["typed"]]:
        drop(request)
