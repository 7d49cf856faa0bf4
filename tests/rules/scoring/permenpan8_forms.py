"""Good inputs for PermenPANRB 8/2021, to be changed in one place by a test."""

from typing import Any

BEHAVIOUR = ("orientasi_pelayanan", "komitmen", "inisiatif_kerja", "kerja_sama")


def indicator(realisation: Any, *target: Any, **changes: Any) -> dict[str, Any]:
    """One indicator: its realisation against a target of one figure or two edges."""
    edges = dict(zip(("min", "max"), target or ("100",), strict=False))
    return {"name": "Persentase layanan", "target": edges, "realisation": realisation} | changes


def planned(*indicators: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """One kinerja utama with its indicators."""
    return {"name": "Layanan terlaksana", "kind": "utama", "indicators": list(indicators)} | changes


def extra(realisation: Any, weight: Any) -> dict[str, Any]:
    """One kinerja tambahan with one indicator."""
    return planned(indicator(realisation), kind="tambahan", scope_weight=weight)


def form(**changes: Any) -> dict[str, Any]:
    """A complete form of a pelaksana who is exactly on target."""
    data: dict[str, Any] = {
        "method": "permenpan8-2021",
        "period": {"start": "2021-07-01", "end": "2021-12-31"},
        "position": "ja_jf",
        "results": [planned(indicator("100"))],
        "behaviour": dict.fromkeys(BEHAVIOUR, "100"),
    }
    return data | changes
