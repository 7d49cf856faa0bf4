"""A code for an account in use: its owner hears of it in every way, and it takes two people where the office so sets."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.cli.conftest import call
from tests.office import NOW, PEOPLE, Office
from tests.web.browsing import problems, words

from takar.accounts.models import Activation
from takar.audit.models import Event
from takar.common import clock
from takar.common.errors import AlreadyDone, DomainError, InvalidInput, NotAllowed
from takar.jobs.work import Work
from takar.notices.letters import post
from takar.notices.models import Letter, Notice, Preference
from takar.organisation.models import Employee
from takar.resets.actions import VALID, ask_reset, confirm_reset, issue_codes, refuse_reset, set_rule
from takar.resets.models import ResetRequest

NEW = "sungai-hijau-88"


def told(person: Employee) -> list[str]:
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("text", flat=True))


def by_two(office: Office) -> None:
    set_rule(actor=office.kasubbag, agency=office.agency, second_person=True)


def asked(office: Office) -> ResetRequest:
    by_two(office)
    return ask_reset(actor=office.kasubbag, person=office.pegawai, reason="Lupa kata sandi.")


def activate(code: str, who: str = "pegawai") -> Any:
    sent = {"username": PEOPLE[who][0], "code": code, "password": NEW, "again": NEW}
    return Client().post(reverse("activate"), sent, follow=True)


def test_owner_of_an_account_in_use_is_told_who_and_when_and_others_are_not(office: Office) -> None:
    office.rekan.user.set_unusable_password()
    office.rekan.user.save(update_fields=["password"])
    sent = {"pilih": [str(office.pegawai.pk), str(office.rekan.pk)], "tercentang": "1"}
    page = office.client("kasubbag").post(reverse("activation_codes"), sent)
    codes = {person.pk: code for person, code in page.context["issued"]}
    assert told(office.pegawai) == [
        f"{office.kasubbag.full_name} membuat kode aktivasi baru untuk akun Anda pada 12 Januari 2026 pukul 09.30 WITA. "
        "Dengan kode itu kata sandi Anda dapat diganti. Bila bukan Anda yang memintanya, sampaikan segera kepada Kepala."
    ]
    assert told(office.rekan) == []
    notice = Notice.objects.get(person=office.pegawai)
    led = office.client("pegawai").post(reverse("notices"), {"pilih": str(notice.pk), "buka": "1"})
    assert led.headers["Location"] == reverse("mfa_index")
    entered = words(activate(codes[office.pegawai.pk]))
    assert f"Kodenya dibuat oleh {office.kasubbag.full_name} pada 12 Januari 2026 pukul 09.30 WITA." in entered
    assert "Kata sandi lama" not in words(activate(codes[office.rekan.pk], "rekan"))


def test_page_of_the_account_shows_every_code_and_its_use(office: Office) -> None:
    [(_, code)] = issue_codes(actor=office.kasubbag, employees=[office.pegawai])
    activate(code)
    browser = Client()
    browser.post(reverse("account_login"), {"login": PEOPLE["pegawai"][0], "password": NEW})
    shown = [row.text for row in browser.get(reverse("mfa_index")).context["history"]]
    assert shown == [
        "Kode dipakai dari alamat 127.0.0.1; kata sandi baru ditetapkan",
        f"Kode dibuat oleh {office.kasubbag.full_name}",
    ]


def test_letter_goes_out_at_once_whatever_was_chosen(office: Office, settings: Any, mailoutbox: Any) -> None:
    settings.EMAIL_HOST = "surat.example"
    for person, address in ((office.pegawai, "putri@example.go.id"), (office.rekan, "")):
        Preference.objects.create(person=person, address=address, shown=[], mailed=[])
    issue_codes(actor=office.kasubbag, employees=[office.pegawai, office.rekan])
    assert [len(told(person)) for person in (office.pegawai, office.rekan)] == [1, 1]
    assert [letter.address for letter in Letter.objects.order_by("pk")] == ["putri@example.go.id"]
    post(Work(job=None))  # type: ignore[arg-type]  # which has nothing to do with it
    assert [(mail.to, told(office.pegawai)[0] in mail.body) for mail in mailoutbox] == [(["putri@example.go.id"], True)]


def test_one_asks_and_another_one_agrees(office: Office) -> None:
    request = asked(office)
    desk, head = office.client("kasubbag"), office.client("kepala")
    refused = desk.post(reverse("activation_codes"), {"pilih": str(office.pegawai.pk), "tercentang": "1"}, follow=True)
    assert "kantor ini meminta orang kedua" in words(refused)
    own = desk.post(reverse("resets"), {"tindakan": "setujui", "permintaan": str(request.pk)})
    assert (own.status_code, "orang kedua harus orang lain" in problems(own)) == (422, True)
    assert Activation.objects.count() == 0
    assert "meminta kode baru untuk akun Putri Maharani" in told(office.kepala)[0]
    page = head.post(reverse("resets"), {"tindakan": "setujui", "permintaan": str(request.pk)})
    [(person, code)] = page.context["issued"]
    assert person == office.pegawai
    assert "meminta kode aktivasi baru" in told(office.pegawai)[0]
    assert f"{office.kepala.full_name} menyetujui permintaan {office.kasubbag.full_name}" in told(office.pegawai)[1]
    makers = f"Kodenya dibuat oleh {office.kepala.full_name} atas permintaan {office.kasubbag.full_name}"
    assert makers in words(activate(code))
    with pytest.raises(AlreadyDone):
        confirm_reset(actor=office.kepala, request_id=request.pk)
    verbs = Event.objects.filter(stream=f"account:{office.pegawai.user_id}").order_by("seq")
    assert list(verbs.values_list("verb", flat=True)) == [
        *("account.reset_asked", "account.code_issued", "account.activated"),
    ]


def test_request_may_be_refused_taken_back_and_asked_once_more(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    request = asked(office)
    with pytest.raises(AlreadyDone):
        ask_reset(actor=office.kasubbag, person=office.pegawai, reason="Lagi.")
    refuse_reset(actor=office.kepala, request_id=request.pk)
    again = ask_reset(actor=office.kasubbag, person=office.pegawai, reason="Lagi.")
    monkeypatch.setattr(clock, "now", lambda: NOW + VALID)
    with pytest.raises(NotAllowed, match="lewat tujuh hari"):
        confirm_reset(actor=office.kepala, request_id=again.pk)
    third = ask_reset(actor=office.kasubbag, person=office.pegawai, reason="Sekali lagi.")
    refuse_reset(actor=office.kasubbag, request_id=third.pk)
    assert list(ResetRequest.objects.order_by("asked_at", "pk").values_list("granted", flat=True)) == [False] * 3
    assert Activation.objects.count() == 0


@pytest.mark.parametrize(
    ("attempt", "kind"),
    [
        (lambda o: ask_reset(actor=o.kasubbag, person=o.pegawai, reason=" "), InvalidInput),
        (lambda o: ask_reset(actor=o.kasubbag, person=o.pegawai, reason="x" * 301), InvalidInput),
        (lambda o: ask_reset(actor=o.kasubbag, person=o.kasubbag, reason="Saya."), NotAllowed),
        (lambda o: ask_reset(actor=o.staf, person=o.pegawai, reason="Lupa."), NotAllowed),
        (lambda o: issue_codes(actor=o.kasubbag, employees=[o.rekan, o.pegawai]), NotAllowed),
        (lambda o: set_rule(actor=o.kasubbag, agency=o.agency, second_person=False), NotAllowed),
        (lambda o: set_rule(actor=o.kasubbag, agency=o.agency, second_person=True), AlreadyDone),
        (lambda o: confirm_reset(actor=o.kepala, request_id=o.pegawai.pk), NotAllowed),
    ],
)
def test_what_is_not_allowed_changes_nothing(office: Office, attempt: Any, kind: type[DomainError]) -> None:
    by_two(office)
    events = Event.objects.count()
    with pytest.raises(kind):
        attempt(office)
    assert (Event.objects.count(), Activation.objects.count(), Notice.objects.count()) == (events, 0, 0)


def test_the_head_of_the_office_does_without_again_and_small_offices_need_nobody(office: Office) -> None:
    with pytest.raises(NotAllowed, match="tidak perlu orang kedua"):
        ask_reset(actor=office.kasubbag, person=office.pegawai, reason="Lupa.")
    desk, head, page = office.client("kasubbag"), office.client("kepala"), reverse("resets")
    desk.post(page, {"tindakan": "berdua"})
    assert ("Tiadakan" in words(desk.get(page)), "Tiadakan" in words(head.get(page))) == (False, True)
    account = words(desk.get(reverse("office_account", args=[office.pegawai.pk])))
    assert "Minta kode baru" in account
    sent = {"tindakan": "minta", "pegawai": str(office.pegawai.pk), "alasan": "Lupa."}
    assert "menunggu orang kedua" in words(desk.post(page, sent, follow=True))
    head.post(page, {"tindakan": "sendiri"})
    assert len(issue_codes(actor=office.kasubbag, employees=[office.pegawai])) == 1
    rule = Event.objects.filter(verb="agency.reset_rule_set").order_by("pk")
    assert [row.after for row in rule] == [{"second_person": True}, {"second_person": False}]


def test_command_line_needs_two_as_well(office: Office) -> None:
    by_two(office)
    nip, desk, head = PEOPLE["pegawai"][0], PEOPLE["kasubbag"][0], PEOPLE["kepala"][0]
    assert call(["codes", "--as", desk, nip]).code == 1
    assert call(["codes", "--as", head, "--confirm", nip]).code == 1
    assert call(["codes", "--as", desk, "--ask", "Lupa.", nip]).out == f"{nip}\tmenunggu orang kedua\tPutri Maharani\n"
    assert call(["codes", "--as", desk, "--confirm", nip]).code == 1
    given = call(["codes", "--as", head, "--confirm", nip]).out.split("\t")
    assert (given[0], len(given[1])) == (nip, 14)
    assert activate(given[1]).status_code == 200
