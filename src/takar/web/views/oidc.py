"""Signing in with the account of the regional government: there, back, and in.

The provider leads back by a GET, which writes nothing here: the page that answers it sends itself on as a POST.
"""

import secrets

import requests
from allauth.account.views import LoginView
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from takar.accounts.oidc import PROVIDER, UNREADABLE, OfficeOidc, is_set, refused
from takar.organisation.enums import Role
from takar.organisation.policies import has_role
from takar.organisation.queries import employee_of
from takar.web.http import public

ONLY_ADMINISTRATORS = (
    "Di kantor ini hanya Administrator yang masuk dengan kata sandi. Pakailah tombol {name}; kata sandi Anda tetap diminta saat "
    "menandatangani."
)


@public("POST")
def start(request: HttpRequest) -> HttpResponse:
    """Lead to the provider; a form may not be led outside (CSP), so the answer is a page that goes on by itself."""
    if not is_set():
        raise Http404
    provider = get_adapter().get_provider(request, PROVIDER)
    nonce, wanted = secrets.token_urlsafe(24), request.POST.get("next", "")
    following = wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else None
    try:
        answer = provider.redirect(request, "login", next_url=following, auth_params={"nonce": nonce}, nonce=nonce)
    except UNREADABLE as error:
        return _refusal(request, error)
    address = answer.headers.get("Location")
    if address is None:
        return _refusal(request, ValueError())
    page = render(request, "web/account/oidc_leave.html", {"address": address, "name": settings.OIDC_NAME})
    page.headers["Refresh"] = f"0; url={address}"
    return page


@public("GET", "POST")
def come_back(request: HttpRequest) -> HttpResponse:
    """Back from the provider with a code; the POST exchanges it."""
    answer: HttpResponse
    if not is_set():
        raise Http404
    if request.GET.get("error") == "access_denied":
        answer = refused(request, "cancelled").response
        return answer
    if request.method == "GET":
        context = {"address": request.get_full_path(), "name": settings.OIDC_NAME}
        return render(request, "web/account/oidc_return.html", context)
    try:
        answer = OAuth2CallbackView.adapter_view(OfficeOidc(request))(request)
    except UNREADABLE as error:
        return _refusal(request, error)
    return answer


def _refusal(request: HttpRequest, error: Exception) -> HttpResponse:
    why: ImmediateHttpResponse = refused(request, "down" if isinstance(error, requests.RequestException) else "answer")
    answer: HttpResponse = why.response
    return answer


class SignIn(LoginView):  # type: ignore[misc]
    """With NIP and password; where the office says so, for Administrators alone."""

    template_name = "web/sign_in.html"

    def form_valid(self, form: object) -> HttpResponse:
        if settings.OIDC_ONLY and is_set():
            person = employee_of(form.user.pk)  # type: ignore[attr-defined]
            if person is None or not has_role(person, Role.ADMIN):
                form.add_error(None, ONLY_ADMINISTRATORS.format(name=settings.OIDC_NAME))  # type: ignore[attr-defined]
                return self.form_invalid(form)  # type: ignore[no-any-return]
        return super().form_valid(form)  # type: ignore[no-any-return]


sign_in = SignIn.as_view()


@require_http_methods(["GET"])
def no_password(_request: HttpRequest) -> HttpResponse:
    """Where allauth leads whoever wants another password and has none: a code gives the first one."""
    return redirect("activate")
