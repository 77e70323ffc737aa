"""Conditions with rules of their own: infarction, heart failure, fracture, ulcer, ICU, cancer."""

from __future__ import annotations

import re
from datetime import date

from rasa_project.reading.findings import catheter, course
from rasa_project.reading.findings.hits import ASKED, EXCLUDED, EXPLICIT, Hit, Note

_MONTH, _FRACTURE_DAYS = 30, 90
_HEALED = re.compile(r"(陈旧|愈合|已愈|骨性愈合|取钉|旧)")
_HEALED_TOLD = re.compile(r"已(?:经|完全)?(?:骨性)?(?:愈合|长好)|愈合(?:了|良好|佳)|长好了")
_EXACERBATION = re.compile(
    r"(?![^。;；\n]{0,12}(?:什么时候|啥时候|何时|时间))[^。;；\n]{0,24}?(?<![无未没不])(?<!没有)(急性|再次|再|突然|明显)?(加重|发作|失代偿|恶化)(?!史|时间|日期|年份|情况)"
)
# "慢性心衰多年，无气促及水肿加重"
_NOR_WORSE = re.compile(r"[无未没][^,，。;；\n]{1,6}[及或和、][^,，。;；\n]{0,4}(?:加重|发作|失代偿|恶化)$")
# "用后出现心衰，已2个月前缓解"
_EASED = re.compile(r"(?:就|即|已|便|完全|基本)*(?:缓解|纠正|好转|控制|恢复)")
_NOT_EASED, _EASED_REACH = re.compile(r"[未没无不。;；\n]"), 8
# The totals of other scales count any malignancy, the myeloma itself among them (A03).
_OTHER_SCALE = re.compile(r"(caprini|padua|khorana|impede|saved|autar|rogers)[^。\n]{0,80}$", re.IGNORECASE)
_BARE_CANCER = re.compile(r"\s?(?:肿瘤|癌症|(?:current\s*)?(?:cancer|malignancy))", re.IGNORECASE)
_BLEEDING_SHEET = re.compile(r"(?:improve|出血)[^。]*$", re.IGNORECASE)
_WELLS = re.compile(r"wells[^。\n]{0,80}$", re.IGNORECASE)
_SCORE_SHEET = re.compile(r"(评分|量表|积分|评估表)[^。\n]{0,60}$")
_POINTS_AFTER = re.compile(r"^[^,，。;；、\n]{0,6}[(（:：+\s]\s*\d\s*分")
_ANY_CANCER = re.compile(
    r"^\s?(活动性?|活动期|current\s*)?(恶性肿瘤|肿瘤|癌症|癌|实体瘤|cancer|malignancy)(活动期)?$",
    re.IGNORECASE,
)
_MYELOMA_ITSELF = re.compile(r"骨髓瘤|血液系?统?|浆细胞")
_YEARS_AGO = re.compile(r"早些?年|多年|好些年|好几年|年轻|老早|几年前")
# "心梗史2018"
_BARE_YEAR = re.compile(r"(?:病?史)?\s?[(（]?\s?(?P<year>(?:19|20)\d\d)(?![\d.])")
# "心梗第2天", "AMI D5"
_DAY_OF_IT = re.compile(r"(?:后|术后|发病)?\s?(?:第|[dD])\s?(?P<day>\d{1,2})(?![\d.]|\s?[次回型])")
_MUST_BE_ACUTE = re.compile(r"(急性|新发|^a?mi$|stemi)", re.IGNORECASE)
_HEALED_SINCE = re.compile(
    r"^[^。;；\n未没不无]{0,24}(?<![未没不])(早就?|已经?|都|完全)(好|长好|治好|愈合|痊愈|愈)(了|的|透|(?=\s*(?:[,，。;；\n)）]|$)))|"
    r"^[^。\n]{0,32}(复查|再查|现)[^。;；\n]{0,10}(溃疡(面)?|[:,，]|已经?|完全|说|[成为呈])+(愈合?|消失|瘢痕|长好)|^[^,，。;；\n未没不无]{0,10}[,，]?\s?(?:复查|再查|胃镜)[^,，。;；\n未没不无]{0,6}(?:都|已经?|全|成|是)+(?:瘢痕|疤|愈合|长好|好了)"
)
_UNHEALED = re.compile(
    r"[^,，。;；\n]{0,4}(?:没有?|未|尚未)(?:完全|全|彻底|能|见|怎么)*(?:愈合|长好|好|痊愈|治愈)"
)
_HEALED_ULCER = re.compile(r"(愈合(?!期|中)|瘢痕|s[12]\s*期|已愈|治愈)", re.IGNORECASE)
# neither open nor closed: "H2期", or no peptic ulcer at all
_HALF_HEALED = re.compile(r"h[12]?\s*期|愈合[期中]", re.IGNORECASE)
_NO_PEPTIC_ULCER = re.compile(r"溃疡(性?(结肠|直肠|肠|胃)?[炎癌型]|[,，]?术后)")
_BACK_ON_WARD = re.compile(
    r"^\s?(?:已|刚|才|又|给)?(?:转|搬|撤|退|送)?(?:回来?|出来?|下来|过来)(?=的|了|后|[,，。;；\s\d一二两三四五六七八九十半几]|$)|"
    r"^\s*(→|-+>)[^,，。;；\n]{0,5}(科|病房)|"
    r"^[)）]?(?P<gap>(?:[^。\n]|\n(?=[今昨现已])){0,60}?)(?:转回|转入|转至|转到|回到|回转|返回?|回|"
    # "今转血液科", not on to another unit of intensive care
    r"转(?=普通|(?!重症|危重|监护|[^,，。;；\n]{0,6}(?:icu|监护|重症|会诊|检查))[一-龥]{1,6}科(?![室会]))|住(?=普通)|在(?=普通))(?:了)?"
    r"[^,，。;；]{0,8}(?:普通|病房|科|病区|家|屋里)|"
    r"^[^。\n]{0,16}(?:现|目前|今|这次)[^,，。;；]{0,4}普通(?:病房|床)|"
    # "ICU住了三天前天出来"
    r"^[住待呆躺]了?[^,，。;；\n未没不]{0,8}?[,，]?(?:大?前[天日儿]|昨(?:[天日晚]|儿个?)|今(?:[天日早晨]|儿个?)|上周[一二三四五六日天]?|刚刚?|已经?|现在?)(?:上午|下午|早上|晚上)?(?:才|刚|就|已经?)?(?:转|搬|放|接)?出来?的?了?(?=\s*(?:[,，。;；\n]|$))"
)
# "病情稳定后转回血液科": the way back that is still to come
_WAY_BACK_TO_COME = re.compile(
    r"(?:稳定|好转|平稳|改善|脱机|拔管)(?:之|以)?后|拟|待(?!过)|计划|准备|预计|争取|打算|明[天日]|后天|再说|再考虑|可以?|能|若|如|等"
)
_LEFT_ICU = re.compile(r"^(?:待|呆|住|躺|观察)过")
_TURNED_NEGATIVE = re.compile(r"^[^。;；\n、]{0,40}转阴")
# "抗心磷脂抗体IgG  3.1  GPL  <12(阴性)", "狼疮抗凝物 筛查/确认比值 1.41 阳性(+)": the row of a table
_LAB_ROW = re.compile(
    r"(?:抗体|标准化|校正|筛查|确认|比值|比率|结果|检测|定量|测定|ig[gma]|[/:()\s\-])*"
    r"(?P<value>\d+(?:\.\d+)?)[ ↑↓]*(?:(?![hl] )[a-z][a-z/]{0,8})?[ ,()HL↑↓\-]*"
    r"(?:参考(?:值|范围|区间)?\s?:?\s?)?(?:(?:(?P<low>\d+(?:\.\d+)?)\s?[-~]{1,2}|[<≤])\s?(?P<high>\d+(?:\.\d+)?))?"
    r"[ ()a-z/]*(?P<verdict>阴性|阳性)?",
    re.IGNORECASE,
)
_SAME_EPISODE_DAYS = 2  # who coughed up blood this morning has done so in this episode
_CEASED = re.compile(
    r"[^,，。;；\n不未没]{0,8}(消失|停止|已止|止住|未再|没再|缓解)|"
    r"[^,，。;；\n]{0,4}[,，](?:但|不过)?(?:这[次回]|[本此]次|现在?|目前|近期|最近)(?:已|都|就|并)?(?:没有?|无|未|不)(?:再?[咯咳有发])?(?:血|过|了|出现)*(?=\s*(?:[,，。;；\n]|$))"
)
# "从ICU转来", "transferred from ICU"
_OUT_OF = re.compile(
    r"[由从自]\s*$|(?<![a-z])(?:transfer(?:red)?|moved?|stepped down|step-?down|discharged|came|back)\s+"
    r"(?:out\s+)?(?:from|of)\s+(?:the\s+)?$|(?<![a-z])(?:out of|left)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_BACK_NOW = re.compile(
    r"已|现(?!病史)|目前|今|昨|刚|这次|上周|前天|\d{1,2}\s?[-/.月]\s?\d{1,2}日?[^,，\d]{0,8}$"
)
_MOVED = re.compile(r"^[^,，。;；\n未没不]{0,10}(?:转|回|出|下来|搬|过来|撤)")
_ICU_DURING = re.compile(
    r"(?:\s?(?:共|约)?\d{1,3}\s?(?:天|日|周|小时))?(?:住院)?(?:期间|那段时间|的?时候|那会儿?|时(?=[\s:为是有]{0,2}\d))"
)
# "入ICU，后家属要求转出"
_ASKED_OUT = re.compile(
    r"[^。;；\n]{0,12}?[,，;；]?\s*(?:后|随后|现|今)?(?:因[^,，。;；\n]{0,8})?(?:家属|患者|病人)?(?:要求|自动|放弃治疗)[^,，。;；\n]{0,4}(?:转出|出院|离开)"
)
_AGAIN_REACH = 30  # characters
_OF_THE_MYELOMA = re.compile(r"骨髓瘤|(?<![a-z])(?:mm|s?cr|vgpr)(?![a-z])|缓解|移植|m蛋白", re.IGNORECASE)
_ON_WARD = "已转回普通病房"
_SINCE = re.compile(r"后|现(?!病)|目前|如今|今[天日早晨]?|(?<!而)已|复[测查]")
_PRESSORS = re.compile(r"去甲|多巴胺|间羟胺|肾上腺素|升压|血管活性|泵|如果?|若")
# "停去甲", "升压后BP 118/72", "下午撤药": the pressor is off, unless one is named again
_PRESSORS_OFF = re.compile(
    r"(?:停用?|停掉|撤除?|撤掉|脱离)(?:了)?(?:去甲|多巴胺|间羟胺|肾上腺素|升压|血管活性|药|泵)[^,，。;；\n]{0,6}|升压(?:治疗)?后|"
    r"(?:去甲|多巴胺|间羟胺|升压药|血管活性药物?)[^,，。;；\n未没不难]{0,6}(?:停|撤|减停)|"
    # "升压药用了两天，现已停"
    r"(?:去甲|多巴胺|间羟胺|升压药|血管活性药物?)[^,，。;；\n未没不难]{0,10}[,，](?:现|目前|今[天日晨]?|昨[天日晚]?|后|早|已经?|都|均)*(?:停|撤)(?:了|用|掉|除|药)*(?=[,，。;；\n]|$)"
)
_NORMAL_PRESSURE = re.compile(r"(?:血压|bp)\s?[:为是]?\s?(?:9\d|1[0-5]\d)\s?/\s?\d{2}", re.IGNORECASE)
_ICU_REACH = 80  # characters of what happened there may stand before the way back
_ICU_PAST = re.compile(r"(住|进|入|入住|收入|待|呆|去|送)过\s*$")
# "去年没有咯血，这次有咯血": the year is not that of what is told of this time
_THIS_TIME = re.compile(
    r"[,，。;；\s][^,，。;；]{0,4}(?:[这此本][次回]|(?<![出发呈])现(?!病史)|目前|今[天日晨早])"
)


