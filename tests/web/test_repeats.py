"""Forms that arrive twice: once in effect, the same answer, and nothing typed is lost."""

import re
from pathlib import Path
from typing import Any

import pytest
from tests.office import Office
from tests.web.browsing import file, location, words
from tests.web.test_step import FIGURES, address

from takar.audit.models import Event
from takar.repeats.models import UsedKey

TEMPLATES = Path(__file__).resolve().parents[2] / "src/takar/web/templates"
KEY = re.compile(r'name="kiriman" value="([^"]+)"')
DONE = "Kiriman ini sudah dikerjakan pada 12 Januari 2026 pukul 09.30 WITA; yang kedua tidak mengubah apa pun."


def save(office: Office, key: str, **changes: Any) -> Any:
    data = {"tindakan": "simpan", "kiriman": key, **FIGURES, **changes}
    return office.client("staf").post(address(office.case()), data)


def test_every_form_that_is_sent_has_a_key_of_its_own(office: Office) -> None:
    page = office.client("staf").get(address(office.case())).content.decode()
    keys = KEY.findall(page)
    assert len(keys) == len(re.findall(r'<form[^>]*method="post"', page)) == len(set(keys))
    assert min(len(key) for key in keys) >= 16


def test_no_template_sends_a_form_without_its_key() -> None:
    pages = {path: path.read_text("utf-8") for path in TEMPLATES.rglob("*.html")}
    forms = {path: len(re.findall(r'<form[^>]*method="post"', text)) for path, text in pages.items()}
    assert sum(forms.values()) > 50
    assert [path for path, text in pages.items() if text.count("{% csrf_token %}") < forms[path]] == []


def test_the_same_form_again_gets_the_same_answer_and_is_told(office: Office) -> None:
    first, events = save(office, "satu"), Event.objects.count()
    second = save(office, "satu")
    assert (second.status_code, location(second)) == (302, location(first))
    assert Event.objects.count() == events
    assert DONE in words(office.client("staf").get(location(second)))


def test_a_form_without_key_is_answered_as_ever(office: Office) -> None:
    assert [save(office, "").status_code, save(office, "").status_code] == [302, 302]
    assert UsedKey.objects.count() == 0


def test_a_finished_step_sent_twice_is_no_refusal(office: Office) -> None:
    where = address(office.case())
    answers = [office.client("staf").post(where, {"tindakan": "selesai", "kiriman": "k", **FIGURES}) for _ in range(2)]
    assert [(answer.status_code, location(answer)) for answer in answers] == [(302, "/tugas/")] * 2
    assert office.case().step == 2


def test_what_was_refused_may_be_sent_again_with_its_key(office: Office) -> None:
    assert save(office, "satu", **{"line-1-quantity": "dua belas"}).status_code == 422
    assert save(office, "satu").status_code == 302


def test_another_content_under_the_key_is_refused_and_comes_back(office: Office) -> None:
    save(office, "satu")
    answer = save(office, "satu", **{"line-1-quantity": "11"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "dengan isian yang lain. Isian yang baru belum dikerjakan." in words(answer)
    typed = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    assert (typed["line-1-quantity"], typed["tindakan"]) == ("11", "simpan")
    assert typed["kiriman"] != "satu"
    assert office.client("staf").post(address(office.case()), typed).status_code == 302
    assert office.case().appraisal.forms.get().lines.get(number=1).quantity == 11


def test_passwords_are_not_carried_along(office: Office) -> None:
    save(office, "satu")
    answer = save(office, "satu", password="rahasia-sekali")
    assert "rahasia-sekali" not in answer.content.decode()
    assert 'type="password" id="rahasia-password" name="password"' in answer.content.decode()


def test_files_belong_to_what_was_sent(office: Office) -> None:
    where = address(office.case(), "evidence")

    def attach(content: bytes) -> Any:
        data = {"kegiatan": "1", "kiriman": "berkas", "bukti": file("bukti.pdf", content)}
        return office.client("staf").post(where, data)

    assert attach(b"%PDF-1.7 satu").status_code == 302
    assert attach(b"%PDF-1.7 satu").status_code == 302
    other = attach(b"%PDF-1.7 dua")
    assert (other.status_code, "pilih lagi berkasnya" in words(other)) == (409, True)
    assert office.case().appraisal.evidence.count() == 1


def test_the_key_is_one_persons_own(office: Office) -> None:
    save(office, "satu")
    data = {"tindakan": "simpan", "kiriman": "satu", **FIGURES, "line-1-quantity": "9"}
    answer = office.client("staf2").post(address(office.case()), data)
    assert answer.status_code == 302
    assert UsedKey.objects.count() == 2


@pytest.mark.parametrize("key", ["x" * 200])
def test_a_key_of_any_length_is_refused_in_words(office: Office, key: str) -> None:
    answer = save(office, key)
    assert (answer.status_code, "paling panjang 128" in words(answer)) == (422, True)
