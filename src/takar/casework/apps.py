from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "takar.casework"
    label = "casework"

    def ready(self) -> None:
        """The room's own background work."""
        from takar.casework.dues import RECOUNT, recount  # noqa: PLC0415 -- models are there only now
        from takar.casework.printing.office import register_kind  # noqa: PLC0415 -- likewise
        from takar.casework.reminders import REMIND, remind  # noqa: PLC0415 -- likewise
        from takar.jobs.registry import Rhythm, register  # noqa: PLC0415 -- likewise

        register(REMIND, "Mengingatkan yang jatuh tempo", remind, rhythm=Rhythm(every_minutes=5))
        register(RECOUNT, "Menghitung ulang jatuh tempo", recount, rhythm=Rhythm(every_minutes=5))
        register_kind(register)
