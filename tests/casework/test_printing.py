"""The official forms filled from rows."""

import io
import zipfile
from dataclasses import replace

import pytest
from django.urls import reverse
from pypdf import PdfReader
from tests.documents.forms import reading
from tests.office import TODAY, YEAR, Office
from tests.six import achieve, at_step6, six_office
from tests.work_plans import WORK_PLAN

from takar.appraisal.enums import Regulation
from takar.appraisal.models import Plan
from takar.appraisal.notebook import add_note
from takar.appraisal.plans import save_plans
from takar.appraisal.types import WorkPlanData
from takar.casework.printing import office as printing
from takar.casework.printing.cases import case_forms, case_pdf
from takar.casework.printing.notebooks import notebook_pdf
from takar.casework.printing.office import DOCUMENT, ask_for_print, print_now
from takar.casework.printing.plans import plan_forms, plan_pdf
from takar.casework.steps import document_of
from takar.common.errors import InvalidInput, NotAllowed
from takar.documents.editions import pictured
from takar.documents.forms.render import signature_boxes
from takar.files.queries import read
from takar.jobs.models import Job
from takar.jobs.work import run


def text(pdf: bytes) -> str:
    found, lost = reading.text_and_lost(pdf)
    assert lost == []
    return found


def holds(pdf: bytes, *wanted: str) -> list[str]:
    """Which of the texts the PDF lacks."""
    found = text(pdf)
    return [each for each in wanted if reading.squeezed(each) not in found]


def test_case_offers_the_step_s_form_and_the_plan_until_it_is_approved(office: Office) -> None:
    assert [form.key for form in case_forms(office.case())] == ["formulir-kinerja", "skp-pp46"]
    keys = [form.key for form in case_forms(office.at_step(5))]
    assert keys[:3] == ["formulir-kinerja", "capaian-skp", "prestasi-kerja"]


def test_performance_form_leads_back_to_its_case_and_can_be_left_empty(office: Office) -> None:
    case = office.at_step(4)
    filled, blank = case_pdf(case, "formulir-kinerja"), case_pdf(case, "formulir-kinerja", filled=False)
    assert holds(filled, "Putri Maharani", f"Kode formulir: {case.code}", "(27) Diperiksa oleh") == []
    assert holds(blank, "Putri Maharani", case.code) == []
    assert len(text(blank)) < len(text(filled))
    assert case_pdf(case, "formulir-kinerja") == filled


def test_results_are_printed_once_they_are_approved(office: Office) -> None:
    with pytest.raises(NotAllowed, match="belum mempunyai formulir itu"):
        case_pdf(office.at_step(4), "prestasi-kerja")
    case = office.at_step(5)
    final = case.appraisal.result["values"]["final"]  # type: ignore[index]
    printed = case_pdf(case, "prestasi-kerja")
    assert holds(printed, "NILAI PRESTASI KERJA", final["printed"], final["category_label"], "12 Januari 2026") == []
    assert holds(case_pdf(case, "capaian-skp"), "NILAI CAPAIAN SKP") == []


def test_issued_document_carries_what_it_was_computed_from(office: Office) -> None:
    document = document_of(office.at_step(5))
    appraisal = office.case().appraisal
    assert document.data["form"] == "dokumen_pengukuran"
    assert document.data["computed"]["inputs"] == appraisal.inputs
    assert document.data["computed"]["method"] == Regulation.PP46


def work_plan(office: Office, content: WorkPlanData = WORK_PLAN) -> Plan:
    save_plans(
        actor=office.kasubbag,
        agency=office.agency,
        year=YEAR + 1,
        plans={office.pegawai: content},
        method=Regulation.PERMENPAN6,
    )
    related = Plan.objects.select_related("agency", "employee", "superior")
    return related.get(employee=office.pegawai, method=Regulation.PERMENPAN6)


def test_plan_under_permenpanrb_6_is_printed_on_the_forms_of_staff(office: Office) -> None:
    plan = work_plan(office)
    assert [form.code for form in plan_forms(plan)] == ["A.1.7", "A.1.8", "B.1.1", "A.1.5"]
    wanted = ("Laporan bulanan tersusun tepat waktu", "12 laporan", "Kuantitas", "Arsip tertata", "Cermat dalam angka")
    assert holds(plan_pdf(plan, "a-1-7"), "Putri Maharani", "Andi Saputra", *wanted) == []
    assert holds(plan_pdf(plan, "a-1-8"), "Dua komputer", "Penghargaan unit") == []
    assert holds(plan_pdf(plan, "b-1-1"), "Rencana Aksi:", "Arsip tertata") == []
    assert holds(plan_pdf(plan, "a-1-5"), "Laporan bulanan tersusun tepat waktu") == []


