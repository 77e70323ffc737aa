"""Training, only when something that the model is made of has changed."""

from __future__ import annotations

import hashlib
import logging
import os
import subprocess
import sys
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path

from rasa_project.serving.settings import ROOT
from rasa_project.serving.slim import without_tensorflow

#: What a model depends on, relative to the project.
SOURCES = (
    "config.yml",
    "domain.yml",
    "data",
    "rasa_project/nlu",
    "rasa_project/reading",
    "requirements.lock",
)
_SUFFIXES = {".py", ".yml", ".toml", ".lock", ".jsonl", ".txt"}


def _source_files(root: Path, sources: Iterable[str]) -> Iterator[Path]:
    for source in sources:
        path = root / source
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in files if file.suffix in _SUFFIXES)


def fingerprint(root: Path = ROOT, sources: Iterable[str] = SOURCES) -> str:
    """A hash of everything that a model depends on: names and contents of the source files."""
    digest = hashlib.sha256()
    for file in _source_files(root, sources):
        digest.update(str(file.relative_to(root)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def model_path(root: Path = ROOT) -> Path:
    """Where the model of the sources as they are now belongs."""
    return root / "models" / f"mm-vte-{fingerprint(root)}.tar.gz"


def train(root: Path = ROOT) -> Path:
    """Train in this process; returns the model.

    Rasa's own cache is not used: it does not notice a change inside a component.
    """
    without_tensorflow()
    from rasa.model_training import train as rasa_train
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    configure_logging_and_warnings(log_level=logging.INFO)
    configure_structlog(logging.INFO)
    # Read by Rasa for one thing only: at ERROR it draws no progress bars, thousands of lines in a log file.
    os.environ["LOG_LEVEL"] = "ERROR"
    warnings.simplefilter("ignore", DeprecationWarning)

    target = model_path(root)
    result = rasa_train(
        domain=str(root / "domain.yml"),
        config=str(root / "config.yml"),
        training_files=[str(root / "data")],
        output=str(target.parent),
        fixed_model_name=target.name,
        force_training=True,
    )
    if result.code != 0 or not target.exists():
        raise RuntimeError("training failed; its messages are above")
    return target


def ensure_model(root: Path = ROOT) -> Path:
    """The model of the sources as they are now; trained in a process of its own when it does not exist.

    Raises RuntimeError when the training fails.
    """
    target = model_path(root)
    if not target.exists():
        command = [sys.executable, "-m", "rasa_project.serving", "train"]
        if subprocess.run(command, cwd=root, check=False).returncode != 0 or not target.exists():
            raise RuntimeError("training failed; its messages are above")
        for old in sorted(target.parent.glob("mm-vte-*.tar.gz"), key=lambda one: one.stat().st_mtime)[:-3]:
            old.unlink()
    return target
