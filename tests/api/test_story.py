"""A whole case through the API: each step by the key of its own person, and what follows the approval."""

from typing import Any

from tests.api.calling import Caller, assessment_json
from tests.office import PASSWORD, Office

from takar.appraisal.evaluation import aspects
from takar.audit.models import Event
from takar.audit.queries import verify_chains

FORM = {
    "lines": [
        {"item": 1, "quantity": 12, "time": "9,12", "note": "map 1"},
        {"item": 2, "quantity": 4, "time": 11, "cost": 9_500_000},
    ]
}


def complete(caller: Caller, task: str, **body: Any) -> dict[str, Any]:
    status, answer = caller("POST", f"tasks/{task}/complete", body)
    assert status == 200, answer
    done: dict[str, Any] = answer
    return done


def test_case_goes_through_all_seven_steps(office: Office) -> None:  # noqa: PLR0915 -- one story
    callers = {who: Caller(office, who) for who in ("staf", "kasubbag", "atasan", "pegawai")}
    staf, kasubbag, atasan, pegawai = callers.values()
    task = office.case().task_id

    status, begun = staf("POST", f"tasks/{task}/begin")
    assert (status, begun["message"]) == (200, "Pengerjaan dimulai.")
    status, saved = staf("PUT", f"tasks/{task}/form", FORM)
    assert (status, saved["message"]) == (200, "Isian disimpan.")
    shown = staf.get(f"tasks/{task}")
    assert [line["time"] for line in shown["form"]["lines"]] == ["9.12", "11"]
    assert shown["version"] == saved["version"]
    task = complete(staf, task)["case"]["task"]

    task = complete(kasubbag, task)["case"]["task"]
    back = kasubbag.get("cases", step="3")["items"]
    assert [row["task"] for row in back] == [task]

    entered = staf.get(f"tasks/{task}")["form"]
    lines = [{key: value for key, value in line.items() if key != "name"} for line in entered["lines"]]
    lines[0]["quantity"] = "11"
    status, refused = staf("POST", f"tasks/{task}/complete", {"form": {"lines": lines}})
    assert (status, refused["detail"]) == (422, "Ada perbedaan yang belum dijelaskan.")
    task = complete(staf, task, form={"lines": lines}, answers={"1-quantity": "Satu laporan belum sah."})["case"][
        "task"
    ]

    given = assessment_json([aspect.value for aspect in aspects(office.case().appraisal)])
    status, saved = atasan("PUT", f"tasks/{task}/assessment", {"assessment": given})
    assert (status, saved["message"]) == (200, "Penilaian disimpan.")
    assert atasan.get(f"tasks/{task}")["draft"]["quality"] == {"1": "90", "2": "85.5"}
    status, refused = atasan("POST", f"tasks/{task}/complete", {"password": "salah"})
    assert (status, refused["detail"]) == (
        403,
        "Kata sandi yang dimasukkan salah. Dokumen belum ditandatangani; masukkan sekali lagi.",
    )
    task = complete(atasan, task, password=PASSWORD)["case"]["task"]

    shown = pegawai.get(f"tasks/{task}")
    assert (shown["step"]["kind"], shown["asks_password"], shown["mine"]) == ("sign", True, True)
    status, refused = pegawai("POST", f"tasks/{task}/complete", {"password": PASSWORD, "seen_sha256": "0" * 64})
    assert status in {403, 409, 422}
    task = complete(pegawai, task, password=PASSWORD, seen_sha256=shown["seen_sha256"])["case"]["task"]

    task = complete(staf, task, copies=[{"recipient": "Putri Maharani", "form": "kertas"}])["case"]["task"]
    done = complete(kasubbag, task, box="B-01", shelf="R-1")
    assert (done["case"]["step"], done["case"]["task"]) == (0, None)

    case = pegawai.get(f"cases/{done['case']['id']}")
    assert [visit["state"] for visit in case["visits"]] == ["completed"] * 7
    assert case["category"] == "baik"
    result = pegawai.get(f"cases/{done['case']['id']}/result")
    assert result["values"]["final"]["printed"].replace(",", ".") == case["final_value"]
    assert pegawai.get(f"cases/{done['case']['id']}/recompute") == {"same": True, "difference": ""}
    assert {event.channel for event in Event.objects.filter(stream=office.case().stream, verb="step.completed")} == {
        "api"
    }
    assert list(verify_chains()) == []


def test_returned_case_goes_back_with_the_reason(office: Office) -> None:
    task, kasubbag = office.at_step(2).task_id, Caller(office, "kasubbag")
    status, refused = kasubbag("POST", f"tasks/{task}/return", {"to_step": 1, "reason": " "})
    assert status == 422, refused
    status, done = kasubbag("POST", f"tasks/{task}/return", {"to_step": 1, "reason": "Biaya belum diisi."})
    assert (status, done["case"]["step"], done["case"]["returned"]) == (200, 1, True)
    visits = kasubbag.get(f"cases/{done['case']['id']}")["visits"]
    assert (visits[1]["state"], visits[1]["returned_to"], visits[1]["reason"]) == ("returned", 1, "Biaya belum diisi.")


def test_acts_after_the_approval_are_those_of_the_page(office: Office) -> None:
    case = office.at_step(8)
    pegawai, atasan = Caller(office, "pegawai"), Caller(office, "atasan")
    path = f"cases/{case.pk}/acts"
    mine = {act["kind"]: act for act in pegawai.get(path)["open"]}
    assert mine["object"]["text_required"] is True
    status, refused = pegawai("POST", path, {"kind": "object"})
    assert (status, refused["title"]) == (422, "Isian belum benar")
    status, refused = atasan("POST", path, {"kind": "object", "text": "Bukan saya."})
    assert (status, refused["title"]) == (403, "Tidak diizinkan")
    letter = {"name": "keberatan.pdf", "content": "JVBERi0xLjQKJSVFT0YK"}
    status, told = pegawai("POST", path, {"kind": "object", "text": "Kualitas kegiatan 1.", "files": [letter]})
    assert status == 200, told
    assert [(act["kind"], act["text"]) for act in told["acts"]] == [("object", "Kualitas kegiatan 1.")]
    assert [act["text"] for act in Caller(office, "sekretaris").get(path)["acts"]] == [""]