def test_plan_with_perspectives_is_printed_on_the_forms_of_heads(office: Office) -> None:
    first, second = WORK_PLAN.works
    works = (replace(first, perspective="Penerima layanan"), second)
    plan = work_plan(office, replace(WORK_PLAN, approach="kualitatif", works=works))
    assert [form.code for form in plan_forms(plan)] == ["A.1.1", "A.1.8", "B.1.1", "A.1.5", "A.1.3"]
    assert holds(plan_pdf(plan, "a-1-1"), "perspektif: Penerima layanan") == []
    manual = plan_pdf(plan, "a-1-3")
    assert len(reading.reader(manual).pages) == 3
    assert holds(manual, "Jumlah laporan", "Lama penyusunan", "Penataan arsip") == []


def test_notebook_is_printed_for_those_who_may_read_it(office: Office) -> None:
    add_note(actor=office.atasan, employee=office.pegawai, seen_on=TODAY, aspect="disiplin", text="Datang lebih awal.")
    for reader in (office.atasan, office.pegawai, office.kepala):
        pdf = notebook_pdf(reader, office.pegawai, TODAY.year)
        assert pdf is not None
        assert holds(pdf, "Disiplin: Datang lebih awal.", "Andi Saputra", "12 Januari 2026") == []
    assert notebook_pdf(office.rekan, office.pegawai, TODAY.year) is None


# --- PermenPANRB 6/2022


def test_evaluation_is_issued_as_d_1_1_with_its_hasil_evaluasi_and_working(office: Office) -> None:
    six = six_office(office)
    achieve(six)
    document = document_of(at_step6(six, 5))
    assert (document.data["format"], document.data["evaluation_format"]) == ("D.1.1", "C.1.3")
    assert document.data["signing"]["signers"] == ["penilai", "pegawai"]
    wanted = (
        "DOKUMEN EVALUASI KINERJA PEGAWAI",
        "PREDIKAT KINERJA PEGAWAI : Baik",
        "Ikut pelatihan kearsipan.",
        "HASIL EVALUASI KINERJA PEGAWAI",
        "12 laporan; 12 laporan",
        "Positif. Rapi.",
        "Konsisten untuk diri sendiri",
        "RINCIAN PERHITUNGAN",
        "Hasil kerja 2 (Arsip tertata):",
    )
    assert holds(read(document.file), *wanted) == []
    boxes = [(box.role, box.page, box.main) for box in signature_boxes("dokumen_evaluasi", pictured(document.data))]
    assert [box for box in boxes if box[2]] == [("pegawai", 1, True), ("penilai", 1, True)]


def test_case_offers_the_forms_of_its_evaluation(office: Office) -> None:
    six = six_office(office)
    achieve(six)
    first = [form.code for form in case_forms(six.case())]
    case = at_step6(six, 5)
    keys = [form.key for form in case_forms(case)]
    assert (first[0], keys[:4]) == ("B.1.2", ["b-1-2", "b-1-5", "c-1-3", "d-1-1"])
    assert holds(case_pdf(case, "b-1-2"), "Jumlah laporan: 12 laporan; 12 laporan") == []
    assert holds(case_pdf(case, "b-1-5"), "REKAMAN INFORMASI UMPAN BALIK BERKELANJUTAN", "Positif. Rapi.") == []
    assert holds(case_pdf(case, "c-1-3"), "RATING HASIL KERJA", "SESUAI EKSPEKTASI") == []


# --- for the whole office


def printed(office: Office, what: str, form: str) -> Job:
    job = ask_for_print(actor=office.kasubbag, period=office.period, what=what, form=form)
    run(job.pk)
    job.refresh_from_db()
    return job


