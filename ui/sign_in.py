"""Who uses a session: signed in by OpenID Connect, or the one user of this machine.

`.streamlit/secrets.toml` says which: `[auth]` as Streamlit's `st.login` reads
it, and `[raadsvar]` with `roles`, the claim that tells a person's roles, and
`closed`, who may see what is behind closed doors, by e-mail address or by the
claim `oid` (Entra ID's) or `sub`.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import streamlit as st

from rag.errors import InputError
from rag.store.access import LOCAL, ROLES, User
from rag.types import Text

_HERE = ("localhost", "127.0.0.1", "::1")
_HOURS = 12  # a role taken away is gone by the next working day

EXPOSED = Text(
    "Rådsvar kan nås fra andre maskiner ({address}), men ingen skal logge ind. Slå log ind til i "
    ".streamlit/secrets.toml (se docs/sign-in.md), eller sæt server.address til localhost.",
    "Rådsvar can be reached from other machines ({address}), but nobody has to sign in. Set up "
    "sign-in in .streamlit/secrets.toml (see docs/sign-in.md), or set server.address to localhost.",
)


def user() -> User | None:
    """Return who uses this session, None where they are to sign in first.

    Raises InputError where other machines reach the app and nobody signs in.
    """
    if not configured():
        check_address(st.get_option("server.address"))
        return LOCAL
    claims: dict[str, Any] = dict(st.user.to_dict())
    fresh = time.time() - float(claims.get("iat") or 0) < _HOURS * 3600
    if not claims.get("is_logged_in") or not fresh:
        return None
    return user_of(claims, st.secrets.get("raadsvar", {}))


def configured() -> bool:
    """Tell whether people sign in."""
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets


def check_address(address: str | None) -> None:
    """Raise InputError where other machines reach the app at `address` and nobody signs in."""
    if address not in _HERE and not configured():
        shown = address or "0.0.0.0"
        raise InputError(Text(*(text.format(address=shown) for text in EXPOSED)))


def user_of(claims: Mapping[str, Any], settings: Mapping[str, Any]) -> User:
    """Return the user that an identity provider's `claims` tell of, by the house's `settings`.

    Everyone signed in is a politician; the other roles are those named in the
    claim, a list or words.
    """
    told = claims.get(settings.get("roles", "roles")) or ()
    words = re.split(r"[\s,]+", told) if isinstance(told, str) else map(str, told)
    named = {word.casefold() for word in words}
    # "email" is checked by the provider, "preferred_username" may be the user's own choice.
    mail = claims.get("email") if claims.get("email_verified", True) in (True, "true") else None
    known = {str(c).casefold() for c in (claims.get("oid"), claims.get("sub"), mail) if c}
    closed = {str(entry).casefold() for entry in settings.get("closed", ())}
    return User(
        # A digest: what a provider calls someone may itself be personal.
        id=sha256(f"{claims.get('iss')} {claims.get('oid') or claims['sub']}".encode()).hexdigest(),
        name=str(claims.get("name") or mail or claims["sub"]),
        roles=frozenset({"politician", *(role for role in ROLES if role in named)}),
        closed=bool(known & closed),
    )
