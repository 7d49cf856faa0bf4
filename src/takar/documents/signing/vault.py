"""Private keys at rest: sealed with a key that is derived from the installation's signing secret.

The secret lies in the data folder (keys/signing), the sealed keys in the database: neither alone signs anything.
"""

import base64
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from django.conf import settings

from config.secrets_file import read_or_make
from takar.common.errors import DomainError

NONCE = 12
PURPOSE = b"takar signing keys"


def seal(key: EllipticCurvePrivateKey, owner: str) -> str:
    """The key as it is kept; `owner` is bound to it, so that one row's key does not open in another's place."""
    plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    nonce = secrets.token_bytes(NONCE)
    return base64.b64encode(nonce + AESGCM(_sealing_key()).encrypt(nonce, plain, owner.encode())).decode()


def unseal(sealed: str, owner: str) -> EllipticCurvePrivateKey:
    """DomainError where the secret of this data folder is not the one that sealed the key."""
    content = base64.b64decode(sealed)
    try:
        plain = AESGCM(_sealing_key()).decrypt(content[:NONCE], content[NONCE:], owner.encode())
    except InvalidTag as error:
        raise DomainError(
            f"Kunci tanda tangan tidak dapat dibuka: {_path()} bukan rahasia yang menyegelnya. Dokumen belum "
            "ditandatangani; pulihkan berkas itu dari cadangan."
        ) from error
    key = load_der_private_key(plain, password=None)
    assert isinstance(key, EllipticCurvePrivateKey)  # noqa: S101 -- nothing else is sealed
    return key


def _path() -> Path:
    return Path(settings.DATA_DIR) / "keys" / "signing"


def _sealing_key() -> bytes:
    secret = settings.SIGNING_SECRET
    try:
        return _derived(secret or read_or_make(_path()))
    except OSError as error:
        raise DomainError(
            f"Rahasia tanda tangan {_path()} tidak dapat dibaca atau dibuat ({error.strerror}). Dokumen belum "
            "ditandatangani; periksa izin foldernya, atau pulihkan berkasnya dari cadangan."
        ) from error


@lru_cache(maxsize=4)
def _derived(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
