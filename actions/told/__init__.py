"""Facts told in a few words, which only what was said before makes plain."""
