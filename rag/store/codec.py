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
from collections.abc import Hashable
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from msgspec.json import Decoder

T = TypeVar("T")


def encode(value: Any) -> str:
    """Return `value` as JSON. Raises TypeError where it holds what has no JSON form here."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def decode(kind: type[T], text: str) -> T:
    """Return the `kind` that `encode` wrote. Raises ValueError where `text` is none."""
    chosen: Any = kind
    value: T = _decoder(chosen).decode(text)
    return value


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
    """Return a value as what JSON has."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(v) for key, v in value.items()}
    if not dataclasses.is_dataclass(value):
        raise TypeError(f"no JSON form for a {type(value).__name__}")
    own = ((f, getattr(value, f.name)) for f in dataclasses.fields(value))
    return {f.name: _plain(v) for f, v in own if not _is_default(f, v)}


def _is_default(field: dataclasses.Field[Any], value: Any) -> bool:
    if field.default_factory is not dataclasses.MISSING:
        return bool(value == field.default_factory())
    return field.default is not dataclasses.MISSING and bool(value == field.default)


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
