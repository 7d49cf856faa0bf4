"""The sign-in form in the office's words."""

from typing import Any

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm

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
