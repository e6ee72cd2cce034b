"""The errors of Rådsvar, each with its message in both languages.

    RaadsvarError                    anything the program can explain to its user
    ├── InputError                   what the user gave: a file, a question, an option
    ├── HomeError                    the data folder cannot be used
    ├── CatalogueError               the catalogue cannot be opened or written
    │   ├── CatalogueDamagedError    its file is damaged: rebuild makes it again
    │   ├── CatalogueOutdatedError   made by an older Rådsvar: rebuild reads its files again
    │   └── CatalogueTooNewError     made by a newer Rådsvar: never touched
    ├── RecordsError                 the records cannot be opened, written or copied
    │   ├── RecordsDamagedError      their file is damaged: backup takes what can be read
    │   └── RecordsTooNewError       made by a newer Rådsvar: never touched
    ├── DamagedError                 something kept does not read as what was written
    ├── ProjectionError              an index could not be searched, nor rebuilt
    └── ModelError                   an embedding or language model cannot be used

Errors of a library are turned into these in the module that imports it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rag.types import Text


class RaadsvarError(Exception):
    """An error with a message for the user: what is wrong, where, and what to do."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message

    def __reduce__(self) -> tuple[Any, ...]:
        """Go from one process to another, whatever the kind is made of."""
        return _again, (type(self), self.message)


def _again(kind: type[RaadsvarError], message: Text) -> RaadsvarError:
    error = kind.__new__(kind)
    RaadsvarError.__init__(error, message)
    return error


class InputError(RaadsvarError):
    """What the user gave cannot be used."""


class HomeError(RaadsvarError):
    """The data folder cannot be used."""


class CatalogueError(RaadsvarError):
    """The catalogue cannot be opened or written."""


class CatalogueDamagedError(CatalogueError):
    """The catalogue's file is damaged; `raadsvar rebuild` makes it again."""

    def __init__(self, path: Path, cause: Text) -> None:
        super().__init__(
            Text(
                f"Kataloget {path} er beskadiget ({cause.da}). Kør »raadsvar rebuild«: det laves "
                "igen af kopierne i files/, og hvem der må se hvad, er bevaret.",
                f"The catalogue {path} is damaged ({cause.en}). Run `raadsvar rebuild`: it is made "
                "again from the copies in files/, and who may see what is kept.",
            )
        )


class CatalogueOutdatedError(CatalogueError):
    """The catalogue was made by an older version; its files are to be read again."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            Text(
                f"Kataloget {path} er lavet af en ældre Rådsvar. "
                "Kør »raadsvar rebuild« for at læse dets filer igen.",
                f"The catalogue {path} was made by an older Rådsvar. "
                "Run `raadsvar rebuild` to read its files again.",
            )
        )


class CatalogueTooNewError(CatalogueError):
    """The catalogue was made by a newer version; it is not touched."""

    def __init__(self, path: Path) -> None:
        super().__init__(_too_new(path))


class RecordsError(RaadsvarError):
    """The records cannot be opened, written or copied."""


class RecordsDamagedError(RecordsError):
    """The records' file is damaged; `raadsvar backup` takes what can be read of it."""

    def __init__(self, path: Path, cause: Text) -> None:
        super().__init__(
            Text(
                f"Optegnelserne {path} er beskadiget ({cause.da}). Hent en sikkerhedskopi fra før "
                "skaden med »raadsvar restore« i en tom datamappe; er der ingen, så tager "
                "»raadsvar backup« det med, der kan læses, og den kopi kan hentes på samme måde.",
                f"The records {path} are damaged ({cause.en}). Take in a backup from before, with "
                "`raadsvar restore` in an empty data folder; if there is none, `raadsvar backup` "
                "takes what can be read, and that copy can be taken in likewise.",
            )
        )


class RecordsTooNewError(RecordsError):
    """The records were made by a newer version; they are not touched."""

    def __init__(self, path: Path) -> None:
        super().__init__(_too_new(path))


class DamagedError(RaadsvarError, ValueError):
    """Something kept in the catalogue or the records does not read as what was written."""

    def __init__(self, cause: str) -> None:
        super().__init__(
            Text(
                f"Noget af det gemte er beskadiget ({cause}). Kør »raadsvar rebuild«, som læser "
                "dokumenterne igen; hjælper det ikke, så hent en sikkerhedskopi med "
                "»raadsvar restore« i en tom datamappe.",
                f"Something stored is damaged ({cause}). Run `raadsvar rebuild`, which reads the "
                "documents again; if that does not help, take a backup in with "
                "`raadsvar restore`, in an empty data folder.",
            )
        )


class ProjectionError(RaadsvarError):
    """An index could not be searched, nor rebuilt from the catalogue."""


class ModelError(RaadsvarError):
    """An embedding or language model cannot be used."""


def refused(path: Path, cause: Text) -> Text:
    """Return what to tell where the disk, not the file at `path`, is at fault."""
    return Text(
        f"{path} kan ikke bruges nu ({cause.da}). Det, der er gemt, er uskadt: se efter plads "
        "på disken og adgang til mappen, og prøv igen.",
        f"{path} cannot be used now ({cause.en}). What is stored is unharmed: see to room on "
        "the disk and access to the folder, and try again.",
    )


def _too_new(path: Path) -> Text:
    return Text(
        f"{path} er lavet af en nyere Rådsvar og røres ikke. Opdatér programmet.",
        f"{path} was made by a newer Rådsvar and is left alone. Update the program.",
    )
