"""Dependencies point one way, and no module needs another that needs it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("scoring", "actions", "rasa_project")
KNOWS = {"scoring": {"scoring"}, "actions": {"actions", "scoring"}, "rasa_project": set(PACKAGES)}


def _modules() -> dict[str, Path]:
    names = {}
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            names[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return names


MODULES = _modules()


def _named(tree: ast.Module) -> Iterator[str]:
    """What a module imports as it is loaded; imports inside functions come later."""
    for node in tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _needs(name: str) -> set[str]:
    """The project's modules that load when ``name`` does: each import brings its parent packages."""
    own = {name, *_parents(name)}
    found = {one for one in _named(ast.parse(MODULES[name].read_text("utf-8"))) if one in MODULES}
    return {each for one in found for each in (one, *_parents(one))} - own


def _parents(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:size]) for size in range(1, len(parts))]


def test_every_module_can_be_imported_alone() -> None:
    # raises CycleError, which names the modules
    order = list(TopologicalSorter({name: _needs(name) for name in MODULES}).static_order())
    assert set(order) == set(MODULES)


def test_nothing_points_back() -> None:
    back = [
        (name, needed)
        for name in MODULES
        for needed in _needs(name)
        if needed.split(".")[0] not in KNOWS[name.split(".")[0]]
    ]
    assert back == []
