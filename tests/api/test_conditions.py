"""What holds for every address: exact JSON, stale acts, portions, costs, and refusals in words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.api.calling import Caller
from tests.office import FORM, PASSWORD, Office
from tests.web.test_queries import grow

from takar.audit.models import Event
from takar.casework.actions import save_form
from takar.casework.models import Case
from takar.casework.periods import open_period

LINES = {"lines": [{"item": 1, "quantity": 12}]}


def test_act_on_what_has_changed_meanwhile_is_refused(office: Office) -> None:
    task, staf = office.case().task_id, Caller(office, "staf")
    answer = staf.raw("GET", f"tasks/{task}")
    seen = answer["ETag"]
    assert seen == f'"{answer.json()["version"]}"'
    save_form(actor=office.staf2, step_run_id=task, data=FORM)
    for method, path, body in (
        ("PUT", f"tasks/{task}/form", LINES),
        ("POST", f"tasks/{task}/complete", {}),
        ("POST", f"tasks/{task}/begin", None),
    ):
        status, told = staf(method, path, body, **{"If-Match": seen})
        assert (status, "sudah berubah sejak Anda membacanya" in told["detail"]) == (409, True)
    assert office.case().step == 1
    fresh = staf.raw("GET", f"tasks/{task}")["ETag"]
    assert staf("POST", f"tasks/{task}/complete", {}, **{"If-Match": fresh})[0] == 200
    status, told = staf("POST", f"tasks/{task}/complete", {})
    assert (status, "Surya Putra" in told["detail"]) == (409, True)


def test_same_request_again_is_done_once_and_answered_alike(office: Office) -> None:
    task, staf = office.case().task_id, Caller(office, "staf")
    path, key = f"tasks/{task}/complete", {"Idempotency-Key": "kirim-1"}
    assert staf("POST", path, {}, **key)[0] == 422  # an empty form; the key is still free
    status, first = staf("POST", path, {"form": LINES}, **key)
    again = staf.raw("POST", path, {"form": LINES}, **key)
    assert (status, again.status_code, again.json() == first, again["Idempotency-Replayed"]) == (200, 200, True, "true")
    assert Event.objects.filter(stream=office.case().stream, verb="step.completed").count() == 1
    other, told = staf("POST", path, {"form": {"lines": []}}, **key)
    assert (other, "kunci dari kiriman lain" in told["detail"]) == (422, True)
    assert (
        Caller(office, "staf2")("POST", path, {"form": LINES}, **key)[0] == 409
    )  # another person's key is another key
    assert staf("POST", path, {}, **{"Idempotency-Key": "x" * 129})[0] == 422


def test_act_after_the_approval_is_refused_when_stale(office: Office) -> None:
    case, pegawai = office.at_step(8), Caller(office, "pegawai")
    body = {"kind": "object", "text": "Kualitas."}
    assert pegawai("POST", f"cases/{case.pk}/acts", body, **{"If-Match": '"1"'})[0] == 409
    seen = pegawai.raw("GET", f"cases/{case.pk}")["ETag"]
    assert pegawai("POST", f"cases/{case.pk}/acts", body, **{"If-Match": seen})[0] == 200


def test_condition_that_is_none_is_named(office: Office) -> None:
    status, told = Caller(office, "staf")("POST", f"tasks/{office.case().task_id}/begin", **{"If-Match": "baru"})
    assert (status, told["problems"][0]["where"]) == (422, "If-Match")


@pytest.mark.parametrize(
    ("content", "status", "sentence"),
    [
        (b"{", 400, "Berkas bukan JSON yang benar"),
        (b"[]", 400, "Isi berkas harus satu objek JSON"),
        (b'{"lines": [], "lines": []}', 400, "Isian ini ada dua kali; hapus salah satu."),
        (b'{"lines": [{"item": 1, "note": "a\\u0000"}]}', 400, "Ada tanda yang bukan huruf"),
        (b'{"lines": [{"item": 1, "note": "\\ud800"}]}', 400, "Ada tanda yang bukan huruf"),
        (b"\xff\xfe", 400, "bukan teks UTF-8"),
        (b'{"lines": [{"item": 1, "quantity": "dua"}]}', 422, "tidak terbaca sebagai angka"),
        (b'{"lines": [{"item": 1, "quantity": 1e400000000}]}', 422, "Angka berpangkat"),
        (b'{"lines": [{"item": 1, "quantity": NaN}]}', 422, "bukan angka pasti"),
        (b'{"lines": [{"item": 1, "quantity": -1}]}', 422, "Tidak boleh kurang dari nol"),
        (b'{"lines": [{"item": 9}]}', 422, "Kegiatan itu tidak ada dalam SKP pegawai ini."),
        (b'{"lines": [{"item": true}]}', 422, "Isian ini harus berupa bilangan bulat."),
        (b'{"lines": [{"item": 1, "note": "%s"}]}' % (b"x" * 1001), 422, "paling panjang 1000 huruf"),
        (b'{"lines": [{"quantity": 1}]}', 422, "Baris tanpa target harus diberi uraian."),
        (b'{"lines": [], "extras": [{"kind": "tambahan", "name": "a", "level": "unit"}]}', 422, "tidak bertingkat"),
        (b'{"lines": [], "extras": [{"kind": "kreativitas", "name": "a"}]}', 422, "Pilih tingkat manfaatnya"),
        (b'{"lines": [], "nilai": 1}', 422, "Isian ini tidak dikenal"),
        (b"{}", 422, "Isian ini wajib ada."),
    ],
)
def test_body_that_cannot_be_taken_is_explained(office: Office, content: bytes, status: int, sentence: str) -> None:
    staf = Caller(office, "staf")
    answer = staf.raw("PUT", f"tasks/{office.case().task_id}/form", content)
    assert (answer.status_code, sentence in answer.content.decode()) == (status, True), answer.content.decode()
    assert office.case().appraisal.forms.get().updated_by is None


def test_frame_answers_in_json_as_well(office: Office) -> None:
    staf = Caller(office, "staf")
    got = [
        staf("GET", "tidak-ada"),
        staf("DELETE", "me"),
        staf("GET", "cases?q=%00"),
        staf("GET", "cases?limit=0"),
        staf("GET", "cases?cursor=bukan"),
        staf("GET", "cases?langkah=2"),
        staf("POST", "notices/read", b"x" * 20, **{"Content-Length": str(10**9)}),
    ]
    assert [status for status, _ in got] == [404, 405, 400, 422, 422, 422, 413]
    assert [told["status"] for _, told in got] == [404, 405, 400, 422, 422, 422, 413]
    typed = staf.client.post("/api/v1/notices/read", {"ids": "x"}, headers={"Authorization": f"Bearer {staf.key}"})
    assert (typed.status_code, typed.json()["title"]) == (415, "Jenis kiriman tidak dikenal")


def test_mistake_of_ours_has_a_number_and_tells_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("rahasia di dalam program")

    monkeypatch.setattr("takar.api.routes.office.periods_of", fail)
    answer = Caller(office, "staf").raw("GET", "periods")
    assert (answer.status_code, "rahasia" in answer.content.decode()) == (500, False)
    assert answer["X-Request-ID"] in answer.json()["detail"]


def test_portions_follow_each_other_without_gap(office: Office) -> None:
    sekretaris = Caller(office, "sekretaris")
    whole = [row["code"] for row in sekretaris.get("cases")["items"]]
    found: list[str] = []
    cursor = ""
    for _ in range(20):
        part = sekretaris.get("cases", limit="2", cursor=cursor)
        found += [row["code"] for row in part["items"]]
        cursor = part["next"]
        if not cursor:
            break
    assert (len(whole), found) == (9, whole)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"q": "putri"}, ["Putri Maharani"]),
        ({"q": "19850707"}, ["Putri Maharani"]),
        ({"unit": "Bidang A", "step": "1"}, ["Andi Saputra", "Putri Maharani", "Rudi Hartawan"]),
        ({"step": "0"}, []),
        ({"period": "SKP-2024"}, []),
        ({"returned": "true"}, []),
        ({"time": "terlambat"}, []),
    ],
)
def test_list_is_filtered_as_on_the_page(office: Office, query: dict[str, str], names: list[str]) -> None:
    assert [row["name"] for row in Caller(office, "sekretaris").get("cases", **query)["items"]] == names


COSTS = {
    "me": 3,
    "periods": 2,
    "employees": 3,
    "sop": 2,
    "tasks": 4,
    "cases": 4,
    "documents": 6,
    "plans": 4,
    "notices": 2,
    "trail": 3,
}


def cost(caller: Caller, path: str) -> int:
    caller.get(path)
    with CaptureQueriesContext(connection) as queries:
        caller.get(path)
    # SQLite is switched between reading and writing by statements, PostgreSQL is not.
    return len(queries) - (2 if connection.vendor == "sqlite" else 0)


def test_lists_cost_the_same_for_few_and_for_many(office: Office) -> None:
    office.at_step(5)
    kasubbag = Caller(office, "kasubbag")
    few = {path: cost(kasubbag, path) for path in COSTS}
    grow(office, 20)
    open_period(
        actor=office.kasubbag, agency=office.agency, year=2024, method="pp46-2011", version=office.period.version
    )
    many = {path: cost(kasubbag, path) for path in COSTS}
    assert (few, many) == (COSTS, COSTS)


def test_one_case_costs_the_same_at_its_beginning_and_its_end(office: Office) -> None:
    pegawai, sekretaris = Caller(office, "pegawai"), Caller(office, "sekretaris")
    first = office.case()
    at_first = [cost(sekretaris, f"cases/{first.pk}"), cost(sekretaris, f"tasks/{first.task_id}")]
    case = office.at_step(8)
    paths = [f"cases/{case.pk}", *(f"cases/{case.pk}/{name}" for name in ("result", "history", "recompute", "acts"))]
    assert (at_first, [cost(pegawai, path) for path in paths]) == ([7, 8], [8, 4, 5, 4, 9])


def test_signing_asks_for_password_like_the_page(office: Office) -> None:
    case = office.at_step(4)
    atasan = Caller(office, "atasan")
    status, told = atasan("POST", f"tasks/{case.task_id}/complete", {"password": PASSWORD})
    assert (status, told["detail"]) == (422, "Penilaian belum lengkap, sehingga belum dapat disetujui.")
    assert Case.objects.get(pk=case.pk).step == 4
