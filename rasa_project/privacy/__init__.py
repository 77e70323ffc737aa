"""Keeping identities out of the record."""
