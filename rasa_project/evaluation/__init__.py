"""Measures the understanding on sentences that no training file holds."""
