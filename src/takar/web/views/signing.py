"""Signatures on screen: what waits for mine, the record of a document, and how the office signs."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render

from takar.audit.keys import public_keys
from takar.casework.signing import RATIFY, Choice, Waiting, sign_many, waiting_signatures
from takar.common.errors import DomainError, InvalidInput, Problem
from takar.documents.certificates import renew_certificate, revoke_certificate
from takar.documents.certified import told_by_bsre
from takar.documents.checking import examine
from takar.documents.choices import choose_method, chosen_method
from takar.documents.enums import DocumentKind, SignatureMethod
from takar.documents.models import Authority, Certificate, Document, Signature
from takar.documents.registry import OfficeRegistry, entry_of, office_anchors
from takar.documents.signatures import check_address, method_of
from takar.documents.signing import x509 as certificates
from takar.documents.signing.providers import CHOICES
from takar.documents.trust import exported, grouped
from takar.documents.withdrawals import can_withdraw, withdraw_document
from takar.files.queries import read
from takar.organisation.policies import TRAIL_READERS, check_can_manage_office, roles_here
from takar.web.http import PersonRequest, identifiers, page, paged, sentences
from takar.web.signing import asked, pen_of
from takar.web.views.documents import visible_document

SHA256 = 64


@page("GET", "POST")
def signatures(request: PersonRequest) -> HttpResponse:
    """Every document that waits for this person's signature, each shown, signed in one act."""
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            lines = sign_many(
                actor=request.employee,
                choices=_choices(request.POST.getlist("pilih")),
                password=request.POST.get("password", ""),
                code=request.POST.get("code", ""),
                pen=pen_of(request),
            )
        except DomainError as error:
            problems = sentences(error)
        else:
            done = sum(line.done for line in lines)
            context = {"lines": lines, "done": done, "failed": len(lines) - done, "step": None}
            return render(request, "web/bulk_result.html", context)
    waiting = waiting_signatures(request.employee)
    context = {
        "waiting": [(item, _summary(item.document)) for item in waiting if item.method is not SignatureMethod.INK],
        "ink": [item for item in waiting if item.method is SignatureMethod.INK],
        "asked": _asked(request, waiting),
        "chosen": set(request.POST.getlist("pilih")),
        "problems": problems,
    }
    return render(request, "web/signatures.html", context, status=422 if problems else 200)


@page("GET")
def record(request: PersonRequest, document_id: UUID) -> HttpResponse:
    """The signing record of a document: who, as what, when, from where, over which content, with which certificate."""
    found = visible_document(request, document_id)
    return _record(request, found)


@page("POST")
def withdraw(request: PersonRequest, document_id: UUID) -> HttpResponse:
    found = visible_document(request, document_id)
    try:
        withdraw_document(actor=request.employee, document_id=found.pk, reason=request.POST.get("alasan", ""))
    except InvalidInput as error:
        return _record(request, found, sentences(error))
    messages.success(request, f"Dokumen {found.number} ditarik; halaman periksanya mengatakan itu sejak sekarang.")
    return redirect("document_record", found.pk)


@page("GET", "POST")
def signing(request: PersonRequest) -> HttpResponse:
    """How each kind of document is signed, and the certificates of the office."""
    agency = request.employee.agency
    check_can_manage_office(request.employee, agency)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            messages.success(request, _managed(request))
        except DomainError as error:
            problems = sentences(error)
        else:
            return redirect("signing")
    authority = Authority.objects.filter(agency=agency).first()
    rows = Certificate.objects.filter(authority__agency=agency).select_related("employee", "revoked_by")
    context = {
        "kinds": [(kind, chosen_method(agency, kind)) for kind in DocumentKind],
        "methods": CHOICES,
        "root": certificates.fingerprint(certificates.from_pem(authority.certificate)) if authority else "",
        "keys": [grouped(fingerprint) for fingerprint in public_keys()],
        "page": paged(request, rows.order_by("replaced", "name", "pk")),
        "problems": problems,
    }
    return render(request, "web/signing.html", context, status=422 if problems else 200)


@page("GET")
def trust_file(request: PersonRequest) -> HttpResponse:
    """What somebody needs to check documents on another machine."""
    check_can_manage_office(request.employee, request.employee.agency)
    response = HttpResponse(exported(request.employee.agency_id), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="kepercayaan.json"'
    return response


def _managed(request: PersonRequest) -> str:
    """What the pressed button means, done, and the sentence that says so."""
    me, typed = request.employee, request.POST
    if typed.get("cabut"):
        revoked = revoke_certificate(actor=me, certificate_id=_known(typed["cabut"]), reason=typed.get("alasan", ""))
        return f"Sertifikat {revoked.name} dicabut."
    if typed.get("terbitkan"):
        renewed = renew_certificate(actor=me, certificate_id=_known(typed["terbitkan"]))
        return f"Sertifikat baru untuk {renewed.name} diterbitkan."
    chosen = choose_method(actor=me, agency=me.agency, kind=typed.get("jenis", ""), method=typed.get("cara", ""))
    if chosen is None:
        return "Cara tanda tangan tetap seperti semula."
    return f"{chosen.get_kind_display()} yang terbit sejak sekarang memakai: {chosen.get_method_display()}."


def _known(text: str) -> UUID:
    return next(iter(identifiers([text])), UUID(int=0))


def _record(request: PersonRequest, found: Document, problems: list[Problem] | None = None) -> HttpResponse:
    signatures = Signature.objects.select_related("file").order_by("signed_at", "pk")
    prefetch_related_objects([found], Prefetch("signatures", signatures))
    entry = entry_of(found)
    report, certified = None, ""
    if request.GET.get("periksa"):
        content = read(found.final_file)
        report = examine(content, OfficeRegistry(), office_anchors())
        certified = told_by_bsre(entry, content)
    reads_addresses = bool(roles_here(request.employee, found.agency) & TRAIL_READERS)
    context = {
        "document": found,
        "entry": entry,
        "final": found.final_file,
        "method": method_of(found),
        "signatures": [
            (one, one.evidence or {}, reads_addresses or one.signer_id == request.employee.pk)
            for one in found.signatures.all()
        ],
        "address": check_address(found.key) if found.key else "",
        "report": report,
        "certified": certified,
        "may_withdraw": can_withdraw(request.employee, found),
        "reason": request.POST.get("alasan", ""),
        "problems": problems or [],
    }
    return render(request, "web/document_record.html", context, status=422 if problems else 200)


def _asked(request: PersonRequest, waiting: list[Waiting]) -> object:
    methods = {item.method for item in waiting}
    certified = SignatureMethod.BSRE in methods
    return asked(request.employee, SignatureMethod.BSRE if certified else SignatureMethod.INTERNAL)


def _summary(document: Document) -> dict[str, object]:
    """What of the content is shown beside the tick; the whole is one press away."""
    data = document.data
    final, note = data.get("final") or {}, str(data.get("recommendation") or "")
    activities = [(row.get("name", ""), row.get("value", "")) for row in data.get("activities") or ()]
    return {"value": final.get("value", ""), "label": final.get("label", ""), "note": note, "activities": activities}


def _choices(ticked: list[str]) -> list[Choice]:
    """Only what a box of this page can have sent."""
    found = []
    for text in ticked:
        case, _, rest = text.partition(":")
        what, _, sha256 = rest.partition(":")
        if (known := identifiers([case])) and what in {RATIFY, "sign"} and len(sha256) == SHA256:
            found.append(Choice(known[0], what == RATIFY, sha256))
    return found
