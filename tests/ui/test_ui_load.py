"""Twenty sessions at once over real websockets: each gets its own answer, in bounded time."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from pathlib import Path

from serving import serving

from bench.sessions import Client

SESSIONS = 20
SECONDS = 180
"""For all three rounds, on a machine that runs the other tests beside; alone it takes a few."""

YEARS = (2026, 2027, 2028, 2029)
STAFF = "Hvor mange årsværk sparer ØU10 i {}?", ("på 2", "på 2", "på 3", "på 4")
NET = "Hvad er »Samlet ændring (Netto)« i ØU10 i {}?", ("500", "400", "-150", "-700")
FOLLOW_UP = "hvad med effektivisering?", ("-1.000", "-1.100", "-1.650", "-2.200")


def test_twenty_sessions_at_once_each_get_their_own_answers(
    corpus_home: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(corpus_home, tmp_path / "data")
    with serving(folder, tmp_path) as address:
        asyncio.run(_sessions(int(address.rpartition(":")[2])))
    kept = sqlite3.connect(folder / "records.sqlite")
    counts = kept.execute("SELECT count(*) FROM turn GROUP BY conversation").fetchall()
    kept.close()
    assert counts == [(3,)] * SESSIONS, "each session kept a conversation of its own"


async def _sessions(port: int) -> None:
    async with asyncio.timeout(SECONDS):
        clients = [Client(port) for _ in range(SESSIONS)]
        try:
            await asyncio.gather(*(c.open() for c in clients))
            await asyncio.gather(*(_converse(c, n % len(YEARS)) for n, c in enumerate(clients)))
        finally:
            await asyncio.gather(*(c.close() for c in clients))


async def _converse(client: Client, year: int) -> None:
    """Ask of one year, and at last what only the session's own history can complete."""
    for question, expected in (STAFF, NET, FOLLOW_UP):
        asked = question.format(YEARS[year])
        await client.ask(asked)
        last = client.shown.rsplit(f"{asked}</h2>", 1)[1]
        assert expected[year] in last and str(YEARS[year]) in last, (asked, last[:500])
