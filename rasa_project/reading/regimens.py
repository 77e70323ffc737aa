"""Regimen abbreviations: which regimen is named, and what it certainly contains."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rasa_project.reading.drug_names import find_drugs
from rasa_project.reading.lexicon import load
from scoring.regimens import Regimen, drug_labels, regimens

_TOKEN = re.compile(
    # "VTD PACE", "Isa Kd"
    r"(?<![A-Za-z])(?i:dara|isa|elo|ven|v[td]{2}|dt|(?<!\d)(?<!\d )d) "
    r"(?i:pace|[vkprti][rmct]?[dp])(?![A-Za-z]|-\d)|"
    r"(?<![A-Za-z+])[A-Za-z](?: ?\+ ?[A-Za-z]){1,4}(?=\s?(?:方案|[两二双三四]联?药))|"  # "R+V两药"
    r"(?<![A-Za-z])[A-Za-z](?: [A-Za-z]){1,4}(?=\s?方案)|"  # "V R D方案", as a dictation writes it
    r"(?<![A-Za-z\d])M2(?![\dA-Za-z])|(?<![A-Za-z])[A-Za-z]{1,6}(?:\s?-\s?[A-Za-z]{1,6}){0,2}(?![A-Za-z])"
)
_CUE_AFTER = re.compile(
    r"\s*(?:-?lite)?\s*(?:方案|单药|维持|化疗|诱导|巩固|治疗|联合|[单双每]?周疗|(?:[×x]|第)?\s*[\d一二三四五六七八九十]+\s*(?:个)?(?:疗程|周期|程)|"
    r"[×x*]\s*[\d一二三四五六七八九十]+(?!\s*(?:mg|片|粒|次|天|d(?![a-z])))|\s?c\s?\d{1,2}\s?d\s?\d{1,2}(?!\d))",
    re.IGNORECASE,
)
# Not of PD, SD and MP, which are said of the response and of other drugs too: "kd的病人", "KRd刚C1", "VRD中".
_CUE_AFTER_MORE = re.compile(
    r"\s*(?:的(?:病人|患者)|刚?(?:第\s*[\d一二三四五六七八]|c\s?\d)|d\d{1,2}(?!\d)|中(?=[\s,，。;；]))", re.I
)
_OF_SEVERAL_MEANINGS = ("PD", "SD", "MP", "BD", "CD", "MD", "TD", "RD")
_CUE_BEFORE = re.compile(r"(?:用|予|给予|采用|接受|换|改为?|换成|改成|换为|启动|继续|方案\s*[:为是]?)\s*$")
# "现TD", "拟MP", "其余BD不变": of the names of responses it is not said so
_CUE_BEFORE_MORE = re.compile(
    r"(?:余|其余的?|剩下?的?|拟|计划|准备|现|目前|正在?|行|上|服|首选|一线|二线|三线|先|再|后|续)(?:行|用|予|给予)?\s*$"
)
# "TCD（沙利度胺+环磷酰胺+地塞米松）": its drugs in brackets behind it
_BRACKET = re.compile(r"\s?(?:方案)?\s?[(:=]\s?")
_CLOSES, _FEWEST_DRUGS = re.compile(r"\s?(?:方案)?\s?[)\]]"), 2
_A_DOSE = re.compile(r"\s*\d+\s*mg", re.IGNORECASE)  # "后MP 100mg": methylprednisolone
_RESPONSES = ("PD", "SD", "MR", "PR", "CR")
_POMALIDOMIDE = re.compile(r"泊马|(?<![a-z])pom", re.IGNORECASE)
_BORTEZOMIB = re.compile(r"硼替|万珂|(?<![a-z])(?:btz|bort)", re.IGNORECASE)
_LONGEST_DRUG = 8  # characters
_NEAR = 40  # characters around an ambiguous abbreviation in which its drugs may be named
_RESPONSE = re.compile(r"(?:疗效|评估|评价|缓解|进展|达(?!雷)到?|判定)[^,。;\n]{0,6}$")
# "T-VTD", "Sel-VRd": of the drug put before it the regimen holds nothing back
_PREFIXED = re.compile(r"(?i:[a-z]|sel|ven|elo|isa|pom|len)\s?-\s?([A-Za-z]{3,4})$")
_THERAPY = ("imid", "carfilzomib", "anthracycline_chemotherapy", "glucocorticoid", "chemotherapy")


@dataclass(frozen=True, slots=True)
class RegimenName:
    """A regimen named at ``[start, end)``.

    ``name`` is None when the abbreviation has several readings; ``certain`` holds the facts
    true under every reading, ``open_`` those on which the readings differ.
    """

    name: str | None
    start: int
    end: int
    certain: frozenset[str]
    open_: frozenset[str]
    imids: tuple[str, ...]
    note: str | None = None
    confirm: bool = False


@cache
def _spellings() -> tuple[dict[str, Regimen], dict[str, set[str]]]:
    """Exact spelling → regimen; lower-case spelling → the names it can mean."""
    exact: dict[str, Regimen] = {}
    folded: dict[str, set[str]] = {}
    for entry in regimens().values():
        for spelling in (entry.name, *entry.aliases):
            key = spelling.replace("-", "").replace("+", "")
            # Chinese drug names and the names of single drugs are read as drugs.
            if not key.isascii() or key.lower() in ("dex", "dara"):
                continue
            exact.setdefault(key, entry)
            folded.setdefault(key.lower(), set()).add(entry.name)
    return exact, folded


def _facts(entry: Regimen) -> frozenset[str]:
    return frozenset(fact for fact in entry.facts if fact in _THERAPY)


def _imids(entry: Regimen) -> tuple[str, ...]:
    names = ("thalidomide", "lenalidomide", "pomalidomide")
    return tuple(drug_labels()[drug] for drug in entry.drugs if drug in names)


def _readings(key: str) -> tuple[list[Regimen], str | None]:
    exact, folded = _spellings()
    for row in load("regimens")["ambiguous"]:
        if row["spelling"] == key or (row["spelling"].lower() == key and key.islower()):
            return [regimens()[name] for name in row["means"]], row["note"]
    if key in exact:
        return [exact[key]], None
    names = sorted(folded.get(key.lower(), ()))
    note = f"“{key}”可指 {' 或 '.join(names)}，请说明" if len(names) > 1 else None
    return [regimens()[name] for name in names], note


def _stands_alone(token: str, key: str, text: str, start: int, end: int) -> bool:
    words = load("regimens")["words"]
    if key in words["only_before_cue"] and not _CUE_AFTER.match(text, end):
        return False
    if _CUE_AFTER.match(text, end) or "+" in token:
        return not (key in ("PD", "SD") and re.match(r"\s*(?:治疗|维持)", text[end : end + 4]))
    if len(key) > 1 and key.upper() not in _OF_SEVERAL_MEANINGS and _CUE_AFTER_MORE.match(text, end):
        return True
    if len(key) > 1 and _CUE_BEFORE.search(text[max(0, start - 6) : start]):
        return True
    if (
        len(key) > 1
        and key.upper() not in _RESPONSES
        and not _A_DOSE.match(text, end)
        and _CUE_BEFORE_MORE.search(text[max(0, start - 6) : start])
    ):
        return True
    if len(key) == 1:
        return False
    if _behind_drugs(key, text, start, end):
        return True
    if key.upper() not in _RESPONSES and _spelled_out(text, end):
        return True
    if len(key) == 2:
        return key in words["alone"] and not _RESPONSE.search(text[max(0, start - 10) : start])
    return key.upper() not in {word.upper() for word in words["need_cue"]}


def _spelled_out(text: str, end: int) -> bool:
    """Whether the name at ``end`` is followed by its drugs in brackets."""
    bracket = _BRACKET.match(text, end)
    near = find_drugs(text[bracket.end() : bracket.end() + _LONGEST_DRUG]) if bracket else []
    return bool(near) and near[0].start == 0


def _behind_drugs(key: str, text: str, start: int, end: int) -> bool:
    """Whether the name stands in brackets behind its drugs: "塞利尼索+泊马度胺+地塞米松（SPd）"."""
    if not _CLOSES.match(text, end) or text[:start].rstrip()[-1:] not in ("(", "["):
        return False
    return len(find_drugs(text[max(0, start - _NEAR) : start])) >= min(len(key), _FEWEST_DRUGS)


def _told_apart(readings: list[Regimen], text: str, start: int, end: int) -> list[Regimen]:
    """The one reading whose drug is named beside an abbreviation: "PCD（泊马度胺、环磷酰胺、地塞米松）"."""
    near = text[max(0, start - _NEAR) : end + _NEAR]
    named = {
        drug
        for drug, pattern in (("pomalidomide", _POMALIDOMIDE), ("bortezomib", _BORTEZOMIB))
        if pattern.search(near)
    }
    fitting = [one for one in readings if named & set(one.drugs)]
    return fitting if len(named) == 1 and len(fitting) == 1 else readings


def find_regimens(text: str) -> list[RegimenName]:
    """Every regimen named in a normalised text."""
    found: list[RegimenName] = []
    for match in _TOKEN.finditer(text):
        token = match[0]
        key = re.sub(r"[\s\-+]", "", token)
        readings, note = _readings(key)
        if not readings and " " in token:
            second = _TOKEN.match(text, match.start() + token.index(" ") + 1)
            if second is None:
                continue
            match, token, key = second, second[0], re.sub(r"[\s\-]", "", second[0])
            readings, note = _readings(key)
        if not readings and (tail := _PREFIXED.match(token)):
            readings, note = _readings(tail[1])
        if not readings and (head := re.match(r"(?i)([a-z\-]+?)-?lite$", token)):
            readings, note = _readings(head[1].replace("-", ""))
        if not readings or not _stands_alone(token, key, text, *match.span()):
            continue
        told = _told_apart(readings, text, *match.span())
        readings, note = told, note if len(told) == len(readings) else None
        if len(key) == 1 and not re.match(r"\s*(?:单药|维持|方案)", text[match.end() : match.end() + 4]):
            continue
        facts = [_facts(entry) for entry in readings]
        certain = frozenset.intersection(*facts)
        warning = load("regimens")["confirm"].get(key)
        same = len(readings) == 1
        found.append(
            RegimenName(
                name=readings[0].name if same else None,
                start=match.start(),
                end=match.end(),
                certain=certain,
                open_=frozenset.union(*facts) - certain,
                imids=_imids(readings[0]) if same else (),
                note=note or warning,
                confirm=warning is not None,
            )
        )
    return found
