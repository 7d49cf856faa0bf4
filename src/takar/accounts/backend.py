"""Who a session belongs to, asked by a statement that is made once a process; passwords are checked as Django does."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import UUIDField

from takar.accounts.models import User
from takar.common.prepared import Prepared, Slot

_BY_KEY: Prepared[User] = Prepared(lambda: User.objects.filter(pk=Slot("pk", UUIDField())).order_by())


class Backend(ModelBackend):
    def get_user(self, user_id: Any) -> User | None:
        user = next(iter(_BY_KEY(pk=user_id)), None)
        return user if user is not None and self.user_can_authenticate(user) else None
