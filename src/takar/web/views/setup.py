"""Before anybody can sign in: the first page of an empty installation, and the first password of a person."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from takar.accounts.adapter import normal_username
from takar.casework.installing import create_installation
from takar.common.errors import DomainError
from takar.organisation.actions import activate_account
from takar.organisation.models import Agency
from takar.resets.queries import reset_used
from takar.rules.nip import parse_nip


class SetupForm(forms.Form):
    name = forms.CharField(label="Nama instansi", max_length=200)
    short_name = forms.CharField(
        label="Nama singkat", max_length=40, help_text="Dipakai dalam nomor dokumen, misalnya DPMPTSP."
    )
    region = forms.CharField(
        label="Pemerintah daerah", max_length=120, help_text="Misalnya Pemerintah Kabupaten Balangan."
    )
    place = forms.CharField(label="Tempat kedudukan", max_length=80, help_text="Misalnya Paringin.")
    nip = forms.CharField(label="NIP Administrator", max_length=24)
    admin_name = forms.CharField(label="Nama Administrator", max_length=150)
    password = forms.CharField(label="Kata sandi", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    again = forms.CharField(
        label="Ulangi kata sandi", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_nip(self) -> str:
        try:
            return parse_nip(self.cleaned_data["nip"]).digits
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def clean_again(self) -> str:
        if self.cleaned_data["again"] != self.cleaned_data.get("password"):
            raise forms.ValidationError("Kedua kata sandi tidak sama; ketik ulang keduanya.")
        return str(self.cleaned_data["again"])


class ActivationForm(forms.Form):
    username = forms.CharField(label="NIP", max_length=40)
    code = forms.CharField(
        label="Kode aktivasi", max_length=20, help_text="Tertulis pada kartu dari Kasubbag, misalnya ABCD-EFGH-JKLM."
    )
    password = forms.CharField(
        label="Kata sandi baru", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label="Ulangi kata sandi baru", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_username(self) -> str:
        return normal_username(self.cleaned_data["username"])


def setup(request: HttpRequest) -> HttpResponse:
    """Only while there is no office."""
    if Agency.objects.exists():
        raise Http404
    form = SetupForm(request.POST if request.method == "POST" else None)
    problems: tuple[object, ...] = ()
    if request.method == "POST" and form.is_valid():
        values = {key: value for key, value in form.cleaned_data.items() if key != "again"}
        try:
            admin = create_installation(**values)
        except DomainError as error:
            problems = (error.message, *getattr(error, "problems", ()))
        else:
            login(request, admin.user, backend=settings.AUTHENTICATION_BACKENDS[0])
            return redirect("office")
    return _page(request, "web/setup.html", form, problems)


def activate(request: HttpRequest) -> HttpResponse:
    form = ActivationForm(request.POST if request.method == "POST" else None)
    problems: tuple[object, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            user = activate_account(**form.cleaned_data)
        except DomainError as error:
            problems = (error.message, *getattr(error, "problems", ()))
        else:
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
            if told := reset_used(user):
                messages.warning(request, told)
            return redirect("home")
    return _page(request, "web/activate.html", form, problems)


def _page(request: HttpRequest, template: str, form: forms.Form, problems: tuple[object, ...]) -> HttpResponse:
    """The form, empty or as it was sent: whoever comes here from a POST has something to correct."""
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"form": form, "problems": problems}, status=status)
