"""A null character: no key types one, PostgreSQL keeps none, and SQLite would keep it for ever."""

from django.test import Client
from django.urls import reverse
from tests.office import TODAY, YEAR, Office
from tests.web.browsing import file, rows, words

from takar.casework.acts import record_act
from takar.exchange.actions import upload
from takar.exchange.models import ImportKind
from takar.exchange.outgoing import blank_targets

NULL = "a\0b"


def test_no_form_takes_a_null_character(office: Office) -> None:
    batch = upload(
        actor=office.kasubbag,
        agency=office.agency,
        kind=ImportKind.TARGETS,
        name="t",
        content=blank_targets(office.agency, 1),
    )
    forms = {
        reverse("step", args=[office.case().task_id]): {"tindakan": "simpan", "line-1-note": NULL},
        reverse("evidence", args=[office.case().task_id]): {"kegiatan": NULL, "bukti": file("a.pdf", b"%PDF-")},
        reverse("bulk"): {"pilih": NULL, "tindakan": "selesai"},
        reverse("upload_forms"): {"x": NULL},
        reverse("plan", args=[YEAR, office.pegawai.pk]): {"name-1": NULL},
        reverse("periods"): {"tahun": NULL, "cara": NULL},
        reverse("roles"): {"admin": NULL},
        reverse("activation_codes"): {"pilih": NULL},
        reverse("import_upload", args=["target"]): {"x": NULL},
        reverse("import_preview", args=[batch.pk]): {"x": NULL},
        reverse("calendar"): {"libur": f"{TODAY}; {NULL}", "hari": "kerja"},
        reverse("mandates"): {"number": NULL},
    }
    browser = office.client("kasubbag")
    browser.raise_request_exception = False
    before = rows()
    for address, data in forms.items():
        answer = browser.post(address, data)
        assert (answer.status_code, "Kiriman ini tidak dapat dibaca." in words(answer)) == (400, True), address
    assert rows() == before


def test_no_act_after_the_approval_takes_a_null_character(office: Office) -> None:
    case = office.at_step(8)
    office.client("pegawai").raise_request_exception = False
    before = rows()
    answer = office.client("pegawai").post(reverse("aftermath", args=[case.pk]), {"tindakan": "object", "isi": NULL})
    assert (answer.status_code, rows()) == (400, before)
    assert record_act(actor=office.pegawai, case_id=case.pk, kind="object", text="Kualitas.").text == "Kualitas."


def test_no_search_takes_a_null_character(office: Office) -> None:
    browser = office.client("kasubbag")
    browser.raise_request_exception = False
    for name, key in (
        ("cases", "cari"),
        ("cases", "unit"),
        ("archive", "cari"),
        ("office", "cari"),
        ("tasks", "langkah"),
    ):
        assert browser.get(reverse(name), {key: NULL}).status_code == 400, name


def test_visitor_s_null_character_is_refused_on_the_form(office: Office) -> None:
    for name, key in (("account_login", "login"), ("activate", "username")):
        answer = Client().post(reverse(name), {key: NULL})
        assert answer.status_code in {200, 422}
        assert "Karakter null tidak diizinkan." in words(answer)
