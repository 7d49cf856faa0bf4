"""Signatures per second, beside the bare elliptic-curve signature and beside setting the document itself.

.venv/bin/python bench/signing.py [COUNT]
"""

import datetime as dt
import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("TAKAR_DATA", tempfile.mkdtemp(prefix="takar-bench-"))
sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[1] / "src")]

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 50


def per_second(what: Callable[[], object], count: int) -> float:
    """Of processor time: what else the machine does meanwhile does not count."""
    what()
    start = time.process_time()
    for _ in range(count):
        what()
    return count / (time.process_time() - start)


def main() -> None:
    import django

    django.setup()
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
    from cryptography.hazmat.primitives.hashes import SHA256
    from tests.documents.forms import samples
    from tests.documents.signing import papers

    from takar.documents.enums import SignedAs
    from takar.documents.forms.render import render
    from takar.documents.signing.validation import signatures_in

    paper, keys = papers.paper(), papers.pair("Andi Saputra").key
    first, both = papers.signed_by_both()
    anchors = papers.anchors()
    rows = (
        ("bare ECDSA P-256 over the file's hash", lambda: keys.sign(hashlib.sha256(paper).digest(), ECDSA(SHA256()))),
        ("set the document (no signature)", lambda: render("dokumen_pengukuran", samples.measurement())),
        ("first signature, with its stamp", lambda: papers.signed(paper, papers.ASSESSOR, SignedAs.ASSESSOR)),
        ("second signature", lambda: papers.signed(first, papers.EMPLOYEE, SignedAs.EMPLOYEE)),
        ("check a document with both signatures", lambda: signatures_in(both, anchors, papers.NOW)),
    )
    print(f"{len(paper):,} bytes, {len(both):,} with both signatures; {COUNT} times each, {dt.datetime.now(dt.UTC):%F}")
    for name, what in rows:
        print(f"{per_second(what, COUNT):>10.1f} a second of processor time  {name}")


if __name__ == "__main__":
    main()