def test_office_is_printed_as_one_file_with_a_line_for_each_case(office: Office) -> None:
    job = printed(office, "formulir-kinerja", "pdf")
    count = office.period.cases.count()
    assert (job.state, job.done, job.total) == ("done", count, count)
    assert {line.message for line in job.lines.all()} == {"1 halaman"}
    assert job.file is not None
    whole = PdfReader(io.BytesIO(read(job.file)))
    names = [case.name for case in office.period.cases.order_by("name", "pk")]
    assert [item["/Title"] for item in whole.outline] == names  # type: ignore[index]
    assert len(whole.pages) == 2 * count


def test_large_office_comes_in_volumes_of_which_none_leaves_anybody_out(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "VOLUME", 3)
    names = [case.name for case in office.period.cases.order_by("name", "pk")]
    job = printed(office, "formulir-kinerja", "pdf")
    assert job.file is not None
    assert (job.file.media_type, job.file_name.endswith(".zip")) == ("application/zip", True)
    with zipfile.ZipFile(io.BytesIO(read(job.file))) as volumes:
        assert [name.split("-jilid-")[1] for name in volumes.namelist()][:2] == ["1-orang-1-3.pdf", "2-orang-4-6.pdf"]
        joined = [PdfReader(io.BytesIO(volumes.read(name))) for name in volumes.namelist()]
    assert [item["/Title"] for whole in joined for item in whole.outline] == names  # type: ignore[index]


def test_zip_holds_the_issued_documents_byte_for_byte_and_lines_tell_what_is_missing(office: Office) -> None:
    document = document_of(office.at_step(5))
    job = printed(office, DOCUMENT, "zip")
    assert job.file is not None
    with zipfile.ZipFile(io.BytesIO(read(job.file))) as archive:
        assert archive.namelist() == [f"Putri Maharani-{office.pegawai.nip}-dokumen.pdf"]
        assert archive.read(archive.namelist()[0]) == read(document.final_file)
    missing = {line.message for line in job.lines.filter(done=False)}
    assert missing == {"Dokumennya belum terbit; penilaiannya belum disetujui."}


def test_print_that_was_interrupted_gives_the_same_file(office: Office) -> None:
    def asked() -> Job:
        return ask_for_print(actor=office.kasubbag, period=office.period, what="skp-pp46", form="zip")

    whole = asked()
    run(whole.pk)
    again, first = asked(), whole.lines.order_by("id")[0]
    again.lines.create(key=first.key, label=first.label, done=True, message=first.message)
    run(again.pk)
    whole.refresh_from_db()
    again.refresh_from_db()
    assert whole.file_id is not None
    assert (again.file_id, again.done, again.lines.count()) == (whole.file_id, whole.done, whole.done)


def test_script_gets_the_file_at_once_and_a_line_for_each_case(office: Office) -> None:
    office.at_step(5)
    asked = {"actor": office.kasubbag, "period": office.period, "form": "zip"}
    content, lines = print_now(**asked, what=DOCUMENT)
    assert [line.name for line in lines if line.done] == ["Putri Maharani"]
    assert content is not None
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == [f"Putri Maharani-{office.pegawai.nip}-dokumen.pdf"]
    assert print_now(**asked, what="a-1-7")[0] is None
    with pytest.raises(InvalidInput):
        print_now(**asked | {"form": "txt"}, what=DOCUMENT)


def test_nothing_to_print_is_said(office: Office) -> None:
    job = printed(office, "prestasi-kerja", "pdf")
    assert (job.state, job.file) == ("done", None)
    assert job.message == "Tidak ada yang dapat dicetak; sebabnya di bawah ini."


def test_printing_for_the_office_refuses_in_words(office: Office) -> None:
    with pytest.raises(NotAllowed, match="Mencetak untuk seluruh kantor hanya bagi"):
        ask_for_print(actor=office.pegawai, period=office.period, what=DOCUMENT, form="pdf")
    with pytest.raises(InvalidInput) as told:
        ask_for_print(actor=office.kasubbag, period=None, what="x", form="y")
    assert [problem.where for problem in told.value.problems] == ["Periode", "Formulir", "Bentuk"]


def test_page_starts_the_print_and_leads_to_its_progress(office: Office) -> None:
    client = office.client("kasubbag")
    typed = {"periode": str(office.period.pk), "formulir": "skp-pp46", "bentuk": "zip"}
    answer = client.post(reverse("print_office"), typed)
    job = Job.objects.get(kind="casework.print")
    assert answer["Location"] == reverse("job", args=[job.pk])
    assert job.params == {"period": typed["periode"], "what": "skp-pp46", "format": "zip"}