def special(note: Note, hit: Hit) -> tuple[str, int, str | None] | None:
    """What the condition's own rules say of it (level, weight, note); None where the general ones decide."""
    kind, said = hit.entry.kind, hit.assertion
    words = note.text[hit.start : hit.end]
    start, end = note.clause(hit.start)
    around = (
        note.text[max(start, hit.start - 6) : hit.start] + "|" + note.text[hit.end : min(end, hit.end + 12)]
    )
    if hit.entry.fact in course.SIGNS and (since := course.sign(note, hit)) is not None:
        return since
    if hit.entry.fact == "paralysis_or_recent_cast" and (worn := course.cast(note, hit)) is not None:
        return worn
    if kind == "infarction":
        return _infarction(note, hit, words, around)
    if kind == "heart_failure":
        return _heart_failure(note, hit, words)
    if kind == "fracture":
        return _fracture(hit, words.replace("术后假体", "假体") + around)
    if kind == "ulcer" and not said.lasting and not _UNHEALED.match(note.text, hit.end):
        if _HEALED_SINCE.search(note.text[hit.end : hit.end + 40]):
            return "false", EXPLICIT, "溃疡已愈合，不属于活动性溃疡"
        if _HALF_HEALED.search(around) or _NO_PEPTIC_ULCER.match(note.text, hit.end - 2):
            return "unknown", EXPLICIT, "请确认是否为活动性消化道溃疡"
        if _HEALED_ULCER.search(around) or said.resolved:
            return "false", EXPLICIT, "溃疡已愈合，不属于活动性溃疡"
        if hit.when and hit.when.low > 90 and "活动" not in words:
            return "unknown", EXPLICIT, "既往溃疡，请确认目前是否活动"
    if kind == "port_needle":
        return "true", ASKED, None
    if kind == "catheter":
        return catheter.told(note, hit)
    if kind == "lab" and not said.lasting and _TURNED_NEGATIVE.match(note.text[hit.end :]):
        return "false", EXPLICIT, "复查已转阴"
    if kind == "lab" and (row := _LAB_ROW.match(note.text, hit.end)) and (row["high"] or row["verdict"]):
        return _lab_row(row)
    if kind == "icu" and (stay := _icu(note, hit)) is not None:
        return stay
    if kind in {"cancer", "other_cancer"} and _is_no_other_cancer(note, hit, words):
        return "nothing", ASKED, None
    if kind == "other_cancer":
        return _other_cancer(note, hit, around)
    if kind == "hemoptysis" and (said.resolved or _CEASED.match(note.text, hit.end)):
        if hit.when and hit.when.low <= _SAME_EPISODE_DAYS:
            return "unknown", EXPLICIT, "咯血已停止，请确认是否计入本次发作"
        return "false", EXPLICIT, "咯血已停止"
    if kind == "hemoptysis" and hit.when and hit.when.low > 30 and not _told_of_now(note, hit):
        return "unknown", EXPLICIT, "既往咯血，请确认目前有无"
    if kind == "hemodynamics" and hit.when and hit.when.low > 3:
        return "nothing", ASKED, None
    if kind == "hemodynamics" and _stable_since(note, hit):
        return "false", EXPLICIT, "血流动力学已恢复稳定"
    return None


