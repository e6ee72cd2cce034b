"""The house's own rules, read from its imports: rooms, owners of libraries, no cycles, no weight.

`models/`, `bench/` and `corpus/` are tools beside the running product and are free.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = {
    "app": {"ui", "eval", "draft", "ingest", "rag"},
    "cli": {"ui", "eval", "draft", "ingest", "rag"},
    "ui": {"eval", "draft", "ingest", "rag"},
    "eval": {"draft", "ingest", "rag"},
    "draft": {"rag"},
    "ingest": {"rag"},
    "rag": set[str](),
}
# The rooms within rag/, each with those it may import; what stands in rag/ itself is free.
INNER = {
    "text": set[str](),
    "store": {"text"},
    "pdf": {"store", "text"},
    "asking": {"text", "store"},
    "search": {"text", "store", "asking"},
    "figures": {"text", "store", "asking", "search"},
    "prose": {"text", "store", "asking", "search", "figures"},
    "answering": {"text", "store", "asking", "search", "figures", "prose"},
    "gate": {"text", "store", "asking"},
}
# What of rag/ itself stands above its rooms, each with the rooms that use it all the same.
ABOVE = {"rag.producers": {"answering"}, "rag.steps": set[str](), "rag.chain": set[str]()}
OWNERS = {
    "pypdf": ("ingest/read/*.py", "eval/real/source.py"),  # the yardstick reads by itself
    "pypdfium2": "rag/pdf/*.py",
    "chromadb": "rag/search/vectors.py",
    "onnxruntime": "rag/search/sentence_model.py",
    "sentence_transformers": ("rag/search/embed.py", "rag/search/sentence_module.py"),
    "torch": ("rag/search/embed.py", "rag/search/sentence_module.py"),
    "streamlit": ("app.py", "ui/**/*.py"),
    "langchain": "rag/llm.py",
    "langchain_ollama": "rag/llm.py",
    "langchain_openai": "rag/llm.py",
    "docx": ("ingest/read/*.py", "draft/**/*.py"),
    "docxtpl": "draft/word.py",
    "bs4": "ingest/read/*.py",
    "markdown_it": "ingest/read/*.py",
    "tantivy": "rag/search/words.py",
    "typer": ("cli.py", "*/*command.py", "rag/terminal.py"),
}
HEAVY = {
    *("torch", "sentence_transformers", "onnxruntime", "chromadb", "streamlit", "tantivy"),
    *("pypdfium2", "langchain", "langchain_core", "docxtpl"),
}


class Import(NamedTuple):
    """A module imported; `eager` where importing the file imports it too."""

    module: str
    eager: bool
    line: int


def files() -> list[Path]:
    found = [ROOT / f"{room}.py" for room in ("app", "cli")]
    for room in set(ROOMS) - {"app", "cli"}:
        found += (ROOT / room).rglob("*.py")
    return sorted(p for p in found if p.is_file())


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imports(path: Path) -> tuple[Import, ...]:
    return tuple(_imports(ast.parse(path.read_text("utf8")), path, eager=True))


def _imports(node: ast.AST, path: Path, eager: bool) -> Iterator[Import]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield Import(alias.name, eager, node.lineno)
    elif isinstance(node, ast.ImportFrom):
        module = node.module or ""
        if node.level:
            package = name_of(path).split(".")
            keep = len(package) - node.level + (path.name == "__init__.py")
            module = ".".join([*package[:keep], *filter(None, [module])])
        for alias in node.names:
            submodule = f"{module}.{alias.name}"
            yield Import(submodule if submodule in known() else module, eager, node.lineno)
    elif isinstance(node, ast.Call) and _is_dynamic(node.func):
        first = node.args[0] if node.args else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield Import(first.value, False, node.lineno)
    lazy = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or (
        isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
    )
    for child in ast.iter_child_nodes(node):
        yield from _imports(child, path, eager and not lazy)


def _is_dynamic(function: ast.expr) -> bool:
    return (isinstance(function, ast.Name) and function.id in ("__import__", "import_module")) or (
        isinstance(function, ast.Attribute) and function.attr == "import_module"
    )


@cache
def known() -> frozenset[str]:
    return frozenset(name_of(p) for p in files())


def test_there_is_something_to_read() -> None:
    assert {"app", "cli", "rag.chain", "ingest.pipeline", "ui.ask.page"} <= known()
    eager = {i.module for i in imports(ROOT / "rag/chain.py") if i.eager}
    assert {"rag.types", "rag.steps"} <= eager
    assert {i.module for i in imports(ROOT / "rag/chain.py")} - eager >= {"rag.search.vectors"}


@pytest.mark.parametrize("path", files(), ids=name_of)
def test_rooms_import_only_downwards(path: Path) -> None:
    room = name_of(path).split(".")[0]
    upwards = [
        f"{path.name}:{i.line} imports {i.module}"
        for i in imports(path)
        if (other := i.module.split(".")[0]) in ROOMS and other not in ROOMS[room] | {room}
    ]
    assert upwards == []


@pytest.mark.parametrize("room", INNER)
def test_rooms_within_rag_import_only_downwards(room: str) -> None:
    allowed = INNER[room] | {room}
    up = [
        f"{path.name}:{i.line} imports {i.module}"
        for path in (ROOT / "rag" / room).glob("*.py")
        for i in imports(path)
        if i.module.startswith("rag.") and i.module.split(".")[1] in set(INNER) - allowed
    ]
    assert not up, up


def test_every_room_within_rag_is_told_of() -> None:
    assert {path.parent.name for path in (ROOT / "rag").glob("*/__init__.py")} == set(INNER)


@pytest.mark.parametrize("module", ABOVE)
def test_what_stands_above_the_rooms_within_rag_is_not_used_by_them(module: str) -> None:
    assert (ROOT / module.replace(".", "/")).with_suffix(".py").is_file()
    users = {
        path.parent.name
        for path in (ROOT / "rag").glob("*/*.py")
        if any(i.module == module for i in imports(path))
    }
    assert users <= ABOVE[module]


@pytest.mark.parametrize("library", sorted(OWNERS))
def test_a_heavy_library_has_one_importer(library: str) -> None:
    owner = OWNERS[library]
    owners = {p for pattern in ([owner] if isinstance(owner, str) else owner) for p in
              ROOT.glob(pattern)}  # fmt: skip
    importers = {p for p in files() if any(i.module.split(".")[0] == library for i in imports(p))}
    assert importers - owners == set()


def test_modules_have_no_import_cycles() -> None:
    graph = {
        name_of(p): {i.module for i in imports(p) if i.eager and i.module in known()} - {name_of(p)}
        for p in files()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_nobody_imports_what_another_keeps_to_itself() -> None:
    private = [
        f"{name_of(path)}: {module}.{alias.name}"
        for path in files()
        for node in ast.walk(ast.parse(path.read_text("utf8")))
        if isinstance(node, ast.ImportFrom) and (module := node.module or "").split(".")[0] in ROOMS
        for alias in node.names
        if alias.name.startswith("_") or any(part.startswith("_") for part in module.split("."))
    ]
    assert private == []


def heavy_after(code: str, home: Path | None = None, *arguments: str) -> set[str]:
    """Run `code` in a fresh interpreter and return the heavy libraries it has imported."""
    told = "\nimport json, sys\nprint('\\n' + json.dumps(sorted(sys.modules)))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    if home:
        environment["RAADSVAR_HOME"] = str(home)
    result = subprocess.run(
        [sys.executable, "-c", code + told, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert result.returncode == 0, result.stderr
    return HEAVY & set(json.loads(result.stdout.splitlines()[-1]))


def test_the_probe_sees_a_heavy_library() -> None:
    assert heavy_after("import langchain_core") == {"langchain_core"}


def test_importing_the_command_imports_nothing_heavy() -> None:
    assert heavy_after("import cli") == set()


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, cli\n"
        "sys.argv = ['raadsvar', *sys.argv[1:]]\n"
        "try:\n    cli.main()\n"
        "except SystemExit as done:\n    assert not done.code, done.code\n"
    )
    assert heavy_after(code, None, "--help") == set()
    assert heavy_after(code, None, "ingest", "--help") == set()


def test_a_figure_of_a_named_document_needs_no_model_library(corpus_home: Path) -> None:
    code = (
        "from rag.chain import Assistant\n"
        "answer = Assistant().ask('Hvor mange årsværk skærer ØU10 i 2029?')\n"
        "assert answer.status == 'answered', answer\n"
    )
    assert heavy_after(code, corpus_home) & {"torch", "sentence_transformers", "chromadb"} == set()
