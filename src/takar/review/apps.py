from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "takar.review"
    label = "review"

    def ready(self) -> None:
        """Make the work of this room known to the background."""
        from takar.jobs.registry import Rhythm, register  # noqa: PLC0415 -- models are ready only now
        from takar.review import conformance, reminders, whatif  # noqa: PLC0415 -- likewise

        register("review.conformance", "Periksa kesesuaian berkas dengan SOP", conformance.run)
        register(
            reminders.REMIND,
            "Mengingatkan pemantauan dan evaluasi SOP",
            reminders.remind,
            rhythm=Rhythm(every_minutes=60),
        )
        register("review.what_if", "Hitung bagaimana jika", whatif.run)
