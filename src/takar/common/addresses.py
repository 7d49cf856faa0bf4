"""Where the program is reached from outside a page: what a printed QR code leads to."""

from django.conf import settings


def absolute(path: str) -> str:
    """A path of this program as a whole address: "https://takar.example.go.id/periksa/K7QX…/"."""
    return f"{settings.ADDRESS.rstrip('/')}{path}"
