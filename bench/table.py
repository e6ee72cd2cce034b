"""The results as one table, goals beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Line = tuple[str, str, str]


def table(found: dict[str, Any]) -> str:
    """Return the results of the parts that have been measured, as Markdown."""
    makers: dict[str, Callable[[Any], Iterator[Line]]] = {
        "ingest": _ingest,
        "again": _again,
        "ask": _ask,
        "growth": _growth,
        "app": _app,
    }
    lines = [line for part, make in makers.items() if part in found for line in make(found[part])]
    rows = [("what", "measured", "goal"), ("---", "---", "---"), *lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _ingest(found: dict[str, Any]) -> Iterator[Line]:
    for name, systems in found.items():
        for system, r in systems.items():
            goal = "at most 3 x pypdf" if system == "raadsvar" else ""
            yield (
                f"ingest, {name} ({r['pages']} pages): {system}",
                f"{r['pages_a_second']:.0f} pages/s, {r['ratio_to_pypdf']:.2f} x pypdf (processor "
                f"time {r['cpu_ratio_to_pypdf']:.2f} x), "
                f"peak {r['peak_mb']:.0f} MB",
                goal,
            )
        ours, plain = systems["raadsvar"], systems["plain, static embedder"]
        indexed = ours["with_indexes_seconds"] / ours["seconds"] * ours["ratio_to_pypdf"]
        yield (
            f"ingest, {name}: raadsvar with its indexes",
            f"{indexed:.2f} x pypdf, {ours['with_indexes_seconds'] / plain['seconds']:.2f} x "
            "plain chain",
            "",
        )


def _again(found: dict[str, Any]) -> Iterator[Line]:
    yield (
        f"ingest again, {found['files']} unchanged files",
        f"{found['again_seconds']:.2f} s (first time {found['first_seconds']:.1f} s)",
        "under 2 s",
    )


def _ask(found: dict[str, Any]) -> Iterator[Line]:
    ours = found["raadsvar"]
    yield (
        f"ask, warm ({ours['questions']} questions)",
        f"median {ours['median_ms']:.0f} ms, p95 {ours['p95_ms']:.0f} ms",
        "",
    )
    spent = sorted(ours["parts_ms"].items(), key=lambda p: -p[1])
    yield "ask, mean ms in each part", ", ".join(f"{p} {ms:.1f}" for p, ms in spent), ""
    for name, r in found.items():
        if name.startswith("plain"):
            yield (
                f"{name}: retrieval alone",
                f"median {r['median_ms']:.1f} ms, p95 {r['p95_ms']:.0f} ms; raadsvar is "
                f"{ours['median_ms'] / r['median_ms']:.2f} x its median",
                "at most 1 x",
            )
    goals = {"ask figure": "under 1.5 s, no torch", "help": "under 0.5 s"}
    for name, seconds in found["cold"].items():
        yield f"cold: raadsvar {name}", f"{seconds:.2f} s", goals.get(name, "")


def _growth(found: list[dict[str, Any]]) -> Iterator[Line]:
    for before, r in zip([None, *found], found, strict=False):
        size = f"{r['passages']:,} passages"
        for kind, times in r["ask"].items():
            work = r["ask_cpu"][kind]
            grown = ""
            if before:
                by_clock = times["p95_ms"] / before["ask"][kind]["p95_ms"]
                by_work = work["p95_ms"] / before["ask_cpu"][kind]["p95_ms"]
                grown = f" ({by_clock:.1f} x and {by_work:.1f} x the size before)"
            recall = r["recall_at_5"].get(kind)
            found_ = f", recall@5 {recall:.2f}" if recall is not None else ""
            yield (
                f"{size}: {kind}",
                f"median {times['median_ms']:.0f} ms, p95 {times['p95_ms']:.0f} ms, "
                f"processor {work['p95_ms']:.0f} ms{grown}; right "
                f"{r['right'][kind]:.2f}{found_}",
                "at most 2 x" if r["passages_wanted"] == 100_000 else "",
            )
        yield (
            f"{size}: ingest",
            f"{r['ingest_passages_a_second']:.0f} passages/s, indexes "
            f"{r['index_passages_a_second']:.0f}/s, peak {r['ingest_peak_mb']:.0f} MB, disk "
            f"{r['disk_mb']:.0f} MB, asking {r['held_mb']:.0f} MB",
            "",
        )


def _app(found: dict[str, Any]) -> Iterator[Line]:
    yield (
        f"the app: memory idle, with 1 session, with {found['sessions']}",
        f"{found['idle_mb']:.0f} MB, {found['one_session_mb']:.0f} MB, "
        f"{found['many_sessions_mb']:.0f} MB",
        "",
    )
    times = found["answer_with_all_asking"]
    yield (
        f"the app: an answer while {found['sessions']} ask at once",
        f"median {times['median_ms'] / 1e3:.1f} s, p95 {times['p95_ms'] / 1e3:.1f} s",
        "",
    )
