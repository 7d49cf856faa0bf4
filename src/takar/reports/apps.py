from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "takar.reports"
    label = "reports"

    def ready(self) -> None:
        """Make the work of this room known to the background."""
        from takar.jobs.registry import Rhythm, register  # noqa: PLC0415 -- models are ready only now
        from takar.reports import keeping  # noqa: PLC0415 -- likewise

        register(keeping.COUNT, "Menghitung laporan periode", keeping.run)
        register(
            keeping.KEEP, "Menghitung laporan periode yang besar", keeping.keep_all, rhythm=Rhythm(every_minutes=15)
        )
