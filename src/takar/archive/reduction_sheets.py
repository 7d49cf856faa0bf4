"""The berita acara of a move, a handing over or a destruction, with its list, as a PDF."""

from typing import Any

from takar.archive.enums import Verdict
from takar.archive.models import Reduction, ReductionAct
from takar.archive.sheets import sheet
from takar.common import words
from takar.documents.forms.render import render
from takar.rules.reductions import ReductionKind

COLUMNS = (("No.", 6), ("Nama dan NIP", 28), ("Nomor dokumen", 34), ("Tahun", 8), ("Klasifikasi", 12), ("Box", 12))
# How the acts are called on the sheet, where they are done already.
DONE = {
    "committee": "Panitia penilai",
    "list": "Daftar ditutup",
    "appraise": "Pertimbangan panitia",
    "notify": "Pemberitahuan",
    "approve": "Persetujuan tertulis",
    "decide": "Penetapan",
    "sign_unit": "Unit pengolah",
    "sign_records": "Unit kearsipan",
    "carry_out": "Pelaksanaan",
}
TITLES = {
    ReductionKind.MOVE: "Berita Acara Pemindahan Arsip Inaktif",
    ReductionKind.DESTROY: "Berita Acara Pemusnahan Arsip",
    ReductionKind.HAND_OVER: "Berita Acara Penyerahan Arsip Statis",
}
OPENINGS = {
    ReductionKind.MOVE: "Pada tanggal {day} telah dipindahkan arsip inaktif dari unit pengolah ke unit kearsipan {agency}, "
    "sebagaimana tercantum dalam daftar di bawah ini, sesudah melewati retensi aktifnya (PP 28/2012 Pasal 63).",
    ReductionKind.DESTROY: "Pada tanggal {day} telah dimusnahkan arsip {agency} sebagaimana tercantum dalam daftar di bawah "
    "ini, secara total sehingga fisik dan informasinya tidak dapat dikenali (PP 28/2012 Pasal 66 huruf g).",
    ReductionKind.HAND_OVER: "Pada tanggal {day} telah diserahkan arsip statis {agency} sebagaimana tercantum dalam daftar "
    "di bawah ini kepada lembaga kearsipan (PP 28/2012 Pasal 81).",
}


# Whoever does the last act signs the sheet itself; the others gave their password before it was made.
LAST = frozenset({"sign_records", "carry_out"})
SEALS = {
    False: "Disahkan dengan kata sandi dalam Takar",
    True: "Ditandatangani secara elektronik di dalam berkas ini, tidak tersertifikasi, dengan sertifikat kantor",
}


def print_record(reduction: Reduction) -> bytes:
    """The list as carried out, the acts before it, and who signed or witnessed."""
    kind = ReductionKind(reduction.kind)
    acts = list(reduction.acts.select_related("by").order_by("recorded_at", "pk"))
    items = list(reduction.items.exclude(verdict=Verdict.KEPT).order_by("pk"))
    day = words.date(acts[-1].on)
    content: dict[str, Any] = {
        "paragraphs": [OPENINGS[kind].format(day=day, agency=reduction.agency.name)],
        "facts": _facts(acts),
        "rows": [_row(number, item.description) for number, item in enumerate(items, start=1)],
        "closing": [f"Jumlah: {len(items)} dokumen. Berita acara ini dan daftarnya disimpan sebagai arsip vital."],
        "signers": [signer for act in acts for signer in _signers(act)],
        "place-date": f"{reduction.agency.place}, {day}",
    }
    return render(
        "lembar_arsip", sheet(reduction.agency, TITLES[kind], number=reduction.number, columns=COLUMNS, **content)
    )


def _facts(acts: list[ReductionAct]) -> list[list[str]]:
    return [
        [DONE[act.kind], f"{act.number + ', ' if act.number else ''}{words.date(act.on)}"]
        for act in acts
        if act.kind in DONE
    ]


def _row(number: int, item: dict[str, str]) -> list[str]:
    who = f"{item['name']}\n{words.nip(item['nip'])}"
    return [str(number), who, item["number"], item["year"], item["classification"], item["box"]]


def _signers(act: ReductionAct) -> list[dict[str, str]]:
    """Who signed by password in the program, and the witnesses and receivers, who sign on the printed sheet."""
    if act.kind in {"sign_unit", "sign_records", "carry_out"}:
        title = {"sign_unit": "Pimpinan unit pengolah", "sign_records": "Pimpinan unit kearsipan"}.get(
            act.kind, "Yang melaksanakan"
        )
        seal = f"{SEALS[act.kind in LAST]}, {words.moment(act.recorded_at)}"
        signed = {"title": title, "name": act.by.full_name, "detail": f"NIP {words.nip(act.by.nip)}", "seal": seal}
        others = [
            {"title": person["part"].capitalize(), "name": person["name"], "detail": person["detail"], "seal": ""}
            for person in act.people
        ]
        return [signed, *others]
    return []
