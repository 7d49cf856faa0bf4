import datetime as dt

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from takar.audit import keys
from takar.audit.notes import Note, as_line, from_line, parsed, printed
from takar.common.errors import InvalidInput

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NOTE = Note(
    origin="takar-0123456789abcdef",
    size=1234,
    root="6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    at=dt.datetime(2024, 7, 10, 4, 0, 0, 5, tzinfo=dt.UTC),
    key_id=keys.fingerprint(KEY.public_key()),
).signed(KEY)


def test_body_is_the_five_documented_lines() -> None:
    assert NOTE.body() == (
        b"takar-checkpoint-v1\ntakar-0123456789abcdef\n1234\n"
        b"bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n2024-07-10T04:00:00.000005Z\n"
    )


def test_printed_note_is_read_back_as_it_was() -> None:
    assert parsed(printed(NOTE), where="Berkas") == NOTE


def test_printed_note_survives_being_copied_by_hand() -> None:
    copied = "Catatan kepala dinas:\r\n\r\n" + printed(NOTE).replace("\n", "  \r\n").replace("Akar: ", "  Akar :   ")
    assert parsed(copied, where="Berkas") == NOTE


def test_line_of_json_is_read_back_as_it_was() -> None:
    assert from_line(as_line(NOTE), where="Baris") == NOTE


@pytest.mark.parametrize(
    ("wrong", "label"),
    [
        ({"Jumlah peristiwa: 1234": "Jumlah peristiwa: 12x4"}, "Jumlah peristiwa"),
        ({"Jumlah peristiwa: 1234": ""}, "Jumlah peristiwa"),
        ({"2024-07-10": "2024-13-10"}, "Waktu"),
        ({"Akar: bjQ": "Akar: bj"}, "Akar"),
        ({"Sidik kunci": "Sidik"}, "Sidik kunci"),
    ],
)
def test_note_that_is_not_whole_is_refused_by_its_line(wrong: dict[str, str], label: str) -> None:
    text = printed(NOTE)
    for old, new in wrong.items():
        text = text.replace(old, new)
    with pytest.raises(InvalidInput, match="Berkas bukan titik periksa yang utuh") as caught:
        parsed(text, where="Berkas")
    assert [problem.where for problem in caught.value.problems] == [label]


@pytest.mark.parametrize("line", ["rusak", "[]", "{}"])
def test_line_that_is_no_note_is_refused(line: str) -> None:
    with pytest.raises(InvalidInput, match=r"^Baris"):
        from_line(line, where="Baris")


def test_signature_holds_for_the_body_alone() -> None:
    signature = KEY.sign(NOTE.body())
    assert keys.is_signed(KEY.public_key(), signature, NOTE.body())
    assert not keys.is_signed(KEY.public_key(), signature, NOTE.body() + b"x")
