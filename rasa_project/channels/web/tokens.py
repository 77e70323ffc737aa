"""Tokens of the host page: who is sitting in front of the widget, signed by the hospital's own system."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import jwt

AUDIENCE = "mm-vte-chat"
#: Seconds from issue to expiry that a token may be valid. It only opens a session, at once.
MAX_LIFETIME = 600
#: Seconds that the clocks of the two servers may differ.
LEEWAY = 30
MAX_NAME_CHARS = 100


class TokenRefusedError(Exception):
    """The token does not name a clinician whom we may believe."""


@dataclass(frozen=True)
class Clinician:
    """Who uses a session, as the host page's token says; both empty on a machine without keys."""

    name: str = ""
    department: str = ""


def clinician_of(token: str, keys: Sequence[str]) -> Clinician:
    """Verify a JWT (HS256; ``aud`` mm-vte-chat, ``sub``, ``department``, ``iat``, ``exp``).

    Raises TokenRefusedError when no key verifies it, a claim is missing, or it lives longer than
    MAX_LIFETIME.
    """
    for key in keys:
        try:
            claims = jwt.decode(
                token,
                key,
                algorithms=["HS256"],
                audience=AUDIENCE,
                leeway=LEEWAY,
                options={"require": ["sub", "department", "iat", "exp", "aud"]},
            )
        except jwt.InvalidSignatureError:
            continue
        except jwt.PyJWTError as error:
            raise TokenRefusedError(type(error).__name__) from error
        return _clinician(claims)
    raise TokenRefusedError("signature")


def _clinician(claims: dict[str, object]) -> Clinician:
    issued, expires = claims["iat"], claims["exp"]
    if not isinstance(issued, int | float) or not isinstance(expires, int | float):
        raise TokenRefusedError("times")
    if expires - issued > MAX_LIFETIME:
        raise TokenRefusedError("lifetime")
    return Clinician(_name(claims["sub"]), _name(claims["department"]))


def _name(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= MAX_NAME_CHARS or not value.isprintable():
        raise TokenRefusedError("name")
    return value
