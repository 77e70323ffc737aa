"""An assessment as plain text: the decision first, then scores, warnings, alternatives and sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from actions.case import Evidence
from actions.reply.cards import source_name
from actions.reply.decision import decision, is_urgent, leading, only_course
from actions.reply.roles import by_role
from actions.reply.score_text import deciding_text, score_text, shown, spelled_out
from actions.wording import say

#: What a text-only client can show of one message (WeChat cuts at 2048 bytes).
MAX_BYTES = 2000
#: Less would leave nothing but the sources beside a long question.
MIN_BYTES = 900


def assessment_text(
    assessment: Mapping[str, Any],
    evidence: Mapping[str, Evidence],
    *,
    recorded: str = "",
    notices: Sequence[str] = (),
    goals: Sequence[str] = (),
    focus: str | None = None,
    chosen: str | None = None,
    room: int = MAX_BYTES,
    answered: bool = False,
    as_told: bool = False,
) -> tuple[str, str]:
    """The answer within ``room`` bytes, and the rest of it, for 继续 (the card has all of it).

    ``recorded`` echoes what was understood, ``notices`` is what else must be said of this turn; ``goals``
    are all the scores asked for in this case, ``focus`` the one that this message asks for;
    ``as_told`` says that scores were told instead of what they are made of, and answered by those;
    ``answered`` says that something else has answered it, so that "nothing to score" need not be said.
    """
    course = only_course(assessment, goals, focus)
    said = leading(assessment, course=course)
    groups = by_role(item for item in assessment["advice"] if item not in said)
    if course:
        # Whether and with what to prevent was not asked, and no tier is what decides.
        groups["other"] = [item for item in groups["other"] if not item["code"].startswith("PPX_")]
    scores = {name: assessment["scores"][name] for name in spelled_out(assessment, goals)}
    duration = _block("assessment.duration", groups["duration"])
    # Who asks how long is answered before anything else is repeated.
    focus_first = [duration] if focus == "duration" else []
    urgent = is_urgent(assessment)
    silent = answered and not (said or assessment["scores"])
    # a conclusion from the few facts that are known would contradict the scores that were told
    silent = silent or (as_told and "mm_vte" not in assessment["scores"] and not urgent)
    # In the order of reading; the number is the order in which a block gives way when space runs out.
    blocks = [
        (0, "" if silent else decision(assessment, goals, focus, chosen)),
        *((0, notice) for notice in notices),
        *((0, text) for text in focus_first),
        (3, recorded),
        *(
            block
            for name, score in scores.items()
            for block in (
                (4 if name.startswith("wells") else 1, score_text(name, score, evidence)),
                (5, "" if urgent or course else deciding_text(score)),
            )
        ),
        (0, _block("assessment.warnings", groups["warning"])),
        (2, _block("assessment.alternatives", groups["against"])),
        *((6, text) for text in [duration] if not (focus_first or urgent)),
        (7, "" if urgent or course else _sensitivity(assessment, goals)),
        (8, _block("assessment.other", groups["other"])),
        (9, "" if urgent or course else _notes(scores.values())),
    ]
    closing = _source(assessment) + "\n" + say("assessment.limits")
    return fit([(rank, text) for rank, text in blocks if text], closing, room)


def fit(blocks: Sequence[tuple[int, str]], closing: str, room: int = MAX_BYTES) -> tuple[str, str]:
    """Blocks and closing within ``room`` bytes, and what had to be left for 继续.

    Whole blocks give way first, the highest number first; a text that is still too long is cut at a line end.
    """
    kept, left = list(blocks), list[tuple[int, str]]()
    while _size(kept, closing, more=bool(left)) > room and len({rank for rank, _ in kept}) > 1:
        last = max(kept, key=lambda block: block[0])
        kept.remove(last)
        left.append(last)
    rest = "\n".join(text for block in blocks for text in [block[1]] if block in left)
    lines = "\n".join(text for _, text in kept).split("\n")
    cut: list[str] = []
    while len(lines) > 1 and _size([(0, "\n".join(lines))], closing, more=True) > room:
        cut.insert(0, lines.pop())
    rest = "\n".join(part for part in ("\n".join(cut), rest) if part)
    return "\n".join([*lines, *([say("assessment.more")] if rest else []), closing]), rest


def _size(blocks: Sequence[tuple[int, str]], closing: str, *, more: bool) -> int:
    texts = [text for _, text in blocks] + ([say("assessment.more")] if more else []) + [closing]
    return len("\n".join(texts).encode())


def _block(key: str, items: Sequence[Mapping[str, Any]]) -> str:
    texts = list(dict.fromkeys(item["text"] for item in items))
    if len(texts) > 1:
        return say(key, lines="".join(f"\n· {text}" for text in texts))
    return say(key, lines=texts[0]) if texts else ""


def _sensitivity(assessment: Mapping[str, Any], goals: Sequence[str]) -> str:
    lines = [
        line
        for name, score in assessment["scores"].items()
        if shown(name, assessment, goals)
        for line in score["sensitivity"]
    ]
    return say("assessment.sensitivity", lines="；".join(lines)) if lines else ""


def _notes(scores: Iterable[Mapping[str, Any]]) -> str:
    """What a score does not say by its points: the basis of an item (A03), remarks (A07), limits (A43)."""
    lines = list(dict.fromkeys(line.rstrip("。") for score in scores for line in score["notes"]))
    return say("assessment.notes", lines="；".join(lines)) if lines else ""


def _source(assessment: Mapping[str, Any]) -> str:
    sources = [name for item in assessment["advice"] if (name := source_name(item.get("source")))]
    # a table stands in its section
    named = "、".join(
        dict.fromkeys(name for name in sources if not any(one.startswith(f"{name}表") for one in sources))
    )
    named = f" {named}" if named else ""
    return say("assessment.source", sources=named, version=assessment["content_version"])
