from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "takar.archive"
    label = "archive"

    def ready(self) -> None:
        """The room's own background work."""
        from takar.archive.package_jobs import KIND, LABEL, make_package  # noqa: PLC0415 -- models are there only now
        from takar.jobs.registry import register  # noqa: PLC0415 -- likewise

        register(KIND, LABEL, make_package)
