"""One open step on screen: who may do what, what a late or strange click is told, and evidence."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from tests.office import PASSWORD, Office, assessment
from tests.web.browsing import PDF, contents, field, file, location, problems, rows, words

from takar.casework.actions import return_case, save_assessment
from takar.casework.models import Case
from takar.web.http import NO_ACT

ACTS = ("selesai", "simpan", "kembalikan")
ALREADY = "sudah diselesaikan oleh Surya Putra pada 12 Januari 2026 pukul 09.30 WITA; tidak ada yang berubah."
ASPECTS = ("orientasi_pelayanan", "integritas", "komitmen", "disiplin", "kerja_sama")
FIGURES = {
    "line-1-quantity": "12",
    "line-1-time": "12",
    "line-2-quantity": "4",
    "line-2-time": "12",
    "line-2-cost": "1",
}


def address(case: Case, name: str = "step") -> str:
    return reverse(name, args=[case.task_id])


def post(office: Office, who: str, case: Case, **data: Any) -> Any:
    return office.client(who).post(address(case), {"tindakan": "selesai", **data})


# --- what each button does


def test_figures_are_saved_and_the_case_stays(office: Office) -> None:
    answer = post(office, "staf", office.case(), tindakan="simpan", **FIGURES)
    assert (answer.status_code, location(answer)) == (302, address(office.case()))
    form = office.case().appraisal.forms.get()
    assert [(line.quantity, line.time, line.cost) for line in form.lines.order_by("number")] == [
        (12, 12, None),
        (4, 12, 1),
    ]
    assert office.case().step == 1


def test_finishing_hands_the_case_on(office: Office) -> None:
    answer = post(office, "staf", office.case(), **FIGURES)
    assert (answer.status_code, location(answer), office.case().step) == (302, reverse("tasks"), 2)


def test_return_goes_back_with_its_reason(office: Office) -> None:
    case = office.at_step(2)
    answer = post(office, "kasubbag", case, tindakan="kembalikan", ke="1", alasan="Lampirkan surat tugas.")
    assert (answer.status_code, office.case().step) == (302, 1)
    page = office.client("staf").get(address(office.case()))
    assert "oleh Kania Dewi pada 12 Januari 2026 pukul 09.30 WITA: Lampirkan surat tugas." in words(page)


@pytest.mark.parametrize("step", [1, 2, 3, 4, 5, 6, 7])
def test_a_post_that_names_no_act_does_nothing(office: Office, step: int) -> None:
    case = office.at_step(step)
    who = next(name for name, person in office.people.items() if person == office.owner(case))
    before = rows()
    for act in ("", "hapus", "SELESAI"):
        answer = post(office, who, case, tindakan=act, password=PASSWORD, **FIGURES)
        assert (answer.status_code, problems(answer)) == (422, NO_ACT)
    assert (rows(), office.case().step) == (before, step)


def test_a_check_has_nothing_to_save(office: Office) -> None:
    answer = post(office, "kasubbag", office.at_step(2), tindakan="simpan")
    assert (answer.status_code, problems(answer), office.case().step) == (422, NO_ACT, 2)


# --- too late


@pytest.mark.parametrize("later", [2, 3, 8])
def test_whoever_comes_second_is_told_who_was_first_and_when(office: Office, later: int) -> None:
    first = office.case()
    office.at_step(later)
    before = rows()
    for act in ACTS:
        answer = post(office, "staf2", first, tindakan=act, ke="1", alasan="x", **FIGURES)
        assert (answer.status_code, rows()) == (409, before)
        assert "Langkah 1 (Mengumpulkan data kinerja atas target yang telah ditetapkan) " + ALREADY in words(answer)


def test_late_superior_is_told_so_and_not_that_the_password_is_wrong(office: Office) -> None:
    first = office.at_step(4)
    office.at_step(5)
    for act in ACTS:
        answer = post(office, "atasan", first, tindakan=act, password="", ke="3", alasan="x")
        assert answer.status_code == 409
        assert "sudah diselesaikan oleh Andi Saputra pada 12 Januari 2026" in words(answer)


def test_page_from_before_a_return_does_not_write_into_the_new_version(office: Office) -> None:
    stale = office.case()
    office.at_step(2)
    return_case(actor=office.kasubbag, step_run_id=office.case().task_id, to_step=1, reason="Perbaiki.")
    before = contents("appraisal.FormLine")
    answer = post(office, "staf2", stale, tindakan="simpan", **{"line-1-quantity": "99"})
    assert (answer.status_code, contents("appraisal.FormLine")) == (409, before)


def test_page_of_a_finished_step_leads_to_its_case(office: Office) -> None:
    first = office.case()
    office.at_step(2)
    answer = office.client("staf").get(address(first), follow=True)
    assert answer.redirect_chain == [(reverse("case", args=[first.pk]), 302)]
    assert "Langkah itu sudah diselesaikan; di bawah ini keadaan berkasnya sekarang." in words(answer)


# --- evidence


def attach(office: Office, who: str, case: Case, *files: Any, **data: Any) -> Any:
    return office.client(who).post(address(case, "evidence"), {"bukti": list(files), **data})


def test_evidence_belongs_to_its_activity_or_to_the_form(office: Office) -> None:
    case = office.case()
    attach(office, "staf", case, file("a.pdf", PDF), kegiatan="2")
    attach(office, "staf2", case, file("b.PNG", b"\x89PNG\r\n\x1a\n"), kegiatan="")
    kept = case.appraisal.evidence.select_related("activity", "file")
    assert [(e.name, e.activity and e.activity.number, e.file.media_type) for e in kept] == [
        ("a.pdf", 2, "application/pdf"),
        ("b.PNG", None, "image/png"),
    ]


@pytest.mark.parametrize("number", ["3", "0", "-1", "x", "²", "٢", "9" * 30, "9" * 5000, "1.0", " "])
def test_evidence_for_an_activity_that_is_not_there_is_refused(office: Office, number: str) -> None:
    before = rows()
    answer = attach(office, "staf", office.case(), file("a.pdf", PDF), kegiatan=number)
    assert (answer.status_code, rows()) == (422, before)
    assert "Kegiatan itu tidak ada dalam SKP" in problems(answer)


def test_one_bad_file_keeps_out_the_good_ones_beside_it(office: Office) -> None:
    before = rows()
    answer = attach(office, "staf", office.case(), file("a.pdf", PDF), file("b.html", b"<script>alert(1)</script>"))
    assert (answer.status_code, rows()) == (422, before)
    assert "Bukti dukung “b.html” tidak dapat diterima." in problems(answer)


def test_evidence_is_taken_away_by_a_mark(office: Office) -> None:
    case = office.case()
    attach(office, "staf", case, file("a.pdf", PDF))
    kept = case.appraisal.evidence.get()
    answer = office.client("staf").post(address(case, "evidence"), {"cabut": str(kept.pk)})
    kept.refresh_from_db()
    assert (answer.status_code, kept.removed_at is not None) == (302, True)
    page = office.client("staf").get(reverse("case", args=[case.pk]))
    assert re.search(r"a\.pdf umum · [^·]+ · dicabut", words(page))


@pytest.mark.parametrize("known", ["", "x", str(UUID(int=0)), "' OR 1=1"])
def test_unknown_evidence_cannot_be_taken_away(office: Office, known: str) -> None:
    case = office.case()
    attach(office, "staf", case, file("a.pdf", PDF))
    answer = office.client("staf").post(address(case, "evidence"), {"cabut": known})
    assert (answer.status_code, case.appraisal.evidence.filter(removed_at=None).count()) == (422, 1)


def test_evidence_of_another_case_cannot_be_taken_away(office: Office) -> None:
    attach(office, "staf", office.case("rekan"), file("a.pdf", PDF))
    other = office.case("rekan").appraisal.evidence.get()
    answer = office.client("staf").post(address(office.case(), "evidence"), {"cabut": str(other.pk)})
    other.refresh_from_db()
    assert (answer.status_code, other.removed_at) == (422, None)


@pytest.mark.parametrize("who", ["kasubbag", "atasan", "pegawai", "sekretaris", "kepala"])
def test_refused_evidence_does_not_show_the_page_of_the_step(office: Office, who: str) -> None:
    """The page of step 1 is the Staf's; somebody who may only look is told the sentence alone."""
    answer = attach(office, who, office.case(), file("a.pdf", PDF))
    assert (answer.status_code, office.case().appraisal.evidence.count()) == (403, 0)
    assert "Langkah ini bukan tugas Anda" in words(answer)
    assert "line-1-quantity" not in answer.content.decode()


