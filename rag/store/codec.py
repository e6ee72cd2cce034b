"""Dataclasses as JSON and back, by their type hints.

Knows dataclasses, named tuples, tuples, `dict[str, ...]`, `X | None`, literals,
Decimal (as text), dates (ISO) and JSON's own types. Fields that have their
default are left out, so a type may gain fields that have one.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import typing
import zlib
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from msgspec.json import Decoder

from rag.errors import DamagedError

T = TypeVar("T")


def encode(value: Any) -> str:
    """Return `value` as JSON. Raises TypeError where it holds what has no JSON form here."""
    return _JSON.encode(value)


def decode(kind: type[T], text: str) -> T:
    """Return the `kind` that `encode` wrote. Raises DamagedError where `text` is none."""
    chosen: Any = kind
    try:
        value: T = _decoder(chosen).decode(text)
    except ValueError as error:
        raise DamagedError(str(error)) from error
    return value


@contextmanager
def unharmed() -> Iterator[None]:
    """Turn what reading garbled JSON, packed bytes or dates raises into DamagedError."""
    try:
        yield
    except DamagedError:
        raise
    except (ValueError, TypeError, KeyError, zlib.error) as error:
        raise DamagedError(str(error)) from error


def shape(*kinds: type) -> str:
    """Return a fingerprint of all fields and types that these types consist of."""
    seen: dict[str, str] = {}
    for kind in kinds:
        _describe(kind, seen)
    return hashlib.sha256(repr(sorted(seen.items())).encode()).hexdigest()[:16]


@cache
def _decoder(kind: Hashable) -> Decoder[Any]:
    return Decoder(kind)


def _plain(value: Any) -> Any:
    """Return what JSON has none of as what it has."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if not dataclasses.is_dataclass(value):
        raise TypeError(f"no JSON form for a {type(value).__name__}")
    fields = _defaults(value.__class__)
    return {name: own for name, usual in fields if (own := getattr(value, name)) != usual}


_JSON = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_plain
)


@cache
def _defaults(kind: type) -> tuple[tuple[str, Any], ...]:
    """Return the fields of a dataclass, each with its default; MISSING, equal to no value."""
    return tuple(
        (f.name, f.default if f.default_factory is dataclasses.MISSING else f.default_factory())
        for f in dataclasses.fields(kind)
    )


def _describe(kind: Any, seen: dict[str, str]) -> None:
    for arg in typing.get_args(kind):
        _describe(arg, seen)
    if dataclasses.is_dataclass(kind) or hasattr(kind, "_fields"):
        name = typing.cast(type, kind).__name__
        if name not in seen:
            hints = typing.get_type_hints(kind)
            seen[name] = repr(sorted((field, repr(hint)) for field, hint in hints.items()))
            for hint in hints.values():
                _describe(hint, seen)
