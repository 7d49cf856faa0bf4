"""What may follow an approved result, as tables: each act, whose it is, what must have happened before, what it starts.

Facts are words: what an act makes ("delivered", "objected"), what the case itself shows ("approved", "returned"), and
"<clock>_overdue" from the day after a legal term has passed (rules/deadlines.py). A regulation is one entry in REGIMES;
its terms, articles and consequences stand in deadlines.toml. Pure data: nothing here reads or writes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

SUBJECT, ASSESSOR, SUPERIOR, DESK = "pegawai", "atasan_langsung", "atasan_penilai", "kasubbag"
PARTIES: Mapping[str, str] = {
    SUBJECT: "pegawai yang dinilai",
    ASSESSOR: "pejabat penilai",
    SUPERIOR: "atasan pejabat penilai",
    DESK: "Kasubbag Umum dan Kepegawaian",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One act: whose it is, and when it may be done.

    `after` lists groups of facts; of every group at least one must hold. `within` is the clock that must not have
    passed on the day of the act. `paper` lets the Kasubbag enter what was done on paper, with its true date; `dated`
    lets the party itself name an earlier day.
    """

    key: str
    label: str
    party: str
    makes: str
    basis: str
    after: tuple[tuple[str, ...], ...] = ()
    not_after: tuple[str, ...] = ()
    within: str = ""
    text_label: str = ""
    text_required: bool = False
    paper: bool = True
    dated: bool = False
    files: bool = False
    binding: bool = False
    changes_result: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a party when these facts hold and those do not, in words."""

    party: str
    after: tuple[str, ...]
    not_after: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Regime:
    """A regulation: its acts, which facts stop which clock, and from which fact each clock's act is read."""

    kinds: tuple[Kind, ...]
    stops: Mapping[str, tuple[str, ...]]
    waiting: tuple[Waiting, ...]

    def kind(self, key: str) -> Kind | None:
        """The act of this key, if the regulation knows it."""
        return next((kind for kind in self.kinds if kind.key == key), None)


SETTLED = ("set", "confirmed", "changed")
IN_EFFECT = ("ratified", *SETTLED)

