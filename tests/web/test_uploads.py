"""Files that a browser sends: missing, empty, too large, of another kind, broken, or with a name that means harm."""

import io
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests.exchange.sheets import xlsx
from tests.office import YEAR, Office
from tests.web.browsing import PDF, contents, file, location, problems, rows, words

from takar.appraisal.models import Form
from takar.exchange.formats.forms import read_forms
from takar.exchange.models import ImportBatch
from takar.exchange.outgoing import blank_forms
from takar.files.models import StoredFile

JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20
NO_WORKBOOKS = {
    "kosong.xlsx": b"",
    "teks.xlsx": b"NIP;Nama\n1;2\n",
    "halaman.html": b"<html><script>alert(1)</script></html>",
    "pdf.xlsx": PDF,
    "lama.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "terpotong.xlsx": xlsx({"Pegawai": [["NIP"]]})[:400],
    "zip.xlsx": b"PK\x05\x06" + b"\0" * 18,
    "asal.xlsx": b"PK\x03\x04" + b"\xff" * 200,
    "../../etc/passwd": b"root:x:0:0",
    "<img src=x onerror=alert(1)>.xlsx": b"x",
}


def send(office: Office, who: str, name: str, *files: Any, args: tuple[object, ...] = (), key: str = "berkas") -> Any:
    return office.client(who).post(reverse(name, args=args), {key: list(files)})


@pytest.mark.parametrize("kind", ["pegawai", "target"])
def test_what_is_no_workbook_is_not_kept(office: Office, kind: str) -> None:
    before = rows()
    for name, content in NO_WORKBOOKS.items():
        answer = send(office, "kasubbag", "import_upload", file(name, content), args=(kind,))
        assert (answer.status_code, bool(problems(answer))) == (422, True), name
        assert "<img" not in answer.content.decode()
    assert rows() == before


@pytest.mark.parametrize("kind", ["pegawai", "target"])
def test_workbook_of_something_else_is_shown_with_its_problem_and_not_taken_in(office: Office, kind: str) -> None:
    book = file("lembar-lain.xlsx", xlsx({"Data": [["a", "b"], [1, 2]]}))
    page = send(office, "kasubbag", "import_upload", book, args=(kind,))
    before = rows()
    assert "tidak ditemukan; beri nama lembarnya" in words(office.client("kasubbag").get(location(page)))
    answer = office.client("kasubbag").post(location(page))
    assert (answer.status_code, rows()) == (422, before)
    assert "Tidak ada baris yang benar untuk dimasukkan." in words(answer)


def test_missing_file_is_told(office: Office) -> None:
    for name, args, key in (
        ("import_upload", ("pegawai",), "berkas"),
        ("import_upload", ("target",), "lampiran"),
        ("upload_forms", (), "x"),
        ("evidence", (office.case().task_id,), "x"),
    ):
        answer = send(office, "staf" if "pegawai" not in args else "kasubbag", name, args=args, key=key)
        assert (answer.status_code, "Belum ada berkas yang dipilih." in problems(answer)) == (422, True), name


def test_file_of_ten_megabytes_is_taken_and_one_byte_more_is_not(office: Office) -> None:
    case, most = office.case(), settings.MAX_UPLOAD_BYTES
    address = reverse("evidence", args=[case.task_id])
    too_large = office.client("staf").post(address, {"bukti": file("besar.pdf", PDF.ljust(most + 1))})
    assert (too_large.status_code, case.appraisal.evidence.count()) == (422, 0)
    assert "besar.pdf: Besarnya 10,1 MB; paling besar 10 MB." in problems(too_large)
    assert office.client("staf").post(address, {"bukti": file("pas.pdf", PDF.ljust(most))}).status_code == 302
    for name, args in (("import_upload", ("target",)), ("upload_forms", ())):
        answer = send(office, "staf", name, file("besar.xlsx", b"PK\x03\x04".ljust(most + 1)), args=args)
        assert (answer.status_code, "paling besar 10 MB" in problems(answer)) == (422, True)
    assert StoredFile.objects.filter(size__gt=most).count() == 0


