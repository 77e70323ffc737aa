"""Plays Tencent: for tests, and for a person in the terminal."""