PP46 = Regime(
    kinds=(
        Kind(
            "take_over",
            "Ambil alih penilaian",
            SUPERIOR,
            "taken_over",
            "PP 46/2011 Pasal 22",
            after=(("at_assessment",), ("appraise_overdue",)),
            not_after=("approved", "taken_over"),
            text_label="Alasan pejabat penilai tidak menilai",
            text_required=True,
            paper=False,
            binding=True,
            hint="Pejabat penilai tidak menilai dalam tenggatnya; langkah 4 menjadi tugas Anda.",
        ),
        Kind(
            "deliver",
            "Catat penyerahan",
            ASSESSOR,
            "handed_over",
            "PP 46/2011 Pasal 21 ayat (1)",
            after=(("approved",),),
            not_after=("handed_over", "received", "returned", "objected", *IN_EFFECT),
            text_label="Cara penyerahan (langsung, dikirim, nomor tanda terima)",
            dated=True,
            hint=(
                "Hasil sudah tersedia bagi pegawai sejak disetujui, dan tenggatnya dihitung sejak itu. "
                "Catat tanggalnya di sini bila pegawai baru menerimanya kemudian."
            ),
        ),
        Kind(
            "receive",
            "Nyatakan sudah menerima",
            SUBJECT,
            "received",
            "PP 46/2011 Pasal 21 ayat (2)",
            after=(("approved",),),
            not_after=("received", "returned", "objected", *IN_EFFECT),
            within="return",
            paper=False,
            hint="Tenggat menandatangani dan tenggat keberatan dihitung sejak hari Anda menerima.",
        ),
        Kind(
            "object",
            "Ajukan keberatan",
            SUBJECT,
            "objected",
            "PP 46/2011 Pasal 25 ayat (1)",
            after=(("approved",),),
            not_after=("objected", *SETTLED),
            within="object",
            text_label="Alasan keberatan, lengkap",
            text_required=True,
            files=True,
            hint="Keberatan ditujukan kepada atasan pejabat penilai; keputusannya bersifat final.",
        ),
        Kind(
            "respond",
            "Beri tanggapan",
            ASSESSOR,
            "responded",
            "PP 46/2011 penjelasan Pasal 25 ayat (2)",
            after=(("objected",),),
            not_after=("responded", *SETTLED),
            text_label="Tanggapan pejabat penilai atas keberatan",
            text_required=True,
            files=True,
        ),
        Kind(
            "hear_assessor",
            "Catat penjelasan pejabat penilai",
            SUPERIOR,
            "assessor_heard",
            "PP 46/2011 Pasal 25 ayat (3)",
            after=(("objected",),),
            not_after=("assessor_heard", *SETTLED),
            text_label="Penjelasan pejabat penilai yang diminta (atau kapan diminta dan tidak diberikan)",
            text_required=True,
        ),
        Kind(
            "hear_employee",
            "Catat penjelasan pegawai",
            SUPERIOR,
            "employee_heard",
            "PP 46/2011 Pasal 25 ayat (3)",
            after=(("objected",),),
            not_after=("employee_heard", *SETTLED),
            text_label="Penjelasan pegawai yang diminta (atau kapan diminta dan tidak diberikan)",
            text_required=True,
        ),
        Kind(
            "confirm",
            "Tetapkan nilai semula",
            SUPERIOR,
            "confirmed",
            "PP 46/2011 Pasal 25 ayat (4)",
            after=(("objected",), ("responded", "assessor_heard"), ("employee_heard",)),
            not_after=SETTLED,
            text_label="Alasan keputusan",
            text_required=True,
            files=True,
            binding=True,
            hint="Keberatan tidak mengubah nilai. Keputusan ini final.",
        ),
        Kind(
            "change",
            "Ubah nilai",
            SUPERIOR,
            "changed",
            "PP 46/2011 Pasal 25 ayat (4) dan (5)",
            after=(("objected",), ("responded", "assessor_heard"), ("employee_heard",)),
            not_after=SETTLED,
            text_label="Alasan perubahan nilai",
            text_required=True,
            files=True,
            binding=True,
            changes_result=True,
            hint="Nilai dihitung ulang dengan cara yang sama dan dokumen baru diterbitkan. Keputusan ini final.",
        ),
        Kind(
            "set",
            "Tetapkan hasil penilaian",
            SUPERIOR,
            "set",
            "PP 46/2011 Pasal 22",
            after=(("approved",), ("return_overdue",)),
            not_after=("returned", "objection_open", *IN_EFFECT),
            text_label="Alasan pegawai tidak menandatangani",
            text_required=True,
            binding=True,
            hint="Pegawai tidak menandatangani dalam tenggatnya; penetapan Anda menggantikan langkah 5.",
        ),
        Kind(
            "forward",
            "Sampaikan kepada atasan pejabat penilai",
            ASSESSOR,
            "forwarded",
            "PP 46/2011 Pasal 23 ayat (1)",
            after=(("approved",), ("returned", "objected", "return_overdue")),
            not_after=("forwarded", *IN_EFFECT),
            text_label="Rekomendasi atau catatan (tidak wajib)",
            dated=True,
        ),
        Kind(
            "ratify",
            "Sahkan",
            SUPERIOR,
            "ratified",
            "PP 46/2011 Pasal 23 ayat (2)",
            after=(("returned",), ("forwarded", "submit_overdue")),
            not_after=("objection_open", *IN_EFFECT),
            text_label="Catatan (tidak wajib)",
            binding=True,
            hint="Hasil penilaian mulai berlaku sesudah disahkan.",
        ),
    ),
    stops={
        "appraise": ("approved",),
        "return": ("returned", *SETTLED),
        "object": ("objected", *SETTLED),
        "submit": ("forwarded", *IN_EFFECT),
    },
    waiting=(
        Waiting(
            SUPERIOR,
            ("at_assessment", "appraise_overdue"),
            ("taken_over",),
            "Pejabat penilai belum menilai dan tenggatnya sudah lewat; Anda dapat mengambil alih penilaian.",
        ),
        Waiting(ASSESSOR, ("objected",), ("responded", *SETTLED), "Keberatan menunggu tanggapan Anda."),
        Waiting(
            SUPERIOR,
            ("objected",),
            SETTLED,
            "Keberatan menunggu keputusan Anda; mintalah penjelasan pejabat penilai dan pegawai dahulu.",
        ),
        Waiting(
            SUPERIOR,
            ("approved", "return_overdue"),
            ("returned", "objected", *IN_EFFECT),
            "Pegawai tidak menandatangani dalam tenggatnya; hasil penilaian menunggu penetapan Anda.",
        ),
        Waiting(SUPERIOR, ("returned", "forwarded"), ("objection_open", *IN_EFFECT), "Menunggu pengesahan Anda."),
        Waiting(
            SUBJECT,
            ("changed",),
            ("closed",),
            "Nilai Anda diubah dengan keputusan atasan pejabat penilai; dokumen yang baru ada di berkas Anda.",
        ),
        Waiting(
            SUBJECT,
            ("confirmed",),
            ("closed",),
            "Atasan pejabat penilai menetapkan nilai semula atas keberatan Anda; alasannya ada di berkas Anda.",
        ),
    ),
)

