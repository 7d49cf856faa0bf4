"""The table of checks, each one function over the SOP as data and a day.

Labels are compared by their kernel, what stands before "yang": "Formulir kinerja yang telah diperiksa" is a formulir
kinerja. Sources: see `takar.rules.sop_lint`; where only secondary sources could be read, the reason says so.
"""

import datetime as dt
import re
from collections.abc import Iterator

from takar.rules.flow import EXTERNAL, Input, InputKind, Sop, Step, StepKind
from takar.rules.sop_lint.legal import revoked
from takar.rules.sop_lint.types import Check, Grade, Hit

ASSESSOR = "atasan_langsung"
CHECKING = frozenset({StepKind.CHECK, StepKind.ASSESS})
REVIEW_DAYS = 366
LISTS = (
    ("Dasar Hukum", "legal_basis"),
    ("Kualifikasi Pelaksana", "qualifications"),
    ("Keterkaitan", "related_procedures"),
    ("Peralatan / Perlengkapan", "equipment"),
    ("Peringatan", "warnings"),
    ("Pencatatan dan Pendataan", "records"),
)
FORMAT = "Format SOP menurut Permendagri 52/2011 dan PermenPANRB 35/2012 (dibaca dari sumber sekunder)."
SIGNED = re.compile(r"[tn]anda ?tangan|paraf", re.IGNORECASE)
OBJECTION = re.compile(r"keberatan", re.IGNORECASE)


def _place(step: Step) -> str:
    return f"Langkah {step.number}"


def _label(text: str) -> str:
    return " ".join(text.casefold().split())


def _kernel(text: str) -> str:
    """What a label names, without what was done to it: before "yang", "hasil" or a bracket."""
    return re.split(r"\s+yang\b|\s*\(", _label(text), maxsplit=1)[0]


def _idle_roles(sop: Sop, _on: dt.date) -> Iterator[Hit]:
    busy = {step.actor for step in sop.flow.steps}
    for actor in sop.flow.actors:
        if actor.key not in busy:
            yield Hit(
                f"Pelaksana {actor.label}",
                f"Kolom {actor.label} tidak memuat satu langkah pun.",
                f"Beri {actor.label} langkah, misalnya memaraf atau mengetahui, atau hapus kolomnya.",
            )


def _unchanged_outputs(sop: Sop, _on: dt.date) -> Iterator[Hit]:
    for step in sop.flow.steps:
        if _label(step.output.label) in {_label(wanted.label) for wanted in step.inputs}:
            yield Hit(
                _place(step),
                f"Outputnya, “{step.output.label}”, bernama sama dengan kelengkapannya, sehingga tidak terlihat apa yang "
                "dihasilkan langkah ini.",
                f"Sebut keadaan sesudah langkah ini, misalnya “{step.output.label} yang telah …”.",
            )


def _unmade_documents(sop: Sop, _on: dt.date) -> Iterator[Hit]:
    made: set[str] = set()
    for step in sop.flow.steps:
        for wanted in _papers(step):
            if wanted.source != EXTERNAL and _kernel(wanted.label) not in made:
                verb = "Ditandatangani" if step.kind is StepKind.SIGN else "Dipakai"
                yield Hit(
                    _place(step),
                    f"{verb} “{wanted.label}”, tetapi tidak satu pun langkah sebelumnya menghasilkan “{wanted.label}”.",
                    f"Tambahkan langkah yang membuat {_label(wanted.label)}, atau tulis demikian pada output langkah yang "
                    "membuatnya.",
                )
        made.add(_kernel(step.output.label))


def _papers(step: Step) -> list[Input]:
    return [wanted for wanted in step.inputs if wanted.kind is InputKind.RECORD]


def _dead_end_checks(sop: Sop, _on: dt.date) -> Iterator[Hit]:
    for step in sop.flow.steps:
        if step.kind in CHECKING and not step.returns_to:
            yield Hit(
                _place(step),
                "Langkah ini memeriksa atau memvalidasi, tetapi tidak ada jalan kembali bila hasilnya tidak benar.",
                "Gambarlah belah ketupat dengan panah kembali ke langkah yang dapat memperbaikinya.",
            )


