"""Certificates of an office's own authority: P-256 keys, one root, one certificate for each person."""

import datetime as dt

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

ROOT_YEARS, PERSON_YEARS = 25, 3
YEAR = dt.timedelta(days=365)
# A clock that is a little behind must not find a certificate that is not valid yet.
EARLIER = dt.timedelta(minutes=5)
LONGEST_NAME = 64


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def root_certificate(key: ec.EllipticCurvePrivateKey, office: str, now: dt.datetime) -> x509.Certificate:
    name = _name("Otoritas Sertifikat Kantor", office)
    end = now + ROOT_YEARS * YEAR
    return _certificate(key=key, issuer_key=key, subject=name, issuer=name, start=now, end=end, authority=True)


def person_certificate(
    key: ec.EllipticCurvePrivateKey,
    *,
    root: x509.Certificate,
    root_key: ec.EllipticCurvePrivateKey,
    name: str,
    nip: str,
    office: str,
    now: dt.datetime,
) -> x509.Certificate:
    """Never valid for longer than the root."""
    end = min(now + PERSON_YEARS * YEAR, root.not_valid_after_utc)
    subject = _name(name, office, nip)
    return _certificate(
        key=key, issuer_key=root_key, subject=subject, issuer=root.subject, start=now, end=end, authority=False
    )


def revocation_list(
    root: x509.Certificate,
    root_key: ec.EllipticCurvePrivateKey,
    revoked: list[tuple[int, dt.datetime]],
    now: dt.datetime,
) -> x509.CertificateRevocationList:
    """What a long-term signature embeds: which certificates of the office were revoked when."""
    builder = x509.CertificateRevocationListBuilder().issuer_name(root.subject)
    builder = builder.last_update(now - EARLIER).next_update(now + dt.timedelta(days=90))
    builder = builder.add_extension(x509.CRLNumber(int(now.timestamp())), critical=False).add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False
    )
    for serial, at in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at).build()
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(root_key, SHA256())


def pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()


def der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def fingerprint(certificate: x509.Certificate) -> str:
    return certificate.fingerprint(SHA256()).hex()


def serial(certificate: x509.Certificate) -> str:
    return f"{certificate.serial_number:x}"


def from_pem(text: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate(text.encode())


def _name(common: str, office: str, number: str = "") -> x509.Name:
    """X.520 bounds a name to 64 letters; the whole one stands on the document."""
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, office[:LONGEST_NAME]),
        x509.NameAttribute(NameOID.COMMON_NAME, common[:LONGEST_NAME]),
    ]
    return x509.Name(parts + ([x509.NameAttribute(NameOID.SERIAL_NUMBER, number)] if number else []))


def _certificate(
    *,
    key: ec.EllipticCurvePrivateKey,
    issuer_key: ec.EllipticCurvePrivateKey,
    subject: x509.Name,
    issuer: x509.Name,
    start: dt.datetime,
    end: dt.datetime,
    authority: bool,
) -> x509.Certificate:
    usage = x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start - EARLIER)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    return builder.sign(issuer_key, SHA256())
