"""Every sign-in, failed or not, and every sign-out as a line of the log: who, from where, how it went.

What was typed is never written: only an account that exists is named, because people type their password there too.
"""

import logging
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from takar.accounts.adapter import normal_username
from takar.accounts.models import User
from takar.common.addresses import client_address

LOG = logging.getLogger("takar.security")
LONGEST = 64


def connect() -> None:
    user_logged_in.connect(_entered, dispatch_uid="log-entered")
    user_logged_out.connect(_left, dispatch_uid="log-left")
    user_login_failed.connect(_failed, dispatch_uid="log-failed")


def _entered(*, request: HttpRequest, user: User, **_rest: Any) -> None:
    LOG.info("masuk: akun %s dari %s", user.pk, _place(request))


def _left(*, request: HttpRequest, user: User | None, **_rest: Any) -> None:
    LOG.info("keluar: akun %s dari %s", user.pk if user else "-", _place(request))


def _failed(*, credentials: dict[str, Any], request: HttpRequest | None = None, **_rest: Any) -> None:
    name = normal_username(str(credentials.get("username") or ""))
    known = User.objects.filter(username=name).values_list("pk", flat=True).first()
    LOG.warning("gagal masuk: akun %s dari %s", known or "tidak dikenal", _place(request))


def _place(request: HttpRequest | None) -> str:
    """An address holds no line break, whatever a proxy was sent."""
    return "".join(client_address(request).split())[:LONGEST] if request is not None else "-"
