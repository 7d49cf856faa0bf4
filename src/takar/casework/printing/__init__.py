"""The official forms filled from rows: which there are for a plan, a case, a notebook, and what each says."""
