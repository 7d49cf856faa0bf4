"""Every form that the program prints: what it is called, where its layout comes from, which template sets it."""

from dataclasses import dataclass

PERMENPAN6 = "PermenPANRB 6/2022"
PP46 = "PP 46/2011 dan Perka BKN 1/2013"


@dataclass(frozen=True, slots=True)
class FormKind:
    """`key` is its name in addresses and files, `code` the annex's own number, `source` where the layout was read.

    `people` is false where a form concerns nobody in particular.
    """

    key: str
    code: str
    title: str
    template: str
    regulation: str
    source: str

    @property
    def label(self) -> str:
        """How lists and file names call it: "A.1.7 SKP kuantitatif, …"."""
        return f"{self.code} {self.title}".strip()


def _annex(code: str, title: str, template: str, pages: str) -> FormKind:
    return FormKind(code.lower().replace(".", "-"), code, title, template, PERMENPAN6, f"naskah hlm. {pages}")


HEADS = "pejabat pimpinan tinggi dan pimpinan unit kerja mandiri"
STAFF = "pejabat administrasi dan pejabat fungsional"

FORMS: tuple[FormKind, ...] = (
    FormKind("formulir-kinerja", "", "Formulir kinerja (langkah 1)", "formulir_kinerja", "SOP", "bentuk program ini"),
    FormKind("skp-pp46", "", "Formulir Sasaran Kerja PNS", "skp_pp46", PP46, "dari aplikasi yang mencetaknya"),
    FormKind("capaian-skp", "", "Penilaian Capaian SKP", "capaian_skp", PP46, "dari aplikasi yang mencetaknya"),
    FormKind(
        "catatan-perilaku", "", "Buku Catatan Perilaku", "catatan_perilaku", PP46, "dari aplikasi yang mencetaknya"
    ),
    FormKind(
        "prestasi-kerja", "", "Penilaian Prestasi Kerja", "prestasi_kerja", PP46, "dari aplikasi yang mencetaknya"
    ),
    FormKind(
        "keterangan-tambahan", "", "Surat keterangan tugas tambahan", "surat_keterangan", PP46, "bentuk program ini"
    ),
    FormKind(
        "keterangan-kreativitas", "", "Surat keterangan kreativitas", "surat_keterangan", PP46, "bentuk program ini"
    ),
    _annex("A.1.1", f"SKP kualitatif, {HEADS}", "skp_kinerja", "32–33"),
    _annex("A.1.2", f"SKP kuantitatif, {HEADS}", "skp_kinerja", "34–36"),
    _annex("A.1.3", "Manual indikator kinerja", "manual_iki", "38"),
    _annex("A.1.5", "Matriks pembagian peran dan hasil", "matriks_peran", "48–49"),
    _annex("A.1.6", f"SKP kualitatif, {STAFF}", "skp_kinerja", "55–56"),
    _annex("A.1.7", f"SKP kuantitatif, {STAFF}", "skp_kinerja", "57–59"),
    _annex("A.1.8", "Lampiran SKP", "lampiran_skp", "61"),
    _annex("B.1.1", "Rencana aksi", "rencana_aksi", "67"),
    _annex("B.1.2", "Pendokumentasian kinerja", "rencana_aksi", "68"),
    _annex("B.1.3", "Rekaman umpan balik, kualitatif", "hasil_evaluasi", "71–72"),
    _annex("B.1.4", f"Rekaman umpan balik kuantitatif, {HEADS}", "hasil_evaluasi", "73–74"),
    _annex("B.1.5", f"Rekaman umpan balik kuantitatif, {STAFF}", "hasil_evaluasi", "75–77"),
    _annex("C.1.1", "Hasil evaluasi, kualitatif", "hasil_evaluasi", "105–107"),
    _annex("C.1.2", f"Hasil evaluasi kuantitatif, {HEADS}", "hasil_evaluasi", "108–110"),
    _annex("C.1.3", f"Hasil evaluasi kuantitatif, {STAFF}", "hasil_evaluasi", "111–113"),
    _annex("D.1.1", "Dokumen evaluasi kinerja", "dokumen_evaluasi", "115"),
    _annex("D.1.2", "Dokumen evaluasi kinerja oleh atasan pejabat penilai", "dokumen_evaluasi", "116"),
    _annex("D.1.3", "Dokumen evaluasi kinerja sesudah keberatan", "dokumen_evaluasi", "118"),
    FormKind(
        "konversi-ak",
        "",
        "Konversi predikat kinerja ke angka kredit",
        "konversi_ak",
        "PermenPANRB 1/2023 dan Peraturan BKN 3/2023",
        "dari salinan formulirnya",
    ),
)

BY_KEY = {form.key: form for form in FORMS}
