"""Reads the fields of a line of JSONL; what does not fit is an error that names its place."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from rag.errors import InputError
from rag.types import Text

_KINDS = {
    str: Text("en tekst", "a text"),
    int: Text("et helt tal", "a whole number"),
    bool: Text("true eller false", "true or false"),
    Decimal: Text("et tal", "a number"),
}


class Line:
    """One line of a file. Every method raises the InputError that `error` makes."""

    def __init__(self, path: Path, number: int) -> None:
        """Take the file's path and the line's number, from 1."""
        self._path, self._number = path, number

    def error(self, da: str, en: str) -> InputError:
        """Return an error that names file, line and cause."""
        return InputError(
            Text(
                f"{self._path}, linje {self._number}: {da}.",
                f"{self._path}, line {self._number}: {en}.",
            )
        )

    def json(self, text: str) -> Any:
        """Return what the line holds, decimals as `Decimal`."""
        try:
            return json.loads(text, parse_float=Decimal)
        except json.JSONDecodeError as error:
            raise self.error(f"ikke JSON ({error})", f"not JSON ({error})") from error

    def object(self, read: Any, name: str, fields: Collection[str]) -> Mapping[str, Any]:
        """Return `read` if it is an object without other fields than `fields`."""
        if not isinstance(read, dict):
            raise self.error(f"»{name}« skal være et objekt", f"{name!r} must be an object")
        if unknown := sorted(set(read) - set(fields)):
            raise self.error(f"ukendt felt »{unknown[0]}«", f"unknown field {unknown[0]!r}")
        return read

    def text(self, entry: Mapping[str, Any], name: str) -> str:
        """Return a field that must hold a text, not a blank one."""
        value = self.optional(entry, name, str)
        if value is None or not value.strip():
            raise self.error(f"»{name}« mangler", f"{name!r} is missing")
        return str(value)

    def choice(self, entry: Mapping[str, Any], name: str, choices: Sequence[str]) -> str:
        """Return a field that must hold one of `choices`."""
        value = entry.get(name)
        if value in choices:
            return str(value)
        listed = ", ".join(choices)
        raise self.error(f"»{name}« skal være en af {listed}", f"{name!r} must be one of {listed}")

    def list(self, entry: Mapping[str, Any], name: str, kind: type | None = None) -> list[Any]:
        """Return a list, empty where the field is not there; all of `kind` where given."""
        value = entry.get(name, [])
        if not isinstance(value, list):
            raise self.error(f"»{name}« skal være en liste", f"{name!r} must be a list")
        if kind and any(type(v) is not kind for v in value):
            raise self._unlike(name, kind)
        return value

    def optional(self, entry: Mapping[str, Any], name: str, kind: type) -> Any:
        """Return a field of `kind`, None where it is null or not there."""
        value = entry.get(name)
        if value is None or type(value) is kind:
            return value
        raise self._unlike(name, kind)

    def number(self, entry: Mapping[str, Any], name: str) -> Decimal | None:
        """Return a number, None where the field is null or not there."""
        value = entry.get(name)
        return Decimal(value) if type(value) is int else self.optional(entry, name, Decimal)

    def _unlike(self, name: str, kind: type) -> InputError:
        words = _KINDS[kind]
        return self.error(f"»{name}« skal være {words.da}", f"{name!r} must be {words.en}")
