"""Django's sessions in the database, read by a statement that is made once a process: one stands before every page."""

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.core.exceptions import SuspiciousOperation
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from takar.common.prepared import Prepared, Slot

NAMED = "django.contrib.auth.backends.ModelBackend"
_OPEN: Prepared[Session] = Prepared(
    lambda: Session.objects.filter(
        session_key=Slot("key", CharField()), expire_date__gt=Slot("now", DateTimeField())
    ).order_by()
)


class SessionStore(DatabaseStore):
    """What lies in the database names the backend of release 0.1.0: each version may read the other's sessions."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        named = {BACKEND_SESSION_KEY: NAMED} if BACKEND_SESSION_KEY in session_dict else {}
        return super().encode({**session_dict, **named})

    def decode(self, session_data: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().decode(session_data)
        if found.get(BACKEND_SESSION_KEY) == NAMED:
            found[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        return found

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        """The row, unless it is over; a session that is not there gets a new key, as Django's own does."""
        try:
            found = _OPEN(key=self.session_key, now=timezone.now())
        except SuspiciousOperation as error:
            logging.getLogger(f"django.security.{type(error).__name__}").warning(str(error))
            found = []
        if not found:
            self._session_key: Any = None
        return next(iter(found), None)