class Unread(io.BytesIO):
    """A body that must not be read."""

    def read(self, *_args: object) -> bytes:
        raise AssertionError("the body was read")


@pytest.mark.parametrize("who", ["staf", None])
def test_body_that_is_too_large_is_refused_before_a_byte_is_read(office: Office, who: str | None) -> None:
    browser = office.client(who) if who else Client()
    given = {"CONTENT_LENGTH": str(200 * 1024 * 1024), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    answer = browser.generic("POST", reverse("upload_forms"), **given, **{"wsgi.input": Unread()})
    assert answer.status_code == 413
    assert "Kiriman ini 200 MB, terlalu besar. Setiap berkas paling besar 10 MB" in words(answer)


@pytest.mark.parametrize("length", ["", "0", "x", "-1", "²", "1e9"])
def test_strange_content_lengths_are_no_errors(office: Office, length: str) -> None:
    answer = office.client("staf").generic("GET", "/", CONTENT_LENGTH=length)
    assert answer.status_code == 200


def test_body_of_too_many_fields_or_too_much_text_gets_a_sentence(office: Office) -> None:
    address = reverse("step", args=[office.case().task_id])
    office.client("staf").raise_request_exception = False
    for body in ("&".join(["a=1"] * 20_001), "a=" + "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE):
        answer = office.client("staf").generic("POST", address, body, "application/x-www-form-urlencoded")
        assert answer.status_code == 400
        assert "Kiriman ini tidak dapat dibaca." in words(answer)


def test_broken_multipart_gets_a_sentence(office: Office) -> None:
    office.client("staf").raise_request_exception = False
    for kind in ("multipart/form-data; boundary=x", "multipart/form-data", "text/plain", "application/json"):
        answer = office.client("staf").generic("POST", reverse("upload_forms"), b"--y\r\ngarbage", kind)
        assert answer.status_code in {400, 422}
        assert "Takar" in words(answer)


# --- evidence


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<!doctype html><script>alert(1)</script>"),
        ("a.pdf", b"<!doctype html><script>alert(1)</script>"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("a.png", b""),
        ("a.exe", b"MZ\x90"),
        ("a.zip", b"PK\x03\x04zip"),
        ("a.xlsm", b"PK\x03\x04zip"),
        ("a.xlsx.html", b"PK\x03\x04<script>"),
        ("a.gif", b"GIF89a"),
        ("a.pdf", b" %PDF-1.4"),
    ],
)
def test_evidence_of_another_kind_is_refused(office: Office, name: str, content: bytes) -> None:
    before = rows()
    answer = send(office, "staf", "evidence", file(name, content), args=(office.case().task_id,), key="bukti")
    assert (answer.status_code, rows()) == (422, before)
    assert f"{name}: Jenis berkasnya tidak dikenal; kirimkan sebagai PDF, JPG, PNG, XLSX atau DOCX." in problems(answer)


def test_evidence_is_served_as_what_it_is_in_a_box_of_its_own(office: Office) -> None:
    case = office.case()
    given = {
        "a.pdf": PDF,
        "b.jpg": JPEG,
        "c.html": b"\x89PNG\r\n\x1a\n<script>alert(1)</script>",
        "d.docx": b"PK\x03\x04d",
    }
    files = [file(name, content, "text/html") for name, content in given.items()]
    assert send(office, "staf", "evidence", *files, args=(case.task_id,), key="bukti").status_code == 302
    served = {}
    for evidence in case.appraisal.evidence.all():
        answer = office.client("pegawai").get(reverse("evidence_file", args=[case.pk, evidence.pk]))
        place = answer.headers["Content-Disposition"].split(";")[0]
        served[evidence.name] = (answer.headers["Content-Type"], place, answer.content)
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "script-src" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert (answer.headers["X-Content-Type-Options"], answer.headers["Cache-Control"]) == ("nosniff", "no-store")
    docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert served == {
        "a.pdf": ("application/pdf", "inline", given["a.pdf"]),
        "b.jpg": ("image/jpeg", "inline", given["b.jpg"]),
        "c.html": ("image/png", "inline", given["c.html"]),
        "d.docx": (docx, "attachment", given["d.docx"]),
    }


def test_name_of_a_file_is_shown_as_text(office: Office) -> None:
    case, name = office.case(), '"><img src=x onerror=alert(1)>.pdf'
    send(office, "staf", "evidence", file(name, PDF), args=(case.task_id,), key="bukti")
    for address in (reverse("case", args=[case.pk]), reverse("step", args=[case.task_id])):
        page = office.client("staf").get(address).content.decode()
        assert ("<img" in page, "onerror=alert(1)&gt;.pdf" in page) == (False, True)


def test_long_name_keeps_its_end(office: Office) -> None:
    case = office.case()
    send(office, "staf", "evidence", file("x" * 250 + ".pdf", PDF), args=(case.task_id,), key="bukti")
    assert case.appraisal.evidence.get().name.endswith("x.pdf")


# --- forms


def blank(office: Office, *of: str) -> bytes:
    content = blank_forms([office.case(name) for name in of])
    assert content is not None
    return content


def test_blank_form_of_a_case_names_its_case(office: Office) -> None:
    answer = office.client("staf").get(reverse("form_workbook", args=[office.case().pk]))
    [form] = read_forms(answer.content, name="a.xlsx")
    assert form.code == f"SKP-{YEAR}-{office.pegawai.nip}"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="formulir-{form.code}.xlsx"'


def test_one_workbook_holds_the_forms_of_all_who_wait(office: Office) -> None:
    answer = office.client("staf").get(reverse("forms_workbook"))
    assert len(read_forms(answer.content, name="a.xlsx")) == 9


def test_each_uploaded_file_gets_its_own_line(office: Office) -> None:
    files = [file(name, content) for name, content in NO_WORKBOOKS.items()]
    before = contents("appraisal.FormLine")
    answer = send(office, "staf", "upload_forms", *files)
    assert (answer.status_code, words(answer).count("✗")) == (200, len(NO_WORKBOOKS))
    assert contents("appraisal.FormLine") == before
    assert "<img" not in answer.content.decode()


def test_unfilled_forms_come_back_unchanged(office: Office) -> None:
    def lines() -> list[str]:
        return sorted(str(row[1:]) for row in contents("appraisal.FormLine"))

    before = lines()
    answer = send(office, "staf", "upload_forms", file("a.xlsx", blank(office, "pegawai", "rekan")))
    assert (answer.status_code, words(answer).count("✓ Terbaca."), lines()) == (200, 2, before)


def test_form_of_the_own_case_cannot_be_uploaded_by_its_employee(office: Office) -> None:
    before = contents("appraisal.Form")
    answer = send(office, "pegawai", "upload_forms", file("a.xlsx", blank(office, "pegawai")))
    assert "✗ Langkah ini bukan tugas Anda, sehingga tidak ada yang berubah." in words(answer)
    assert contents("appraisal.Form") == before


def test_stranger_s_upload_learns_nothing_about_the_case(office: Office) -> None:
    answer = send(office, "outsider", "upload_forms", file("a.xlsx", blank(office, "pegawai")))
    assert "bukan berkas kantor ini" in words(answer)
    assert ("Putri" in words(answer), Form.objects.exclude(file=None).count()) == (False, 0)


def test_preview_is_decided_on_by_a_button(office: Office) -> None:
    content = office.client("staf").get(reverse("import_template", args=["target"]), {"tahun": "2026"}).content
    answer = send(office, "staf", "import_upload", file("t.xlsx", content), args=("target",))
    batch = ImportBatch.objects.get()
    assert location(answer) == reverse("import_preview", args=[batch.pk])
    page = office.client("staf").get(location(answer))
    assert (page.status_code, batch.applied_at) == (200, None)
