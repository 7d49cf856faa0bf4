"""Signatures on documents: providers behind one interface, and the reading of what they made."""
