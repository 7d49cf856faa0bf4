"""What is not a case: one's own sessions and data, a key for a script, the office's reminders, and a password lost."""

from collections.abc import Callable

from tests.stories.people import KASUBBAG, KEPALA, PASSWORD, PEGAWAI, PHONE, STAF, Person
from tests.stories.program import Program, takar

BUDI = "Budi Hartono, S.E."
NEW_PASSWORD = "kucing oranye di atap 41"
KEY = "Rekap bulanan, komputer loket"


def test_people_keep_their_own_affairs(person: Callable[..., Person], demo: Program) -> None:
    budi, phone = person(PEGAWAI), person(PEGAWAI, PHONE)
    nurul, rahmadi, rina = person(KASUBBAG), person(KEPALA), person(STAF)

    ends_the_session_on_the_phone(budi, phone)
    reads_and_corrects_the_own_data(budi)
    has_a_key_made_and_takes_it_back(rina)
    sets_when_lateness_is_told(nurul)
    code = gets_a_code_from_two(nurul, rahmadi)
    chooses_a_new_password(phone, code)
    assert "Tidak ada kelainan." in takar("verify", data=demo.data)


def ends_the_session_on_the_phone(budi: Person, phone: Person) -> None:
    budi.page.goto("/akun/sesi/")
    budi.picture("sesi-saya", budi.page.locator("h1"), budi.main.get_by_role("button", name="Akhiri semua sesi lain"))
    budi.press("Akhiri semua sesi lain")
    budi.reads_heading("Benarkah ini Anda?")
    budi.fill(Kata_sandi=PASSWORD)
    budi.press("Lanjutkan")
    budi.reads("1 sesi diakhiri.")
    phone.page.goto("/berkas/")
    phone.reads_heading("Masuk")


def reads_and_corrects_the_own_data(budi: Person) -> None:
    budi.page.goto("/data-saya/")
    budi.picture("data-saya", budi.page.locator("h1"), budi.main.locator("tbody tr").nth(1))
    budi.press("Minta perbaikan")
    budi.forgive(422)
    budi.fill(Data_yang_keliru="Golongan")
    budi.main.get_by_label("Yang seharusnya, dengan dasarnya").fill("III/d, SK 800/1/2026")
    budi.press("Minta perbaikan")
    budi.reads("III/d, SK 800/1/2026")


def has_a_key_made_and_takes_it_back(rina: Person) -> None:
    """The key itself is shown once."""
    rina.page.goto("/akun/kunci-api/")
    rina.main.get_by_label("Nama (untuk apa, di mesin mana)").fill(KEY)
    rina.fill(Kata_sandi_Anda=PASSWORD)
    rina.press("Buat kunci")
    rina.reads("Kunci baru dibuat.", KEY)
    secret = rina.main.locator(".alert code").inner_text()
    asked = rina.context.request.get("/api/v1/tasks", headers={"Authorization": f"Bearer {secret}"})
    assert asked.status == 200
    rina.page.goto("/akun/kunci-api/")
    rina.reads_not(secret)
    rina.picture("kunci-api", rina.page.locator("h1"), rina.main.get_by_role("button", name="Buat kunci"))
    rina.press("Cabut")
    rina.reads("dicabut")
    refused = rina.context.request.get("/api/v1/tasks", headers={"Authorization": f"Bearer {secret}"})
    assert refused.status == 401


def sets_when_lateness_is_told(nurul: Person) -> None:
    nurul.page.goto("/kantor/pengingat/")
    nurul.picture("pengingat", nurul.page.locator("h1"), nurul.main.locator("ol.levels").nth(1))
    hours = nurul.main.locator("ol.levels input").first
    hours.fill("enam")
    nurul.press("Simpan")
    nurul.forgive(422)
    assert hours.input_value() == "enam"
    hours.fill("6")
    nurul.press("Simpan")
    nurul.page.goto("/kantor/pengingat/")
    assert hours.input_value() == "6"


def gets_a_code_from_two(nurul: Person, rahmadi: Person) -> str:
    """From now on a second person agrees; it is not whoever asked."""
    nurul.page.goto("/kantor/reset/")
    nurul.press("Wajibkan orang kedua")
    nurul.page.goto("/kantor/")
    nurul.main.get_by_role("row").filter(has_text=BUDI).get_by_role("link", name="aktif").click()
    nurul.main.get_by_label("Alasan, misalnya lupa kata sandi").fill("Lupa kata sandi; datang sendiri.")
    nurul.press("Minta kode baru")
    nurul.page.goto("/kantor/reset/")
    nurul.reads("menunggu orang kedua")
    rahmadi.page.goto("/kantor/reset/")
    rahmadi.picture("reset-sandi", rahmadi.page.locator("h1"), rahmadi.main.locator("table"))
    rahmadi.press("Setujui dan tampilkan kodenya")
    return rahmadi.main.locator(".code-card .code").inner_text()


def chooses_a_new_password(phone: Person, code: str) -> None:
    phone.page.goto("/aktivasi/")
    phone.fill(NIP=PEGAWAI, Kode_aktivasi=code, Kata_sandi_baru=NEW_PASSWORD, Ulangi_kata_sandi_baru=NEW_PASSWORD)
    phone.press("Simpan kata sandi dan masuk")
    phone.reads_heading("Beranda")
    phone.page.goto("/akun/")
    phone.reads("Kode aktivasi", "Nurul")
