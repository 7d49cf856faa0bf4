"""Read-only figures across rooms: how the work goes, and what came of it."""
