import pytest

from takar.exchange.formats.ranks import RANKS, echelon, rank


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Penata Muda (III/a)", "III/a"),
        ("III/a", "III/a"),
        ("Penata Muda, III/a", "III/a"),
        ("PENATA MUDA / III.A", "III/a"),
        ("IIIa", "III/a"),
        ("Penata Tk. I (III/d)", "III/d"),
        ("Penata Tk.I/III.d", "III/d"),
        ("Pembina Tingkat I / IV b", "IV/b"),
        ("Gol. II/c", "II/c"),
        ("Pembina", "IV/a"),
        ("Penata Muda Tingkat I", "III/b"),
        ("IX", "IX"),
        ("Golongan IX", "IX"),
        ("xvii", "XVII"),
    ],
)
def test_rank_is_known_in_many_spellings(written: str, code: str) -> None:
    assert rank(written) == code


@pytest.mark.parametrize(("code", "name"), RANKS.items())
def test_every_rank_is_read_from_its_name_and_its_code(code: str, name: str) -> None:
    assert [rank(text) for text in (code, name, f"{name} ({code})", f"{name}, {code}")] == [code] * 4


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("Penata Muda (III/b)", "Pangkat Penata Muda adalah golongan III/a, bukan III/b; betulkan salah satunya."),
        ("IV/f", "Berisi “IV/f”, bukan golongan yang dikenal; isilah I/a sampai IV/e, atau I sampai XVII untuk PPPK."),
        (
            "III/e",
            "Berisi “III/e”, bukan golongan yang dikenal; isilah I/a sampai IV/e, atau I sampai XVII untuk PPPK.",
        ),
        (
            "XVIII",
            "Berisi “XVIII”, bukan golongan yang dikenal; isilah I/a sampai IV/e, atau I sampai XVII untuk PPPK.",
        ),
    ],
)
def test_rank_that_does_not_exist_is_refused(written: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        rank(written)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("written", "code"),
    [("II.b", "II.b"), ("IIb", "II.b"), ("ii/B", "II.b"), ("Eselon III.a", "III.a"), ("Non Eselon", ""), ("non", "")],
)
def test_echelon_is_known_in_many_spellings(written: str, code: str) -> None:
    assert echelon(written) == code


def test_echelon_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError) as caught:
        echelon("VI.a")
    assert str(caught.value) == "Berisi “VI.a”, bukan eselon; isilah misalnya II.b, atau kosongkan."