def _stable_since(note: Note, hit: Hit) -> bool:
    """ "入院时休克，治疗2周后血流动力学平稳": the last that is told of the circulation."""
    last = next(other for other in reversed(note.hits) if other.entry.fact == hit.entry.fact)
    between = note.text[hit.end : last.start]
    stable = last.entry.data.get("says") == "false" and not (
        last.assertion.negated or last.assertion.uncertain
    )
    if stable and _SINCE.search(between) and not _on_pressors(between):
        return True
    # "血压65/40，升压药已停，血压120/70": the last measured, with the pressor off
    off = max((one.end() for one in _PRESSORS_OFF.finditer(note.text, hit.end)), default=None)
    normal = off is not None and _NORMAL_PRESSURE.search(note.text, off)
    return bool(last.start <= (off or 0) and normal and not _on_pressors(note.text[hit.end : normal.start()]))


def _on_pressors(between: str) -> bool:
    """Whether a pressor that was named is still given as far as the words say."""
    off = max((match.end() for match in _PRESSORS_OFF.finditer(between)), default=0)
    return _PRESSORS.search(between, off) is not None


def _icu(note: Note, hit: Hit) -> tuple[str, int, str | None] | None:
    """A stay that is over counts no more; of one whose end is only planned it must be asked."""
    if _ICU_DURING.match(note.text, hit.end):
        return "nothing", ASKED, None  # says what happened there, not that it goes on
    if hit.assertion.lasting:
        return None
    before, after = note.text[: hit.start], note.text[hit.end : hit.end + _ICU_REACH]
    out_of = _OUT_OF.search(before)
    if out_of and (out_of[0][0] not in "由从自" or _MOVED.match(after)):
        return "false", EXPLICIT, _ON_WARD
    back = _BACK_ON_WARD.search(after)
    gap = (back["gap"] or "") if back is not None else ""
    if _WAY_BACK_TO_COME.search(gap) or (gap.strip(" )）") and not _BACK_NOW.search(gap)):
        return "unknown", EXPLICIT, "已转回普通病房，请确认目前是否仍在重症监护病房"
    if back is not None or hit.assertion.resolved or _ASKED_OUT.match(after):
        return "false", EXPLICIT, _ON_WARD
    if _ICU_PAST.search(before) or _LEFT_ICU.match(after):
        return "false", EXCLUDED, "既往入住重症监护病房，现已离开"
    return None


