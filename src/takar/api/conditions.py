"""On what condition an act is asked for: that the case is still as it was read."""

import re
from typing import Any

from ninja.params import functions

from takar.common.errors import InvalidInput, Problem

VERSION = re.compile(r'(?:W/)?"?(\d{1,9})"?')
IF_MATCH: Any = functions.Header(
    "",
    alias="If-Match",
    max_length=40,
    description="ETag berkas yang Anda baca; bila berkasnya sudah berubah, jawabannya 409.",
)


def seen_version(text: str) -> int | None:
    """The version that the caller read; None where nothing was asked."""
    if text.strip() in {"", "*"}:
        return None
    found = VERSION.fullmatch(text.strip())
    if found is None:
        raise InvalidInput(
            "Kepala If-Match tidak terbaca, sehingga tidak ada yang dikerjakan.",
            [Problem("If-Match", 'Pakailah ETag dari jawaban sebelumnya apa adanya, misalnya “"12"”.')],
        )
    return int(found[1])
