"""How people sign in: `.streamlit/secrets.toml`, believed only where nothing in it is in doubt.

`[auth]` is what Streamlit's `st.login` reads. `[raadsvar]` has `roles`, the claim that tells
a person's roles, and `closed`, who may see what is behind closed doors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from rag.errors import InputError
from rag.types import Text

HERE = ("localhost", "127.0.0.1", "::1")
_SECRET = 32  # characters: with a cookie secret that can be guessed, anyone signs themselves in
_ANYONE = ("/common/", "/organizations/", "/consumers/")  # Entra ID's addresses for every tenant

_UNUSABLE = Text(
    "Rådsvar er lukket: log ind er ikke sat rigtigt op i .streamlit/secrets.toml ({cause}). Se "
    "docs/sign-in.md. Til brug på denne maskine alene startes Rådsvar med `raadsvar app --local`.",
    "Rådsvar is closed: sign-in is not set up rightly in .streamlit/secrets.toml ({cause}). See "
    "docs/sign-in.md. For use on this machine alone, start Rådsvar with `raadsvar app --local`.",
)
_NO_FILE = Text("filen mangler eller kan ikke læses", "the file is missing, or cannot be read")
_NO_SECTION = Text("afsnittet [auth] mangler", "the section [auth] is missing")
_NO_KEY = Text("{key} mangler eller er ikke tekst", "{key} is missing, or no text")
_SHORT = Text(
    f"cookie_secret er under {_SECRET} tegn", f"cookie_secret is under {_SECRET} characters"
)
_NOT_HTTPS = Text("{key} er ingen https-adresse", "{key} is no https address")
_CALLBACK = Text(
    "redirect_uri ender ikke på /oauth2callback", "redirect_uri does not end in /oauth2callback"
)
_TENANT = Text(
    "server_metadata_url lukker enhver organisation ind",
    "server_metadata_url lets every organisation in",
)
_ROLES = Text("[raadsvar] roles er ikke tekst", "[raadsvar] roles is no text")
_CLOSED = Text(
    "[raadsvar] closed er ikke en liste af tekster", "[raadsvar] closed is no list of texts"
)


def settings() -> Mapping[str, Any]:
    """Return the section `[raadsvar]` of a valid configuration.

    Raises InputError where the file is missing, broken, or leaves in doubt who is let in.
    """
    if not _is_there():
        raise _unusable(_NO_FILE)
    auth, house = st.secrets.get("auth"), st.secrets.get("raadsvar", {})
    fault = next(_faults(auth, house), None)
    if fault is not None:
        raise _unusable(fault)
    return house  # type: ignore[no-any-return]


def named() -> bool:
    """Tell whether a configuration names sign-in at all, be it valid or not."""
    return _is_there() and "auth" in st.secrets


def unreadable() -> bool:
    """Tell whether there is a configuration that nobody can tell what says."""
    try:
        there = any(Path(file).exists() for file in st.get_option("secrets.files"))
    except OSError:
        return True
    return there and not st.secrets.load_if_toml_exists()


def secure() -> bool:
    """Tell whether people reach the app by https. Raises as `settings` does."""
    settings()
    return str(st.secrets["auth"]["redirect_uri"]).startswith("https:")


def _is_there() -> bool:
    # Streamlit keeps what it read when the file is deleted.
    files = st.get_option("secrets.files")
    return any(Path(file).exists() for file in files) and st.secrets.load_if_toml_exists()


def _faults(auth: object, house: object) -> Iterator[Text]:
    if not isinstance(auth, Mapping):
        yield _NO_SECTION
        return
    keys = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
    missing = [k for k in keys if not isinstance(auth.get(k), str) or not auth[k].strip()]
    yield from (_of(_NO_KEY, key) for key in missing)
    if missing:
        return
    if len(auth["cookie_secret"]) < _SECRET:
        yield _SHORT
    for key in ("redirect_uri", "server_metadata_url"):
        if not _is_safe(auth[key]):
            yield _of(_NOT_HTTPS, key)
    if not auth["redirect_uri"].endswith("/oauth2callback"):
        yield _CALLBACK
    if any(part in auth["server_metadata_url"].casefold() for part in _ANYONE):
        yield _TENANT
    if not isinstance(house, Mapping) or not isinstance(house.get("roles", ""), str):
        yield _ROLES
    elif not _are_texts(house.get("closed", [])):
        yield _CLOSED


def _is_safe(address: str) -> bool:
    """Tell whether nobody between can read or change what is sent to an address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in HERE)
    )


def _are_texts(entries: object) -> bool:
    return isinstance(entries, list) and all(isinstance(entry, str) for entry in entries)


def _of(text: Text, key: str) -> Text:
    return Text(text.da.format(key=key), text.en.format(key=key))


def _unusable(cause: Text) -> InputError:
    return InputError(
        Text(_UNUSABLE.da.format(cause=cause.da), _UNUSABLE.en.format(cause=cause.en))
    )
