"""What signatures in a PDF say, to us and to other programs."""

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.documents.signing import papers

from takar.documents.enums import SignatureMethod, SignedAs
from takar.documents.signing import x509
from takar.documents.signing.validation import Anchors, Found, signatures_in

NOW = papers.NOW


def found(pdf: bytes, anchors: Anchors | None = None) -> list[Found]:
    return signatures_in(pdf, anchors or papers.anchors(), NOW)


def test_each_signature_stays_valid_under_the_next() -> None:
    first, both = papers.signed_by_both()
    assert both.startswith(first)
    assert first.startswith(papers.paper())
    one, two = found(both)
    assert [(s.role, s.name, s.at, s.valid) for s in (one, two)] == [
        (SignedAs.ASSESSOR, "Andi Saputra", NOW, True),
        (SignedAs.EMPLOYEE, "Putri Maharani", NOW, True),
    ]
    assert (one.end, two.end) == (len(first), len(both))
    assert one.method is SignatureMethod.INTERNAL


def test_signature_of_another_office_is_nobodys() -> None:
    _, both = papers.signed_by_both()
    assert [(s.intact, s.method, s.valid) for s in found(both, papers.anchors("Dinas Lain"))] == [
        (True, None, False)
    ] * 2
    assert [s.method for s in found(both, Anchors())] == [None, None]


def test_altered_byte_breaks_every_signature_over_it() -> None:
    _, both = papers.signed_by_both()
    place = both.index(b"/MediaBox")
    altered = both[:place] + both[place:].replace(b"609", b"608", 1)
    assert len(altered) == len(both)
    assert [s.intact for s in found(altered)] == [False, False]


def test_addition_that_is_no_signature_is_a_change() -> None:
    first, _ = papers.signed_by_both()
    added = papers.annotated(first)
    assert [(s.intact, s.changed, s.valid) for s in found(added)] == [(True, True, False)]


def test_revocation_counts_from_its_moment_on() -> None:
    _, both = papers.signed_by_both()
    serial = x509.serial(papers.pair("Andi Saputra").certificate)
    before, after = NOW - dt.timedelta(1), NOW + dt.timedelta(1)
    assert [s.revoked for s in found(both, papers.anchors(**{serial: before}))] == [True, False]
    assert [s.revoked for s in found(both, papers.anchors(**{serial: after}))] == [False, False]


def test_signature_outside_the_term_of_its_certificate_is_no_signature() -> None:
    old = papers.pair("Andi Saputra", at=NOW - 4 * x509.YEAR)
    signed = papers.signed(papers.paper(), papers.ASSESSOR, SignedAs.ASSESSOR, old)
    assert [(s.intact, s.expired, s.valid) for s in found(signed)] == [(True, True, False)]


def run(*command: str | Path) -> str:
    if shutil.which(str(command[0])) is None:
        pytest.skip(f"{command[0]} is not installed on this computer")
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False).stdout


def test_poppler_accepts_both_signatures(tmp_path: Path) -> None:
    (tmp_path / "both.pdf").write_bytes(papers.signed_by_both()[1])
    said = run("pdfsig", tmp_path / "both.pdf")
    assert said.count("Signature is Valid.") == 2
    assert [said.count(name) for name in ("TTD_penilai", "TTD_pegawai", "ETSI.CAdES.detached")] == [1, 1, 2]


def test_qpdf_finds_nothing_wrong_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "both.pdf").write_bytes(papers.signed_by_both()[1])
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", tmp_path / "both.pdf")
