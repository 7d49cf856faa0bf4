"""The acts of moving, handing over and destroying archived documents: order, who, and what each needs.

PP 28/2012 Pasal 57, 61, 63 (move), 65 to 67, 71, 72, 78 (destruction in a regency), 79, 81, 84 (handing over). An act may be
done when those it follows are done; the procedure ends with the act that `carries_out`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

LONG_RETENTION = 10
"""Years from which other approvals are needed (Pasal 71, 72)."""

HEAD, DESK, CLERK, SECRETARY = "kepala", "kasubbag", "staf", "sekretaris"


class ReductionKind(StrEnum):
    """The three ways in which an archive gets smaller (Pasal 56)."""

    MOVE = "pindah"
    DESTROY = "musnah"
    HAND_OVER = "serah"

    @property
    def label(self) -> str:
        """In the words of the regulation."""
        names = {"pindah": "Pemindahan arsip inaktif", "musnah": "Pemusnahan arsip", "serah": "Penyerahan arsip statis"}
        return names[self.value]


@dataclass(frozen=True, slots=True)
class Act:
    """One act: by which offices, after which acts, on what basis, and what must be filled in.

    `letter` asks for number and date, `people` for so many persons with the parts they play, `verdicts` for the appraisal
    of every item, `binding` for the password. `records` says that the deed is another's and is only recorded here.
    """

    key: str
    label: str
    who: tuple[str, ...]
    basis: str
    after: tuple[str, ...] = ()
    letter: bool = False
    people: int = 0
    parts: tuple[str, ...] = ()
    verdicts: bool = False
    binding: bool = False
    closes_list: bool = False
    carries_out: bool = False
    not_by: tuple[str, ...] = ()
    hint: str = ""


COMMITTEE = ("ketua (pimpinan unit kearsipan)", "anggota (pimpinan unit pengolah)", "anggota (arsiparis)")

_CLOSE = Act("list", "Tutup daftar", (DESK, CLERK), "Pasal 57 ayat (2)", closes_list=True)
_COMMITTEE = Act(
    "committee",
    "Bentuk panitia penilai arsip",
    (DESK, HEAD),
    "Pasal 66 huruf a, Pasal 67",
    letter=True,
    people=3,
    parts=COMMITTEE,
    hint="Nomor dan tanggal keputusan pimpinan tentang pembentukan panitia.",
)
_APPRAISE = Act(
    "appraise",
    "Catat penilaian panitia",
    (DESK,),
    "Pasal 66 huruf d",
    after=("committee", "list"),
    letter=True,
    verdicts=True,
    hint="Surat pertimbangan panitia; lampirkan notulen rapatnya. Yang dicentang tetap disimpan.",
)

MOVE = (
    _CLOSE,
    Act(
        "sign_unit",
        "Tanda tangani sebagai pimpinan unit pengolah",
        (DESK,),
        "Pasal 63 ayat (4)",
        after=("list",),
        binding=True,
    ),
    Act(
        "sign_records",
        "Tanda tangani sebagai pimpinan unit kearsipan",
        (SECRETARY, HEAD),
        "Pasal 63 ayat (4), Pasal 133",
        after=("sign_unit",),
        binding=True,
        carries_out=True,
        not_by=("sign_unit",),
    ),
)

DESTROY_SHORT = (
    _COMMITTEE,
    Act("list", "Tutup daftar usul musnah", (DESK, CLERK), "Pasal 66 huruf b, c", ("committee",), closes_list=True),
    _APPRAISE,
    Act(
        "approve",
        "Catat persetujuan tertulis bupati/wali kota",
        (DESK,),
        "Pasal 71 ayat (1) huruf b",
        after=("appraise",),
        letter=True,
        hint="Nomor dan tanggal surat persetujuan.",
    ),
    Act(
        "decide",
        "Tetapkan arsip yang dimusnahkan",
        (HEAD,),
        "Pasal 66 huruf f, Pasal 71 ayat (1)",
        after=("approve",),
        letter=True,
        binding=True,
        hint="Nomor dan tanggal keputusan kepala perangkat daerah.",
    ),
    Act(
        "carry_out",
        "Laksanakan pemusnahan",
        (DESK,),
        "Pasal 66 huruf g",
        after=("decide",),
        people=2,
        parts=("saksi (unit hukum)", "saksi (unit pengawasan)"),
        binding=True,
        carries_out=True,
        hint="Isi berkas dihapus dari penyimpanan dan tidak dapat dikembalikan; musnahkan kertasnya pada saat yang sama.",
    ),
    Act(
        "report",
        "Catat tembusan kepada Kepala ANRI",
        (DESK,),
        "Pasal 78 ayat (4)",
        after=("carry_out",),
        letter=True,
    ),
)

_LONG = {
    "approve": Act(
        "approve",
        "Catat persetujuan tertulis Kepala ANRI",
        (DESK,),
        "Pasal 72 ayat (1) huruf b",
        after=("appraise",),
        letter=True,
        hint="Retensi sepuluh tahun atau lebih: nomor dan tanggal surat persetujuan Kepala ANRI.",
    ),
    "decide": Act(
        "decide",
        "Catat keputusan bupati/wali kota tentang pemusnahan",
        (HEAD, DESK),
        "Pasal 72 ayat (1)",
        after=("approve",),
        letter=True,
        hint="Retensi sepuluh tahun atau lebih ditetapkan oleh bupati/wali kota.",
    ),
}
DESTROY_LONG = tuple(_LONG.get(act.key, act) for act in DESTROY_SHORT)

HAND_OVER = (
    _COMMITTEE,
    Act(
        "list", "Tutup daftar usul serah", (DESK, CLERK), "Pasal 81 ayat (1) huruf a", ("committee",), closes_list=True
    ),
    _APPRAISE,
    Act(
        "notify",
        "Beritahukan penyerahan dan nyatakan arsipnya autentik",
        (HEAD,),
        "Pasal 81 ayat (1) huruf c",
        after=("appraise",),
        letter=True,
        binding=True,
        hint="Pernyataan pimpinan bahwa arsipnya autentik, terpercaya, utuh, dan dapat digunakan.",
    ),
    Act(
        "approve",
        "Catat persetujuan kepala lembaga kearsipan",
        (DESK,),
        "Pasal 81 ayat (1) huruf d",
        after=("notify",),
        letter=True,
    ),
    Act(
        "decide",
        "Catat keputusan bupati/wali kota tentang penyerahan",
        (HEAD, DESK),
        "Pasal 81 ayat (1) huruf e, Pasal 84 ayat (2)",
        after=("approve",),
        letter=True,
    ),
    Act(
        "carry_out",
        "Serah terima",
        (HEAD,),
        "Pasal 81 ayat (1) huruf f",
        after=("decide",),
        people=1,
        parts=("kepala lembaga kearsipan",),
        binding=True,
        carries_out=True,
        hint="Nama dan jabatan kepala lembaga kearsipan yang menerima.",
    ),
)

TABLES: Mapping[ReductionKind, tuple[Act, ...]] = {
    ReductionKind.MOVE: MOVE,
    ReductionKind.DESTROY: DESTROY_SHORT,
    ReductionKind.HAND_OVER: HAND_OVER,
}


def acts_of(kind: ReductionKind, years: int | None) -> tuple[Act, ...]:
    """Give the acts of a kind, for a list whose retention is so many years."""
    if kind is ReductionKind.DESTROY and years is not None and years >= LONG_RETENTION:
        return DESTROY_LONG
    return TABLES[kind]


def open_acts(acts: tuple[Act, ...], done: Collection[str]) -> list[Act]:
    """Give the acts that may be done now: not done, and after all that they follow."""
    return [act for act in acts if act.key not in done and all(key in done for key in act.after)]
