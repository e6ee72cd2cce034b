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
import types
import typing
from collections.abc import Callable, Hashable
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")
Convert = Callable[[Any], Any]
_PLAIN = (str, int, float, bool, type(None))


def encode(value: Any, kind: Any = None) -> str:
    """Return `value` as JSON; `kind` is its type where it is no class (`tuple[int, ...]`)."""
    chosen: Any = kind or type(value)
    plain = _converters(chosen)[0](value)
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def decode(kind: type[T], text: str) -> T:
    """Return the `kind` that `encode` wrote. Raises KeyError, TypeError or ValueError."""
    chosen: Any = kind
    value: T = _converters(chosen)[1](json.loads(text))
    return value


def shape(*kinds: type) -> str:
    """Return a fingerprint of all fields and types that these types consist of."""
    seen: dict[str, str] = {}
    for kind in kinds:
        _describe(kind, seen)
    return hashlib.sha256(repr(sorted(seen.items())).encode()).hexdigest()[:16]


@cache
def _converters(kind: Hashable) -> tuple[Convert, Convert]:
    """Return the functions to and from plain JSON values for a type."""
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if kind in _PLAIN or origin is typing.Literal:
        return _same, _same
    if kind is Decimal:
        return str, Decimal
    if kind is dt.date:
        return dt.date.isoformat, dt.date.fromisoformat
    if origin in (typing.Union, types.UnionType):
        return _optional(args)
    if origin is tuple:
        return _tuple(args)
    if origin is dict and args[0] is str:
        return _dict(args[1])
    if dataclasses.is_dataclass(kind):
        return _dataclass(kind)
    if isinstance(kind, type) and hasattr(kind, "_fields"):
        return _named_tuple(kind)
    raise TypeError(f"no JSON form for {kind!r}")


def _same(value: Any) -> Any:
    return value


def _optional(args: tuple[Any, ...]) -> tuple[Convert, Convert]:
    inner = [a for a in args if a is not type(None)]
    if len(inner) != 1 or len(args) != 2:
        raise TypeError(f"no JSON form for a union of {args!r}")
    to, back = _converters(inner[0])
    if to is back is _same:
        return _same, _same
    return (
        lambda value: None if value is None else to(value),
        lambda value: None if value is None else back(value),
    )


def _tuple(args: tuple[Any, ...]) -> tuple[Convert, Convert]:
    if len(args) == 2 and args[1] is Ellipsis:
        to, back = _converters(args[0])
        return lambda value: [to(v) for v in value], lambda value: tuple(back(v) for v in value)
    pairs = [_converters(a) for a in args]
    return (
        lambda value: [p[0](v) for p, v in zip(pairs, value, strict=True)],
        lambda value: tuple(p[1](v) for p, v in zip(pairs, value, strict=True)),
    )


def _dict(kind: Any) -> tuple[Convert, Convert]:
    to, back = _converters(kind)
    return (
        lambda value: {k: to(v) for k, v in value.items()},
        lambda value: {k: back(v) for k, v in value.items()},
    )


def _named_tuple(kind: Any) -> tuple[Convert, Convert]:
    hints = typing.get_type_hints(kind)
    to, back = _tuple(tuple(hints[name] for name in kind._fields))
    return to, lambda value: kind._make(back(value))


def _dataclass(kind: Any) -> tuple[Convert, Convert]:
    hints = typing.get_type_hints(kind)
    fields = [(f.name, f, *_converters(hints[f.name])) for f in dataclasses.fields(kind)]
    changed = [(name, back) for name, _, _, back in fields if back is not _same]

    def to(value: Any) -> dict[str, Any]:
        plain = {}
        for name, field, convert, _ in fields:
            own = getattr(value, name)
            if not _is_default(field, own):
                plain[name] = convert(own)
        return plain

    def back(plain: Any) -> Any:
        # The dictionary is json's own, read by nobody else.
        for name, convert in changed:
            if name in plain:
                plain[name] = convert(plain[name])
        return kind(**plain)

    return to, back


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
