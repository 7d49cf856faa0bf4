"""Bengkel SOP: a draft is written on screen, nothing typed is lost, and only the Kepala puts it in force."""

import copy
import re
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from tests.office import PASSWORD, Office

from takar.casework.models import Case
from takar.procedures.data import shipped_sop
from takar.procedures.models import ProcedureVersion
from takar.rules.flow import SopError, parse_sop, plain
from takar.web.workshop import changed, content_of
from takar.web.workshop_form import editor, in_words

WORKSHOP, PREVIEW = "/sop/bengkel/", "/sop/bengkel/pratinjau/"


def fields(content: dict[str, Any]) -> dict[str, str]:
    """What a browser sends of the form as it is shown."""
    shown = editor(content)
    sent = {field.name: field.value for field in (*shown.identity, *shown.lists)} | {"readings": shown.readings}
    sent |= {"jumlah": str(len(shown.steps))}
    for column in shown.columns:
        sent |= {f"a-{column.key}-label": column.label} | ({f"a-{column.key}": "1"} if column.shown else {})
    for step in shown.steps:
        names = ("description", "minutes", "output", "key", "returns", "remark", "reading")
        sent |= {f"{step.at}{name}": getattr(step, name) for name in names}
        sent |= {f"{step.at}actor": chosen(step.actors), f"{step.at}kind": chosen(step.kinds)}
        for paper in step.papers:
            sent |= {f"{paper.at}key": paper.key, f"{paper.at}label": paper.label}
            sent |= {f"{paper.at}source": chosen(paper.sources)}
    return sent


def chosen(options: Any) -> str:
    return next((value for value, _, is_chosen in options if is_chosen), "")


def shipped() -> dict[str, Any]:
    """The shipped SOP as a draft has it: the office draws the ways back, and approval is to come."""
    content = copy.deepcopy(plain(parse_sop(shipped_sop())))
    for step in content["flow"]["steps"]:
        step["returns_read"] = False
    content["identity"]["approved_on"] = None
    return content


def test_the_form_gives_back_what_it_shows() -> None:
    assert parse_sop(content_of(fields(shipped()), shipped())) == parse_sop(shipped())


def test_what_is_no_sop_is_shown_again_as_typed() -> None:
    sent = fields(shipped()) | {
        "s2-minutes": "dua jam",
        "s2-returns": "satu",
        "identity.created_on": "kemarin",
        "s3-kind": "x",
    }
    once = content_of(sent, shipped())
    again = fields(once)
    assert {name: again[name] for name in sent} == sent


@pytest.mark.parametrize(
    ("button", "at", "order", "returns"),
    [
        ("naik:4", 3, "124 3567", {2: [1], 3: [1, 4]}),
        ("turun:1", 2, "213 4567", {1: [2], 4: [2, 3]}),
        ("hapus:1", 1, "234 567", {3: [2]}),
        ("tambah:2", 3, "12+ 34567", {2: [1], 5: [1, 4]}),
        ("tambah:0", 1, "+12 34567", {3: [2], 5: [2, 4]}),
        ("naik:1", 1, "1234567", {2: [1], 4: [1, 3]}),
        ("turun:7", 7, "1234567", {2: [1], 4: [1, 3]}),
        ("hapus:9", 0, "1234567", {2: [1], 4: [1, 3]}),
        ("terbang:1", 0, "1234567", {2: [1], 4: [1, 3]}),
    ],
)
def test_buttons_keep_the_ways_back_with_their_steps(
    button: str, at: int, order: str, returns: dict[int, list[int]]
) -> None:
    before = shipped()
    names = {step["output"]["key"]: str(step["number"]) for step in before["flow"]["steps"]}
    after, place = changed(before, button)
    steps = after["flow"]["steps"]
    assert (place, "".join(names.get(step["output"]["key"], "+") for step in steps)) == (at, order.replace(" ", ""))
    assert {step["number"]: step["returns_to"] for step in steps if step["returns_to"]} == returns
    assert [step["number"] for step in steps] == list(range(1, len(steps) + 1))
    assert (steps[0]["symbol"], steps[-1]["symbol"]) == ("start", "end")
    assert before == shipped()


def test_places_are_told_in_the_words_of_the_form() -> None:
    content = shipped()
    content["identity"]["number"] = ""
    content["legal_basis"] = [7]
    content["flow"]["steps"][2] |= {"standard_minutes": "x", "inputs": [{"key": "a", "label": ""}]}
    with pytest.raises(SopError) as raised:
        parse_sop(content)
    assert [problem.where for problem in in_words(raised.value.findings)] == [
        "Nomor SOP",
        "Dasar Hukum",
        "Langkah 3, kelengkapan",
        "Langkah 3, kelengkapan",
        "Langkah 3, waktu baku",
    ]


def page(answer: HttpResponse) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def begun(office: Office) -> ProcedureVersion:
    answer = office.client("kasubbag").post(WORKSHOP, {"tindakan": "mulai"})
    assert (answer.status_code, answer["Location"]) == (302, WORKSHOP)
    return ProcedureVersion.objects.get(state="draft")


def form_of(draft: ProcedureVersion, **changes: str) -> dict[str, str]:
    draft.refresh_from_db()
    return fields(draft.typed or draft.content) | {"sidik": draft.content_hash} | changes


