"""Ingest: pages a second and peak memory, beside pypdf alone and the plain chain."""

from __future__ import annotations

import io
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.measure import ROOT, apart
from bench.plain import PlainChain, extract, load

SHARED = ROOT.parent / "shared" / "pdfs"
WARM = ROOT / "corpus" / "kunstig-intelligens_budget-2025-2028.pdf"


def sets() -> dict[str, list[str]]:
    """Return the PDFs to read: those shipped, and the real ones where they are there."""
    found = {
        "corpus": sorted(str(p) for p in (ROOT / "corpus").glob("*.pdf")),
        "real": sorted(str(p) for p in SHARED.glob("*.pdf")),
    }
    return {name: paths for name, paths in found.items() if paths}


def measure(rounds: int = 5) -> dict[str, Any]:
    """Return seconds, pages a second, memory and ratios to pypdf, for each set.

    A round runs the systems one after the other; a ratio is of one round, and
    the median of all rounds: what else the machine does is not the same later.
    """
    systems: dict[str, tuple[Callable[..., dict[str, Any]], dict[str, Any]]] = {
        "pypdf": (bare, {}),
        "raadsvar": (ours, {}),
        "plain, static embedder": (plain, {"embedder": "static"}),
        "plain, all-MiniLM-L6-v2": (plain, {"embedder": "minilm"}),
    }
    result: dict[str, Any] = {}
    for name, paths in sets().items():
        runs: dict[str, list[dict[str, Any]]] = {}
        for number in range(rounds):
            for system, (function, more) in systems.items():
                # MiniLM takes minutes, and no closeness to anything.
                if "MiniLM" in system and number:
                    continue
                try:
                    runs.setdefault(system, []).append(apart(function, paths=paths, **more))
                except RuntimeError as error:
                    if "No module named 'gt_all" not in str(error):
                        raise
        result[name] = _compared(runs)
    return result


def _compared(runs: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    table = {}
    for system, results in runs.items():
        pairs = list(zip(results, runs["pypdf"], strict=False))
        middle = sorted(results, key=lambda r: r["seconds"])[len(results) // 2]
        middle["pages_a_second"] = middle["pages"] / middle["seconds"]
        for ratio, seconds in (
            ("ratio_to_pypdf", "seconds"),
            ("cpu_ratio_to_pypdf", "cpu_seconds"),
        ):
            middle[ratio] = statistics.median(own[seconds] / bare[seconds] for own, bare in pairs)
        table[system] = middle
    return table


def bare(paths: list[str]) -> dict[str, Any]:
    """Read every page's text with pypdf, and do nothing with it."""
    list(extract([WARM]))
    start, worked = time.perf_counter(), time.process_time()
    pages = sum(1 for _ in extract(map(Path, paths)))
    return {
        "seconds": time.perf_counter() - start,
        "cpu_seconds": time.process_time() - worked,
        "pages": pages,
    }


def ours(paths: list[str]) -> dict[str, Any]:
    """Ingest into an empty data folder: all of it, then the indexes, then the vectors."""
    from ingest.pipeline import ingest
    from rag.chain import complete, refresh
    from rag.home import Home

    with tempfile.TemporaryDirectory() as folder:
        warm, home = Home(Path(folder) / "warm"), Home(Path(folder) / "home")
        ingest([WARM], warm, None)
        refresh(warm)
        start, worked = time.perf_counter(), time.process_time()
        reports = ingest([Path(p) for p in paths], home, None)
        catalogued, worked = time.perf_counter(), time.process_time() - worked
        refresh(home)
        end = time.perf_counter()
        complete(home, lambda done, total: None)
        embedded = time.perf_counter()
        failed = [str(r.error) for r in reports if r.error]
    if failed:
        raise RuntimeError("; ".join(failed))
    return {
        "seconds": catalogued - start,
        "cpu_seconds": worked,
        "with_indexes_seconds": end - start,
        "vectors_seconds": embedded - end,
        "pages": _pages(paths),
        "figures": sum(r.figures for r in reports),
    }


def plain(paths: list[str], embedder: str) -> dict[str, Any]:
    """Ingest with the plain chain."""
    model = load(embedder)
    with tempfile.TemporaryDirectory() as folder:
        PlainChain(Path(folder) / "warm", model).add(extract([WARM]))
        chain = PlainChain(Path(folder) / "plain", model)
        start, worked = time.perf_counter(), time.process_time()
        chunks = chain.add(extract(map(Path, paths)))
        seconds, worked = time.perf_counter() - start, time.process_time() - worked
    return {"seconds": seconds, "cpu_seconds": worked, "pages": _pages(paths), "chunks": chunks}


def again(files: int = 1_000) -> dict[str, Any]:
    """Ingest a folder of small files twice; return the seconds of each time."""
    from ingest.pipeline import ingest
    from rag.chain import refresh
    from rag.home import Home
    from rag.search.embed import load_embedder

    embedder = load_embedder()
    with tempfile.TemporaryDirectory() as folder:
        home, texts = Home(Path(folder) / "home"), Path(folder) / "texts"
        texts.mkdir()
        for n in range(files):
            text = f"# Notat {n}\n\nKommunen afsætter {n + 1}.000 kr. i 2026 til sag {n}.\n"
            (texts / f"notat-{n:04}.md").write_text(text, "utf8")
        taken = []
        for _ in range(2):
            start = time.perf_counter()
            reports = ingest([texts], home, embedder)
            refresh(home)
            taken.append(time.perf_counter() - start)
        unchanged = sum(r.outcome == "unchanged" for r in reports)
    if unchanged != files:
        raise RuntimeError(f"{files - unchanged} files were not seen as unchanged")
    return {"files": files, "first_seconds": taken[0], "again_seconds": taken[1]}


def _pages(paths: list[str]) -> int:
    from pypdf import PdfReader

    return sum(len(PdfReader(io.BytesIO(Path(p).read_bytes())).pages) for p in paths)
