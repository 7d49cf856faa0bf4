"""Documents as PDF in the browser."""

import io
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader
from tests.office import Office


def pages(office: Office, name: str, *args: object) -> tuple[Any, str]:
    document = office.case().documents.get().document_id
    answer = office.client("pegawai").get(reverse(name, args=[document, *args]))
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    return answer, " ".join(text.split())


def test_each_edition_says_which_it_is(office: Office) -> None:
    number = office.at_step(8).documents.get().document.number
    editions = {name: pages(office, name) for name in ("document", "document_original")}
    editions["copy"] = pages(office, "document_copy", 1)
    for answer, text in editions.values():
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith('inline; filename="800.1.4.4-0001-DINCO-2025')
        assert "90,48" in text
        assert number in text
    words = ["SALINAN Nomor 1", "untuk Putri Maharani", "Ditandatangani secara elektronik"]
    assert [word in editions["copy"][1] for word in words] == [True] * 3
    assert "SALINAN" not in editions["document"][1]
    assert editions["document"][0].content != editions["document_original"][0].content


@pytest.mark.parametrize("number", [0, 2, 10**30])
def test_copy_that_was_never_made_is_not_found(office: Office, number: int) -> None:
    document = office.at_step(8).documents.get().document_id
    assert office.client("staf").get(reverse("document_copy", args=[document, number])).status_code == 404


def test_document_is_there_from_the_approval_on(office: Office) -> None:
    office.at_step(5)
    answer, text = pages(office, "document")
    assert (answer.status_code, "Putri Maharani" in text) == (200, True)
