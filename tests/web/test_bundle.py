"""The committed script is what its sources build, small, and asks no other host."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
from pathlib import Path

from web_chat import need_packages

from rasa_project.serving.settings import ROOT

STATIC = ROOT / "rasa_project" / "channels" / "web" / "static"
BUNDLE = STATIC / "mm-vte-chat.js"


def test_the_bundle_is_built_from_the_sources(tmp_path: Path) -> None:
    need_packages()
    copy = tmp_path / "widget"
    shutil.copytree(ROOT / "widget", copy, ignore=shutil.ignore_patterns("node_modules"))
    (copy / "node_modules").symlink_to(ROOT / "widget" / "node_modules")
    (tmp_path / "rasa_project/channels/web/static").mkdir(parents=True)
    built = subprocess.run(["npm", "run", "build"], cwd=copy, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    for name in ("mm-vte-chat.js", "mm-vte-chat.css"):
        fresh = (tmp_path / "rasa_project/channels/web/static" / name).read_bytes()
        assert fresh == (STATIC / name).read_bytes(), f"{name} is out of date: cd widget && npm run build"


def test_the_bundle_is_small() -> None:
    assert len(gzip.compress(BUNDLE.read_bytes(), 9)) < 30_000


def test_the_bundle_names_no_other_host() -> None:
    addresses = set(re.findall(r"https?://[\w.:/-]+", BUNDLE.read_text(encoding="utf-8")))
    # Names of XML languages, which nothing is loaded from.
    assert {address for address in addresses if not address.startswith("http://www.w3.org/")} == set()


def test_the_lock_file_names_no_registry() -> None:
    lock = (ROOT / "widget" / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert '"integrity"' in lock
