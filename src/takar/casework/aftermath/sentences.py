"""Acts in words: how the history tells of them, and why one cannot be done."""

from collections.abc import Mapping

TOLD: Mapping[str, str] = {
    "take_over": "Penilaian diambil alih atasan pejabat penilai",
    "deliver": "Hasil penilaian diserahkan kepada pegawai",
    "receive": "Hasil penilaian diterima pegawai",
    "object": "Keberatan diajukan",
    "respond": "Tanggapan pejabat penilai atas keberatan",
    "hear_assessor": "Penjelasan pejabat penilai dicatat",
    "hear_employee": "Penjelasan pegawai dicatat",
    "confirm": "Keberatan diputus: nilai semula ditetapkan",
    "change": "Keberatan diputus: nilai diubah",
    "set": "Hasil penilaian ditetapkan atasan pejabat penilai",
    "forward": "Hasil penilaian disampaikan kepada atasan pejabat penilai",
    "ratify": "Hasil penilaian disahkan",
    "superior_deliver": "Hasil evaluasi disampaikan atasan pejabat penilai",
    "report": "Hasil evaluasi dilaporkan kepada PyB",
    "superior_report": "Hasil evaluasi dilaporkan atasan pejabat penilai kepada PyB",
}

# Why an act cannot be done yet, by the first fact of the group that is missing.
MISSING: Mapping[str, str] = {
    "approved": "Hasil penilaian belum disetujui pejabat penilai (langkah 4).",
    "at_assessment": "Berkas tidak sedang menunggu penilaian (langkah 4).",
    "appraise_overdue": "Tenggat pejabat penilai untuk menilai belum lewat.",
    "objected": "Belum ada keberatan.",
    "responded": "Pejabat penilai belum memberi tanggapan; mintalah penjelasannya dan catat dahulu.",
    "employee_heard": "Penjelasan pegawai belum diminta; mintalah dan catat dahulu.",
    "return_overdue": "Tenggat pegawai untuk menandatangani belum lewat.",
    "returned": "Pegawai belum menandatangani dan mengembalikan hasil penilaian, dan tenggatnya belum lewat.",
    "taken_over": "Penilaian ini tidak diambil alih dan hasilnya tidak diubah; tindakan ini milik pejabat penilai.",
    "forwarded": "Pejabat penilai belum menyampaikan hasil penilaian, dan tenggatnya belum lewat.",
}

# Why an act can no longer be done, by the fact that stands in its way.
BARRED: Mapping[str, str] = {
    "approved": "Hasil penilaian sudah disetujui.",
    "taken_over": "Penilaian ini sudah diambil alih atasan pejabat penilai.",
    "final": (
        "Hasil evaluasi oleh atasan pejabat penilai atau oleh kepala daerah bersifat final (PermenPANRB 6/2022 "
        "Lampiran Bab IV huruf A angka 11 dan 12), sehingga keberatan tidak dapat diajukan."
    ),
    "reported": "Hasil evaluasi sudah dilaporkan kepada PyB.",
    "superior_reported": "Hasil evaluasi sudah dilaporkan kepada PyB.",
    "return_overdue": "Tenggat untuk menandatangani dan mengembalikan sudah lewat.",
    "superior_return_overdue": "Tenggat untuk menandatangani dan mengembalikan sudah lewat.",
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