def test_a_revision_from_the_copy_to_its_approval(office: Office) -> None:
    draft, desk = begun(office), office.client("kasubbag")
    desk.post(WORKSHOP, form_of(draft, ubah="tambah:2"))
    draft.refresh_from_db()
    assert (draft.typed is None, len(draft.typed["flow"]["steps"])) == (False, 8)
    shown = page(desk.get(WORKSHOP))
    assert "Langkah 3, uraian: Isian ini harus teks yang tidak kosong" in shown
    sent = {"s3-description": "Memaraf formulir", "s3-output": "Formulir yang diparaf", "s3-minutes": "20"}
    moved = desk.post(WORKSHOP, form_of(draft, ubah="turun:3", **sent))
    assert moved["Location"] == f"{WORKSHOP}#langkah-4"
    desk.post(WORKSHOP, form_of(draft, ubah="naik:4"))
    shown = page(office.client("kepala").get(WORKSHOP))
    assert "Langkah 3 ditambah: Memaraf formulir, oleh Sekretaris, waktu baku 20 menit." in shown
    assert "tidak memuat satu langkah pun" not in shown
    approval = {
        "tindakan": "sahkan",
        "number": "000.8/7",
        "on": "2026-01-12",
        "effective_on": "2026-02-01",
        "by": "Kepala",
    }
    answer = office.client("kepala").post(WORKSHOP, approval | {"password": PASSWORD})
    draft.refresh_from_db()
    assert answer["Location"] == f"/sop/{draft.pk}/"
    assert (draft.state, draft.number, str(draft.effective_on)) == ("approved", "000.8/7", "2026-02-01")
    assert set(Case.objects.values_list("run__version__version", flat=True)) == {1}
    shown = page(office.client("pegawai").get(f"/sop/{draft.pk}/"))
    assert "Perubahan dari versi sebelumnya Nomor SOP: dari “2023” menjadi “000.8/7”." in shown


def test_what_cannot_be_read_is_kept_and_cannot_be_approved(office: Office) -> None:
    draft = begun(office)
    office.client("kasubbag").post(WORKSHOP, form_of(draft, tindakan="simpan", **{"s1-minutes": "dua jam"}))
    shown = office.client("kasubbag").get(WORKSHOP).content.decode()
    assert 'name="s1-minutes" value="dua jam"' in shown
    assert "Langkah 1, waktu baku: Isian ini harus bilangan bulat" in unescape(shown)
    refused = office.client("kepala").post(
        WORKSHOP, {"tindakan": "sahkan", "password": PASSWORD, "on": "2026-01-12", "by": "Kepala Dinas"}
    )
    assert (refused.status_code, "Isian terakhirnya belum lengkap" in page(refused)) == (422, True)
    assert ProcedureVersion.objects.get(pk=draft.pk).state == "draft"


def test_a_draft_that_another_changed_is_not_overwritten_unseen(office: Office) -> None:
    draft = begun(office)
    mine = form_of(draft, tindakan="simpan", **{"identity.number": "Punya saya"})
    office.client("kasubbag").post(WORKSHOP, form_of(draft, tindakan="simpan", **{"identity.number": "Punya orang"}))
    refused = office.client("kasubbag").post(WORKSHOP, mine)
    assert (refused.status_code, "Rancangan ini diubah orang lain" in page(refused)) == (422, True)
    assert 'value="Punya saya"' in refused.content.decode()
    draft.refresh_from_db()
    assert draft.number == "Punya orang"
    assert f'name="sidik" value="{draft.content_hash}"' in refused.content.decode()


def test_preview_shows_and_writes_nothing(office: Office) -> None:
    draft = begun(office)
    answer = office.client("kasubbag").post(PREVIEW, form_of(draft, **{"s6-minutes": "45", "identity.number": "2026"}))
    shown = page(answer)
    assert "Langkah 6: waktu baku dari “60 menit” menjadi “45 menit”." in shown
    assert "Nomornya, “2026”, hanya tahun" in shown
    assert ProcedureVersion.objects.get(pk=draft.pk).content == draft.content
    broken = page(office.client("kasubbag").post(PREVIEW, form_of(draft, **{"s6-minutes": ""})))
    assert "Langkah 6, waktu baku" in broken


@pytest.mark.parametrize(
    ("who", "sent", "status"),
    [
        ("kepala", {"tindakan": "mulai"}, 422),
        ("sekretaris", {"tindakan": "simpan"}, 403),
        ("kepala", {"ubah": "hapus:1"}, 403),
        ("kasubbag", {"tindakan": "mulai"}, 422),
        ("kasubbag", {"tindakan": "sahkan", "password": PASSWORD}, 200),
        ("sekretaris", {"tindakan": "sahkan", "password": PASSWORD}, 403),
        ("kepala", {"tindakan": "sahkan", "password": "salah", "by": "x"}, 422),
        ("kepala", {"tindakan": "sahkan", "password": PASSWORD, "by": "x", "on": "kemarin"}, 422),
        ("sekretaris", {"tindakan": "buang"}, 403),
    ],
)
def test_what_is_not_this_persons_changes_nothing(office: Office, who: str, sent: dict[str, str], status: int) -> None:
    draft = begun(office)
    kasubbag_is_no_approver = who == "kasubbag" and sent["tindakan"] == "sahkan"
    if kasubbag_is_no_approver:
        office.agency.role_holders.filter(role="admin").delete()
        status = 403
    assert office.client(who).post(WORKSHOP, sent).status_code == status
    stored = ProcedureVersion.objects.get(pk=draft.pk)
    assert (stored.state, stored.content_hash) == ("draft", draft.content_hash)


def test_a_draft_is_thrown_away(office: Office) -> None:
    begun(office)
    assert office.client("kasubbag").post(WORKSHOP, {"tindakan": "buang"}).status_code == 302
    assert "Belum ada rancangan revisi. Yang berlaku: SOP Nomor 2023 versi 1 ." in page(
        office.client("sekretaris").get(WORKSHOP)
    )
    assert office.client("kasubbag").post(WORKSHOP, {"tindakan": "simpan"}).status_code == 422
