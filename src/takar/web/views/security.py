"""One's own way in: password, second factor, passkeys, recovery codes. allauth does the work; each change is an event."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.views import ReauthenticateView
from allauth.core import context as allauth_context
from allauth.mfa import app_settings
from allauth.mfa.base import views as factors
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy

from takar.accounts.sessions import end_sign_in, end_sign_ins, sign_ins
from takar.audit.actions import record
from takar.organisation.queries import employee_of
from takar.resets.queries import history_of
from takar.web.http import PersonRequest, page, small_number

KINDS = {"totp": "aplikasi autentikator", "webauthn": "kunci sandi", "recovery_codes": "kode cadangan"}
Answer = Callable[..., HttpResponse]
# Where allauth keeps, in the session, when and how somebody proved who he is.
PROOFS = "account_authentication_methods"


@page("GET")
def security(request: PersonRequest) -> HttpResponse:
    """What protects the account, and what can be added."""
    kept = list(Authenticator.objects.filter(user=request.user).order_by("created_at", "pk"))
    kinds = {authenticator.type for authenticator in kept}
    context = {"authenticators": [(KINDS[row.type], row) for row in kept], "kinds": kinds}
    context["history"] = history_of(request.employee.user_id)
    return render(request, "web/account/security.html", context)


@page("GET", "POST")
@reauthentication_required(app="allauth.mfa", allow_get=True)  # type: ignore[untyped-decorator]
def sessions(request: PersonRequest) -> HttpResponse:
    """Sesi saya: where the account is signed in, and the end of what is not one's own."""
    key, me = request.session.session_key or "", request.employee
    if request.method == "POST":
        by, chosen = me.by("pemilik akun"), request.POST.get("sesi")
        if chosen is None:
            ended = end_sign_ins(user_id=me.user_id, by=by, keep=key)
        else:
            ended = end_sign_in(user_id=me.user_id, by=by, sign_in_id=small_number(chosen))
        messages.success(request, f"{ended} sesi diakhiri." if ended else "Tidak ada sesi lain yang terbuka.")
        return redirect("sessions")
    return render(request, "web/account/sessions.html", {"rows": sign_ins(me.user_id, key)})


@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
@page("GET")
def recovery_codes(request: PersonRequest) -> HttpResponse:
    """What is left of them; allauth's own page notes that it was seen, and a GET writes nothing here."""
    kept = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).first()
    if kept is None:
        return redirect("mfa_index")
    context = {"unused_codes": kept.wrap().get_unused_codes(), "total_count": app_settings.RECOVERY_CODE_COUNT}
    return render(request, "web/account/recovery_codes.html", context)


def _whole(view: Any, template: str, **settings: Any) -> Answer:
    """A change and its event are one transaction; a page that only shows opens none."""
    answer = view.as_view(template_name=template, **settings)

    @wraps(answer)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method != "POST":
            return answer(request, *args, **kwargs)
        with transaction.atomic():
            return answer(request, *args, **kwargs)

    return guarded


def _renewed(answer: Answer) -> Answer:
    """Whoever proves once more who he is gets a new session token; the old one opens nothing."""

    @wraps(answer)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        proofs = list(request.session.get(PROOFS, ()))
        response = answer(request, *args, **kwargs)
        before = request.session.session_key
        if before and list(request.session.get(PROOFS, ())) != proofs:
            request.session.cycle_key()
            UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)
        return response

    return guarded


authenticate = factors.AuthenticateView.as_view(template_name="web/account/second_factor.html")
reauthenticate = _renewed(ReauthenticateView.as_view(template_name="web/account/reauthenticate.html"))
reauthenticate_factor = _renewed(factors.ReauthenticateView.as_view(template_name="web/account/reauthenticate.html"))
reauthenticate_passkey = _renewed(
    passkeys.ReauthenticateWebAuthnView.as_view(template_name="web/account/reauthenticate_passkey.html")
)
activate_totp = _whole(totp.ActivateTOTPView, "web/account/totp.html")
deactivate_totp = _whole(totp.DeactivateTOTPView, "web/account/totp_remove.html")
new_recovery_codes = _whole(recovery.GenerateRecoveryCodesView, "web/account/recovery_codes_new.html")
add_passkey = _whole(passkeys.AddWebAuthnView, "web/account/passkey.html")
remove_passkey = _whole(
    passkeys.RemoveWebAuthnView, "web/account/passkey_remove.html", success_url=reverse_lazy("mfa_index")
)
sign_in_with_passkey = passkeys.LoginWebAuthnView.as_view()


def connect() -> None:
    """Let the audit trail hear of every change, inside its transaction: allauth's own signals come after it."""
    post_save.connect(_saved, sender=Authenticator, dispatch_uid="factor-added")
    post_delete.connect(_deleted, sender=Authenticator, dispatch_uid="factor-removed")


def _saved(*, instance: Authenticator, created: bool, **_rest: object) -> None:
    if created:
        _record(instance, "account.factor_added")


def _deleted(*, instance: Authenticator, **_rest: object) -> None:
    _record(instance, "account.factor_removed")


def _record(authenticator: Authenticator, verb: str) -> None:
    owner = employee_of(authenticator.user_id)
    if owner is not None:
        stream = f"account:{authenticator.user_id}"
        after = {"kind": KINDS[authenticator.type]}
        here = allauth_context.request
        record(stream=stream, verb=verb, by=owner.by("pemilik akun"), subject=stream, after=after)
        keep = here.session.session_key if here is not None and hasattr(here, "session") else ""
        end_sign_ins(user_id=authenticator.user_id, by=owner.by("pemilik akun"), keep=keep or "")
