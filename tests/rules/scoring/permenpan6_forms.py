"""Good inputs for PermenPANRB 6/2022, to be changed in one place by a test."""

from typing import Any

VALUES = ("berorientasi_pelayanan", "akuntabel", "kompeten", "harmonis", "loyal", "adaptif", "kolaboratif")


def work(rating: str | None = "sesuai", **changes: Any) -> dict[str, Any]:
    """One hasil kerja utama."""
    return {"name": "Layanan perizinan terselesaikan", "kind": "utama", "rating": rating} | changes


def measured(low: Any, high: Any, realisation: Any, direction: str = "naik") -> dict[str, Any]:
    """One indicator with a target that is a range (or one figure) and what was reached."""
    return {"target": {"min": low, "max": high, "direction": direction}, "realisation": realisation}


def behaviours(**changes: str) -> dict[str, str]:
    """All seven values, consistent for oneself."""
    return dict.fromkeys(VALUES, "konsisten") | changes


def form(**changes: Any) -> dict[str, Any]:
    """A complete annual evaluation in which everything meets the expectation."""
    data: dict[str, Any] = {
        "method": "permenpan6-2022",
        "period": {"start": "2022-01-01", "end": "2022-12-31"},
        "cycle": "tahunan",
        "organisation": {"achievement": "baik"},
        "results": [work()],
        "behaviours": behaviours(),
        "decision": {"result": "sesuai", "behaviour": "sesuai"},
    }
    return data | changes
