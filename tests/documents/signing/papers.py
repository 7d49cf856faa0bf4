"""PDFs, certificates and signatures of invented people, made without a database."""

import datetime as dt
import io
from functools import cache

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from tests.documents.forms import samples

from takar.documents.certificates import Pair
from takar.documents.enums import SignatureMethod, SignedAs
from takar.documents.forms.render import SignatureBox, render, signature_boxes
from takar.documents.signing import internal, x509
from takar.documents.signing.types import Order
from takar.documents.signing.validation import Anchors
from takar.organisation.models import Agency, Employee

NOW = dt.datetime(2026, 1, 12, 1, 30, tzinfo=dt.UTC)
OFFICE = Agency(name="Dinas Contoh", place="Contoh")
ASSESSOR = Employee(name="Andi Saputra", nip="197506062000061006")
EMPLOYEE = Employee(name="Putri Maharani", nip="198507072010072007")
ADDRESS = "http://localhost:8000/periksa/K7QXM2RT9ABC/"


@cache
def paper() -> bytes:
    """A document as it is issued: nobody has signed it."""
    return render("dokumen_pengukuran", samples.measurement())


@cache
def boxes() -> dict[str, SignatureBox]:
    found = signature_boxes("dokumen_pengukuran", samples.measurement())
    return {box.role: box for box in found if box.main}


@cache
def root(office: str = "Dinas Contoh") -> tuple[x509.x509.Certificate, x509.ec.EllipticCurvePrivateKey]:
    key = x509.new_key()
    return x509.root_certificate(key, office, NOW), key


@cache
def pair(name: str, office: str = "Dinas Contoh", *, at: dt.datetime = NOW) -> Pair:
    certificate, root_key = root(office)
    key = x509.new_key()
    made = x509.person_certificate(key, root=certificate, root_key=root_key, name=name, nip="", office=office, now=at)
    return Pair(made, key, certificate)


def order(signer: Employee, signed_as: SignedAs, *, at: dt.datetime = NOW) -> Order:
    return Order(
        signer=signer,
        agency=OFFICE,
        signed_as=signed_as,
        number="800.1.4.4/0001/LAIN/2025",
        at=at,
        address=ADDRESS,
        check_word="K7QXM2",
        box=boxes().get(signed_as.value),
    )


def signed(pdf: bytes, signer: Employee, signed_as: SignedAs, keys: Pair | None = None) -> bytes:
    return internal._signed(pdf, order(signer, signed_as), keys or pair(signer.name))


@cache
def signed_by_both() -> tuple[bytes, bytes]:
    """The edition with the assessor's signature, and the one with both."""
    first = signed(paper(), ASSESSOR, SignedAs.ASSESSOR)
    return first, signed(first, EMPLOYEE, SignedAs.EMPLOYEE)


def anchors(*offices: str, method: SignatureMethod = SignatureMethod.INTERNAL, **revoked: dt.datetime) -> Anchors:
    return Anchors({method: [x509.der(root(office)[0]) for office in offices or ("Dinas Contoh",)]}, revoked)


def changed(pdf: bytes, **options: object) -> bytes:
    """The same pages written anew by another program."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, **options)
    return out.getvalue()


def annotated(pdf: bytes) -> bytes:
    """With a note on the first page, added behind what was signed."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (10, 10, 200, 40))),
            generic.pdf_name("/Contents"): generic.pdf_string("Nilai 99"),
        }
    )
    writer.register_annotation(writer.find_page_for_modification(0)[0], writer.add_object(note))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
