"""Every table of an office says whose it is: itself, or by a required foreign key on the way."""

from typing import Any

from django.apps import apps
from django.db.models import Model

from takar.organisation.models import Agency

# The installation's own.
SHARED = {
    *("accounts_user", "accounts_activation", "accounts_attempts", "accounts_apitoken", "repeats_usedkey"),
    *("audit_event", "audit_leaf", "audit_checkpoint", "files_storedfile", "files_removal", "jobs_schedule"),
    # Work of the schedule is nobody's; what somebody asked for has the agency.
    *("jobs_job", "jobs_jobline"),
}


def leads_to_agency(model: type[Model], seen: tuple[type[Model], ...] = ()) -> bool:
    if model is Agency:
        return True
    fields: list[Any] = [f for f in model._meta.fields if f.is_relation and not f.null]
    return any(leads_to_agency(f.related_model, (*seen, model)) for f in fields if f.related_model not in seen)


def test_every_table_of_an_office_leads_to_it() -> None:
    mine = [model for model in apps.get_models() if model.__module__.startswith("takar.")]
    without = {model._meta.db_table for model in mine if not leads_to_agency(model)}
    assert without == SHARED
