"""The buku catatan perilaku as the reader may read it."""

from takar.appraisal.notebook import can_note, notes_for
from takar.casework.printing import cards
from takar.common import clock, words
from takar.documents.emblems import with_pictures
from takar.documents.forms.render import render
from takar.documents.forms.shapes import Note
from takar.organisation.models import Employee


def notebook_pdf(reader: Employee, person: Employee, year: int) -> bytes | None:
    """What was noted about somebody in a year; None for whoever may read none of it."""
    notes = notes_for(reader, person)
    if reader.pk != person.pk and not can_note(reader, person) and not notes.exists():
        return None
    rows: list[Note] = [
        {
            "date": words.date(note.seen_on),
            "text": f"{note.get_aspect_display()}: {note.text}" if note.aspect else note.text,
            "by": f"{note.author.full_name}\nNIP {words.nip(note.author.nip)}",
        }
        for note in notes.filter(seen_on__year=year).order_by("seen_on", "recorded_at")
    ]
    seat = cards.seats_of([person], clock.today()).get(person.pk)
    content = {
        **cards.office_of(person.agency),
        "period": str(year),
        "employee": cards.seated(person, seat),
        "notes": rows,
    }
    return render("catatan_perilaku", with_pictures(content))
