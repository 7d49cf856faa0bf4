import datetime as dt

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "takar.notices"
    label = "notices"

    def ready(self) -> None:
        """The room's own background work."""
        from takar.jobs.registry import Rhythm, register  # noqa: PLC0415 -- models are there only now
        from takar.notices.actions import prune  # noqa: PLC0415 -- likewise
        from takar.notices.letters import post  # noqa: PLC0415 -- likewise

        register("notices.post", "Mengirim surel pemberitahuan", post, rhythm=Rhythm(every_minutes=5))
        register(
            "notices.prune",
            "Merapikan pemberitahuan lama",
            lambda _work: prune(),
            rhythm=Rhythm(daily_at=dt.time(1, 40)),
        )
