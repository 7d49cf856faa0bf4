"""Step 4 on screen: what the assessor typed is never lost, and the working follows it."""

from django.urls import reverse
from tests.office import Office


def test_typed_figures_stay_when_a_return_is_refused(office: Office) -> None:
    case = office.at_step(4)
    typed = {
        "quality-1": "87,5",
        "behaviour-integritas": "91",
        "recommendation": "Perlu pelatihan.",
        "ke": "3",
        "alasan": "",
    }
    page = office.client("atasan").post(reverse("step", args=[case.task_id]), typed)
    assert page.status_code == 422
    assert [page.context["rows"][0].cell.text, page.context["behaviour"][1].text] == ["87,5", "91"]
    assert page.context["recommendation"] == "Perlu pelatihan."
    assert office.case().step == 4


def test_working_follows_what_is_on_the_screen_and_writes_nothing(office: Office) -> None:
    case = office.at_step(4)
    typed = {"quality-1": "90", "quality-2": "85", "behaviour-integritas": "sembilan"}
    page = office.client("atasan").post(reverse("compute", args=[case.task_id]), typed)
    working = page.context["working"]
    assert working.result.values["skp"].printed == "92,13"
    assert [problem.where for problem in working.missing] == [
        "Orientasi pelayanan",
        "Integritas",
        "Komitmen",
        "Disiplin",
        "Kerja sama",
    ]
    assert office.case().appraisal.draft == {}
