"""What is said back: cards and their plain text."""
