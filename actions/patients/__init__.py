"""Of whom a message tells, where it is not the patient of the case alone."""
