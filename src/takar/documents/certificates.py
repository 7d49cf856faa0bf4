"""Writes on the office's own certificates: the authority and each person's are made on first use, revoked with a reason."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from django.db import transaction

from takar.audit.actions import record
from takar.audit.types import By
from takar.common import clock, words
from takar.common.errors import InvalidInput, NotAllowed, Problem
from takar.documents.models import Authority, Certificate
from takar.documents.signing import vault
from takar.documents.signing import x509 as certificates
from takar.organisation.models import Agency, Employee
from takar.organisation.policies import check_can_manage_office

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate with its opened key."""

    certificate: x509.Certificate
    key: EllipticCurvePrivateKey
    root: x509.Certificate


def pair_of(employee: Employee) -> Pair:
    """What the person signs with; made on first use, made anew when it has expired or the name has changed."""
    now = clock.now()
    current = _current(employee)
    if current is not None and current.revoked_at is not None:
        raise NotAllowed(_revoked(current))
    if current is None or current.expires_at <= now or current.name != employee.full_name:
        current = _issue(employee, now)
    return _loaded(current.certificate, current.key, current.authority.certificate, f"certificate:{employee.pk}")


def authority_of(agency: Agency) -> Authority:
    """The office's own authority, made on first use; of two that come at once the first one's stays."""
    found = Authority.objects.filter(agency=agency).first()
    if found is not None:
        return found
    with transaction.atomic():
        Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
        found = Authority.objects.filter(agency=agency).first()
        return found or _found(agency)


def refusal_of(employee: Employee) -> str:
    """Why the person cannot sign with a certificate of the office now; empty when nothing stands against it."""
    current = _current(employee)
    return _revoked(current) if current is not None and current.revoked_at is not None else ""


def revoke_certificate(*, actor: Employee, certificate_id: UUID, reason: str) -> Certificate:
    """From now on nothing more is signed with it; what was signed before stays as it was."""
    with transaction.atomic():
        found = _locked(actor, certificate_id)
        if found.revoked_at is not None:
            raise NotAllowed(f"Sertifikat {found.name} sudah dicabut pada {words.moment(found.revoked_at)}.")
        if not 0 < len(reason.strip()) <= LONGEST_REASON:
            told = Problem("Alasan", f"Wajib diisi, paling panjang {LONGEST_REASON} huruf.")
            raise InvalidInput("Sertifikat belum dicabut.", [told])
        found.revoked_at, found.revoked_by, found.revoked_reason = clock.now(), actor, reason.strip()
        found.save(update_fields=["revoked_at", "revoked_by", "revoked_reason"])
        _record(found, actor.by("pengelola"), "certificate.revoked", reason.strip())
    return found


def renew_certificate(*, actor: Employee, certificate_id: UUID) -> Certificate:
    """A fresh certificate with a fresh key for somebody whose old one was revoked."""
    with transaction.atomic():
        found = _locked(actor, certificate_id)
        if found.revoked_at is None or found.replaced:
            raise NotAllowed("Sertifikat baru hanya diterbitkan sesudah yang lama dicabut. Tidak ada yang berubah.")
        return _issue(found.employee, clock.now(), actor)


def revoked_in(authority: Authority) -> list[tuple[int, dt.datetime]]:
    """Serial and moment of everything that was revoked, for a revocation list."""
    rows = authority.certificates.filter(revoked_at__isnull=False).order_by("revoked_at", "pk")
    return [(int(row.serial, 16), row.revoked_at) for row in rows if row.revoked_at]


def revocation_list(agency: Agency) -> x509.CertificateRevocationList:
    authority = authority_of(agency)
    root = certificates.from_pem(authority.certificate)
    return certificates.revocation_list(root, _root_key(authority), revoked_in(authority), clock.now())


def _current(employee: Employee) -> Certificate | None:
    return Certificate.objects.select_related("authority").filter(employee=employee, replaced=False).first()


def _issue(employee: Employee, now: dt.datetime, actor: Employee | None = None) -> Certificate:
    with transaction.atomic():
        authority = authority_of(employee.agency)
        Authority.objects.select_for_update(of=("self",)).get(pk=authority.pk)
        key = certificates.new_key()
        made = certificates.person_certificate(
            key,
            root=certificates.from_pem(authority.certificate),
            root_key=_root_key(authority),
            name=employee.full_name,
            nip=employee.nip or "",
            office=employee.agency.name,
            now=now,
        )
        Certificate.objects.filter(employee=employee, replaced=False).update(replaced=True)
        issued = Certificate.objects.create(
            authority=authority,
            employee=employee,
            name=employee.full_name,
            serial=certificates.serial(made),
            fingerprint=certificates.fingerprint(made),
            certificate=certificates.pem(made),
            key=vault.seal(key, f"certificate:{employee.pk}"),
            issued_at=now,
            expires_at=made.not_valid_after_utc,
        )
        _record(issued, actor.by("pengelola") if actor else By.system(), "certificate.issued")
    return issued


def _found(agency: Agency) -> Authority:
    key, now = certificates.new_key(), clock.now()
    root = certificates.root_certificate(key, agency.name, now)
    sealed = vault.seal(key, f"authority:{agency.pk}")
    made = Authority.objects.create(agency=agency, certificate=certificates.pem(root), key=sealed, created_at=now)
    after = {"fingerprint": certificates.fingerprint(root)}
    record(stream=f"agency:{agency.pk}", verb="authority.created", by=By.system(), after=after)
    return made


def _root_key(authority: Authority) -> EllipticCurvePrivateKey:
    return vault.unseal(authority.key, f"authority:{authority.agency_id}")


@lru_cache(maxsize=512)
def _loaded(certificate: str, sealed: str, root: str, owner: str) -> Pair:
    """Opened keys stay in the process: opening one costs more than signing with it."""
    return Pair(certificates.from_pem(certificate), vault.unseal(sealed, owner), certificates.from_pem(root))


def _locked(actor: Employee, certificate_id: UUID) -> Certificate:
    related = ("employee__agency", "authority__agency")
    found = Certificate.objects.select_related(*related).filter(pk=certificate_id).first()
    if found is None or found.authority.agency_id != actor.agency_id:
        raise NotAllowed("Sertifikat itu tidak ditemukan. Buka kembali halaman Tanda tangan.")
    check_can_manage_office(actor, found.authority.agency)
    Certificate.objects.select_for_update(of=("self",)).get(pk=certificate_id)
    found.refresh_from_db(fields=["revoked_at", "replaced"])
    return found


def _revoked(certificate: Certificate) -> str:
    assert certificate.revoked_at is not None  # noqa: S101 -- asked before
    return (
        f"Sertifikat tanda tangan {certificate.name} sudah dicabut pada {words.moment(certificate.revoked_at)} "
        f"({certificate.revoked_reason}), sehingga dokumen belum ditandatangani. Mintalah Administrator atau Kasubbag "
        "menerbitkan sertifikat baru di Kantor, Tanda tangan."
    )


def _record(certificate: Certificate, by: By, verb: str, reason: str = "") -> None:
    record(
        stream=f"agency:{certificate.authority.agency_id}",
        verb=verb,
        by=by,
        subject=f"employee:{certificate.employee_id}",
        after={"name": certificate.name, "serial": certificate.serial, "fingerprint": certificate.fingerprint},
        reason=reason,
    )
