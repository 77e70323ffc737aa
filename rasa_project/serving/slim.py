"""Rasa without TensorFlow, for pipelines that do not use it.

Rasa imports TensorFlow for its neural components wherever it imports a policy: most of the start and half
of the memory of a bot that has none of them. While :func:`without_tensorflow` is in force, ``import
tensorflow`` gives placeholders that can be named and subclassed, which is all that Rasa does with them on
import; using one raises. Set ``MMVTE_TENSORFLOW=1`` to import the real one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_PACKAGES = frozenset({"tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras"})


class TensorFlowNotLoadedError(ImportError):
    """Something tried to use TensorFlow although the pipeline was taken not to need it.

    An ImportError: libraries that can do without TensorFlow (thinc) ask it for its devices when they are
    imported, and catch that.
    """


class _PlaceholderType(type):
    """Any attribute of a placeholder is a placeholder."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Placeholder

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        raise TensorFlowNotLoadedError("set MMVTE_TENSORFLOW=1 to use components that need TensorFlow")


class Placeholder(metaclass=_PlaceholderType):
    """Stands for every class and function of TensorFlow."""


class _PlaceholderModule(ModuleType):
    __path__: list[str] = []  # noqa: RUF012 (a package, so that submodules are looked for)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Placeholder


class _Finder(MetaPathFinder, Loader):
    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return ModuleSpec(name, self, is_package=True) if name.split(".")[0] in _PACKAGES else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _PlaceholderModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to execute."""


def without_tensorflow() -> bool:
    """Keep TensorFlow out of this process; call before Rasa is imported.

    Returns False, and changes nothing, when TensorFlow is wanted or already there.
    """
    if os.environ.get("MMVTE_TENSORFLOW") == "1" or "tensorflow" in sys.modules:
        return False
    sys.meta_path.insert(0, _Finder())
    return True
