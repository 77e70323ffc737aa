"""A what-if that puts another regimen in the place of the one that is given: of the old one nothing stays."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from actions.case import Case, FactValue
from scoring import regimen

#: The facts that the drugs of a regimen stand for.
THERAPY = ("imid", "carfilzomib", "anthracycline_chemotherapy", "chemotherapy", "glucocorticoid")
DEXAMETHASONE = "dexamethasone_mg_per_cycle"
#: "加用Rd": beside what is given, right before the name of the regimen.
_ADDED_BEFORE = re.compile(
    r"(?:加用|加上|加入|再加|[再还]用|添|联合|合用|联用|同时|(?<!增)加|(?<![a-z])(?:add|plus))(?:用|上|了|个|\s)*$",
    re.IGNORECASE,
)
_ADDED_REACH = 8
#: "激素剂量不变": the dose is told with the regimen.
_DOSE_KEPT = re.compile(
    r"(?:地米|地塞米松|(?<![a-z])dex|激素)[^，。；]{0,6}(?:不变|照旧|照样|同前|一样|相同|保持|不动|不改)",
    re.IGNORECASE,
)


def of_another_regimen(
    case: Case, mentions: Sequence[Mapping[str, Any]], text: str
) -> dict[str, FactValue] | None:
    """What a supposed regimen makes of the drugs of the old one; ``None`` where none takes its place.

    A drug that the new regimen does not contain is not given; its dose of dexamethasone is not that of
    the old one (A12), and is unknown until it is told.
    """
    named = _regimen_named(case, mentions, text)
    if named is None:
        return None
    known = regimen(str(named["value"])) if named["value"] else None
    told = {
        one["entity"]: one["value"] if one["status"] in ("affirmed", "negated") else None
        for one in mentions
        if not _of_the_old_one(one, str(named["text"]))
    }
    change: dict[str, FactValue] = {"regimen": named["value"]}
    for fact in THERAPY:
        if fact in told:
            change[fact] = told[fact]
        elif known and fact in known.facts:
            change[fact] = True
        elif case.facts.get(fact, False) is not False:
            change[fact] = False
    if change.get("imid", False) is None:
        change["imid_drug"] = None
    if DEXAMETHASONE in case.facts and DEXAMETHASONE not in told and not _DOSE_KEPT.search(text):
        change[DEXAMETHASONE] = None
    return change


def _regimen_named(case: Case, mentions: Sequence[Mapping[str, Any]], text: str) -> Mapping[str, Any] | None:
    """The regimen that is supposed instead of the one given, also where its name has several readings."""
    named = [one for one in mentions if one["entity"] == "regimen" and one["status"] != "negated"]
    if not named or named[-1]["value"] == case.facts.get("regimen", ""):
        return None
    start = int(named[-1]["start"])
    return None if _ADDED_BEFORE.search(text[max(0, start - _ADDED_REACH) : start]) else named[-1]


def _of_the_old_one(mention: Mapping[str, Any], new: str) -> bool:
    """ "从PAD换成VRd": whether it was read out of the name of the regimen that is left."""
    known = regimen(str(mention["text"]))
    return known is not None and mention["text"] != new
