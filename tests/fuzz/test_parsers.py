"""The short form of the run over every parser; the long one is bench/fuzz.py."""

from tests.fuzz.running import run
from tests.fuzz.targets import targets
from tests.office import Office

EXAMPLES, START = 25, 20260112


def test_no_parser_answers_with_anything_but_words(office: Office) -> None:
    """One office for all of them: making it takes longer than the run."""
    office.at_step(8)
    office.at_step(4, of="rekan")
    failed, examples = [], 0
    for target in targets(office):
        try:
            examples += sum(run(target, EXAMPLES, START).values())
        except BaseException as error:  # noqa: BLE001 -- a panic of a foreign library is no Exception
            notes = " ".join(getattr(error, "__notes__", ()))[:2000]
            failed.append(f"{target.name}: {type(error).__name__}: {error} {notes}")
    assert "\n".join(failed) == ""
    assert examples > 20 * EXAMPLES