def _revoked_bases(sop: Sop, on: dt.date) -> Iterator[Hit]:
    for number, text in enumerate(sop.legal_basis, start=1):
        if row := revoked(text, on):
            doubt = "" if row.confidence == "H" else " Sumbernya sekunder; periksa sebelum mengubah."
            yield Hit(
                f"Dasar Hukum butir {number}",
                f"“{text}” sudah {row.state} sejak {row.until:%d-%m-%Y}.",
                f"Gantilah dengan {row.successor}.",
                f"{row.by}. Sumber: {row.source}.{doubt}",
            )


def _year_as_number(sop: Sop, _on: dt.date) -> Iterator[Hit]:
    if re.fullmatch(r"(19|20)\d\d", sop.identity.number.strip()):
        yield Hit(
            "Nomor SOP",
            f"Nomornya, “{sop.identity.number}”, hanya tahun, sehingga tidak membedakan SOP ini dari SOP lain.",
            "Beri nomor menurut tata naskah dinas, misalnya kode klasifikasi, nomor urut, instansi dan tahun.",
        )


def _unsigned_assessor(sop: Sop, _on: dt.date) -> Iterator[Hit]:
    if not _assesses(sop):
        return
    own = [step for step in sop.flow.steps if step.actor == ASSESSOR]
    if not any(step.kind is StepKind.SIGN or SIGNED.search(step.description + step.output.label) for step in own):
        yield Hit(
            "Prosedur",
            "Pejabat penilai menilai, tetapi tidak satu langkah pun menyebut tanda tangannya.",
            "Sebut tanda tangan Atasan Langsung pada langkah penilaian, atau beri langkah penandatanganan sendiri.",
        )


def _assesses(sop: Sop) -> bool:
    return any(step.kind is StepKind.ASSESS for step in sop.flow.steps)


def _no_ratification(sop: Sop, _on: dt.date) -> Iterator[Hit]:
    if _assesses(sop) and not any("atasan pejabat penilai" in _label(actor.label) for actor in sop.flow.actors):
        yield Hit(
            "Prosedur",
            "Atasan pejabat penilai, yang mengesahkan hasil, bukan pelaksana dalam prosedur ini.",
            "Sebut pengesahan itu dalam prosedur atau pada SOP terkait; program mencatatnya sesudah penilaian.",
        )


def _no_objection(sop: Sop, _on: dt.date) -> Iterator[Hit]:
    texts = [step.description for step in sop.flow.steps] + list(sop.related_procedures) + list(sop.warnings)
    if _assesses(sop) and not any(map(OBJECTION.search, texts)):
        yield Hit(
            "Prosedur",
            "Tidak ada cabang keberatan pegawai dan batas harinya.",
            "Tambahkan cabang keberatan, atau sebut SOP keberatan pada Keterkaitan.",
        )


def _same_outputs(sop: Sop, _on: dt.date) -> Iterator[Hit]:
    seen: dict[str, Step] = {}
    for step in sop.flow.steps:
        first = seen.setdefault(_label(step.output.label), step)
        if first is not step:
            yield Hit(
                _place(step),
                f"Outputnya bernama sama dengan output langkah {first.number} (“{first.output.label}”), padahal sesudah "
                "langkah itu sudah ada yang dikerjakan.",
                "Beri kedua output nama yang berbeda, menurut keadaannya.",
            )


def _unlisted_equipment(sop: Sop, _on: dt.date) -> Iterator[Hit]:
    listed = {word for item in sop.equipment for word in re.findall(r"\w+", item.casefold())}
    for step in sop.flow.steps:
        for wanted in step.inputs:
            words = re.findall(r"\w+", wanted.label.casefold())
            if wanted.kind is InputKind.EQUIPMENT and not listed & set(words):
                yield Hit(
                    _place(step),
                    f"“{wanted.label}” dipakai di sini, tetapi tidak ada pada Peralatan / Perlengkapan.",
                    f"Tambahkan {wanted.label} pada daftar Peralatan / Perlengkapan.",
                )


def _empty_lists(sop: Sop, _on: dt.date) -> Iterator[Hit]:
    for title, name in LISTS:
        if not getattr(sop, name):
            yield Hit(title, f"Bagian {title} kosong.", f"Isi bagian {title}.")


def _no_effective_date(sop: Sop, _on: dt.date) -> Iterator[Hit]:
    if sop.identity.effective_on is None:
        yield Hit(
            "Tanggal Efektif",
            "Tanggal mulai berlakunya tidak disebut; hanya ada tanggal pengesahan.",
            "Isi tanggal efektif waktu mengesahkan versi berikutnya.",
        )


