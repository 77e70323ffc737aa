"""What must hold for every reply, whatever was said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from conversation_replies import Message, Reply, advice_items, all_text, items_in

INTERNAL_ERROR = "内部错误"
ASSESSMENT_MAX_BYTES = 2000  # one WeChat text message
# Doses the consensus prints as they stand; any other mg figure needs a weight or the user's own words.
FIXED_MG = {1.0, 1.5, 10.0, 15.0, 20.0, 40.0, 100.0}
WEIGHT_BASED = r"依诺肝素|达肝素|低分子肝素|LMWH"
DRUG_ORDERS = {
    "PPX_ASPIRIN_100",
    "PPX_WARFARIN_INR2_3",
    "PPX_LMWH_PROPH",
    "PPX_LMWH_THER",
    "PPX_RIVA_10",
    "PPX_RIVA_20",
}
# An absolute dose: not mg/kg, mg·kg⁻¹, mg/m², mg/dl.
MG_FIGURE = r"(\d+(?:\.\d+)?) ?mg(?! ?[/·] ?(?:kg|m|d[lL]|L))(?![a-zA-Z])"
PUT_FORWARD = {"recommend", "option", "consider"}
# Codes that forbid putting a prophylactic drug forward (compact cross of section 2.3 of the decisions).
NO_DRUG_ORDER = {"CONTRA_ACTIVE_BLEED", "BLEED_HIGH_INDIVIDUALIZE", "PLT_INDIVIDUALIZE"}

TIERS: dict[str, Callable[[float], str]] = {
    "mm_vte": lambda p: "none" if p < 6 else "low" if p <= 8 else "high" if p <= 12 else "very_high",
    "bleeding": lambda p: "low" if p < 7 else "high",
    "wells_dvt": lambda p: "unlikely" if p <= 2 else "likely",
    "wells_pe": lambda p: "low" if p <= 1 else "gap" if p < 2 else "moderate" if p <= 6 else "high",
}


def _general_assessment(message: Message, data: dict[str, Any]) -> Iterator[str]:
    size = len(message["text"].encode("utf-8"))
    if size > ASSESSMENT_MAX_BYTES:
        yield f"assessment text is {size} bytes"
    if data.get("consensus") != "mm-vte-cn-2022" or not data.get("content_version"):
        yield "assessment without consensus or content version"
    for name, score in data["scores"].items():
        low, high = score["range"]
        if not low <= score["points"] <= high:
            yield f"{name}: points {score['points']} outside range {score['range']}"
        if score["tier"] != TIERS[name](score["points"]):
            yield f"{name}: tier {score['tier']} does not go with {score['points']} points"
        if score["settled"] != (len(set(score["tier_range"])) == 1):
            yield f"{name}: settled {score['settled']} with tier range {score['tier_range']}"
    codes = {item["code"] for item in items_in(data["advice"])}
    if codes & NO_DRUG_ORDER:
        for item in data["advice"]:
            if item["code"] in DRUG_ORDERS and item["modality"] in PUT_FORWARD:
                yield f"{item['code']} put forward beside {sorted(codes & NO_DRUG_ORDER)}"


def general_differences(reply: Reply, said: str, facts: dict[str, Any]) -> list[str]:
    """Checks for any reply; `said` is all the user wrote so far, `facts` the last facts of the case."""
    wrong: list[str] = [] if reply else ["empty reply"]
    for message in reply:
        text = message.get("text")
        if not text or not re.search(r"[\u4e00-\u9fff]", text):
            wrong.append(f"message without Chinese text: {message}")
        elif INTERNAL_ERROR in text:
            wrong.append(f"the bot failed: {text}")
        custom = message.get("custom")
        if custom and custom.get("kind") == "assessment" and text:
            wrong.extend(_general_assessment(message, custom["data"]))
    if facts.get("weight_kg") is None:
        for item in advice_items(reply):
            for dose in item.get("doses") or []:
                if dose.get("formula"):
                    wrong.append(f"{item['code']}: dose {dose} worked out without a weight")
        known = FIXED_MG | {float(n) for n in re.findall(r"\d+(?:\.\d+)?", said)}
        for sentence in re.split(r"[。；\n]", all_text(reply)):
            figures = re.findall(MG_FIGURE, sentence) if re.search(WEIGHT_BASED, sentence) else []
            wrong.extend(
                f"{f} mg named without a weight: {sentence}" for f in figures if float(f) not in known
            )
    return wrong