REGIMES: Mapping[str, Regime] = {"pp46-2011": PP46}
NO_REGIME = Regime((), {}, ())

# Why an act cannot be done yet, by the first fact of the group that is missing.
MISSING: Mapping[str, str] = {
    "approved": "Hasil penilaian belum disetujui pejabat penilai (langkah 4).",
    "at_assessment": "Berkas tidak sedang menunggu penilaian (langkah 4).",
    "appraise_overdue": "Tenggat pejabat penilai untuk menilai belum lewat.",
    "objected": "Belum ada keberatan.",
    "responded": (
        "Pejabat penilai belum memberi tanggapan; mintalah penjelasannya dan catat dahulu (Pasal 25 ayat (3))."
    ),
    "employee_heard": "Penjelasan pegawai belum diminta; mintalah dan catat dahulu (Pasal 25 ayat (3)).",
    "return_overdue": "Tenggat pegawai untuk menandatangani belum lewat.",
    "returned": "Pegawai belum menandatangani dan mengembalikan hasil penilaian, dan tenggatnya belum lewat.",
    "forwarded": "Pejabat penilai belum menyampaikan hasil penilaian, dan tenggatnya belum lewat.",
}

# Why an act can no longer be done, by the fact that stands in its way.
BARRED: Mapping[str, str] = {
    "approved": "Hasil penilaian sudah disetujui.",
    "taken_over": "Penilaian ini sudah diambil alih atasan pejabat penilai.",
    "handed_over": "Penyerahan sudah dicatat.",
    "received": "Penerimaan sudah dicatat.",
    "returned": "Pegawai sudah menandatangani dan mengembalikan hasil penilaian.",
    "objected": "Keberatan sudah diajukan.",
    "objection_open": "Keberatan sedang berjalan; tunggu keputusan atasan pejabat penilai.",
    "responded": "Tanggapan pejabat penilai sudah dicatat.",
    "assessor_heard": "Penjelasan pejabat penilai sudah dicatat.",
    "employee_heard": "Penjelasan pegawai sudah dicatat.",
    "forwarded": "Hasil penilaian sudah disampaikan kepada atasan pejabat penilai.",
    "ratified": "Hasil penilaian sudah disahkan.",
    "set": "Hasil penilaian sudah ditetapkan atasan pejabat penilai.",
    "confirmed": "Keberatan sudah diputus; keputusannya final dan tidak dapat diajukan keberatan lagi.",
    "changed": "Keberatan sudah diputus; keputusannya final dan tidak dapat diajukan keberatan lagi.",
}


def regime_of(method: str) -> Regime:
    """The acts of a method's regulation; a regulation that is not in the tables yet has none."""
    return REGIMES.get(method, NO_REGIME)


def hindrance(kind: Kind, facts: Mapping[str, object]) -> str:
    """Why the act cannot be done where these facts hold; empty when it can. Terms are looked at elsewhere."""
    for fact in kind.not_after:
        if fact in facts:
            return BARRED[fact]
    for group in kind.after:
        if not any(fact in facts for fact in group):
            return MISSING[group[0]]
    return ""


def waiting_for(regime: Regime, party: str, facts: Mapping[str, object]) -> list[str]:
    """What the party should do now, without a legal term of its own."""
    return [
        item.words
        for item in regime.waiting
        if item.party == party
        and all(fact in facts for fact in item.after)
        and not any(fact in facts for fact in item.not_after)
    ]
