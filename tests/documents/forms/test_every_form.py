"""What holds of every form in the catalogue, filled and blank."""

import json
from typing import Any

import pytest
from PIL import Image
from tests.documents.forms import comparing, reading, samples
from tests.documents.forms.everything import LONG_NAME, LONG_NOTE, SAMPLES

from takar.documents.forms.blank import blank_data
from takar.documents.forms.catalogue import FORMS, FormKind
from takar.documents.forms.render import TEMPLATES, render

each_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)


def blank(form: FormKind) -> dict[str, Any]:
    return blank_data(form, samples.measurement()["agency"])


def test_each_form_has_a_sample_and_each_template_a_form() -> None:
    assert sorted(SAMPLES) == sorted(form.key for form in FORMS)
    names = {path.stem for path in TEMPLATES.glob("*_*.typ")}
    assert names - {form.template for form in FORMS} <= {
        "dokumen_pengukuran",
        "lembar_sop",
        "tinjauan_sop",
        "label_arsip",
        "lembar_arsip",
    }


@each_form
def test_blank_form_is_whole_and_carries_no_data(form: FormKind) -> None:
    pdf = render(form.template, blank(form))
    assert reading.off_the_page(pdf) == []
    assert dict(reading.reader(pdf).attachments) == {}
    assert samples.EMPLOYEE["name"] not in "".join(reading.pages(pdf))


@each_form
def test_filled_form_names_its_person_and_carries_its_data(form: FormKind) -> None:
    pdf = render(form.template, SAMPLES[form.key])
    assert reading.squeezed(samples.EMPLOYEE["name"]) in reading.all_text(pdf)
    attached = reading.reader(pdf).attachments["data.json"]
    assert [json.loads(content) for content in attached] == [SAMPLES[form.key]]


def enlarged(value: Any, key: str = "") -> Any:
    """A sample with long names, sixty of everything that comes in rows, and a note of two thousand words."""
    match value:
        case dict():
            return {inner: enlarged(item, inner) for inner, item in value.items()}
        case list() if key in {"activities", "main", "results", "notes", "items"}:
            return [enlarged(value[number % len(value)]) for number in range(60)]
        case list():
            return [enlarged(item, key) for item in value]
        case str() if key == "name" and value == samples.EMPLOYEE["name"]:
            return LONG_NAME
        case str() if key in {"recommendation", "note", "decision", "definition"}:
            return LONG_NOTE
        case _:
            return value


@pytest.mark.parametrize("template", sorted({form.template for form in FORMS}))
def test_long_names_sixty_rows_and_long_notes_still_fit(template: str) -> None:
    key = [form.key for form in FORMS if form.template == template][-1]
    data = enlarged(SAMPLES[key])
    pdf = render(template, data)
    text, lost = reading.text_and_lost(pdf)
    assert lost == []
    assert reading.squeezed(LONG_NAME) in text
    assert text.count("cermat") == LONG_NOTES.get(template, 0) * LONG_NOTE.count("cermat") + GUIDES.get(template, 0)


# Templates whose guides for behaviour have the word too.
GUIDES = {"skp_kinerja": 1, "hasil_evaluasi": 1, "dokumen_evaluasi": 1}
# How many texts of two thousand words the enlarged sample of each template prints.
LONG_NOTES = {"prestasi_kerja": 1, "manual_iki": 1, "dokumen_evaluasi": 2}


@each_form
def test_form_looks_like_its_reviewed_reference(form: FormKind) -> None:
    reference = comparing.reference(form)
    drawn = comparing.strip(comparing.pages(form.template, SAMPLES[form.key]))
    with Image.open(reference) as reviewed:
        assert comparing.distance(drawn, reviewed.convert("L")) <= comparing.TOLERANCE


def test_a_row_more_is_further_away_than_the_tolerance() -> None:
    few = comparing.strip(comparing.pages("skp_kinerja", SAMPLES["a-1-7"]))
    more = SAMPLES["a-1-7"] | {"additional": SAMPLES["a-1-7"]["additional"] * 2}
    assert comparing.distance(few, comparing.strip(comparing.pages("skp_kinerja", more))) > comparing.TOLERANCE
