"""The key that signs checkpoints: made on first use, kept beside the data, its public half published next to it.

Verification knows every public half named keys/checkpoint*.pub, so that a key can be replaced without losing what the
old one signed.
"""

import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings

from takar.common.errors import DomainError

ELSEWHERE = (
    "Titik periksa tidak dibuat karena komputer ini tidak memiliki kunci titik periksa pemasangan ini. Salin isi folder "
    "keys dari komputer lain ke {}, atau pulihkan dari cadangan. Hanya bila kuncinya hilang untuk selamanya: "
    "takar checkpoint --new-key."
)


def folder() -> Path:
    return Path(settings.DATA_DIR) / "keys"


def signing_key(*, last: str = "") -> Ed25519PrivateKey:
    """The key of this installation; only one maker at a time, which the caller's lock sees to.

    `last` is the key of the newest checkpoint: a machine that does not know it must be given it, and makes none.
    """
    private, public = folder() / "checkpoint.pem", folder() / "checkpoint.pub"
    try:
        if not private.exists() and not public.exists() and last and last not in public_keys():
            raise DomainError(ELSEWHERE.format(folder()))
        key = _read(private) if private.exists() else _make(private, public)
        if not public.exists():
            _write(public, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo), 0o644)
    except (OSError, ValueError) as error:
        raise DomainError(
            f"Kunci titik periksa {private} tidak dapat dibaca atau dibuat ({error}). "
            "Periksa izin foldernya, atau pulihkan berkasnya dari cadangan."
        ) from error
    return key


def public_keys() -> dict[str, Ed25519PublicKey]:
    """Every known public key by its fingerprint; DomainError when one cannot be read."""
    return {fingerprint(key): key for key in map(_read_public, sorted(folder().glob("checkpoint*.pub")))}


def fingerprint(key: Ed25519PublicKey) -> str:
    """SHA-256 of the 32 bytes of the public key."""
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()


def is_signed(key: Ed25519PublicKey, signature: bytes, content: bytes) -> bool:
    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def _read(path: Path) -> Ed25519PrivateKey:
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("bukan kunci Ed25519")  # noqa: TRY004 -- the content is wrong, not the caller's type
    return key


def _read_public(path: Path) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError) as error:
        raise DomainError(f"Kunci umum {path} tidak dapat dibaca ({error}). Pulihkan dari cadangan.") from error
    if not isinstance(key, Ed25519PublicKey):
        raise DomainError(f"Kunci umum {path} bukan kunci Ed25519. Pulihkan dari cadangan.")
    return key


def _make(private: Path, public: Path) -> Ed25519PrivateKey:
    if public.exists():
        raise DomainError(
            f"Kunci titik periksa {private} hilang, padahal {public.name} masih ada. Pulihkan dari cadangan; bila tidak ada, "
            f"ganti nama {public.name} menjadi checkpoint-lama.pub, maka kunci baru dibuat."
        )
    private.parent.mkdir(parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    _write(private, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), 0o600)
    return key


def _write(path: Path, content: bytes, mode: int) -> None:
    """All of it or nothing: half a key would be worse than none."""
    temporary = path.with_suffix(".new")
    temporary.unlink(missing_ok=True)
    with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:  # noqa: PTH123 -- a descriptor
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
