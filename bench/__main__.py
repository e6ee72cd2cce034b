"""`python -m bench`: measures everything, keeps the results, prints the table."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench import ask, growth, ingest, plot, sessions
from bench.measure import apart
from bench.table import table

RESULTS = Path(__file__).resolve().parent / "results"
_PARTS = ("ingest", "again", "ask", "growth", "app")
_LIBRARIES = ("chromadb", "tantivy", "numpy", "langchain-core", "pypdf", "streamlit")


def main() -> None:
    """Run the parts asked for, one after another."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--size", type=int, default=10_000, help="passages to grow to")
    parser.add_argument("--only", choices=_PARTS, nargs="+", default=_PARTS)
    parser.add_argument("--keep", type=Path, help="keep made catalogues here, and use them again")
    chosen = parser.parse_args()
    parts: dict[str, Callable[[], Any]] = {
        "ingest": ingest.measure,
        "again": lambda: apart(ingest.again),
        "ask": ask.measure,
        "growth": lambda: growth.measure(chosen.size, chosen.keep),
        "app": sessions.measure,
    }
    for name in chosen.only:
        print(f"{name} …", file=sys.stderr)
        _store(name, parts[name]())
    found = {p.stem: json.loads(p.read_text())["result"] for p in RESULTS.glob("*.json")}
    if "growth" in chosen.only:
        _plots(found["growth"])
    print(table(found))


def _store(name: str, result: Any) -> None:
    RESULTS.mkdir(exist_ok=True)
    body = {"machine": _machine(), "result": result}
    (RESULTS / f"{name}.json").write_text(json.dumps(body, indent=1, ensure_ascii=False) + "\n")


def _machine() -> dict[str, Any]:
    return {
        "time": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        # Above the number of cores, others were at work and the times are theirs too.
        "load": [round(x, 1) for x in os.getloadavg()],
        "system": platform.platform(),
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in _LIBRARIES},
    }


def _plots(grown: list[dict[str, Any]]) -> None:
    p95 = {
        kind: [(g["passages"], g["ask"][kind]["p95_ms"]) for g in grown] for kind in grown[0]["ask"]
    }
    ingested = {
        name: [(g["passages"], g[f"{name}_passages_a_second"]) for g in grown]
        for name in ("ingest", "index")
    }
    held = {
        "disk": [(g["passages"], g["disk_mb"]) for g in grown],
        "memory, asking": [(g["passages"], g["held_mb"]) for g in grown],
        "memory, ingest": [(g["passages"], g["ingest_peak_mb"]) for g in grown],
    }
    for name, title, unit, series in (
        ("ask", "p95 of an answer", "ms", p95),
        ("rate", "Ingest and indexing", "passages a second", ingested),
        ("size", "Memory and disk", "MB", held),
    ):
        (RESULTS / f"{name}.svg").write_text(plot.lines(title, "passages", unit, series), "utf8")


if __name__ == "__main__":
    main()
