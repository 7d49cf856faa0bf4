"""Reads on notices, each the reader's own."""

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from takar.notices.enums import NoticeKind
from takar.notices.models import Letter, Notice, Preference
from takar.organisation.models import Employee


def notices_of(reader: Employee) -> QuerySet[Notice]:
    return Notice.objects.filter(person=reader, shown=True).order_by("-created_at", "-pk")


def unread_count() -> Coalesce:
    """As an annotation of an employee: how many notices are unread."""
    unread = Notice.objects.filter(person=OuterRef("pk"), shown=True, read_at__isnull=True).order_by()
    counted = unread.values("person").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def preference_of(reader: Employee) -> Preference:
    """What the person chose, or what holds for those who chose nothing."""
    found = Preference.objects.filter(person=reader).first()
    return found or Preference(person=reader, shown=NoticeKind.values, mailed=NoticeKind.values)


def letters_of(reader: Employee) -> QuerySet[Letter]:
    return Letter.objects.filter(person=reader).order_by("-created_at", "-pk")
