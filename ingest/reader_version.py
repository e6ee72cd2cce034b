"""The version of the code that reads files: a digest of what decides what is read, no more."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_ROOMS = ("ingest", "rag")
# What turns bytes into what the catalogue holds; all that they import comes along.
_ENTRANCES = ("ingest.read", "ingest.assemble", "ingest.personal", "ingest.related")
# What is kept is kept in rows that have a version of their own; a search reads nothing.
_LEFT_OUT = ("rag.store", "rag.home", "rag.search")
_KEPT = ("rag.store.source", "rag.store.spans")
# What a module reads beside its code; of the vocabulary what only questions ask is left out.
_DATA = {"rag.vocabulary": "vocabulary.yaml", "ingest.closed": "closed.yaml"}
_ASKED_ONLY = frozenset({"synonyms"})


@cache
def reader_version() -> str:
    """Return a digest of the modules that reading imports, and of their data.

    Comments, docstrings and layout do not count. A catalogue read by other code is read again
    when its files are ingested.
    """
    digest = sha256()
    for module, tree in sorted(_trees().items()):
        digest.update(f"{module} {code_of(tree)}".encode())
        if name := _DATA.get(module):
            digest.update(told(_path(module).with_name(name).read_text("utf8")).encode())
    return digest.hexdigest()[:16]


def modules() -> frozenset[str]:
    """Return the modules of ours that reading imports, at once or later."""
    return frozenset(_trees())


def _trees() -> dict[str, ast.Module]:
    found: dict[str, ast.Module] = {}
    left = list(_ENTRANCES)
    while left:
        module = left.pop()
        if module not in found and (module in _KEPT or not module.startswith(_LEFT_OUT)):
            found[module] = ast.parse(_path(module).read_text("utf8"))
            left += _imported(found[module])
    return found


def code_of(tree: ast.Module) -> str:
    """Return what a module does: its syntax without docstrings. The tree loses them."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and _is_text(body[0]):
            del body[0]
    return ast.dump(tree)


def told(text: str) -> str:
    """Return what reading uses of the vocabulary's YAML, however it is laid out."""
    import yaml

    groups = yaml.load(text, yaml.CSafeLoader)
    return repr(sorted((k, v) for k, v in groups.items() if k not in _ASKED_ONLY))


def _is_text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _imported(tree: ast.AST) -> Iterator[str]:
    """Yield the modules of ours that a module imports, but for its types alone."""
    for node in _running(tree):
        if isinstance(node, ast.Import):
            names: Iterable[str] = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        yield from (n for n in names if n.split(".")[0] in _ROOMS and _path(n).is_file())


def _running(tree: ast.AST) -> Iterator[ast.AST]:
    yield tree
    for node in ast.iter_child_nodes(tree):
        types_only = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        if not types_only:
            yield from _running(node)


def _path(module: str) -> Path:
    path = _ROOT / module.replace(".", "/")
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