def _review_overdue(sop: Sop, on: dt.date) -> Iterator[Hit]:
    identity = sop.identity
    last = max((day for day in (identity.approved_on, identity.revised_on) if day), default=None)
    if last and (on - last).days > REVIEW_DAYS:
        yield Hit(
            "Tanggal Revisi",
            f"Sejak {last:%d-%m-%Y} tidak ada revisi atau pengesahan ulang, lebih dari setahun.",
            "Isi formulir evaluasi tahunan; bila perlu, buat rancangan revisi di Bengkel SOP.",
        )


def _dates_out_of_order(sop: Sop, _on: dt.date) -> Iterator[Hit]:
    identity = sop.identity
    pairs = (
        ("Tanggal Pengesahan", identity.approved_on, "Tanggal Pembuatan", identity.created_on),
        ("Tanggal Revisi", identity.revised_on, "Tanggal Pembuatan", identity.created_on),
        ("Tanggal Efektif", identity.effective_on, "Tanggal Pengesahan", identity.approved_on),
    )
    for later, later_day, earlier, earlier_day in pairs:
        if later_day and earlier_day and later_day < earlier_day:
            yield Hit(
                later,
                f"{later} ({later_day:%d-%m-%Y}) mendahului {earlier} ({earlier_day:%d-%m-%Y}).",
                "Perbaiki salah satu tanggal itu.",
            )


def _hidden_actor(sop: Sop, _on: dt.date) -> Iterator[Hit]:
    """A step whose words name another column's office."""
    for step in sop.flow.steps:
        for actor in sop.flow.actors:
            others = actor.key not in {step.actor, "pegawai", "staf"}
            if others and re.search(rf"\boleh {re.escape(_label(actor.label))}\b", _label(step.description)):
                yield Hit(
                    _place(step),
                    f"Uraiannya menyebut {actor.label}, tetapi tandanya di kolom {sop.flow.owner(step).label}.",
                    "Pindahkan tanda ke kolom yang benar, atau perbaiki uraiannya.",
                )


APPRAISAL = (
    "PP 46/2011 Pasal 21 dan 22; PermenPANRB 6/2022 hlm. 114–118: hasil ditandatangani pejabat penilai dan pegawai."
)
RATIFY = "PP 46/2011 Pasal 23: hasil penilaian berlaku sesudah disahkan atasan pejabat penilai."
OBJECT = "PP 46/2011 Pasal 25; PermenPANRB 6/2022 hlm. 118: pegawai dapat mengajukan keberatan dalam 14 hari."
REVIEW = "Evaluasi SOP paling sedikit sekali setahun (peraturan BPS menurut PermenPANRB 35/2012; sumber sekunder)."
EXECUTION = (
    "Output harus dapat dibedakan dan setiap kelengkapan harus ada yang membuatnya agar mutu baku dapat diperiksa."
)

CHECKS: tuple[Check, ...] = (
    Check("number-is-year", Grade.WRONG, FORMAT, _year_as_number),
    Check("revoked-basis", Grade.WRONG, FORMAT, _revoked_bases),
    Check("role-without-step", Grade.WRONG, FORMAT, _idle_roles),
    Check("no-way-back", Grade.WRONG, f"{FORMAT} Belah ketupat mempunyai dua jalan keluar.", _dead_end_checks),
    Check("output-equals-input", Grade.WRONG, EXECUTION, _unchanged_outputs),
    Check("document-unmade", Grade.WRONG, EXECUTION, _unmade_documents),
    Check("assessor-unsigned", Grade.WRONG, APPRAISAL, _unsigned_assessor),
    Check("dates-out-of-order", Grade.WRONG, FORMAT, _dates_out_of_order),
    Check("actor-mismatch", Grade.WRONG, FORMAT, _hidden_actor),
    Check("empty-list", Grade.WRONG, FORMAT, _empty_lists),
    Check("same-output", Grade.LOOK, EXECUTION, _same_outputs),
    Check("equipment-unlisted", Grade.LOOK, FORMAT, _unlisted_equipment),
    Check("no-ratification", Grade.LOOK, RATIFY, _no_ratification),
    Check("no-objection", Grade.LOOK, OBJECT, _no_objection),
    Check(
        "no-effective-date", Grade.LOOK, "PermenPANRB 35/2012: tanggal efektif (sumber sekunder).", _no_effective_date
    ),
    Check("review-overdue", Grade.LOOK, REVIEW, _review_overdue),
)
