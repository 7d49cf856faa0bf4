"""Who a session belongs to: the account and the person behind it by one statement; passwords are checked as Django does."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from takar.common import clock
from takar.notices.queries import unread_count
from takar.organisation.queries import prepared_reader

READER = prepared_reader(unread=unread_count())


class Backend(ModelBackend):
    def get_user(self, user_id: Any) -> Any:
        """The account, with the person as `reader`; one without a person is looked up alone."""
        person: Any = next(iter(READER(user=user_id, on=clock.today())), None)
        if person is None:
            return super().get_user(user_id)
        person.user.reader = person
        return person.user if self.user_can_authenticate(person.user) else None
