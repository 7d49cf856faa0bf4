import pytest
from hypothesis import given
from hypothesis import strategies as st

from takar.exchange.names import same_name, split_titles


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Drs. H. Nama Orang, M.Si.", ("Drs. H.", "Nama Orang", "M.Si.")),
        ("Dr. Ir. Budi Santoso, S.T., M.T.", ("Dr. Ir.", "Budi Santoso", "S.T., M.T.")),
        ("DRA. HJ. SITI RAHMAH, M.AP", ("DRA. HJ.", "SITI RAHMAH", "M.AP")),
        ("Prof. Dr. (H.C.) Nama Orang, Ph.D", ("Prof. Dr. (H.C.)", "Nama Orang", "Ph.D")),
        ("dr. Andi", ("dr.", "Andi", "")),
        ("H.Ahmad", ("H.", "Ahmad", "")),
        ("Drs H. Anang", ("Drs H.", "Anang", "")),
        ("Siti Aminah S.Sos", ("", "Siti Aminah", "S.Sos")),
        ("Siti Aminah S.Sos., M.AP", ("", "Siti Aminah", "S.Sos., M.AP")),
        ("Abd. Rahman, A.Md.Kom.", ("", "Abd. Rahman", "A.Md.Kom.")),
        ("Nur Hayati, SE., MM", ("", "Nur Hayati", "SE., MM")),
        ("M. Yusuf", ("", "M. Yusuf", "")),
        ("H. M. Yusuf, S.E", ("H.", "M. Yusuf", "S.E")),
        ("St. Aminah", ("", "St. Aminah", "")),
        ("Irma Suryani", ("", "Irma Suryani", "")),
        ("Drajat Hjali", ("", "Drajat Hjali", "")),
        ("Ahmad M.Yusuf", ("", "Ahmad M.Yusuf", "")),
        ("  Nama   Orang , S.E. ", ("", "Nama Orang", "S.E.")),
        ("", ("", "", "")),
    ],
)
def test_degrees_stand_before_and_after_the_name(text: str, parts: tuple[str, str, str]) -> None:
    assert split_titles(text) == parts


@given(st.text(max_size=80))
def test_splitting_loses_no_letter(text: str) -> None:
    letters = [character for character in text if character.isalpha()]
    assert [character for part in split_titles(text) for character in part if character.isalpha()] == letters


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Drs. H. Nama Orang, M.Si.", "NAMA ORANG", True),
        ("Nu'man Hakim", "Numan Hakim, S.E.", True),
        ("M. Yusuf", "M Yusuf", True),
        ("Nama Orang", "Nama Orang Lain", False),
    ],
)
def test_degrees_case_and_points_do_not_make_another_person(left: str, right: str, *, same: bool) -> None:
    assert same_name(left, right) is same
