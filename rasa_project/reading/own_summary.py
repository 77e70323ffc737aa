"""Our own 小结, pasted back from the medical record: its list of facts, and nothing else of it.

Everything below that list (scores, advice, what is still open) names facts that the patient may not have;
it must not be read as a note would be.
"""

from __future__ import annotations

import re
from datetime import date

from actions import labels
from actions.wording import load
from rasa_project.reading.mention import Mention
from scoring import FACTS

_HEAD = re.compile(r"MM\s*相关\s*VTE\s*风险评估小结[（(](\d{4})-(\d\d)-(\d\d)[）)]\s*资料[：:]")
_FACTS_END = re.compile(r"[\s；]*(?:MM-VTE 风险|出血风险|Wells DVT|Wells PE|建议|待明确|依据)[：:]")
_END = "须由医师审核。"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
# Beside what 复评 asks again: time has gone on.
_COUNTED = frozenset({"months_on_prophylaxis", "lmwh_days"})


def take_out(text: str, today: date) -> tuple[list[Mention], str]:
    """The facts of a summary of ours in ``text``, and the text with the summary blanked out.

    Of a summary written before ``today``, what may have changed since is undetermined, so that it is asked
    for again.
    """
    head = _HEAD.search(text)
    if head is None:
        return [], text
    closing = text.find(_END, head.end())
    end = closing + len(_END) if closing >= 0 else len(text)
    stop = _FACTS_END.search(text, head.end(), end)
    listed = stop.start() if stop else end
    written = date(int(head[1]), int(head[2]), int(head[3]))
    mentions = []
    for entry in re.finditer(r"[^；\n]+", text[head.end() : listed]):
        start = head.end() + entry.start()
        mention = _fact(entry[0].strip(), start, start + len(entry[0]), written, today)
        if mention is not None:
            mentions.append(mention)
    return mentions, text[: head.start()] + " " * (end - head.start()) + text[end:]


def _fact(entry: str, start: int, end: int, written: date, today: date) -> Mention | None:
    label, separator, stated = re.sub("：|:", "：", entry, count=1).partition("：")
    known = _by_label()
    # summaries of a former version wrote 有 before some labels
    fact = known.get(label.strip()) or known.get(label.strip().removeprefix("有"))
    if fact is None or not separator:
        return None
    value = _value(fact, stated.strip())
    old = written < today and fact in {*load("cues.toml")["reassess"]["ask_again"], *_COUNTED}
    if value is None or old:
        note = f"小结写于{written}，现况请重新确认" if old else None
        return Mention(fact, None, entry, start, end, "undetermined", note=note)
    return Mention(fact, value, entry, start, end, "negated" if value is False else "affirmed")


def _by_label() -> dict[str, str]:
    return {spec.label: name for name, spec in FACTS.items()}


def _value(fact: str, stated: str) -> bool | float | str | None:
    """The inverse of ``labels.value_name``; None for 不明确 and for what it never writes."""
    spec = FACTS[fact]
    if spec.kind == "number":
        number = _NUMBER.match(stated)
        return float(number[0]) if number else None
    if spec.kind == "bool":
        return _answer(stated)
    named = next((value for value in spec.choices or {} if labels.value_name(fact, value) == stated), None)
    return named if spec.choices else (stated or None)


def _answer(stated: str) -> bool | None:
    """有 and 是, 无 and 否: summaries of a former version wrote 有 and 无 of every fact."""
    words = load("wording.toml")["values"]
    for value, names in ((True, ("true", "holds")), (False, ("false", "fails"))):
        if stated in {words[name] for name in names}:
            return value
    return None
