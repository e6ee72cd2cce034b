"""The documents that come with the program."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from ingest.found import find_files
from ingest.pipeline import FileReport, Progress, ingest, open_catalogue
from rag.home import Home

_SETTING = "shipped"


def ingest_shipped(
    folder: Path,
    home: Home,
    progress: Progress = lambda report, done, total: None,
) -> list[FileReport]:
    """Read the shipped documents of `folder` in, as `ingest` does, but each only once.

    Vectors are left for later.

    One that was deleted or replaced since stays so, until it is shipped changed.
    """
    catalogue = open_catalogue(home)
    try:
        known: list[str] = json.loads(catalogue.setting(_SETTING) or "[]")
        shas = {path: sha256(path.read_bytes()).hexdigest() for path in find_files([folder])[0]}
        wanted = [
            path
            for path, sha in shas.items()
            if sha not in known or catalogue.source_at(str(path)) == sha
        ]
        reports = ingest(wanted, home, None, progress)
        catalogue.set_setting(_SETTING, json.dumps(sorted(shas.values())))
        return reports
    finally:
        catalogue.close()
