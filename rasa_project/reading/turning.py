"""Where a relapse or a progression turned the treatment to another: what was given before is over.

"来那度胺维持，2024-11生化进展→DKd", "IRd 6程后进展。现三线KPd", "今年复发，改用卡非佐米".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rasa_project.reading.drug_names import DrugName, drugs
from rasa_project.reading.regimens import RegimenName
from rasa_project.reading.usage import Named, usage
from rasa_project.reading.usage_cues import MASK

_TURN = re.compile(
    r"(?<![未无没不])(?P<why>进展|复发|耐药|(?<![A-Za-z])(?:PD|progress\w*|relapse\w*)(?![A-Za-z]))"
    rf"(?:[^{MASK}。;；\n]{{0,20}}[,，。;；\s])?[^{MASK}。;；\n,，]{{0,8}}?"
    rf"(?:→|-+>|=>|改(?!善)|换(?!药)|转(?!移)|现(?!病)|目前|[二三四五]线)[^{MASK},，。;；\n不没未停减若如拟考建]{{0,10}}(?={MASK})"
)
_AGAINST_MYELOMA = ("imid", "carfilzomib", "anthracycline", "chemotherapy")


def turning_point(
    masked: str, names: Sequence[DrugName], regimens: Sequence[RegimenName]
) -> re.Match[str] | None:
    """The last such turn, which ends where the new treatment is named; None where there is none."""
    begun = {one.start for one in regimens} | {one.start for one in names if _counts(one)}
    ends = {one.start: one.end for one in names} | {one.start: one.end for one in regimens}
    turns = [
        turn
        for turn in _TURN.finditer(masked)
        if turn.end() in begun and usage(masked, Named(turn.end(), ends[turn.end()], False)) == "taken"
    ]
    return turns[-1] if turns else None


def _counts(name: DrugName) -> bool:
    row = drugs()[name.drug]
    return bool(row.get("myeloma")) or row["kind"] in _AGAINST_MYELOMA
