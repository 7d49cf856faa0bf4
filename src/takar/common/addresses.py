"""Where the program is reached from outside a page (what a printed QR code leads to), and where a request came from."""

from django.conf import settings
from django.http import HttpRequest


def absolute(path: str) -> str:
    """A path of this program as a whole address: "https://takar.example.go.id/periksa/K7QX…/"."""
    return f"{settings.ADDRESS.rstrip('/')}{path}"


def client_address(request: HttpRequest) -> str:
    """Where the request came from; behind the office's own proxy, what that proxy says."""
    if settings.BEHIND_PROXY:
        return str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
