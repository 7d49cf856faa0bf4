"""Requests that arrive twice and are done once: the key that each carries, and the answer that it was given."""
