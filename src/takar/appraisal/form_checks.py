"""What can stand in a formulir kinerja, whoever sends it: page, spreadsheet or another system."""

from collections.abc import Iterator
from decimal import Decimal

from takar.appraisal.enums import CreativityLevel, ExtraKind, Figure, Reported
from takar.appraisal.figures import column_problems
from takar.appraisal.types import ExtraData, FormData, LineData, StudyData
from takar.common.errors import InvalidInput, Problem

LONGEST_NAME, LONGEST_NOTE, LONGEST_LETTER = 500, 1000, 120
LONGEST_STUDY = {"level": 10, "institution": 20, "programme": 2}
HIGHEST_GPA = 4
MOST_EXTRAS = 200
FIGURES = (*Figure.values, Reported.FIGURE.value)
# What a line says, figures and words, with the labels of step 3.
SAID = {**dict(Figure.choices), **dict(Reported.choices)}


def check_form(data: FormData) -> None:
    """Whoever calls, the database never has to refuse."""
    problems = [
        *(problem for number, line in enumerate(data.lines, start=1) for problem in _of_line(number, line)),
        *(problem for extra in data.extras for problem in _of_extra(extra)),
        *(_of_study(data.study) if data.study else ()),
    ]
    if len(data.extras) > MOST_EXTRAS:
        problems.append(Problem("Unsur penunjang", f"Paling banyak {MOST_EXTRAS}; gabungkan yang sejenis."))
    if problems:
        raise InvalidInput("Formulir belum disimpan.", problems)


def _of_line(number: int, line: LineData) -> Iterator[Problem]:
    where = f"Baris {number}"
    yield from column_problems(where, ((name, str(SAID[name]), getattr(line, name)) for name in FIGURES))
    if len(line.name) > LONGEST_NAME:
        yield Problem(f"{where}, Uraian", f"Paling panjang {LONGEST_NAME} huruf.")
    for label, text in ((SAID[Reported.REALISATION.value], line.realisation), ("Keterangan", line.note)):
        if len(text) > LONGEST_NOTE:
            yield Problem(f"{where}, {label}", f"Paling panjang {LONGEST_NOTE} huruf.")


def _of_extra(extra: ExtraData) -> Iterator[Problem]:
    where = f"{ExtraKind(extra.kind).label} “{extra.name[:60]}”"
    if len(extra.name) > LONGEST_NAME or len(extra.letter) > LONGEST_LETTER:
        yield Problem(where, f"Uraian paling panjang {LONGEST_NAME} huruf, nomor surat {LONGEST_LETTER}.")
    if extra.kind == ExtraKind.CREATIVITY and extra.level not in CreativityLevel.values:
        yield Problem(where, "Pilih tingkat manfaatnya: unit, organisasi, atau negara.")
    if extra.kind == ExtraKind.ADDITIONAL and extra.level:
        yield Problem(where, "Tugas tambahan tidak bertingkat; kosongkan tingkatnya.")


def _of_study(study: StudyData) -> Iterator[Problem]:
    if study.gpa is not None and not 0 <= study.gpa <= HIGHEST_GPA:
        yield Problem("IPK", "Isi antara 0 dan 4.")
    elif study.gpa is not None and study.gpa != study.gpa.quantize(Decimal("0.01")):
        yield Problem("IPK", "Paling banyak 2 angka di belakang koma.")
    for name, most in LONGEST_STUDY.items():
        if len(getattr(study, name)) > most:
            yield Problem("Tugas belajar", "Pilih jenjang dan akreditasi dari daftar.")
