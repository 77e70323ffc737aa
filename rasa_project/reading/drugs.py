"""Drugs and regimens, and the facts that follow from taking, stopping or never having had them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from rasa_project.reading import between_blanks, single_agent
from rasa_project.reading import usage_cues as cues
from rasa_project.reading.asked_apart import parted
from rasa_project.reading.clauses import about_relative, own_part, taken_by_relative
from rasa_project.reading.context.retraction import WITHDRAWN_NOTE
from rasa_project.reading.drug_names import DrugName, drugs, find_drugs, specific
from rasa_project.reading.findings.checkboxes import BOX, ticked
from rasa_project.reading.mention import Mention
from rasa_project.reading.normalise import Normalised
from rasa_project.reading.quantities.dexamethasone_cues import LOCAL
from rasa_project.reading.quantities.settle import settle
from rasa_project.reading.regimen_use import BOOLEAN_FACTS, NO, YES, regimen_mentions, replaced_by
from rasa_project.reading.regimens import find_regimens
from rasa_project.reading.turning import turning_point
from rasa_project.reading.usage import Named, mask, usage

_BEFORE_NOW = re.compile(
    r"(?:前[一二两三四五六几\d]+个?(?:疗程|周期|程)|之前|以前|此前|原先|既往)[^,，。;；\n]{0,8}$"
)
_CHANGED_FOR = re.compile(r"(?:已|现|今[日天]起?)*(?:改|换)(?:成|为|用|了)")
# "硼替佐米单药维持 预防7个月了 能停吗": what stands before the blank is told.
_QUESTION_BEHIND = re.compile(
    r"(?<=[了月期人后持中])\s(?=(?:那|还|就|现在?|是不是|请问|可不可以)*(?:能|可以|能不能|要不要|用不用|该不该|需不需要|要)"
    r"[^,，。;；\s]{0,6}[吗么不没?？]*\s*$)"
)
NO_DRUG = "无"
"""The value of a drug fact that says that no such drug is taken."""
_LMWH = frozenset({"依诺肝素", "达肝素", "那屈肝素"})
_CURRENT = {"anticoagulant": "current_anticoagulant", "antiplatelet": "current_antiplatelet"}
_STRONG_CLASS = re.compile(r"(?:正在|目前|现在?|一直|长期|已经?|规律)[^,。;\n]{0,4}$")
# "他现在用什么抗凝", "目前的抗凝药是哪种": asked, not told
_WHICH_BEFORE = re.compile(r"(?:什么|啥子?|哪些?[种个类]?|何种)(?:样的?)?(?:在|有|用|做|进行|接受)*\s*$")
_WHICH_AFTER = re.compile(
    r"\s*(?:药物?|剂|治疗|方案)?的?(?:现在?|目前|用|吃|打|选|是|在|的|了)*(?:(?:什么|啥|哪[种个些类]|何种)|(?:吗|么|嘛)\s*[?？]?\s*$)"
)
# A stop that was itself long ago says nothing of now.
# "采集前三天停利伐沙班" tells of what is to be done before.
_ONCE = re.compile(
    r"曾|既往|期间|中途|一度|之前|以前|前[\d一二两三四五半]+\s*(?:天|日|晚|小时|h|周)(?:再|要|需)?停"
)
# "进展后停用全部抗骨髓瘤药", "目前什么骨髓瘤药也没有": none of those named before is taken.
_NO_MORE = re.compile(
    r"(?<![未没不勿])(?:停(?:用|掉|了|止|服)*|不再(?:使?用|服用?|接受))(?:所有|全部|一切)的?抗?(?:骨髓瘤|mm)的?(?:药物?|治疗|化疗)(?!吗|么|[?？])|"
    r"(?:所有|全部|一切)的?抗?(?:骨髓瘤|mm)的?(?:药物?|治疗|化疗)(?:都|均|也|已经?|全)+停(?!吗|么|[?？])|"
    r"(?:目前|现在?|如今|之后|后来|此后)(?:就|是|都|也)*(?:什么|啥|任何|所有)抗?(?:骨髓瘤|mm)?的?(?:药物?|治疗)(?:都|也)*(?:没|不|未)|"
    # "VRd 8程后CR，没有用药一年"
    r"(?P<bare>(?:没有?|未|不)(?:再|在)*[用吃]药了?(?:已经?|约|快|有|都)*\s?[\d半一二两三四五六七八九十]{1,3}\s?(?:多|余)?个?(?:多|余)?[年月](?![前内])|"
    r"(?<=[,，。;；])(?:目前|现在?|如今)(?:已|都|就)*(?:无药|(?:没有?|未|不)(?:再|在)*[用吃]药)(?:了|状态)*(?=\s*(?:[,，。;；、!！\n]|$)))",
    re.I,
)
_NO_MORE_YET = re.compile(
    r"(?:拟|准备|打算|计划|建议|考虑|能否|可否|是否|不|勿|别|未|没|若|如果?|一旦|假如)[^,，。;；\n]{0,6}$"
)
# "三年前DVT，现在没有用药": of another illness than the myeloma
_FOR_ANOTHER = re.compile(
    r"栓|dvt|vte|(?<![a-z])pe(?![a-z])|抗凝|预防|血压|糖尿|血糖|房颤|痛|甲[减亢]|胃|感染|感冒", re.I
)
_NOW_NONE = re.compile(r"(?:目前|现在?|现已|如今|眼下|这会儿)[^,，。;；\n]{0,8}$")
_OF_TWO_REACH = 12  # characters
_IN_ITS_PLACE = re.compile(r"^[^。;；\n]*(?:改|换|转)(?:成|为|用|服|到|予|吃|打|口服|的|了|上)*\s*$")
_BESIDE_IT = re.compile(r"加用|联合|重叠|桥接|同时|继续")
_LATELY = r"(?:今[天日晨早晚]?|昨[天日晚]|前天|刚刚?|刚才|才|这[两几]天)"
_STOPPED_LATELY_AFTER = re.compile(
    rf"[^,，。;；\n]{{0,6}}?(?:{_LATELY}[^,，。;；\n]{{0,6}}?停|停(?:用|药|服)?(?:了|的)?(?:第?[一二两三1-3]天|{_LATELY}))"
)
_STOPPED_LATELY_BEFORE = re.compile(rf"{_LATELY}(?:开始|起|已|就|把)*停(?:用|药|服|掉)?(?:了|的)?\s*$")
_LEVEL = re.compile(r"\s*(?:水平|浓度|测定|定量|检测)|\s*[:：]?\s*\d+(?:\.\d+)?\s*mIU", re.IGNORECASE)
_NOT_FROM_OUTSIDE = re.compile(
    r"[^。;；\n]{0,20}?[,，]\s*(?:从|并|也|均|尚|暂|目前)*(?:未|没有?|无)(?:予以?|给予?|使?用|应用|补充?|打|注射|加)*过?外源"
)
_CHEMOTHERAPY = re.compile(r"化疗")
_NO_CHEMOTHERAPY = re.compile(
    r"(?:未曾|从未|未|没有|没|无|(?<!化)不|不再|暂不)(?:行|做|用|打|上|接受|进行|予|给予|使用|联合|含|在|过)*(?:任何)?$"
)
# "化疗停了快一年了"
_CHEMOTHERAPY_STOPPED = re.compile(
    r"(?:药物?)?(?:早就|早|已经?|都|全|也)*停(?:了|掉|用|止)(?!吗|么|[?？])(?![^。;；\n]{0,16}(?:恢复|重启|继续|(?<![没不未])再(?:次|[上打做化])|又))"
)
# "化疗没上", "化疗一次没做"; "化疗没用" may say that it did not work, unless it goes on to what is given
_CHEMOTHERAPY_NOT_GIVEN = re.compile(
    r"(?:药物?)?(?:[一半][次回个天针][也都]?|一概|一律|从来|一直|全|均|都|也|是|并|压根儿?|根本)*"
    r"(?:(?:没有?|未)(?:曾|再)*(?:上|打|做|给|行|使用|进行|接受|应用)过?|(?:未|没有?)用过|未用|"
    r"没有?用(?=[,，;；。\s]\s?(?:就|只|仅|单|光|而是|用的是|打的是|吃的是|给的是)))"
    r"(?=[,，。;；、!！)\s]|$)(?![^。;；\n]{0,12}(?:拟|准备|打算|计划|下周|明天|后天|等))"
)
_CHEMOTHERAPY_NOW = re.compile(r"(?:联合|合用|\+|正在(?:行|接受|进行)?|目前(?:行|接受)?|多药)$")


def read_drugs(message: Normalised, today: date | None = None) -> list[Mention]:
    """A helper ``drug`` mention for every drug named, and the contract's facts that follow.

    ``today`` is not used: drugs are read by their words alone; it is accepted so that every
    reader has one signature.
    """
    text = message.text
    names = find_drugs(text)
    # "dex" inside "DVd-dex" or "Dara-VRd" belongs to the regimen that spans it.
    named = find_regimens(text)
    names = [name for name in names if not any(r.start < name.end and name.start < r.end for r in named)]
    masked = parted(message, _QUESTION_BEHIND.sub(",", mask(text, specific(names), named)))
    masked = between_blanks.ended(masked, specific(names), named)
    stops = _later_stops(masked, names)
    turn = turning_point(masked, names, named)
    ended = max(_no_more(masked), turn.end() if turn else 0)
    stops |= _stopped_at(ended, names)
    left = _left_for_another(masked, names)
    found: list[Mention] = []
    boxes = bool(BOX.search(message.text))
    for name in names:
        found.extend(_drug_mentions(message, masked, name, stops, name in left, boxes))
    replaced = replaced_by(masked, named)
    replaced |= {regimen.start: "taken" for regimen in named if regimen.start < ended}
    for regimen in named:
        found.extend(regimen_mentions(message, masked, regimen, stops, replaced.get(regimen.start)))
    found = _of_two(found)
    found.extend(_chemotherapy(message, found))
    found.extend(single_agent.read(message, masked, names, found))
    return settle(message, _settle(found))


def _later_stops(masked: str, names: list[DrugName]) -> dict[str, int]:
    """Where a drug that is spoken of again is said to be stopped: "来那度胺维持，…来那度胺已停"."""
    stops: dict[str, int] = {}
    for name in names:
        used = usage(masked, Named(name.start, name.end, drugs()[name.drug]["kind"] in _CURRENT))
        after = masked[name.end : name.end + 12].split("。")[0]
        if used == "never" and name.drug == "anticoagulant" and _NOW_NONE.search(masked, 0, name.start):
            # "华法林吃了一年。目前未抗凝": whatever anticoagulant was spoken of before
            stops |= {drug: name.start for drug, row in drugs().items() if row["kind"] == "anticoagulant"}
        elif used in NO and not _ONCE.search(masked[max(0, name.start - 12) : name.start] + after):
            stops[name.drug] = name.start
        elif used in YES:
            stops.pop(name.drug, None)
    return stops


def _no_more(masked: str) -> int:
    """Where all drugs against the myeloma are said to be stopped; 0 where that is not said."""
    ends = [
        match.start()
        for match in _NO_MORE.finditer(masked)
        if not _NO_MORE_YET.search(masked, max(0, match.start() - 12), match.start())
        and not (match["bare"] and _FOR_ANOTHER.search(masked, max(0, match.start() - 24), match.start()))
    ]
    return ends[-1] if ends else 0


def _stopped_at(ended: int, names: list[DrugName]) -> dict[str, int]:
    """Every drug against the myeloma, where all of them are said to be stopped; not what is begun later."""
    later = {name.drug for name in names if name.start >= ended}
    kinds = {"imid", "carfilzomib", "anthracycline", "chemotherapy"} if ended else set()
    return {drug: ended for drug, row in drugs().items() if row["kind"] in kinds and drug not in later}


def _left_for_another(masked: str, names: list[DrugName]) -> list[DrugName]:
    """The anticoagulants and antiplatelets that another took the place of within the sentence.

    "依诺肝素40mg每日两次，至出院共14天，出院改利伐沙班": of the two only the last is taken now. So it is with
    "术后予那屈肝素，…出院带药：利伐沙班".
    """
    current = [
        name
        for name in names
        if drugs()[name.drug]["kind"] in _CURRENT and not drugs()[name.drug].get("group")
    ]
    left = []
    for earlier, later in pairwise(current):
        between = masked[earlier.end : later.start]
        changed = _IN_ITS_PLACE.search(between) and not _BESIDE_IT.search(between)
        if changed and usage(masked, Named(later.start, later.end, True)) == "taken":
            left.append(earlier)
    if (home := cues.TAKEN_HOME.search(masked)) is not None:
        taken_home = [name for name in current if name.start >= home.end()]
        taken_home = [
            name for name in taken_home if usage(masked, Named(name.start, name.end, True)) == "taken"
        ]
        taken, kinds = {name.drug for name in taken_home}, {drugs()[name.drug]["kind"] for name in taken_home}
        earlier_ones = [name for name in current if name.end <= home.start() and name.drug not in taken]
        left += [name for name in earlier_ones if drugs()[name.drug]["kind"] in kinds]
    return left


def _drug_mentions(
    message: Normalised, masked: str, name: DrugName, stops: dict[str, int], left: bool, boxes: bool
) -> Iterator[Mention]:
    row = drugs()[name.drug]
    kind, group = row["kind"], row.get("group", False)
    confirm = name.note is not None
    words = message.words(name.start, name.end)

    named = () if group else ("heparin" if "肝素" in row["label"] else name.drug,)

    def mention(fact: str, value: bool | int | str | None, status: str, note: str | None = None) -> Mention:
        return Mention(
            fact,
            value,
            words,
            name.start,
            name.end,
            status,  # type: ignore[arg-type]
            None,
            note or name.note,
            confirm,
            drugs=named,
        )

    used = usage(masked, Named(name.start, name.end, kind in _CURRENT))
    box = ticked(message.text, name.start, name.end) if boxes else None
    if box == "empty":
        return  # "□EPO ☑来那度胺"
    if box is not None:
        used = "taken" if box == "yes" else "never"
    if used in YES and (left or name.start < stops.get(name.drug, 0)):
        used = "stopped"
    generic = group and kind in _CURRENT
    if not generic:
        yield mention("drug", name.drug, "affirmed")
    if about_relative(message.text, name.start) or (
        kind in _CURRENT and taken_by_relative(message.text, name.start)
    ):
        own = own_part(message.text, name.end)
        if own is None:
            return
        used = "taken" if own else "never"
    if kind == "erythropoietin" and _LEVEL.match(message.text, name.end):
        if _NOT_FROM_OUTSIDE.match(message.text, name.end):  # "血清EPO 46 mIU/ml，未予外源性"
            yield mention("erythropoietin", False, "negated")
        return  # the hormone measured, not the drug
    if used == "withdrawn":
        yield from _withdrawn(kind, mention)
    elif used == "doubtful":
        for fact in _asked_fact(name, kind):
            yield mention(fact, None, "undetermined", "原文不确定，请确认")
    elif generic:
        yield from _class_in_use(message, masked, name, kind, used, mention)
    elif kind in _CURRENT:
        fact = _CURRENT[kind]
        if used == "taken":
            yield mention(fact, row["label"], "affirmed")
        elif used in NO:
            yield mention(fact, NO_DRUG, "negated")
        if name.drug == "warfarin" and (used == "taken" or used in NO):
            yield mention("on_warfarin", used == "taken", "affirmed" if used == "taken" else "negated")
    elif kind == "mitoxantrone":  # A14: an anthracenedione is asked about
        if used in YES:
            yield mention("chemotherapy", True, "affirmed")
            yield mention(
                "anthracycline_chemotherapy", None, "undetermined", "米托蒽醌属蒽醌类，是否按蒽环类计分请确认"
            )
    elif kind in BOOLEAN_FACTS:
        yield from _therapy(message, name, kind, used, row["label"], group, mention)


def _asked_fact(name: DrugName, kind: str) -> tuple[str, ...]:
    """The fact that stands or falls with the drug: of warfarin its own."""
    if name.drug == "warfarin":
        return ("on_warfarin",)
    return (_CURRENT[kind],) if kind in _CURRENT else BOOLEAN_FACTS.get(kind, ())[:1]


def _withdrawn(kind, mention):  # type: ignore[no-untyped-def]
    """ "来那度胺写错了": what was recorded of it is no longer known."""
    for fact in (_CURRENT[kind],) if kind in _CURRENT else BOOLEAN_FACTS.get(kind, ()):
        yield mention(fact, None, "undetermined", WITHDRAWN_NOTE)


def _therapy(message, name, kind, used, label, group, mention):  # type: ignore[no-untyped-def]
    if kind == "glucocorticoid" and LOCAL.search(message.text[max(0, name.start - 12) : name.end + 16]):
        return
    if used in YES:
        for fact in BOOLEAN_FACTS[kind]:
            yield mention(fact, True, "affirmed")
        if kind == "imid" and not group:
            yield mention("imid_drug", label, "affirmed")
    elif used in NO:
        # A drug that was stopped takes its own fact away, not the whole of "chemotherapy".
        # "前两程没带IMiD，下程拟加来那度胺": what was so before denies no drug that is begun
        # "激素改成甲强龙": one of the class in place of another
        past = (
            not group
            or _BEFORE_NOW.search(message.text, max(0, name.start - 16), name.start)
            or _CHANGED_FOR.match(message.text, name.end)
        )
        note = f"{label}未用或已停" if past else None
        if kind == "imid" and used == "stopped" and _just_stopped(message.text, name):
            note = f"{label}刚停用，不在目前方案内，计为无；如仍计划使用请说明"
        yield mention(BOOLEAN_FACTS[kind][0], False, "negated", note)
        if kind == "imid":
            yield mention("imid_drug", NO_DRUG, "negated")
        # Of what was stopped nothing is said of the cycle that is counted.
        if used == "never" and name.drug in ("dexamethasone", "glucocorticoid"):
            yield mention("dexamethasone_mg_per_cycle", 0, "affirmed", f"未用{label}，按 0 mg 计")


def _just_stopped(text: str, name: DrugName) -> bool:
    """ "来那度胺今天停了": what ends these days is said to be left out, not left out unsaid."""
    return bool(
        _STOPPED_LATELY_AFTER.match(text, name.end)
        or _STOPPED_LATELY_BEFORE.search(text, max(0, name.start - 12), name.start)
    )


def _class_in_use(message, masked, name, kind, used, mention):  # type: ignore[no-untyped-def]
    """ "正在抗凝", "未抗凝": a class word counts only where it is plain that drugs are or are not given."""
    lead = masked[max(0, name.start - 12) : name.start]
    text = message.text
    if _WHICH_BEFORE.search(text, max(0, name.start - 12), name.start) or _WHICH_AFTER.match(text, name.end):
        return
    if used in NO:
        yield mention(_CURRENT[kind], NO_DRUG, "negated")
    elif used == "taken" and (_STRONG_CLASS.search(lead) or masked[name.end : name.end + 1] == "中"):
        yield mention(_CURRENT[kind], drugs()[name.drug]["label"], "affirmed")


def _of_two(found: list[Mention]) -> list[Mention]:
    """ "来那还是沙利度胺，待核": whichever of two immunomodulators it is, one is taken."""
    open_ = [mention for mention in found if mention.fact == "imid" and mention.value is None]
    if len({mention.text for mention in open_}) < 2 or open_[-1].start - open_[0].end > _OF_TWO_REACH:
        return found
    which = [replace(open_[0], fact="imid_drug", value=None, note="原文未定是哪一种，请确认")]
    either = [replace(open_[0], value=True, status="affirmed", note=None)]
    return [mention for mention in found if mention not in open_] + either + which


def _chemotherapy(message: Normalised, found: list[Mention]) -> Iterator[Mention]:
    text = message.text
    for match in _CHEMOTHERAPY.finditer(text):
        if any(mention.start <= match.start() < mention.end for mention in found):
            continue
        lead = text[max(0, match.start() - 10) : match.start()]
        span = match.span()
        if (
            _NO_CHEMOTHERAPY.search(lead) and text[match.end() : match.end() + 1] not in ("前", "后", "史")
        ) or (
            _CHEMOTHERAPY_STOPPED.match(text, match.end()) or _CHEMOTHERAPY_NOT_GIVEN.match(text, match.end())
        ):
            yield Mention("chemotherapy", False, message.words(*span), *span, "negated")
        elif _CHEMOTHERAPY_NOW.search(lead):
            yield Mention("chemotherapy", True, message.words(*span), *span)


def _settle(found: list[Mention]) -> list[Mention]:
    """One mention per fact and value; a stopped drug does not contradict its successor.

    A denial of a whole class ("未用IMiD") stays beside an affirmed member: that is a
    contradiction for the reconciler.
    """
    affirmed = {mention.fact for mention in found if mention.status == "affirmed" and mention.fact != "drug"}
    kept: list[Mention] = []
    for mention in found:
        member = mention.status == "negated" and (
            mention.note is not None or mention.value == NO_DRUG or mention.fact == "on_warfarin"
        )
        if member and mention.fact in affirmed:
            continue
        no_dexamethasone = mention.fact == "dexamethasone_mg_per_cycle"
        if no_dexamethasone and "glucocorticoid" in affirmed and not _another_steroid(found):
            continue
        same = next((one for one in kept if _says_the_same(one, mention)), None)
        if same is None:
            kept.append(mention)
        else:
            drugs_ = tuple(dict.fromkeys(same.drugs + mention.drugs))
            kept[kept.index(same)] = replace(same, drugs=drugs_)
    return _joined(kept)


def _says_the_same(one: Mention, other: Mention) -> bool:
    return (one.fact, one.value, one.status) == (other.fact, other.value, other.status)


def _another_steroid(found: list[Mention]) -> bool:
    """ "泼尼松，没用地塞米松": the steroid that is given is another one."""
    given = [one.drugs for one in found if one.fact == "glucocorticoid" and one.status == "affirmed"]
    return bool(given) and all(names and "dexamethasone" not in names for names in given)


def _joined(found: list[Mention]) -> list[Mention]:
    """Several drugs of one string fact become one value: "低分子肝素、华法林"."""
    kept: list[Mention] = []
    for mention in found:
        same = next(
            (other for other in kept if other.fact == mention.fact and other.status == "affirmed"), None
        )
        if (
            mention.fact in ("imid_drug", "current_anticoagulant", "current_antiplatelet")
            and mention.status == "affirmed"
            and same
        ):
            if drugs()["anticoagulant"]["label"] in (mention.value, same.value):
                value = same.value if mention.value == drugs()["anticoagulant"]["label"] else mention.value
            elif {same.value, mention.value} & _LMWH and drugs()["lmwh"]["label"] in (
                same.value,
                mention.value,
            ):
                # "LMWH第2日（依诺肝素40mg q12h）": the class and which of it are one drug
                value = same.value if mention.value == drugs()["lmwh"]["label"] else mention.value
            else:
                value = f"{same.value}、{mention.value}"
            index = kept.index(same)
            kept[index] = replace(
                same,
                value=value,
                confirm=same.confirm or mention.confirm,
                drugs=tuple(dict.fromkeys(same.drugs + mention.drugs)),
            )
        else:
            kept.append(mention)
    return kept
