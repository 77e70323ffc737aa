"""Numbers of a case: age, body, laboratory values, durations and dexamethasone."""
