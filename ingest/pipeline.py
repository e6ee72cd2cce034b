"""Ingests files and folders into the catalogue, one transaction a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

from ingest.assemble import Content, assemble
from ingest.found import find_files, readable
from ingest.intake import hold_new, intake
from ingest.personal import masked, masked_path
from ingest.read import Unreadable, any_cause, read_bytes
from ingest.read.whole import said
from ingest.reader_version import reader_version
from ingest.related import related_findings
from ingest.versions import told_copies
from rag.errors import (
    CatalogueDamagedError,
    CatalogueError,
    CatalogueOutdatedError,
    HomeError,
    InputError,
    RaadsvarError,
)
from rag.home import Home
from rag.search.embed import Embedder
from rag.search.missing import embed_all
from rag.store.catalogue import Catalogue
from rag.store.source import SourceDocument
from rag.types import Access, Text

Outcome = Literal["added", "replaced", "unchanged", "refilled", "failed", "skipped"]


@dataclass(frozen=True)
class FileReport:
    """What came of one file: `documents` counts those read from it.

    `refilled`: nothing changed, but its copy had been lost. `skipped`: not tried, as its
    warning says.
    """

    path: Path
    outcome: Outcome
    documents: int = 0
    figures: int = 0
    warnings: tuple[Text, ...] = ()
    error: Text | None = None


Progress = Callable[[FileReport, int, int], None]
"""Told of each file when it is done: its report, how many are done, of how many."""


def open_catalogue(home: Home) -> Catalogue:
    """Open the catalogue of `home`, emptied for a new reading where an older version made it."""
    try:
        return Catalogue(home)
    except CatalogueOutdatedError:
        return Catalogue.renew(home)


def ingest(
    paths: Sequence[Path],
    home: Home,
    embedder: Embedder | None,
    progress: Progress = lambda report, done, total: None,
    on_wait: Callable[[], None] = lambda: None,
    on_embed: Callable[[int, int], None] = lambda done, total: None,
    access: Access | None = None,
) -> list[FileReport]:
    """Read files into the catalogue of `home` and return a report of each.

    A file whose bytes are in already changes nothing; a changed one replaces
    what was read from its path; one that cannot be read is noted with its cause
    and the rest go on; one that was in and is removed meanwhile stays so. Then, when all
    can be asked about, `embedder` makes the vectors that are missing (`on_embed` is told how
    many passages have one, of how many); without one they are left for later.
    Another writer is waited for (`on_wait` is called once). `access` decides who
    may see the files named; without it, what was decided of them before holds.
    Where the disk refuses, the last report tells so, and those before it what was
    stored. Raises CatalogueDamagedError and DamagedError.
    """
    intake()
    reports = _read(paths, home, progress, on_wait, access)
    if embedder is not None:
        with closing(Catalogue(home)) as catalogue:
            embed_all(home, catalogue, embedder, on_embed)
    return reports


def _read(
    paths: Sequence[Path],
    home: Home,
    progress: Progress,
    on_wait: Callable[[], None],
    access: Access | None,
) -> list[FileReport]:
    with home.ingesting(on_wait), closing(open_catalogue(home)) as catalogue:
        files, skipped = find_files(paths)
        jobs: list[tuple[Path, str | None]] = [(p, None) for p in files]
        jobs += [(Path(p), sha) for p, sha in catalogue.pending() if Path(p) not in files]
        known = {path for path, _ in jobs if _is_known(path, catalogue)}
        reports = [FileReport(each.path, "skipped", warnings=(each.cause,)) for each in skipped]
        for done, (path, copy) in enumerate(jobs, start=1):
            decided = access if copy is None else None
            try:
                if path in known and not _is_known(path, catalogue):
                    report = _removed(str(path))
                else:
                    report = _ingest_file(path, copy, catalogue, decided)
            except CatalogueDamagedError:
                raise
            except (CatalogueError, HomeError) as error:
                return [*reports, _stopped(path, error, len(jobs) - done)]
            reports.append(report)
            progress(report, done, len(jobs))
        if len(jobs) > len(files):
            catalogue.drop_unheld()
        return reports


def ingest_letter(
    name: str,
    data: bytes,
    home: Home,
    access: Access,
    rests_on: Sequence[str] = (),
) -> None:
    """Read a letter of ours into the catalogue of `home`.

    Where `access` narrows who may see it, that is decided; else its own text tells. It is
    never seen by more than the documents that it `rests_on`.
    Raises InputError where it cannot be read.
    """
    with home.ingesting():
        catalogue = open_catalogue(home)
        try:
            catalogue.rest(name, rests_on)
            decided = None if access == "public" else access
            report = ingest_bytes(name, data, catalogue, decided)
        finally:
            catalogue.close()
    if report.error is not None:
        raise InputError(report.error)


def ingest_bytes(
    name: str,
    data: bytes,
    catalogue: Catalogue,
    access: Access | None = None,
) -> FileReport:
    """Read one file from its bytes, known by `name` (a path, or an upload's name).

    `access` is as `ingest` takes it. Raises CatalogueError where it cannot be stored.
    """
    name = readable(name)
    if (safe := masked_path(name)) != name:
        message = Text(
            f"{safe}: filens navn holder et CPR-nummer. Giv den et andet navn.",
            f"{safe}: the file's name holds a CPR number. Give it another name.",
        )
        catalogue.record_failure(safe, "personal", message)
        return FileReport(Path(safe), "failed", error=message)
    if access is not None:
        # First: whatever becomes of the reading, what is in already is narrowed.
        catalogue.decide_file(name, access)
    sha = sha256(data).hexdigest()
    path = Path(name)
    before = catalogue.source_at(name)
    if before == sha and catalogue.has(sha, reader_version()):
        catalogue.clear_failure(name)
        count = len(catalogue.documents(sources=[sha]))
        return FileReport(path, "refilled" if catalogue.refill(sha, data) else "unchanged", count)
    try:
        source = masked(replace(read_bytes(path.name, data), path=name), said(name, data))
        content, source = _assembled(source)
    except Unreadable as error:
        catalogue.record_failure(name, error.code, error.message)
        return FileReport(path, "failed", error=error.message)
    copies = told_copies(source, content.documents, content.figures, catalogue)
    with catalogue.writing():
        if catalogue.source_at(name) != before:
            return _removed(name)
        if access is None:
            hold_new(name, sha, catalogue, intake())
        catalogue.replace(
            source,
            data,
            content.documents,
            content.figures,
            [*content.findings, *related_findings(content.readings, catalogue)],
            content.passages,
            reader_version(),
        )
    outcome: Outcome = "added" if before is None else "replaced"
    warnings = (*source.warnings, *content.warnings, *copies)
    return FileReport(path, outcome, len(content.documents), len(content.figures), warnings)


def _assembled(source: SourceDocument) -> tuple[Content, SourceDocument]:
    """Return what a file holds, and the file, which warns where nothing of it can be searched."""
    with any_cause(source.path):
        content = assemble(source)
    if not any(letter.isalnum() for p in content.passages for letter in p.text):
        unfound = Text(
            f"{source.path}: intet i filen kan søges frem.",
            f"{source.path}: nothing in the file can be searched.",
        )
        source = replace(source, warnings=(*source.warnings, unfound))
    return content, source


def _is_known(path: Path, catalogue: Catalogue) -> bool:
    """Tell whether a file is in, or waits to be read again."""
    name = readable(str(path))
    return (catalogue.source_at(name) or catalogue.pending_at(name)) is not None


def _removed(name: str) -> FileReport:
    told = Text(
        f"{name}: slettet, mens der blev læst ind; den er ikke læst ind igen.",
        f"{name}: removed while files were read in; it was not read in again.",
    )
    return FileReport(Path(name), "unchanged", warnings=(told,))


def _ingest_file(
    path: Path, copy: str | None, catalogue: Catalogue, access: Access | None
) -> FileReport:
    """Read the file at `path`, or the copy with the SHA-256 `copy` of what was there."""
    name = masked_path(readable(str(path)))
    if copy is not None and not catalogue.sound(copy):
        message = Text(
            f"{name}: kopien er tabt eller beskadiget. Læs filen ind igen.",
            f"{name}: its copy is lost or damaged. Ingest the file again.",
        )
        catalogue.record_failure(name, "broken", message)
        return FileReport(Path(name), "failed", error=message)
    try:
        content = (catalogue.file(copy) if copy else path).read_bytes()
    except OSError as error:
        cause = error.strerror or str(error)
        message = Text(f"{name}: kan ikke åbnes ({cause}).", f"{name}: cannot be opened ({cause}).")
        catalogue.record_failure(name, "broken", message)
        return FileReport(Path(name), "failed", error=message)
    return ingest_bytes(str(path), content, catalogue, access)


def _stopped(path: Path, error: RaadsvarError, left: int) -> FileReport:
    """Return the report of a file that could not be stored, and of those left after it."""
    name, told = masked_path(readable(str(path))), error.message
    more = Text(f" {left} filer efter den er ikke læst.", f" {left} files after it were not read.")
    da, en = (f"{name}: {t}{m if left else ''}" for t, m in zip(told, more, strict=True))
    return FileReport(Path(name), "failed", error=Text(da, en))
