"""Identifiers that sort by time, so that new rows lie together in an index (RFC 9562, version 7)."""

import secrets
import time
import uuid


def uuid7() -> uuid.UUID:
    """48 bits of milliseconds, then 74 random bits."""
    value = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | (0x7 << 76)
    return uuid.UUID(int=value & ~(0x3 << 62) | (0x2 << 62))


# No letter or digit that is taken for another when it is read from paper.
KEY_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
KEY_LENGTH = 12


def check_key() -> str:
    """Twelve letters (60 random bits) that lead from a printed sheet to its check page, and can be typed from it."""
    return "".join(secrets.choice(KEY_LETTERS) for _ in range(KEY_LENGTH))
