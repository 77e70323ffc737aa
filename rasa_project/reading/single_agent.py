"""A drug that is given alone leaves out the others: "来那度胺单药维持", "只用伊沙佐米"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rasa_project.reading.clauses import about_relative
from rasa_project.reading.drug_names import DrugName, drugs
from rasa_project.reading.mention import HYPOTHETICAL_NOTE, Mention
from rasa_project.reading.normalise import Normalised
from rasa_project.reading.usage import Named, usage

_GIVEN = ("taken", "planned")
_ALONE_BEFORE = re.compile(
    r"(?:单用|单药|单独|单吃|单纯|仅|只|光|就)(?:口服|服用|使用|应用|给予|予以?|剩下?|留下?|用|吃|服|有|是)*\s*$"
)
_BARELY = re.compile(r"就(?:口服|服用|使用|应用|给予|予以?|用|吃|服|是)*\s*$")
_ALONE_AFTER = re.compile(
    r"\s*(?:胶囊|片)?\s*(?:\d+(?:\.\d+)?\s*(?:mg|毫克))?\s*(?:qd|qod|qn|每[日天晚]|隔日|d\d{1,2}-\d{1,2}|1次|一次|/|口服|\s)*"
    r"(?:单药|一个药|1个药|这一个|一样药)",
    re.I,
)
# "如果只剩来那度胺维持呢"
_SUPPOSED = re.compile(r"^(?:那|要|万一|[,，\s])*(?:如果|要是|假如|假设|若|换成|改成|改为|换为)")
_IMID = ("imid",)
_OTHERS = ("glucocorticoid", "chemotherapy", "carfilzomib")
_NOTES = {
    True: "单药治疗，按不含糖皮质激素、化疗和卡非佐米理解",
    False: "单药治疗，按不含免疫调节剂、糖皮质激素、化疗和卡非佐米理解",
}


def read(message: Normalised, masked: str, names: list[DrugName], found: list[Mention]) -> Iterator[Mention]:
    """What a drug alone leaves out; not where another myeloma drug or a regimen is given beside it."""
    used = {mention.fact for mention in found if mention.status == "affirmed"}
    if used & {"regimen", *_OTHERS}:
        return
    for name in names:
        kind = drugs()[name.drug]["kind"]
        if kind != "imid" and not (kind == "none" and drugs()[name.drug].get("myeloma")):
            continue
        if not _is_alone(masked, name) or about_relative(message.text, name.start):
            continue
        given = usage(masked, Named(name.start, name.end, False)) == "taken"
        supposed = not given and _SUPPOSED.match(masked) is not None
        if not (given or supposed):
            continue
        if any(_is_given_too(masked, name, other) for other in names):
            return
        yield from _mentions(message, name, imid=kind == "imid", supposed=supposed, used=used)
        return


def _is_alone(masked: str, name: DrugName) -> bool:
    before = masked[: name.start]
    barely = _BARELY.search(before) and not _ALONE_AFTER.match(masked, name.end)  # "那就用来那度胺"
    return bool((_ALONE_BEFORE.search(before) and not barely) or _ALONE_AFTER.match(masked, name.end))


def _is_given_too(masked: str, name: DrugName, other: DrugName) -> bool:
    against_myeloma = drugs()[other.drug].get("myeloma", drugs()[other.drug]["kind"] == "imid")
    if other.drug == name.drug or not against_myeloma:
        return False
    return usage(masked, Named(other.start, other.end, False)) in _GIVEN


def _mentions(
    message: Normalised, name: DrugName, *, imid: bool, supposed: bool, used: set[str]
) -> Iterator[Mention]:
    words = message.words(name.start, name.end)
    note = HYPOTHETICAL_NOTE if supposed else _NOTES[imid]
    absent = _OTHERS if imid else tuple(fact for fact in (*_IMID, *_OTHERS) if fact not in used)
    if imid and supposed:
        yield Mention("imid", True, words, name.start, name.end, "affirmed", None, note)
    if not (imid or supposed):  # none of the counted drugs tells that the myeloma is treated (A03)
        treated = "正在接受抗骨髓瘤治疗，按活动性肿瘤计（A03）"
        yield Mention("active_cancer", True, words, name.start, name.end, "affirmed", None, treated)
    for fact in absent:
        yield Mention(fact, False, words, name.start, name.end, "negated", None, note)
