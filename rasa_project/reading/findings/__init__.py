"""Every boolean and choice fact of a message: what is said, of whom, when, and with what certainty."""
