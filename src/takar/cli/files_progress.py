"""How far the examination of the stored files has come: told while it runs, and kept so that it can go on."""

import datetime as dt
import json
import sys
from pathlib import Path
from uuid import UUID

from django.conf import settings

from takar.common import clock
from takar.common.errors import InvalidInput
from takar.files.queries import NOWHERE, Place, count_files

STEP = 200
EVERY = dt.timedelta(seconds=2)


class Progress:
    """Keeps the place in the data folder every so many files; `end` forgets it."""

    def __init__(self, *, shown: bool, resume: bool) -> None:
        self.path = Path(settings.DATA_DIR) / "verify-files.json"
        self.start = _read(self.path) if resume else NOWHERE
        self.shown = shown
        self.total = count_files() if shown else 0
        self.told = clock.now()

    def passed(self, place: Place) -> None:
        """Called for each file."""
        if place.count % STEP == 0:
            self._keep(place)
        if self.shown and clock.now() - self.told >= EVERY:
            self.told = clock.now()
            print(f"{place.count} dari {self.total} berkas …", file=sys.stderr, flush=True)

    def end(self) -> None:
        self.path.unlink(missing_ok=True)

    def _keep(self, place: Place) -> None:
        kept = {
            "at": place.at and place.at.isoformat(),
            "id": str(place.id),
            "count": place.count,
            "wrong": place.wrong,
        }
        whole = self.path.with_suffix(".new")
        whole.write_text(json.dumps(kept), encoding="utf-8")
        whole.replace(self.path)  # whoever is killed meanwhile leaves the earlier place


def _read(path: Path) -> Place:
    """Where the last examination stopped; from the beginning if none was interrupted."""
    if not path.exists():
        return NOWHERE
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Place(dt.datetime.fromisoformat(kept["at"]), UUID(kept["id"]), kept["count"], kept["wrong"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InvalidInput(f"{path} tidak terbaca; hapus berkas itu, lalu jalankan tanpa --resume.") from error
