"""Phase, response and activity of the myeloma: what is said last of the present counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rasa_project.reading import lexicon
from rasa_project.reading.drug_names import DrugName, drugs, find_drugs
from rasa_project.reading.findings.hits import EXCLUDED, EXPLICIT, Hit, Note, Reading
from rasa_project.reading.mention import Mention
from rasa_project.reading.regimens import RegimenName, find_regimens
from rasa_project.reading.turning import turning_point
from rasa_project.reading.usage import mask
from scoring.closure import THERAPIES

_NEAR = 12  # characters between a relapse and the thrombosis that it may be of
_NOW = re.compile(r"(目前|现(?!病)|正在|已进入|进入|当前|处于|拟|准备|行)[^,，。;；]{0,8}$")
_DONE = re.compile(r"^(治疗|化疗|期|阶段|方案)?[^,，。;；]{0,6}(后|结束|完成|已结束)")
_BEST = re.compile(r"最[佳好深]的?(?:疗效|缓解|反应|应答)[^,，。;；]{0,6}$")  # reached once
# "PD on R maintenance": what it grew under
_UNDER = re.compile(
    r"(?:(?<![a-z])(?:pd|progress\w*|relaps\w*)\s?(?:on|during|under|while on)|进展于|复发于)\s*$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"[从自]$")  # "从诱导开始算8个月"
_NOT_REACHED = re.compile(r"(未达到?|未获得?|没有?达到?|未|非|<|低于|不足|没到)\s*$")
_ENDED = re.compile(r"(结束|停药|停止|停用|完成)")
# "考虑骨髓瘤复发" concludes from what was found; "考虑复发可能" and "不考虑复发" do not.
_CONCLUDED = re.compile(r"(?<![不待需可])考虑(为|是)?(?:[^,，。;；(\n可]{0,8}[(])?$")
_POSSIBLY = re.compile(r"(可能|待|[?？]|不除外)")
_PHASE = r"(?:诱导|巩固|维持|初治|初诊|复发|停药观察)(?:期|阶段|治疗|化疗)?"
# "巩固还是维持阶段，转诊单没写明"
_EITHER_PHASE = re.compile(
    rf"{_PHASE}\s?[,，]?(?:还是|或者?|抑或)(?:是|在)?{_PHASE}[^。;；\n]{{0,12}}?"
    r"(?:没写|未写|不详|不清|不明|未注明|没注明|不知|不确定|未提|没提|待核|待查|说不|记不|问不)"
)
_SIX_MONTHS = 183  # days
_REMISSION = frozenset({"scr", "cr", "vgpr", "pr"})
_OTHER_CANCER = re.compile(r"癌|淋巴瘤|白血病|肉瘤|转移")
# "停药已两年", "停药 8个月"
_OFF_FOR = re.compile(r"(?:治疗|药|用|了|已经?|都|有|约|快|满|大概|差不多|\s)*")
_TREATED = re.compile(
    r"(?<![未不没])缓解|移植|停(?:药|疗|止|治)|结束|(?<![a-z])(?:s?cr|vgpr|asct)(?![a-z])", re.IGNORECASE
)
# "缓解停药2年": a remission of which no degree is told
_REMISSION_NAMED = re.compile(r"(?<![未不没])(?<!未能)(?<!没有)缓解(?!不)[^。;；\n]{0,12}$")
# "来那度胺维持，2024-11生化进展→DKd": whatever came after a first treatment
_AFTER_A_FIRST_LINE = re.compile(
    r"维持|移植|缓解|[二三四]线|(?<![a-z])(?:asct|s?cr|vgpr|maint\w*)(?![a-z])", re.IGNORECASE
)
# of all drugs, not only of the maintenance
_NOTHING_GIVEN = re.compile(
    r"(?:没有?|未|不|无)(?:再|在)*(?:接受|使)?(?:任何|什么|[用吃])?(?:抗?骨髓瘤的?)?(?:药|治疗)|"
    r"(?:所有|全部|一切|任何|什么|啥)的?(?:抗?骨髓瘤|口服)?的?(?:药|治疗)"
)
_PROGRESS = re.compile(r"进展|复发|耐药|pd|progress|relapse", re.IGNORECASE)
# "评估PD？待PET-CT确认"
_TO_BE_CONFIRMED = re.compile(r"\s?[?？]?\s?[,，(]?\s?待[^,，。;；\n]{0,10}(?:确认|明确|核实|证实|复核|排除)")
_RESIDUAL = re.compile(r"\s?[,，(]?\s?mrd", re.IGNORECASE)
_CLAUSE_REACH = 24  # characters
_ALL_OF_IT = re.compile(r"骨髓瘤|(?<![a-z])mm|化疗|所有|全部|一切|治疗", re.IGNORECASE)
_BLOOD_THINNER = re.compile(
    r"沙班|华法林|肝素|阿司匹林|氯吡格雷|抗凝|抗栓|拜瑞妥|艾乐妥|克赛|速碧林|vte|dvt|血栓|栓塞|"
    r"降[压糖脂]药|抗生素|抗菌药|中药|他汀|钙片|膦酸|促红|(?<![a-z])epo(?![a-z])",
    re.IGNORECASE,
)
# "糖尿病没吃药两年"
_OF_AN_ILLNESS = re.compile(
    r"(?:糖尿病|血[压糖脂]高?|房颤|冠心病|痛风|甲[减亢]|感冒|胃病|哮喘|慢阻肺|结核|乙肝|抑郁症?)[^,，。;；\n]{0,4}$"
)
# "停药3个月余，现恢复10mg", "未维持，现予DPd": treated again; "停一周" of a cycle's days off is no end.
_AGAIN = re.compile(
    r"[^。;；\n]{0,30}?(?:(?:恢复|重启|重新|再次)(?:使用|应用|服用|用药|治疗|化疗|口服|开始|启用|\s*\d|◇)|"
    r"(?:现|目前|今|拟|改|换)[^,，。;；\n停无未没不曾已◇]{0,6}◇|◇[^,，。;；\n◇停]{0,4}(?:继续|照))"
)
_MYELOMA_DRUG = re.compile(
    r"度胺|佐米|单抗|地塞米松|激素|[移植]植|缓解|维持|骨髓瘤|(?<![a-z])(?:mm|v?[rkpvt]d|s?cr|vgpr)(?![a-z])",
    re.IGNORECASE,
)
_DAYS_OFF = re.compile(r"停\s*[一两12七7]\s*个?(?:周|星期|礼拜|天)[^。;；\n]{0,20}$")
_MYELOMA = re.compile(
    r"骨髓瘤|(?<![a-z])mm(?![a-z])|m蛋白|轻链|浆细胞|缓解|移植|(?<![a-z])(?:s?cr|vgpr)(?![a-z])",
    re.IGNORECASE,
)
# "确认复发", "算复发吧", "按复发处理", "这个就是复发了": concluded, with nothing else in the clause
_RELAPSE_CONCLUDED = re.compile(
    r"(?:这个?|那|现在?|目前|已经?|可以|就|又|再次?|去年|今年|上个?月|上周|近期|最近|前不久|[\d一二三四五六七八九十]{1,2}月|复查|一?查|发现|应该?|确|实|认|定|证|诊|断|考虑|判|算|属于?|为|是|按照?)*$"
)
_RELAPSE_CLOSED = re.compile(r"(?:了|吧|处理|治疗|无疑|明确)*\s*(?:[,，。;；!！\n]|$)")
_ACTIVITY_OPEN = re.compile(
    r"性?(?:如何|与否)?[,，]?(?:目前|现在?|尚|还|暂时?|仍|都|也)*(?:未明|不明|不详|未知|未定|待[定评查明]|[不没]清楚?|难以?(?:判断|确定)|无法(?:判断|确定|评估)|(?:没有?|未)(?:评估?|查|定))"
)
# "新诊断糖尿病", "刚确诊的DVT"; "初诊 糖尿病史10年" is shorthand for two things
_IS_NEW = re.compile(r"(?:的|为|了|是|有|出|患|得|左|右|双|侧|下肢|急性|[12一二ⅠⅡ]型)*")
_A_HISTORY = re.compile(r"的?病?史|\s?\d+\s?(?:余|多)?年")
_OTHER_DISORDER = re.compile(
    r"(?:的|为|了|是|有|出|患|[12一二ⅠⅡ]型)*(?:糖尿病|高血压|冠心病|甲亢|甲减|结核|乙肝|丙肝|高脂|(?:肺|胃|肠|肝|乳腺|前列腺)癌)(?!的?病?史)"
)
_NEW_REACH = 8  # characters
_OTHER_KINDS = ("anticoagulant", "antiplatelet", "erythropoietin")
_OTHER_ILLNESS = re.compile(r"癌[^,，。;；\n]{0,10}$")


@cache
def _cue() -> re.Pattern[str]:
    return re.compile(lexicon.load("myeloma")["cue"], re.IGNORECASE)


def read(note: Note) -> Iterator[Reading]:
    """Phase, response and activity."""
    said: dict[str, Hit] = {}
    for group, fact in (("phase", "mm_phase"), ("response", "mm_response")):
        hits = [hit for hit in note.hits if hit.entry.group == group and _usable(note, hit)]
        hits = [hit for hit in hits if hit.taken_back is None] or hits  # "是PR，前面VGPR系误记"
        if group == "phase" and (open_ := _EITHER_PHASE.search(note.text)) is not None:
            hit = next((hit for hit in hits if open_.start() <= hit.start < open_.end()), None)
            if hit is not None:
                yield Reading(note.mention(hit, fact, None, "undetermined", "原文未定，请确认"))
                continue
        if group == "phase" and (turned := _relapsed(note, hits)) is not None:
            yield Reading(turned)
            continue
        if group == "response" and (doubted := _doubted_response(note, hits)) is not None:
            yield Reading(note.mention(doubted, fact, None, "undetermined", "疗效待确认"))
            continue
        if hits:
            best = max(hits, key=lambda hit: _rank(note, hit))
            yield Reading(note.mention(best, fact, best.entry.data["value"], "affirmed"))
            said[fact] = best
    yield from _in_remission(note, said)
    yield from _untreated(note, said)
    for hit in note.hits:
        if hit.entry.group == "activity" and not (hit.assertion.family or hit.assertion.generic):
            yield from _activity(note, hit)
        elif hit.entry.group == "treatment" and _going_on(note, hit):
            reason = (
                "正在接受抗骨髓瘤治疗，按活动性肿瘤计（A03）" if hit.entry.fact == "active_cancer" else None
            )
            yield Reading(note.mention(hit, hit.entry.fact, True, "affirmed", reason))


def _relapsed(note: Note, hits: list[Hit]) -> Mention | None:
    """ "来那度胺维持，进展→DKd": a relapse, where a progression after a first line turned the treatment."""
    if _PROGRESS.search(note.text) is None:
        return None
    names, named = _treatment(note.text)
    turn = turning_point(mask(note.text, names, named), names, named)
    if turn is None or any(hit.start >= turn.start() for hit in hits):
        return None
    if not ("复发" in turn["why"] or _AFTER_A_FIRST_LINE.search(note.text, 0, turn.end())):
        return None
    start, end = turn.span("why")
    return Mention("mm_phase", "relapse", note.original[start:end], start, end, note="进展或复发后更换治疗")


def _doubted_response(note: Note, usable: list[Hit]) -> Hit | None:
    """The response named last, where it is still to be confirmed."""
    named = usable or [hit for hit in note.hits if hit.entry.group == "response" and not hit.assertion.family]
    last = max(named, key=lambda hit: hit.start, default=None)
    return last if last is not None and _TO_BE_CONFIRMED.match(note.text, last.end) else None


def _in_remission(note: Note, said: dict[str, Hit]) -> Iterator[Reading]:
    """A03: "骨髓瘤停药两年，CR": in remission and off treatment for more than six months."""
    off, response = said.get("mm_phase"), said.get("mm_response")
    if off is None or off.entry.data["value"] != "off_treatment" or _OTHER_CANCER.search(note.text):
        return
    if response is None and _REMISSION_NAMED.search(note.text, 0, off.end) is None:
        return
    if response is not None and response.entry.data["value"] not in _REMISSION:
        return
    since = next(
        (
            time.low
            for time in note.times
            if off.start <= time.start and _OFF_FOR.fullmatch(note.text, min(off.end, time.start), time.start)
        ),
        0,
    )
    if since > _SIX_MONTHS:
        reason = "缓解且停药超过6个月，不计活动性肿瘤（A03）"
        yield Reading(note.mention(off, "active_cancer", False, "negated", reason))


def _untreated(note: Note, said: dict[str, Hit]) -> Iterator[Reading]:
    """ "没有用药一年": of all the drugs of table 5 against the myeloma none is given."""
    off = said.get("mm_phase")
    if off is None or off.entry.data["value"] != "off_treatment":
        return
    nothing = next((hit for hit in note.hits if _denies_all_drugs(note, hit)), None)
    if nothing is None:
        return
    for fact in THERAPIES:  # whatever else is read of a drug weighs more
        yield Reading(note.mention(nothing, fact, False, "negated", "目前未用抗骨髓瘤药物"), EXCLUDED)


def _denies_all_drugs(note: Note, hit: Hit) -> bool:
    if hit.entry.group != "phase" or hit.entry.data["value"] != "off_treatment":
        return False
    told = (
        _NOTHING_GIVEN.search(note.text, hit.start, hit.end) and "维持" not in note.text[hit.start : hit.end]
    )
    return bool(told) and _usable(note, hit)


def _going_on(note: Note, hit: Hit) -> bool:
    """A03: whether treatment goes on now; what is denied, planned away or past says nothing."""
    said = hit.assertion
    elsewhere = said.family or said.doubtful_family or said.generic or said.uncertain
    denied = said.negated or said.doubtful_denial
    ended = bool(_ENDED.search(note.text[hit.end : note.clause(hit.start)[1]]))
    dated = hit.when is not None and hit.when.kind == "ago" and hit.when.low > 180
    return not (elsewhere or denied or ended or dated or _OTHER_ILLNESS.search(note.text[: hit.start]))


def _usable(note: Note, hit: Hit) -> bool:
    said = hit.assertion
    before = note.text[: hit.start]
    uncertain = said.uncertain and not (_CONCLUDED.search(before) and not _POSSIBLY.match(note.text, hit.end))
    # "sCR MRD-": what is negative is the residual disease
    denied = said.negated and not _RESIDUAL.match(note.text, hit.end)
    if said.family or denied or uncertain:
        return False
    if _NOT_REACHED.search(before):
        return False
    if hit.entry.data["value"] == "newly_diagnosed" and _of_another_illness(note, hit):
        return False
    if hit.entry.data["value"] == "off_treatment" and not _off_myeloma_drugs(note, hit):
        return False
    if hit.entry.data["value"] == "relapse" and not _of_myeloma(note, hit):
        return False
    if hit.entry.data.get("needs_remission") and not _TREATED.search(note.text):
        return False
    if hit.entry.data.get("needs_regimen") and (
        said.generic or not (_beside_regimen(note, hit) or _alone_in_myeloma(note, hit))
    ):
        return False
    return not hit.entry.data.get("needs_cue") or bool(_cue().search(before[-16:]))


def _of_another_illness(note: Note, hit: Hit) -> bool:
    """ "新诊断糖尿病", "刚确诊的DVT": another illness is new, of the myeloma nothing is said."""
    if re.search(r"骨髓瘤|mm", note.text[hit.start : hit.end], re.IGNORECASE):
        return False
    return any(
        other.entry.group in {"condition", "thrombosis"}
        and hit.end <= other.start <= hit.end + _NEW_REACH
        and _IS_NEW.fullmatch(note.text, hit.end, other.start)
        and not _A_HISTORY.match(note.text, other.end)
        for other in note.hits
    ) or bool(_OTHER_DISORDER.match(note.text, hit.end))


def _of_myeloma(note: Note, hit: Hit) -> bool:
    """Whether it is the myeloma that came back, and not a thrombosis named in the same clause (A37)."""
    if re.search(r"(骨髓瘤|mm|原发病|疾病|生化|临床|难治)", note.text[hit.start : hit.end], re.IGNORECASE):
        return True
    start, end = note.clause(hit.start)
    near = (max(start, hit.start - _NEAR), min(end, hit.end + _NEAR))
    return not any(
        other.entry.group == "thrombosis" and near[0] <= other.start < near[1] for other in note.hits
    )


def _off_myeloma_drugs(note: Note, hit: Hit) -> bool:
    """Whether it is the myeloma's treatment that ended, not another: "利伐沙班已停药4天"."""
    if _DAYS_OFF.search(note.text[: hit.start]) or _AGAIN.match(_treatment_masked(note.text), hit.end):
        return False
    if _OF_AN_ILLNESS.search(note.text, max(0, hit.start - _CLAUSE_REACH), hit.start):
        return False
    if _ALL_OF_IT.search(note.text, hit.start, hit.end):
        return True
    before = note.text[max(0, hit.start - _CLAUSE_REACH) : hit.start].rpartition("。")[2]
    blood = list(_BLOOD_THINNER.finditer(before))
    return not blood or bool(_MYELOMA_DRUG.search(before, blood[-1].end()))


