"""Who uses a session: signed in by OpenID Connect, or the one user of this machine.

Which of the two is decided once, by whoever starts the app (`serve_local`, `serve_signed_in`);
an app that nobody decided for lets nobody in.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Literal

import streamlit as st

from rag.errors import InputError
from rag.store.access import LOCAL, ROLES, User
from rag.types import Text
from ui.sessions import HOURS, ended
from ui.settings import HERE, named, settings, unreadable

_served: Literal["locally", "signed in"] | None = None
_SKEW = 300  # seconds that the provider's clock may be ahead of ours

EXPOSED = Text(
    "Rådsvar kan nås fra andre maskiner ({address}), men ingen skal logge ind. Slå log ind til i "
    ".streamlit/secrets.toml (se docs/sign-in.md), eller sæt server.address til localhost.",
    "Rådsvar can be reached from other machines ({address}), but nobody has to sign in. Set up "
    "sign-in in .streamlit/secrets.toml (see docs/sign-in.md), or set server.address to localhost.",
)
_NOT_LOCAL = Text(
    "Log ind er sat op i .streamlit/secrets.toml: start Rådsvar uden --local.",
    "Sign-in is set up in .streamlit/secrets.toml: start Rådsvar without --local.",
)
_UNREADABLE = Text(
    ".streamlit/secrets.toml kan ikke læses, så det er uvist, om folk skal logge ind. Ret filen, "
    "eller flyt den væk, før Rådsvar startes med --local.",
    ".streamlit/secrets.toml cannot be read, so that nobody knows whether people are to sign in. "
    "Mend the file, or move it away, before starting Rådsvar with --local.",
)
_NOT_STARTED = Text(
    "Rådsvar er lukket: start den med `raadsvar app`, eller `raadsvar app --local` til brug på "
    "denne maskine alene.",
    "Rådsvar is closed: start it with `raadsvar app`, or `raadsvar app --local` for use on this "
    "machine alone.",
)


def serve_local(address: str | None) -> None:
    """Let whoever uses this machine be the local user, who may do everything.

    Raises InputError where others reach the app at `address`, or people are, or may be, to
    sign in.
    """
    global _served
    if address not in HERE:
        shown = address or "0.0.0.0"
        raise InputError(Text(*(text.format(address=shown) for text in EXPOSED)))
    if unreadable():
        raise InputError(_UNREADABLE)
    if named():
        raise InputError(_NOT_LOCAL)
    _served = "locally"


def serve_signed_in() -> None:
    """Let in who has signed in, as `ui.settings` says; raises InputError where it does not."""
    global _served
    settings()
    _served = "signed in"


def is_local() -> bool:
    """Tell whether this app serves the local user. Raises InputError where nobody decided."""
    if _served is None:
        raise InputError(_NOT_STARTED)
    return _served == "locally"


def user() -> User | None:
    """Return who uses this session, None where they are to sign in first.

    Raises InputError where the app lets nobody in.
    """
    if is_local():
        return LOCAL
    house = settings()
    claims: dict[str, Any] = dict(st.user.to_dict())
    return user_of(claims, house) if is_live(claims) else None


def is_live(claims: Mapping[str, Any]) -> bool:
    """Tell whether the sign-in that `claims` tell of is a whole one, and still holds."""
    age = time.time() - signed_in_at(claims)
    return (
        claims.get("is_logged_in") is True
        and bool(_text(claims, "sub"))
        and -_SKEW < age < HOURS * 3600
        and not ended(session_of(claims))
    )


def signed_in_at(claims: Mapping[str, Any]) -> float:
    """Return when someone signed in, in seconds since 1970; 0 where that is not told."""
    told = claims.get("iat")
    return float(told) if isinstance(told, int | float) and not isinstance(told, bool) else 0.0


def session_of(claims: Mapping[str, Any]) -> str:
    """Return what one sign-in of one person is known by, in every tab and copy of its cookie."""
    told = [str(claims.get(name)) for name in ("iss", "sub", "iat", "nonce")]
    return sha256("\n".join(told).encode()).hexdigest()


def user_of(claims: Mapping[str, Any], house: Mapping[str, Any]) -> User:
    """Return the user that an identity provider's `claims` tell of, by the settings of the house.

    Everyone signed in is a politician; the other roles are those named in the
    claim, a list of words. A claim of another kind than it should be tells nothing.
    """
    told = claims.get(house.get("roles", "roles"))
    words = told if isinstance(told, list) and all(isinstance(w, str) for w in told) else ()
    roles = {word.casefold() for word in words}
    oid, sub = _text(claims, "oid"), _text(claims, "sub")
    # "preferred_username", and an address not verified, may be the user's own choice.
    mail = _text(claims, "email") if claims.get("email_verified") in (True, "true") else ""
    return User(
        # A digest: what a provider calls someone may itself be personal.
        id=sha256(f"{claims.get('iss')} {oid or sub}".encode()).hexdigest(),
        name=_text(claims, "name") or mail or sub,
        roles=frozenset({"politician", *(role for role in ROLES if role in roles)}),
        closed=any(_names(entry.strip(), oid, sub, mail) for entry in house.get("closed", ())),
    )


def _names(entry: str, oid: str, sub: str, mail: str) -> bool:
    """Tell whether an entry of the house's list names a person: an address only by an address."""
    if "@" in entry:
        return entry.casefold() == mail.casefold()
    return bool(entry) and (entry.casefold() == oid.casefold() or entry == sub)


def _text(claims: Mapping[str, Any], name: str) -> str:
    told = claims.get(name)
    return told.strip() if isinstance(told, str) else ""
