"""Passwords, one-time codes, and how often somebody may be wrong."""

import datetime as dt

import pytest
from tests.office import NOW, PASSWORD, Office

from takar.accounts import actions
from takar.accounts.models import Activation, Attempts, User
from takar.common import clock
from takar.common.errors import InvalidInput, NotAllowed

NEW = "gunung-hijau-77"


def later(monkeypatch: pytest.MonkeyPatch, **time: int) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(**time))


def test_account_without_password_lets_nobody_in(office: Office) -> None:
    user = actions.create_user(username="199001012015041001", name="Orang Baru")
    assert (user.has_usable_password(), user.check_password("")) == (False, False)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("pendek", "10 karakter"),
        ("password123", "terlalu umum"),
        ("1234567890123", "seluruhnya terdiri dari angka"),
        ("199001012015041001", "mirip dengan NIP atau nama pengguna"),
        ("", "10 karakter"),
    ],
)
def test_weak_password_is_refused_with_its_reason(office: Office, password: str, reason: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        actions.create_user(username="199001012015041001", name="Orang Baru", password=password)
    assert reason in " ".join(problem.message for problem in refused.value.problems)
    assert not User.objects.filter(username="199001012015041001").exists()


def test_code_is_easy_to_copy_and_kept_as_its_digest_only(office: Office) -> None:
    code = actions.issue_activation(user=office.rekan.user)
    kept = Activation.objects.get(user=office.rekan.user)
    assert [len(part) for part in code.split("-")] == [4, 4, 4]
    assert not set(code) & set("IO01")
    assert (len(kept.digest), code.replace("-", "") in kept.digest) == (64, False)
    assert kept.expires_at == NOW + dt.timedelta(days=14)


@pytest.mark.parametrize("written", [str, str.lower, lambda code: code.replace("-", ""), lambda code: f"  {code} "])
def test_code_may_be_typed_carelessly(office: Office, written: "type[str]") -> None:
    code = actions.issue_activation(user=office.rekan.user)
    user = actions.activate(username=office.rekan.user.username, code=written(code), password=NEW)
    assert User.objects.get(pk=user.pk).check_password(NEW)


def test_code_works_once_for_its_own_person(office: Office) -> None:
    code = actions.issue_activation(user=office.rekan.user)
    with pytest.raises(NotAllowed):
        actions.activate(username=office.staf.user.username, code=code, password=NEW)
    actions.activate(username=office.rekan.user.username, code=code, password=NEW)
    with pytest.raises(NotAllowed):
        actions.activate(username=office.rekan.user.username, code=code, password=f"{NEW}-lain")


def test_newer_code_ends_the_earlier(office: Office) -> None:
    first, second = (actions.issue_activation(user=office.rekan.user) for _ in range(2))
    with pytest.raises(NotAllowed):
        actions.activate(username=office.rekan.user.username, code=first, password=NEW)
    actions.activate(username=office.rekan.user.username, code=second, password=NEW)


@pytest.mark.parametrize(("seconds", "works"), [(-1, True), (0, False), (1, False)])
def test_code_ends_after_fourteen_days(
    office: Office, monkeypatch: pytest.MonkeyPatch, seconds: int, works: bool
) -> None:
    code = actions.issue_activation(user=office.rekan.user)
    later(monkeypatch, days=14, seconds=seconds)
    if works:
        assert actions.activate(username=office.rekan.user.username, code=code, password=NEW) == office.rekan.user
    else:
        with pytest.raises(NotAllowed):
            actions.activate(username=office.rekan.user.username, code=code, password=NEW)


def test_code_of_a_closed_account_does_not_work(office: Office) -> None:
    code = actions.issue_activation(user=office.rekan.user)
    User.objects.filter(pk=office.rekan.user_id).update(is_active=False)
    with pytest.raises(NotAllowed):
        actions.activate(username=office.rekan.user.username, code=code, password=NEW)


def test_weak_choice_does_not_use_the_code_up(office: Office) -> None:
    code = actions.issue_activation(user=office.rekan.user)
    with pytest.raises(InvalidInput):
        actions.activate(username=office.rekan.user.username, code=code, password="pendek")
    assert User.objects.get(pk=office.rekan.user_id).check_password(PASSWORD)
    actions.activate(username=office.rekan.user.username, code=code, password=NEW)


def test_five_tries_in_five_minutes(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        actions.throttle(key="a")
    for _ in range(2):
        with pytest.raises(NotAllowed) as refused:
            actions.throttle(key="a")
    assert refused.value.message == "Terlalu banyak percobaan yang salah. Tunggu lima menit, lalu coba lagi."
    actions.throttle(key="b")
    later(monkeypatch, minutes=5)
    with pytest.raises(NotAllowed):
        actions.throttle(key="a")
    later(monkeypatch, minutes=5, seconds=1)
    actions.throttle(key="a")


def test_right_password_ends_the_count(office: Office) -> None:
    for password in ("salah", "salah", "salah", "salah", PASSWORD):
        if password == PASSWORD:
            actions.confirm_password(user=office.staf.user, password=password)
        else:
            with pytest.raises(NotAllowed):
                actions.confirm_password(user=office.staf.user, password=password)
    assert Attempts.objects.count() == 0


def test_after_five_wrong_ones_the_right_password_waits_too(office: Office) -> None:
    for _ in range(5):
        with pytest.raises(NotAllowed, match="Kata sandi yang dimasukkan salah"):
            actions.confirm_password(user=office.staf.user, password="salah")
    with pytest.raises(NotAllowed, match="Tunggu lima menit"):
        actions.confirm_password(user=office.staf.user, password=PASSWORD)
    actions.confirm_password(user=office.staf2.user, password=PASSWORD)