def _lab_row(row: re.Match[str]) -> tuple[str, int, str | None]:
    """What a row says: "阳性", else whether the value lies in the range, of which "阴性" may be the word."""
    within = row["high"] is None or float(row["low"] or 0) <= float(row["value"]) <= float(row["high"])
    if row["verdict"] == "阳性":
        return "true", EXPLICIT, None
    if within:
        return "false", EXPLICIT, "在参考范围内"
    return "unknown", EXPLICIT, "超出参考范围，请确认是否为阳性"


def after_thrombosis(note: Note, hit: Hit) -> bool:
    """Whether it is a thrombosis that was spoken of just before: "腘静脉血栓。这是第二次了".

    Not where one was only denied ("无血栓，未再发"), nor where the myeloma was named since.
    """
    before = [other for other in note.hits if other.entry.group == "thrombosis" and other.end <= hit.start]
    told = any(not (other.assertion.negated or other.assertion.family) for other in before)
    last = max((other.end for other in before), default=0)
    near = told and hit.start - last <= _AGAIN_REACH
    return near and _OF_THE_MYELOMA.search(note.text, last, hit.start) is None


def _fracture(hit: Hit, around: str) -> tuple[str, int, str | None] | None:
    """A18: a fracture that was operated on weeks ago counts, a healed or old one is asked about."""
    said = hit.assertion
    recent = hit.when is not None and hit.when.high <= _FRACTURE_DAYS
    operated = "术后" in around and not recent
    if _HEALED_TOLD.search(around) and not recent:
        return "unknown", EXPLICIT, "原文写骨折已愈合，共识未写时间窗，请确认是否仍计入"
    if _HEALED.search(around) or operated or said.resolved or (hit.when and not recent):
        return "unknown", EXPLICIT, "陈旧或已治疗的骨折，请确认是否已愈合"
    if said.history_word or (said.historical and hit.when is None):
        return "unknown", EXPLICIT, "既往骨折，请确认时间及是否已愈合"
    return None