def _treatment_masked(text: str) -> str:
    """The text with the drugs and regimens against the myeloma blanked."""
    return mask(text, *_treatment(text))


def _treatment(text: str) -> tuple[list[DrugName], list[RegimenName]]:
    names = [name for name in find_drugs(text) if drugs()[name.drug]["kind"] not in _OTHER_KINDS]
    return names, find_regimens(text)


def _beside_regimen(note: Note, hit: Hit) -> bool:
    """Whether a regimen or a myeloma drug is named beside a bare "复发", and no other illness."""
    near = (hit.start - _NEAR, hit.end + _NEAR)
    places = [one.start for one in find_regimens(note.text)]
    places += [one.start for one in find_drugs(note.text) if drugs()[one.drug].get("myeloma")]
    named = any(near[0] <= place < near[1] for place in places)
    return named and not _OTHER_ILLNESS.search(note.text[: hit.start])


def _alone_in_myeloma(note: Note, hit: Hit) -> bool:
    """Whether "复发" makes up a clause of a note on myeloma that tells of no thrombosis."""
    start, _ = note.clause(hit.start)
    return (
        _RELAPSE_CONCLUDED.fullmatch(note.text[start : hit.start].strip()) is not None
        and _RELAPSE_CLOSED.match(note.text, hit.end) is not None
        and _MYELOMA.search(note.text) is not None
        and not any(
            other.entry.group == "thrombosis"
            and not (other.assertion.generic or other.assertion.negated or other.assertion.family)
            for other in note.hits
        )
    )


