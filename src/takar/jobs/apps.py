import datetime as dt

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "takar.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Forgetting what is old, here and in the rooms below."""
        from takar.accounts.actions import forget_attempts  # noqa: PLC0415 -- models are there only now
        from takar.accounts.sessions import forget_sessions  # noqa: PLC0415 -- likewise
        from takar.jobs.actions import prune_jobs  # noqa: PLC0415 -- likewise
        from takar.jobs.registry import Rhythm, register  # noqa: PLC0415 -- likewise
        from takar.repeats.actions import forget_old  # noqa: PLC0415 -- likewise

        register(
            "jobs.prune",
            "Merapikan daftar pekerjaan",
            lambda _work: prune_jobs(),
            rhythm=Rhythm(daily_at=dt.time(1, 30)),
        )
        register(
            "repeats.forget",
            "Melupakan kunci kiriman lama",
            lambda _work: forget_old(),
            rhythm=Rhythm(daily_at=dt.time(1, 45)),
        )
        register(
            "accounts.forget",
            "Melupakan sesi yang berakhir dan hitungan percobaan lama",
            lambda _work: (forget_sessions(), forget_attempts()),
            rhythm=Rhythm(daily_at=dt.time(1, 50)),
        )
