"""The SOP's sheet as PDF: the same rows as on the screen."""

from django.urls import reverse
from tests.documents.forms import reading
from tests.office import Office

from takar.procedures.models import ProcedureVersion
from takar.procedures.queries import sop_of
from takar.web.sheet import sheet_rows
from takar.web.sop_pdf import sheet_pdf


def test_sheet_prints_cover_and_flow_with_every_row_of_the_data(office: Office) -> None:
    version = ProcedureVersion.objects.select_related("agency").get()
    sheet = sheet_rows(sop_of(version))
    pdf = sheet_pdf(version)
    cover, flow = (reading.squeezed(page) for page in reading.pages(pdf))
    for label, value in sheet.identity:
        assert reading.squeezed(label + value) in cover
    for block in sheet.blocks:
        assert [item for item in block.items if reading.squeezed(item) not in cover] == []
    for row in sheet.rows:
        printed = (row.description, row.inputs, row.time, row.output)
        assert [text for text in printed if reading.squeezed(text) not in flow] == []
    assert [flow.count(word) for word in ("MULAI", "SELESAI", "Tidak")] == [1, 1, 2]
    assert reading.off_the_page(pdf) == []
    assert sheet_pdf(version) == pdf


def test_symbols_are_told_to_a_screen_reader(office: Office) -> None:
    version = ProcedureVersion.objects.select_related("agency").get()
    pdf = reading.reader(sheet_pdf(version))
    tags = [obj for obj in map(pdf.get_object, range(1, len(pdf.xref[0]))) if isinstance(obj, dict) and "/Alt" in obj]
    said = {str(tag["/Alt"]) for tag in tags}
    marks = {cell.mark.alternative for row in sheet_rows(sop_of(version)).rows for cell in row.cells if cell.mark}
    assert marks <= said


def test_page_of_the_sop_leads_to_its_sheet(office: Office) -> None:
    version = ProcedureVersion.objects.get()
    address = reverse("sop_sheet", args=[version.pk])
    client = office.client("pegawai")
    assert address in client.get(reverse("sop")).content.decode()
    assert client.get(address)["Content-Disposition"].startswith('inline; filename="SOP ')
