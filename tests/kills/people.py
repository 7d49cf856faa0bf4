"""What people of the office do all day, each from a browser of his own."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connection
from tests.kills.browser import BUSY, LOST, Act, Browser, Fields, Ledger
from tests.kills.office import PASSWORD, Cast

from takar.appraisal.evaluation import aspects
from takar.appraisal.regimes import items_of
from takar.casework.models import Case
from takar.casework.queries import own_tasks
from takar.casework.steps import document_of
from takar.common import clock
from takar.organisation.models import Employee

RELATED = ("open_step", "appraisal__plan", "period", "assignee__user", "agency", "run__version", "employee")
MOST_AT_ONCE = 5
IDLE_SECONDS = 1.0
MOST_EVIDENCE = 15
# Cases that never get beyond step 2 keep the office busy for ever.
LOOPING = 3
# Printing for the whole office is much work.
SELDOM = 0.15


@dataclass
class Person:
    """A thread that looks what there is to do, does one thing, and notes what it was told."""

    employee: Employee
    browser: Browser
    ledger: Ledger
    cast: Cast
    stop: threading.Event
    dice: random.Random
    thread: threading.Thread = field(init=False)

    def start(self) -> None:
        self.thread = threading.Thread(target=self._live, daemon=True)
        self.thread.start()

    def _live(self) -> None:
        try:
            self.browser.sign_in(str(self.employee.nip), PASSWORD)
            while not self.stop.is_set():
                if not self._one_thing():
                    time.sleep(IDLE_SECONDS)
        except Exception as error:  # noqa: BLE001 -- a person that stops is told to whoever proves
            self.ledger.errors.append(f"{self.employee}: {error!r}")
        finally:
            connection.close()
            self.browser.close()

    def _one_thing(self) -> bool:
        cases = list(own_tasks(self.employee).select_related(*RELATED).order_by("?")[:12])
        if not cases:
            return False
        case = self.dice.choice(cases)
        self._do(*self.dice.choice(self._acts(case, cases))())
        return True

    def _do(self, act: Act, path: str, fields: Fields, file: bytes | None) -> None:
        """Send it; when the connection is lost, look what came of it, then send the same again, as a browser would."""
        attempt = self.browser.send(act, path, fields, file)
        lost = time.monotonic() if attempt.outcome == LOST else 0.0
        while attempt.outcome in {LOST, BUSY}:
            time.sleep(0.1)
            attempt = self.browser.send(act, path, fields, file)
        if lost:
            self.ledger.waits.append(time.monotonic() - lost)
        with self.ledger.lock:
            self.ledger.acts.append(act)

    def _acts(self, case: Case, cases: list[Case]) -> "list[Choice]":
        waiting = [other for other in cases if other.step == 2]
        table: dict[int, Callable[[], list[Choice]]] = {
            1: lambda: [
                self._save(case),
                self._save(case),
                self._attach(case),
                self._finish(case, FIGURES),
                self._print() if self.dice.random() < SELDOM else self._save(case),
            ],
            2: lambda: [self._return(case, 1), self._several(waiting), *self._passing(case)],
            3: lambda: [self._save(case), self._finish(case, FIGURES)],
            4: lambda: [self._assess(case, "simpan"), self._assess(case, "selesai"), self._return(case, 3)],
            5: lambda: [self._sign(case)],
            6: lambda: [self._finish(case, COPIES)],
            7: lambda: [self._finish(case, [("box", f"B-{case.pk.int % 7}"), ("shelf", "R-1")])],
        }
        return table[case.step]()

    def _passing(self, case: Case) -> "list[Choice]":
        return [self._finish(case, [])] * 3 if case.pk.int % LOOPING else [self._return(case, 1)]

    def _save(self, case: Case) -> "Choice":
        figure = str(self.dice.randrange(1, 99_999))
        fields = [("tindakan", "simpan"), ("line-1-quantity", figure), *FIGURES[1:]]
        verb = f"form.{'terkumpul' if case.step == 1 else 'diinput'}.saved"
        return lambda: (Act("simpan isian", verb, str(case.pk)), step(case), fields, None)

    def _attach(self, case: Case) -> "Choice":
        if case.appraisal.evidence.count() >= MOST_EVIDENCE:
            return self._save(case)
        content = b"%PDF-1.7 bukti " + self.dice.randbytes(16).hex().encode() + b"\n%%EOF\n"
        act = Act("unggah bukti", "evidence.added", str(case.pk))
        return lambda: (act, f"{step(case)}bukti/", [("kegiatan", "1")], content)

    def _finish(self, case: Case, fields: Fields) -> "Choice":
        act = Act(f"selesaikan langkah {case.step}", "step.completed", str(case.pk), chosen=(str(case.open_step_id),))
        return lambda: (act, step(case), [("tindakan", "selesai"), *fields], None)

    def _return(self, case: Case, to_step: int) -> "Choice":
        act = Act("kembalikan", "step.returned", str(case.pk), chosen=(str(case.open_step_id),))
        fields = [("tindakan", "kembalikan"), ("ke", str(to_step)), ("alasan", "Lengkapi buktinya.")]
        return lambda: (act, step(case), fields, None)

    def _several(self, cases: list[Case]) -> "Choice":
        chosen = tuple(str(case.open_step_id) for case in cases if case.pk.int % LOOPING)[:MOST_AT_ONCE]
        if not chosen:
            return self._return(cases[0], 1)
        fields = [("langkah", "2"), ("tindakan", "selesai"), *(("pilih", pk) for pk in chosen)]
        return lambda: (Act("banyak sekaligus", "step.completed", "", chosen=chosen), "/tugas/massal/", fields, None)

    def _print(self) -> "Choice":
        fields = [("periode", str(self.cast.period.pk)), ("formulir", "formulir-kinerja"), ("bentuk", "zip")]
        return lambda: (Act("cetak seluruh kantor", "job.asked", ""), "/berkas/cetak/", fields, None)

    def _assess(self, case: Case, what: str) -> "Choice":
        mark = str(self.dice.randrange(60, 100))
        fields = [("tindakan", what), ("password", PASSWORD), ("recommendation", f"Catatan {self.dice.random()}")]
        fields += [(f"quality-{item.number}", mark) for item in items_of(case.appraisal)]
        fields += [(f"behaviour-{aspect.value}", "88") for aspect in aspects(case.appraisal)]
        verb = "assessment.saved" if what == "simpan" else "step.completed"
        return lambda: (Act(f"nilai: {what}", verb, str(case.pk)), step(case), fields, None)

    def _sign(self, case: Case) -> "Choice":
        seen = document_of(case).final_file.sha256
        act = Act("selesaikan langkah 5", "step.completed", str(case.pk), chosen=(str(case.open_step_id),))
        return lambda: (act, step(case), [("tindakan", "selesai"), ("seen", seen), ("password", PASSWORD)], None)


Sending = tuple[Act, str, Fields, bytes | None]
Choice = Callable[[], Sending]
FIGURES: Fields = [("line-1-quantity", "12"), ("line-1-time", "11"), ("line-2-quantity", "4"), ("line-2-time", "12")]
COPIES: Fields = [("copy-1-for", "Pegawai"), ("copy-1-form", "kertas"), ("copy-1-on", clock.today().isoformat())]


def step(case: Case) -> str:
    return f"/tugas/{case.open_step_id}/"


@dataclass
class Signers(Person):
    """Everybody whose document waits to be signed, one after the other, each in a session of his own."""

    browsers: dict[str, Browser] = field(default_factory=dict)

    def _live(self) -> None:
        self.browser.cookies = {"sessionid": "-", "csrftoken": "-"}
        try:
            while not self.stop.is_set():
                case = Case.objects.filter(step=5).select_related(*RELATED).order_by("pk").first()
                if case is None or case.assignee is None:
                    time.sleep(IDLE_SECONDS)
                    continue
                nip = str(case.assignee.nip)
                if nip not in self.browsers:
                    self.browsers[nip] = Browser(self.browser.port, f"10.1.0.{len(self.browsers) + 1}")
                    self.browsers[nip].sign_in(nip, PASSWORD)
                self.browser = self.browsers[nip]
                self._do(*self._sign(case)())
        except Exception as error:  # noqa: BLE001 -- as above
            self.ledger.errors.append(f"Penanda tangan: {error!r}")
        finally:
            connection.close()
            for browser in self.browsers.values():
                browser.close()