def _heart_failure(note: Note, hit: Hit, words: str) -> tuple[str, int, str | None] | None:
    """A17: heart failure counts within a month; of a chronic one it must be known that it is acute now."""
    worse = _EXACERBATION.match(note.text, hit.end)
    if worse is not None and _NOR_WORSE.search(note.text, hit.end, worse.end()) is None:
        dated = [
            time for time in note.times if hit.end <= time.start < worse.end() and time.kind != "duration"
        ]
        if dated[-1].high <= _MONTH if dated else hit.when is None:
            return "true", EXPLICIT, None
    dated_now = hit.when is not None and hit.when.low <= _MONTH
    eased = next(
        (
            t
            for t in note.times
            if 0 <= t.start - hit.end <= _EASED_REACH and t.kind == "ago" and _EASED.match(note.text, t.end)
        ),
        None,
    )
    if eased is not None and not _NOT_EASED.search(note.text, hit.end, eased.start):
        return ("false", EXCLUDED, "1个月以前已缓解") if eased.low > _MONTH else ("true", EXPLICIT, None)
    chronic = "慢性" in words or (hit.lasting is not None and hit.lasting.low > _MONTH)
    if chronic and not dated_now and not re.search(r"急性|加重|发作", words):
        return "unknown", EXPLICIT, "慢性心力衰竭，请确认近1个月内有无发作或加重"
    return None


