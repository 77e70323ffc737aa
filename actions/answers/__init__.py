"""A message as an answer to the question that was put, or as a correction of one."""
