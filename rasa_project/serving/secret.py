"""Header that carries the secret which the two servers of one start share."""

SECRET_HEADER = "X-Action-Secret"
