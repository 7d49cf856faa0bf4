"""Who may what, written down from the SOP and the regulations and not from the code: read it as an inspector would.

One line for an act: who may, then in which states of the case or plan (nothing: whatever the state). People are the cast
of `tests.rights.cast`. Sources: the SOP's column "Pelaksana" (steps 1 to 7); PP 46/2011 Pasal 21 to 25; PermenPANRB 6/2022
Lampiran Bab II (plan), Bab V (after the evaluation), hlm. 89 (Plt./Plh.); PP 28/2012 Pasal 57 to 86 (archive); and the rule
that nobody decides on himself. Whoever stands in no line may nothing: the former superior, whose mandate is over, a person
of another unit, a person of another office with all its offices.
"""

STATEMENT = """
# Kantor: the personnel desk keeps the office, the Administrator looks after the installation
office.manage                   kasubbag admin
mandate.keep                    kepala kasubbag admin
office.add                      admin
reset.rule                      kepala kasubbag admin
reset.rule_off                  kepala
period.open                     kasubbag admin
achievement.record              kepala kasubbag
plan.keep                       kasubbag staf
office.print                    kepala sekretaris kasubbag staf plt
copies.keep                     kasubbag staf plt
archive.keep                    kasubbag staf plt
archive.decide                  kasubbag plt
privacy.decide                  kasubbag
privacy.record                  kepala kasubbag admin
sop.draft                       kasubbag admin
sop.times                       kepala kasubbag admin
sop.approve                     kepala admin
sop.read_draft                  kepala sekretaris kasubbag admin
sop.oversee                     kepala sekretaris kasubbag plt

# Pegawai
account.close                   kasubbag admin
reset.ask                       kasubbag admin
reset.confirm                   kepala kasubbag admin
plan.draft                      pegawai kasubbag staf
plan.matrix                     atasan atasan2 plh pegawai rekan kepala sekretaris kasubbag staf
credit.open                     kasubbag admin
notebook.write                  atasan
notebook.read                   pegawai atasan atasan2
feedback.invite                 pegawai atasan
feedback.give                   atasan

# SKP: the employee's own until submitted, the superior's to agree, the one above to settle what they did not agree on
plan.move:isi                   pegawai kasubbag staf          | draf
plan.move:betulkan              atasan2                        | diserahkan
plan.move:ajukan                pegawai kasubbag staf          | draf
plan.move:tarik                 pegawai kasubbag staf          | diajukan
plan.move:setujui               atasan plh                     | diajukan
plan.move:kembalikan            atasan plh                     | diajukan
plan.move:serahkan              pegawai atasan plh             | diajukan
plan.move:tetapkan              atasan2                        | diserahkan
plan.move:kertas                kasubbag staf                  | draf, diajukan
plan.move:ubah                  pegawai atasan plh kasubbag staf | disepakati
plan.move:akhiri                kasubbag staf                  | disepakati
plan.move:batalkan              pegawai kasubbag staf          | draf
progress.record                 pegawai kasubbag staf

# Langkah SOP
step.act:1                      staf                           | 1, 1 kembali
step.act:2                      kasubbag plt                   | 2
step.return:2-1                 kasubbag plt                   | 2
step.act:3                      staf                           | 3, 3 kembali
step.act:4                      atasan plh                     | 4, 4 lewat
step.return:4-1                 atasan plh                     | 4, 4 lewat
step.return:4-3                 atasan plh                     | 4, 4 lewat
step.act:4 diambil alih         atasan2                        | 4 alih
step.return:4-1 diambil alih    atasan2                        | 4 alih
step.return:4-3 diambil alih    atasan2                        | 4 alih
step.act:5                      pegawai                        | setuju, keberatan, penjelasan, 5 lewat
step.act:6                      staf                           | diputus, 6, disampaikan, disahkan
step.act:7                      kasubbag plt                   | 7

# Berkas: what stands in an objection is for the parties and the Kasubbag
case.see                        pegawai atasan atasan2 plh kepala sekretaris kasubbag staf plt
case.read_texts                 pegawai atasan atasan2 plh kasubbag
case.reassign                   kasubbag admin                 | 1, 1 kembali, 2, 3, 3 kembali, 4, 4 lewat
document.withdraw               kepala kasubbag                | setuju, keberatan, penjelasan, diputus, 5 lewat, 6, disampaikan, disahkan, 7, selesai

# Sesudah penilaian, PP 46/2011: the Kasubbag records what was done on paper
case.act:take_over              atasan2                        | 4 lewat
case.act:deliver                atasan plh kasubbag            | setuju, 5 lewat
case.act:receive                pegawai                        | setuju
case.act:object                 pegawai kasubbag               | setuju, 6, disampaikan, disahkan, 7, selesai
case.act:object terlambat       kasubbag                       | 5 lewat
case.act:respond                atasan plh kasubbag            | keberatan
case.act:hear_assessor          atasan2 kasubbag               | keberatan, penjelasan
case.act:hear_employee          atasan2 kasubbag               | keberatan
case.act:confirm                atasan2 kasubbag               | penjelasan
case.act:change                 atasan2 kasubbag               | penjelasan
case.act:set                    atasan2 kasubbag               | 5 lewat
case.act:forward                atasan plh kasubbag            | keberatan, penjelasan, 5 lewat, 6
case.act:ratify                 atasan2 kasubbag               | disampaikan

# Sesudah evaluasi, PermenPANRB 6/2022: whose each act is; when it can be done is told by its facts
case.act6:take_over             atasan2
case.act6:deliver               atasan plh kasubbag
case.act6:superior_deliver      atasan2 kasubbag
case.act6:receive               pegawai
case.act6:object                pegawai kasubbag
case.act6:respond               atasan plh kasubbag
case.act6:hear_assessor         atasan2 kasubbag
case.act6:hear_employee         atasan2 kasubbag
case.act6:confirm               atasan2 kasubbag
case.act6:change                atasan2 kasubbag
case.act6:report                atasan plh kasubbag
case.act6:superior_report       atasan2 kasubbag

# Penyusutan arsip: the unit's head lists and carries out, the office's head decides and hands over
reduction.act:pindah:list       kasubbag staf plt
reduction.act:pindah:sign_unit  kasubbag plt
reduction.act:pindah:sign_records kepala sekretaris
reduction.act:musnah:committee  kepala kasubbag plt
reduction.act:musnah:list       kasubbag staf plt
reduction.act:musnah:appraise   kasubbag plt
reduction.act:musnah:approve    kasubbag plt
reduction.act:musnah:decide     kepala
reduction.act:musnah:carry_out  kasubbag plt
reduction.act:musnah:report     kasubbag plt
reduction.act:musnah-10:committee kepala kasubbag plt
reduction.act:musnah-10:list    kasubbag staf plt
reduction.act:musnah-10:appraise kasubbag plt
reduction.act:musnah-10:approve kasubbag plt
reduction.act:musnah-10:decide  kepala kasubbag plt
reduction.act:musnah-10:carry_out kasubbag plt
reduction.act:musnah-10:report  kasubbag plt
reduction.act:serah:committee   kepala kasubbag plt
reduction.act:serah:list        kasubbag staf plt
reduction.act:serah:appraise    kasubbag plt
reduction.act:serah:notify      kepala
reduction.act:serah:approve     kasubbag plt
reduction.act:serah:decide      kepala kasubbag plt
reduction.act:serah:carry_out   kepala

# Pekerjaan latar: one that the Kasubbag asked for and that failed
job.retry                       kasubbag
"""

Stated = tuple[frozenset[str], frozenset[str]]


def stated(cast: frozenset[str]) -> dict[str, list[Stated]]:
    """Act → who, and in which states (none: in all). Words after the act's key only tell two lines apart."""
    found: dict[str, list[Stated]] = {}
    for line in STATEMENT.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        left, _, states = line.partition("|")
        key, *words = left.split()
        people = frozenset(words) & cast
        extra = set(words) - cast - {"diambil", "alih", "terlambat"}
        assert not extra, extra
        found.setdefault(key, []).append((people, frozenset(s.strip() for s in states.split(",") if s.strip())))
    return found


def may(lines: list[Stated], state: str) -> frozenset[str]:
    return next((people for people, states in lines if not states or state in states), frozenset())