def test_assessment_under_way_is_not_shown_to_the_employee(office: Office) -> None:
    case = office.at_step(4)
    save_assessment(actor=office.atasan, step_run_id=case.task_id, draft=assessment(case))
    for name in ("step", "evidence", "compute"):
        answer = office.client("pegawai").post(
            address(case, name), {"tindakan": "selesai", "bukti": file("a.pdf", PDF)}
        )
        assert answer.status_code in {403, 404}
        assert "Dipertahankan." not in answer.content.decode()
    page = office.client("pegawai").get(reverse("case", args=[case.pk]))
    assert "Dipertahankan." not in page.content.decode()


@pytest.mark.parametrize("later", [2, 8])
@pytest.mark.parametrize("who", ["staf", "pegawai"])
def test_evidence_after_its_step_is_refused(office: Office, who: str, later: int) -> None:
    first = office.case()
    office.at_step(later)
    answer = attach(office, who, first, file("a.pdf", PDF))
    assert answer.status_code == {"staf": 409, "pegawai": 403}[who]
    assert office.case().appraisal.evidence.count() == 0


def test_evidence_at_the_third_step_is_no_act_of_that_step(office: Office) -> None:
    answer = attach(office, "staf", office.at_step(3), file("a.pdf", PDF))
    assert (answer.status_code, office.case().appraisal.evidence.count()) == (422, 0)
    assert "tidak mengenal tindakan ini" in problems(answer)


