"""The table of the drill: attempts by kind, and each fault that was found, by name."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Row:
    """One kind of fault: how often it was tried, and what went wrong."""

    part: str
    kind: str
    attempts: int = 0
    wrong: list[str] = field(default_factory=list)

    def tried(self, wrong: list[str]) -> None:
        """Count one attempt, and what went wrong in it."""
        self.attempts += 1
        if wrong:
            self.wrong.append("; ".join(wrong)[:300])


def told(rows: list[Row]) -> str:
    """Return the table as Markdown, and under it each fault found."""
    lines = ["| part | kind | attempts | wrong |", "| --- | --- | ---: | ---: |"]
    lines += [f"| {r.part} | {r.kind} | {r.attempts} | {len(r.wrong)} |" for r in rows]
    attempts, wrong = sum(r.attempts for r in rows), sum(len(r.wrong) for r in rows)
    lines.append(f"| all | | {attempts} | {wrong} |")
    for row in rows:
        lines += [f"- {row.part}, {row.kind}: {each}" for each in dict.fromkeys(row.wrong)]
    return "\n".join(lines)
