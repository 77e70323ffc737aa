"""Regimens in use: which one holds where another took its place, and the facts that it states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from rasa_project.reading.clauses import about_relative
from rasa_project.reading.drug_names import drugs
from rasa_project.reading.mention import Mention
from rasa_project.reading.normalise import Normalised
from rasa_project.reading.regimens import RegimenName
from rasa_project.reading.usage import Named, Usage, usage
from rasa_project.reading.usage_cues import MASK
from scoring.regimens import regimens

# A14: every anthracycline counts as anthracycline-based chemotherapy, liposomal doxorubicin among them.
BOOLEAN_FACTS = {
    "imid": ("imid",),
    "carfilzomib": ("carfilzomib",),
    "anthracycline": ("anthracycline_chemotherapy", "chemotherapy"),
    "glucocorticoid": ("glucocorticoid",),
    "chemotherapy": ("chemotherapy",),
    "erythropoietin": ("erythropoietin",),
}
YES: tuple[Usage, ...] = ("taken", "planned")
NO: tuple[Usage, ...] = ("stopped", "never")
# "改Rd", "换成来那度胺加地塞米松，就是Rd": one regimen takes the place of another.
_CHANGED_TO = re.compile(
    rf"(?:改|换|转|更换|调整)(?:成|为|用|到|行|予|至|以)*\s*(?:[^。;；\n]{{0,6}}{MASK}[^。;；\n]{{0,24}}?[,，(]?\s*(?:就是|也就是|即))?\s*$"
)
# "PAD三程，VRd两程，现Rd维持", "VRd诱导，移植，Rd巩固": the courses before are over.
_NOW_THIS = re.compile(
    r"(?:现在?|目前|如今|现已|此后|其后|随后|之后)(?:为|用|予|行|是|在|口服|接受|采用|使用|治疗|方案|:)*\s*$"
)
_STAGES = ("诱导", "巩固", "维持")
_STAGE = re.compile(
    rf"{MASK}*(?:方案|化疗|治疗|单药)?\s*(?:[*×x]?\s*[\d一二两三四五六七八九十]+\s*个?(?:周期|疗程|程))?\s*(?P<stage>诱导|巩固|维持)"
)
_CHANGE_REACH = 48  # characters
_ANEW = re.compile(r"(?:现|目前|今|再|重|又|改|换|拟|准备|予|行|用|恢复|继续|开始)[^,，。;；\n]{0,5}$")


def replaced_by(masked: str, named: list[RegimenName]) -> dict[int, Usage]:
    """Where a regimen stands that a later one takes the place of, and how that one is used.

    "KRd两程，因心衰停卡非佐米，改Rd": whatever stands between the two, the last is the present one.
    """
    replaced: dict[int, Usage] = {}
    past: set[str | None] = set()
    for index, name in enumerate(named):
        used = usage(masked, Named(name.start, name.end, needs_proof=False))
        if used == "stopped":
            past.add(name.name)
        elif name.name in past and not _ANEW.search(masked, max(0, name.start - 10), name.start):
            replaced[name.start] = "taken"  # "先后予PAD×4、移植。…PAD化疗期间血栓"
        if used not in YES:
            continue
        if _CHANGED_TO.search(masked, max(0, name.start - _CHANGE_REACH), name.start):
            replaced |= {earlier.start: used for earlier in named[:index]}
        elif _NOW_THIS.search(masked, max(0, name.start - 16), name.start):
            replaced |= {earlier.start: "taken" for earlier in named[:index] if earlier.name != name.name}
        elif used == "planned":  # "VRd巩固两程。…拟行KRd": the one to come is the one named
            replaced |= {one.start: used for one in named[:index] if one.name != name.name}
        elif stage := _stage(masked, name):
            replaced |= {one.start: "taken" for one in named[:index] if 0 < _stage(masked, one) < stage}
    return replaced


def _stage(masked: str, name: RegimenName) -> int:
    """Which stage of the treatment a regimen is said to be given for; 0 where that is not said."""
    match = _STAGE.match(masked, name.end)
    return 1 + _STAGES.index(match["stage"]) if match else 0


def regimen_mentions(
    message: Normalised, masked: str, name: RegimenName, stops: dict[str, int], replaced: Usage | None
) -> Iterator[Mention]:
    words = message.words(name.start, name.end)
    used = usage(masked, Named(name.start, name.end, needs_proof=False))
    if used in YES and replaced == "taken":
        used = "stopped"

    def mention(fact: str, value: bool | str | None, status: str, note: str | None = None) -> Mention:
        return Mention(fact, value, words, name.start, name.end, status, None, note, name.confirm)  # type: ignore[arg-type]

    if about_relative(message.text, name.start):
        return
    if used in YES:
        if name.name is not None and replaced is None:  # the regimen it is to give way to is the one named
            yield mention("regimen", name.name, "affirmed", name.note)
        gone = _gone(name, stops)
        stopped = "imid" in gone
        for fact in sorted(name.certain - gone):
            yield replace(mention(fact, True, "affirmed", name.note), drugs=_members(name, fact))
        for fact in sorted(name.open_):
            yield mention(fact, None, "undetermined", name.note)
        if name.imids and not stopped:
            yield replace(
                mention("imid_drug", "、".join(name.imids), "affirmed"), drugs=_members(name, "imid")
            )
        if name.name is None:
            yield mention("regimen", None, "undetermined", name.note)
    elif used in NO:
        for fact in sorted(name.certain - {"chemotherapy", "glucocorticoid"}):
            yield mention(fact, False, "negated", f"{words} 已停或未用")


def _members(name: RegimenName, fact: str) -> tuple[str, ...]:
    """The drugs of a regimen that a fact stands for; none where the regimen is not certain."""
    members = regimens()[name.name].drugs if name.name else ()
    return tuple(drug for drug in members if fact in BOOLEAN_FACTS.get(drugs()[drug]["kind"], ()))


def _gone(name: RegimenName, stops: dict[str, int]) -> set[str]:
    """The facts of a regimen whose drugs are all said later to be stopped: "VMP，马法兰本程没给"."""
    members = regimens()[name.name].drugs if name.name else ()
    later = {drug for drug, at in stops.items() if name.start < at}
    kinds = {drugs()[drug]["kind"] for drug in later if drugs()[drug].get("group")}
    left = [drug for drug in members if drug not in later and drugs()[drug]["kind"] not in kinds]
    facts = {fact for drug in members for fact in BOOLEAN_FACTS.get(drugs()[drug]["kind"], ())}
    return facts - {fact for drug in left for fact in BOOLEAN_FACTS.get(drugs()[drug]["kind"], ())}
