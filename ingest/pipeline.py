"""Ingests files and folders into the catalogue, one transaction a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Literal

from ingest.assemble import Content, assemble
from ingest.personal import masked, masked_path
from ingest.read import SUPPORTED, Unreadable, read_bytes
from ingest.related import related_findings
from rag.errors import CatalogueOutdatedError, InputError
from rag.home import Home
from rag.search.embed import Embedder
from rag.search.reindex import embed_missing
from rag.store.catalogue import Catalogue
from rag.store.rows import Vectors
from rag.types import Access, Passage, Text

Outcome = Literal["added", "replaced", "unchanged", "failed"]
MANIFEST = "manifest.yaml"


@dataclass(frozen=True)
class FileReport:
    """What came of one file: `documents` counts those read from it."""

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


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Return the files to read: those named, and those of the folders named, sorted.

    In a folder, hidden files and files of no supported kind are passed over; one
    with a `manifest.yaml` holds the files that its manifest names. Raises
    InputError for a path that does not exist.
    """
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise InputError(Text(f"{path} findes ikke.", f"{path} does not exist."))
        found += _folder(path) if path.is_dir() else [path]
    return list(dict.fromkeys(p.resolve() for p in found))


def ingest(
    paths: Sequence[Path],
    home: Home,
    embedder: Embedder,
    progress: Progress = lambda report, done, total: None,
    on_wait: Callable[[], None] = lambda: None,
    on_embed: Callable[[int, int], None] = lambda done, total: None,
    access: Access | None = None,
) -> list[FileReport]:
    """Read files into the catalogue of `home` and return a report of each.

    A file whose bytes are in already changes nothing; a changed one replaces
    what was read from its path; one that cannot be read is noted with its cause
    and the rest go on. Documents that only another embedder has embedded are
    embedded by this one too (`on_embed` is told how many are done, of how many).
    Another writer is waited for (`on_wait` is called once). `access` decides who
    may see the files named; without it, what was decided of them before holds.
    """
    with home.writing(on_wait):
        catalogue = open_catalogue(home)
        try:
            files = find_files(paths)
            waiting = [(Path(p), catalogue.file(s)) for p, s in catalogue.pending()]
            jobs = [(p, p) for p in files]
            jobs += [(p, copy) for p, copy in waiting if p not in files]
            reports = []
            for path, data in jobs:
                decided = access if path in files else None
                reports.append(_ingest_file(path, data, catalogue, embedder, decided))
                progress(reports[-1], len(reports), len(jobs))
            embed = partial(_embedded, catalogue, embedder)
            embed_missing(catalogue, embedder.name, embed, on_embed)
            return reports
        finally:
            catalogue.close()


def ingest_letter(name: str, data: bytes, home: Home, embedder: Embedder, access: Access) -> None:
    """Read a letter of ours into the catalogue of `home`.

    Where `access` narrows who may see it, that is decided; else its own text tells.
    Raises InputError where it cannot be read.
    """
    with home.writing():
        catalogue = open_catalogue(home)
        try:
            decided = None if access == "public" else access
            report = ingest_bytes(name, data, catalogue, embedder, decided)
        finally:
            catalogue.close()
    if report.error is not None:
        raise InputError(report.error)


def ingest_bytes(
    name: str,
    data: bytes,
    catalogue: Catalogue,
    embedder: Embedder,
    access: Access | None = None,
) -> FileReport:
    """Read one file from its bytes, known by `name` (a path, or an upload's name).

    `access` is as `ingest` takes it.
    """
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
        return FileReport(path, "unchanged", len(catalogue.documents(sources=[sha])))
    try:
        source = masked(replace(read_bytes(path.name, data), path=name))
    except Unreadable as error:
        catalogue.record_failure(name, error.code, error.message)
        return FileReport(path, "failed", error=error.message)
    content = assemble(source)
    catalogue.replace(
        source,
        data,
        content.documents,
        content.figures,
        [*content.findings, *related_findings(content.readings, catalogue)],
        content.passages,
        embedder.embed_passages(embedded_texts(content)),
        embedder.name,
        reader_version(),
    )
    outcome: Outcome = "added" if before is None else "replaced"
    warnings = (*source.warnings, *content.warnings)
    return FileReport(path, outcome, len(content.documents), len(content.figures), warnings)


def _embedded(catalogue: Catalogue, embedder: Embedder, passages: Sequence[Passage]) -> Vectors:
    titles = {d.id: d.title for d in catalogue.documents()}
    return embedder.embed_passages([embedded_text(titles[p.document], p) for p in passages])


def embedded_texts(content: Content) -> list[str]:
    """Return what the embedding model is given of each passage: title, heading and text."""
    titles = {d.id: d.title for d in content.documents}
    return [embedded_text(titles[p.document], p) for p in content.passages]


def embedded_text(title: str, passage: Passage) -> str:
    """Return what the embedding model is given of one passage."""
    return f"{title}. {passage.section}. {passage.text}"


@cache
def reader_version() -> str:
    """Return the version of the code that reads files: a digest of its sources.

    A catalogue read by other code is read again when its files are ingested.
    """
    root = Path(__file__).resolve().parent.parent
    sources = [*(root / "ingest").rglob("*.py")]
    sources += [path for room in ("text", "pdf") for path in (root / "rag" / room).glob("*.py")]
    sources += [root / "rag" / name for name in ("types.py", "vocabulary.py", "vocabulary.yaml")]
    digest = sha256()
    for path in sorted(sources):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _folder(folder: Path) -> list[Path]:
    manifest = folder / MANIFEST
    if manifest.is_file():
        import yaml

        entries = yaml.safe_load(manifest.read_text("utf8"))["documents"]
        return [folder / entry["file"] for entry in entries]
    return sorted(_visible(folder))


def _visible(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and path.suffix.lower() in SUPPORTED:
            yield path


def _ingest_file(
    path: Path, data: Path, catalogue: Catalogue, embedder: Embedder, access: Access | None
) -> FileReport:
    try:
        content = data.read_bytes()
    except OSError as error:
        cause = error.strerror or str(error)
        name = masked_path(str(path))
        message = Text(f"{name}: kan ikke åbnes ({cause}).", f"{name}: cannot be opened ({cause}).")
        catalogue.record_failure(name, "broken", message)
        return FileReport(path, "failed", error=message)
    return ingest_bytes(str(path), content, catalogue, embedder, access)
