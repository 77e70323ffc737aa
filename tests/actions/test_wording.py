"""Every sentence of wording.toml is said somewhere, and every sentence that is said stands there."""

import re
from pathlib import Path

from actions.wording import load

ACTIONS = Path(__file__).resolve().parents[2] / "actions"
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in ACTIONS.rglob("*.py"))
WORDING = load("wording.toml")
#: Sections whose keys are put together from data: names of scores, tiers, values, options, items.
LOOKED_UP = {"labels", "tiers", "values", "options", "emergency", "actions", "item_status"}


def test_every_key_that_is_said_exists() -> None:
    for section, name in re.findall(r'say\(\s*"(\w+)\.(\w+)"', SOURCE):
        assert name in WORDING[section], f"{section}.{name}"


def test_no_sentence_is_left_over() -> None:
    for section, sentences in WORDING.items():
        if section in LOOKED_UP:
            continue
        unused = [name for name in sentences if f'"{section}.{name}"' not in SOURCE]
        unused = [name for name in unused if not re.match(r"how_|interval_", name)]
        assert unused == [], section


def test_every_sentence_is_chinese_or_a_frame() -> None:
    def sentences(part: object) -> list[str]:
        if isinstance(part, dict):
            return [one for value in part.values() for one in sentences(value)]
        return [str(part)]

    for sentence in sentences(WORDING):
        assert re.search(r"[一-鿿{]", sentence) or sentence in {"Wells DVT", "Wells PE"}, sentence
