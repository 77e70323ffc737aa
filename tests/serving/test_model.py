"""A model belongs to the sources it was made of."""

from __future__ import annotations

from pathlib import Path

from rasa_project.serving.model import SOURCES, fingerprint, model_path


def project(root: Path) -> Path:
    for source in SOURCES:
        path = root / source
        if path.suffix:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("1", encoding="utf-8")
        else:
            (path / "sub").mkdir(parents=True)
            (path / "sub" / "words.toml").write_text("1", encoding="utf-8")
    return root


def test_every_source_counts_and_nothing_else(tmp_path: Path) -> None:
    root = project(tmp_path)
    before = fingerprint(root)
    (root / "README.md").write_text("changed", encoding="utf-8")
    (root / "rasa_project" / "nlu" / "__pycache__").mkdir()
    (root / "rasa_project" / "nlu" / "__pycache__" / "x.pyc").write_bytes(b"1")
    assert fingerprint(root) == before
    seen = {before}
    for source in SOURCES:
        path = root / source
        file = path if path.suffix else path / "sub" / "words.toml"
        file.write_text("2", encoding="utf-8")
        seen.add(fingerprint(root))
    assert len(seen) == len(SOURCES) + 1


def test_a_renamed_or_removed_file_counts(tmp_path: Path) -> None:
    root = project(tmp_path)
    before = fingerprint(root)
    file = root / "data" / "sub" / "words.toml"
    file.rename(file.with_name("other.toml"))
    renamed = fingerprint(root)
    file.with_name("other.toml").unlink()
    assert len({before, renamed, fingerprint(root)}) == 3
    assert model_path(root).parent == root / "models"