def _rank(note: Note, hit: Hit) -> tuple[int, int, int, int]:
    """The present before the past, the undated before the dated, the later before the earlier.

    What only bears on it ("MRD阴性") comes after whatever is named outright.
    """
    now = 1 if _NOW.search(note.text[: hit.start]) else 0
    once = (
        hit.assertion.historical
        or _UNDER.search(note.text[: hit.start])
        or _BEST.search(note.text[: hit.start]) is not None
    )
    past = once or (hit.when is not None and hit.when.kind == "ago" and hit.when.low > 60)
    done = bool(_DONE.match(note.text[hit.end : hit.end + 12]) or _SINCE.search(note.text[: hit.start]))
    return 0 if hit.entry.data.get("weak") else 1, now, 0 if (past or done) else 1, hit.start


def _activity(note: Note, hit: Hit) -> Iterator[Reading]:
    said, active = hit.assertion, hit.entry.data["value"] == "true"
    if said.uncertain or said.doubtful_denial or _ACTIVITY_OPEN.match(note.text, hit.end):
        yield Reading(note.mention(hit, "mm_active", None, "undetermined", "原文不确定"))
    elif said.negated:
        if active and hit.entry.data.get("denied") != "nothing":
            yield Reading(note.mention(hit, "mm_active", False, "negated"))
    else:
        yield Reading(
            note.mention(hit, "mm_active", active, "affirmed" if active else "negated"),
            EXPLICIT if active else EXCLUDED,
        )
