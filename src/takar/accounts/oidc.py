"""Signing in with the account that the regional government gives (OpenID Connect): who it is, nothing more.

allauth keeps the state, the proof of the code (PKCE) and the exchange. What it leaves out is here: the ID token's signature
is always verified, its nonce is the one that was sent, and nobody gets an account: the NIP in the claim is that of somebody
who is in the program already.
"""

import logging
from typing import Any, cast

import jwt
import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from takar.accounts.adapter import normal_username
from takar.accounts.models import User
from takar.audit.actions import record
from takar.audit.types import By

LOG = logging.getLogger(__name__)
PROVIDER = "kantor"
# Signatures of a key that only the provider has: never a shared secret, never none.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
LEEWAY_SECONDS = 30
LONGEST_CLAIM = 40
UNREADABLE = (
    OAuth2Error,
    requests.RequestException,
    jwt.PyJWTError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
)


def is_set() -> bool:
    return bool(settings.OIDC_ISSUER and settings.OIDC_CLIENT)


class OfficeOidc(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """The provider's addresses and what it says of the person."""

    def __init__(self, request: HttpRequest, provider_id: str = PROVIDER) -> None:
        super().__init__(request, provider_id)

    @property
    def openid_config(self) -> dict[str, Any]:
        config = cast(dict[str, Any], super().openid_config)
        if str(config.get("issuer", "")).rstrip("/") != settings.OIDC_ISSUER.rstrip("/"):
            raise OAuth2Error("the provider calls itself otherwise than the setting")
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:  # noqa: ARG002
        return str(request.build_absolute_uri(reverse("oidc_return")))

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:  # noqa: ARG002
        """What the signed ID token says; the claim may also come from the provider's own answer about the same person."""
        claims = self._verified(str(kwargs["response"].get("id_token", "")))
        if settings.OIDC_CLAIM not in claims:
            told = self._fetch_user_info(token.token)
            if told.get("sub") == claims["sub"]:
                claims[settings.OIDC_CLAIM] = told.get(settings.OIDC_CLAIM, "")
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims})

    def _verified(self, id_token: str) -> dict[str, Any]:
        config = self.openid_config
        with get_adapter().get_requests_session() as session:
            answer = session.get(config["jwks_uri"])
            answer.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        return jwt.decode(
            id_token,
            _key_of(id_token, keys).key,
            algorithms=ALGORITHMS,
            audience=settings.OIDC_CLIENT,
            issuer=config["issuer"],
            leeway=LEEWAY_SECONDS,
            options={"require": ["sub", "exp", "iat", "aud", "iss", "nonce"]},
        )


def _key_of(id_token: str, keys: list[jwt.PyJWK]) -> jwt.PyJWK:
    """The key that the token names; one that names none has the only one there is (OpenID Connect Core 10.1)."""
    name = jwt.get_unverified_header(id_token).get("kid")
    found = [key for key in keys if name is None or key.key_id == name]
    if len(found) != 1:
        raise OAuth2Error("no single key of the provider is that of the token")
    return found[0]


class OfficeProvider(OpenIDConnectProvider):  # type: ignore[misc]
    oauth2_adapter_class = OfficeOidc


class OfficeSocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Nobody is added, and nothing is connected: an answer of the provider is somebody who is known, or a refusal."""

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> OfficeProvider:  # noqa: ARG002
        app = SocialApp(
            provider="openid_connect",
            provider_id=PROVIDER,
            name=settings.OIDC_NAME,
            client_id=settings.OIDC_CLIENT,
            secret=settings.OIDC_SECRET,
            settings={"server_url": settings.OIDC_ISSUER.rstrip("/"), "oauth_pkce_enabled": True},
        )
        return OfficeProvider(request, app=app)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        claims = sociallogin.account.extra_data["id_token"]
        if not constant_time_compare(str(claims["nonce"]), str(sociallogin.state.get("nonce"))):
            raise refused(request, "answer")
        user = known_person(str(claims.get(settings.OIDC_CLAIM) or ""))
        if user is None:
            raise refused(request, "unknown")
        if not user.is_active:
            raise refused(request, "closed")
        sociallogin.user = user
        with transaction.atomic():
            stream, by = f"account:{user.pk}", By(id=str(user.pk), name=user.name, role="pemilik akun")
            after = {"issuer": settings.OIDC_ISSUER}
            record(stream=stream, verb="account.identified", by=by, subject=stream, after=after)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,  # noqa: ARG002
        error: Any = None,
        exception: Exception | None = None,
        **_more: Any,
    ) -> None:
        if isinstance(exception, requests.RequestException):
            raise refused(request, "down")
        LOG.warning("an answer of the OIDC provider was refused: %s", type(exception).__name__)
        raise refused(request, "cancelled" if error == "cancelled" else "answer")


def known_person(claim: str) -> User | None:
    """The account of this NIP; the name of an account without NIP is nobody's to claim."""
    nip = normal_username(claim[:LONGEST_CLAIM])
    return User.objects.filter(username=nip).first() if nip.isascii() and nip.isdigit() else None


SENTENCES = {
    "answer": "Jawaban {name} tidak dapat dipercaya atau sudah kedaluwarsa, sehingga Anda belum masuk. Mulailah sekali lagi "
    "dari halaman Masuk; bila terulang, sampaikan kepada Administrator.",
    "unknown": "{name} mengenal Anda, tetapi NIP-nya tidak terdaftar di kantor ini, sehingga Anda belum masuk. Mintalah Kasubbag "
    "Umum dan Kepegawaian memeriksa daftar pegawai.",
    "closed": "Akun ini sudah ditutup. Hubungi Kasubbag Umum dan Kepegawaian.",
    "cancelled": "Anda belum masuk karena membatalkannya di {name}. Mulailah lagi, atau pakai NIP dan kata sandi.",
    "down": "{name} sedang tidak dapat dihubungi, sehingga Anda belum masuk. Coba lagi sebentar, atau pakai NIP dan kata sandi.",
}


def refused(request: HttpRequest, why: str) -> ImmediateHttpResponse:
    sentence = SENTENCES[why].format(name=settings.OIDC_NAME)
    context = {"title": "Belum masuk", "message": sentence}
    return ImmediateHttpResponse(render(request, "web/account/oidc_refused.html", context, status=403))
