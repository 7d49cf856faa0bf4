"""The sign-in form in the office's words."""

from typing import Any

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm
from allauth.account.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm

from takar.accounts.adapter import normal_username


class SignInForm(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "NIP"
        self.fields["login"].widget.attrs = {"autocomplete": "username", "class": "form-control", "autofocus": True}
        self.fields["password"].label = "Kata sandi"
        self.fields["password"].widget.attrs = {"autocomplete": "current-password", "class": "form-control"}

    def clean_login(self) -> str:
        return normal_username(str(self.cleaned_data["login"]))


class ChangePasswordForm(AllauthChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "oldpassword": "Kata sandi sekarang",
            "password1": "Kata sandi baru",
            "password2": "Ulangi kata sandi baru",
        }
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].widget.attrs["class"] = "form-control"
            self.fields[name].widget.attrs.pop("placeholder", None)


class ConfirmPasswordForm(AllauthReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "Kata sandi"
        self.fields["password"].widget.attrs = {"autocomplete": "current-password", "class": "form-control"}


class _Code:
    """A field for what the authenticator app shows, typed on whatever keyboard there is."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Kode dari aplikasi autentikator, atau satu kode cadangan"
        self.fields["code"].widget.attrs = {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "class": "form-control",
        }


class CodeForm(_Code, AuthenticateForm):  # type: ignore[misc]
    """At sign-in."""


class ConfirmCodeForm(_Code, ReauthenticateForm):  # type: ignore[misc]
    """Before the account's security is changed."""


class ActivateCodeForm(_Code, ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Kode enam angka dari aplikasi"


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Nama kunci, misalnya telepon saya"
        self.fields["name"].widget.attrs["class"] = "form-control"