def _infarction(note: Note, hit: Hit, words: str, around: str) -> tuple[str, int, str | None] | None:
    """A17: only an infarction of the last month counts; an old one does not."""
    said = hit.assertion
    if re.search(r"(陈旧|旧性?|OMI)", around.split("|")[0]) or words.lower() == "omi":
        return "false", EXPLICIT, "陈旧性心肌梗死，不计急性心肌梗死"
    if _YEARS_AGO.search(around.split("|")[0]):
        return "false", EXCLUDED, "多年前的心肌梗死，不计急性心肌梗死"
    year = _BARE_YEAR.match(note.text, hit.end)
    if year and (note.today - date(int(year["year"]), 12, 31)).days > _MONTH:
        return "false", EXCLUDED, "多年前的心肌梗死，不计急性心肌梗死"
    acute = _MUST_BE_ACUTE.search(words)
    if (day := _DAY_OF_IT.match(note.text, hit.end)) and int(day["day"]) <= _MONTH and not said.history_word:
        return "true", EXPLICIT, None
    if hit.lasting and hit.lasting.low > 30:
        return "false", EXCLUDED, "发生在1个月以前，不计急性心肌梗死"
    if hit.when is None and (said.historical or said.history_word or not acute):
        return "unknown", EXPLICIT, "请确认是否为近1个月内的急性心肌梗死"
    return None


def _is_no_other_cancer(note: Note, hit: Hit, words: str) -> bool:
    """A03: "恶性肿瘤（2分）" on the sheet of another scale, or said of the myeloma, is no other cancer."""
    if not _ANY_CANCER.match(words):
        return False
    before = note.text[max(0, hit.start - 100) : hit.start]
    if _WELLS.search(before):
        return False  # there the point is for the myeloma as well (A03)
    if _OTHER_SCALE.search(before):
        return True
    if hit.entry.kind == "cancer":
        return _BARE_CANCER.fullmatch(words) is not None and not _BLEEDING_SHEET.search(before)
    start, end = note.clause(hit.start)
    itself = _MYELOMA_ITSELF.search(note.text[start:end])
    return bool(itself or _SCORE_SHEET.search(before) or _POINTS_AFTER.match(note.text[hit.end :]))


def _other_cancer(note: Note, hit: Hit, around: str) -> tuple[str, int, str | None] | None:
    said = hit.assertion
    after = around.split("|")[1]
    old = (hit.when and hit.when.low > 180) or (hit.lasting and hit.lasting.low > 180)
    if old or said.history_word or said.resolved or (said.historical and hit.when is None):
        treated_now = re.search(
            r"(化疗|放疗|靶向|治疗)(中|期间)|(正在|目前|现)[^,，。]{0,8}(化疗|放疗|治疗)", note.text
        )
        if not treated_now:
            return "unknown", EXPLICIT, "既往肿瘤，请确认近6个月内是否仍在治疗"
    if re.match(r"^\s*(术后|根治术后)", after) and hit.when is None and hit.lasting is None:
        return "unknown", EXPLICIT, "肿瘤术后，请确认近6个月内是否仍在治疗"
    return None


def _told_of_now(note: Note, hit: Hit) -> bool:
    """Whether a word for this time stands between a former time and the finding."""
    return hit.when is not None and _THIS_TIME.search(note.text, hit.when.end, hit.start) is not None