# --- the computation under the assessor's hands


def test_computation_changes_with_what_is_typed_and_writes_nothing(office: Office) -> None:
    case = office.at_step(4)
    before = rows(), contents("appraisal.Appraisal")
    typed = {"quality-1": "90", "quality-2": "85", **{f"behaviour-{a}": "88" for a in ASPECTS}}
    answer = office.client("atasan").post(address(case, "compute"), typed)
    assert answer.status_code == 200
    assert "Nilai prestasi kerja 90,48" in words(answer)
    assert (rows(), contents("appraisal.Appraisal")) == before


@pytest.mark.parametrize("text", ["", "x", "-1", "101", "9" * 40, "\0", "NaN", "1e5", "९", "<b>"])
def test_computation_bears_anything_typed(office: Office, text: str) -> None:
    case = office.at_step(4)
    typed = {"quality-1": text, "behaviour-integritas": text, "recommendation": text}
    answer = office.client("atasan").post(address(case, "compute"), typed)
    assert answer.status_code in {200, 400}
    assert "Traceback" not in answer.content.decode()


def test_step_that_nobody_knows_is_not_found(office: Office) -> None:
    for name in ("step", "evidence", "compute"):
        assert office.client("staf").post(reverse(name, args=[UUID(int=1)])).status_code == 404


def test_typed_reason_stays_when_the_return_is_refused(office: Office) -> None:
    case = office.at_step(4)
    answer = post(office, "atasan", case, tindakan="kembalikan", ke="2", alasan="Kuantitas <keliru> & lain")
    assert (answer.status_code, field(answer, "alasan")) == (422, "Kuantitas <keliru> & lain")
    assert "hanya dapat dikembalikan ke langkah 1 atau langkah 3" in problems(answer)
