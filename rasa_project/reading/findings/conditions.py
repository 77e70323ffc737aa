"""Conditions that one entry decides: affirmed, denied, dated, doubtful, planned or somebody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from rasa_project.reading.clauses import RELATIVE
from rasa_project.reading.findings.antibodies import verdict
from rasa_project.reading.findings.hits import ASKED, EXCLUDED, EXPLICIT, RESOLVED_NOTE, Hit, Note, Reading
from rasa_project.reading.findings.organs import SUPPOSED
from rasa_project.reading.findings.particular import after_thrombosis, special
from rasa_project.reading.mention import Status

_LEVEL: dict[str, tuple[bool | None, Status]] = {
    "true": (True, "affirmed"),
    "false": (False, "negated"),
    "unknown": (None, "undetermined"),
}
_AND_FAMILY = re.compile(r"^[^,，。;；\n]{0,2}(以?及|和|与|或|、)[^,，。;；\n]{0,10}家族")
_RELATIVE = re.compile(rf"家族|亲属|{RELATIVE}")
# "未做石膏" denies it; only of a test does "未做" leave the result open.
_NOT_DONE = re.compile(r"(未|没有?)(做|打|上)过?$")
# "疑右髋骨折，后MRI排除了": what was suspected has been looked for and is not there
_RULED_OUT_SINCE = re.compile(
    r"[^。;；\n]{0,6}[,，]\s?(?:但|而|后来?|随后|现|已|经|昨[日天]?|今[日天]?|次日|复查|进一步)*"
    r"(?:查|做|拍|行|完善)?(?:了)?(?:mri?|ct[av]?|核磁|磁共振|超声|彩超|b超|片子?|x线|平片|造影|病理|胃镜|会诊|骨科|检查|复查)?(?:检查|结果|提示|上|后)*"
    r"(?:已经?|均|都|就|给|予以?|也|明确)*(?:排除|除外|否定|不支持|未见骨折)(?:掉|了|诊断)*(?=\s*(?:[,，。;；\n)]|$))",
    re.I,
)
# "考虑心力衰竭（本月新发）": what has a date or a confirmation is no longer a mere thought.
_ESTABLISHED = re.compile(r"[(][^()]{0,8}(新发|确诊|证实|已明确)[^()]{0,6}[)]")
# What is judged by values that are known; "原因待查" asks for its cause, not whether it is there.
_FROM_RESULTS = frozenset(
    {"coagulopathy", "hepatic_insufficiency", "heart_failure_within_1_month", "recurrent_vte"}
)
_PROTEIN = re.compile(r"(?:尿蛋白|蛋白尿|白蛋白|(?<![a-z])alb)[^,，。;；\n]{0,10}?\d", re.IGNORECASE)
_PUT_RIGHT_AGAIN = frozenset({"coagulopathy", "hemodynamic_instability", "hepatic_insufficiency"})
_PUT_RIGHT = re.compile(
    r"[^,，。;；\n未没不难待]{0,8}(?:纠正|恢复|解除|转为正常)(?:正常|稳定|平稳)?(?:了|满意|后)?(?=\s*(?:[,，。;；\n)）]|$))"
)
_THOUGHT = re.compile(
    r"(?<![不步先多否可])考虑(?!可能|是否|有无)(?:为|是|有|存在|诊断为?|合并|并发|继发)?"
    r"(?:药物|消耗|缺血|淤血|酒精|病毒|感染|化疗|急|慢|中毒|肿瘤|治疗|相关|严重|轻|中|重|度|所致|引起|导致|的|性|"
    r"肝损[伤害]?|肝炎|肝硬化|淀粉样变|骨髓瘤|浸润|胆道|梗阻|致|并|伴)*$"
)
_CAUSE_SOUGHT = re.compile(
    r"[,，(（]?(?:具体)?(?:原因|病因|诱因)[^,，。;；\n]{0,4}(?:待|不明|未明|不清|查|未定)"
)
_DOUBTED_AGAIN = re.compile(
    r"[^,，。;；\n]{0,12}(?:[?？]|待|可能|可疑|除外|排除|鉴别|不能|难|未定|存疑|与否|还是|或)"
)
# "抗磷脂抗体谱里抗心磷脂抗体阴性": the panel is the heading of its items
_HEADING = re.compile(
    r"(?:[谱:,，里中]|方面|[一二两三四五]项|检查|检测|结果|回报)*\s?(?:其中)?(?:抗?心磷脂|狼疮|acl|aca|la)(?![a-z])",
    re.IGNORECASE,
)
_FORMERLY_NOT = re.compile(
    r"(?:既往|以前|从前|原来|此前|之前)[^,，。;；\n]{0,4}(?:无|没有?|否认)[^,，。;；\n]{0,12}$"
)
_NOT_OUT = re.compile(
    r"[^,，。;；\n]{0,10}?(?:没有?|未|没能)(?:能)?(?:转|搬)?出(?:来|去|科)?(?=\s*(?:[,，。;；\n]|$))"
)
_A_BONE = re.compile(r"[左右对]侧?[^,，。;；\n]{0,4}(?:骨|髋)|椎|肋|肱骨|颅")
_NOT_LEFT = re.compile(r"(?:没有?|未|尚未|还没)(?:能|再)?(?:[从由自]|转出|离开|出|搬出|撤出)\s*$")

_NO_RESULT = "尚无明确结果"

_CAME_BACK = re.compile(
    r"[^。;；\n]{0,20}?[,，](?:这[次回]|此次|本次|今年|上周|昨[天日]|今[天日])(?!没|未|无)[^,，。;；\n没未无不]{0,8}?(?:又|再)[^,，。;；\n没未无不]{0,3}?[长栓堵发犯得]"
)


def read(note: Note) -> Iterator[Reading]:
    """The readings of every hit of the condition lexicon."""
    for hit in note.hits:
        if hit.entry.group == "condition" and not hit.entry.lookalike:
            yield from one(note, hit)


def one(note: Note, hit: Hit) -> Iterator[Reading]:
    """The readings of one hit."""
    level, weight, reason = judge(note, hit)
    if level == "nothing":
        return
    value, status = _LEVEL[level]
    yield Reading(note.mention(hit, hit.entry.fact, value, status, reason), weight)
    if hit.entry.fact == "recurrent_vte" and value:
        yield Reading(note.mention(hit, "history_vte", True, "affirmed", "复发即有既往血栓"), EXCLUDED)
    for other in hit.entry.data.get("also", ()):
        yield Reading(note.mention(hit, other, value, status, reason), weight)


def judge(note: Note, hit: Hit) -> tuple[str, int, str | None]:
    """The level ("true", "false", "unknown", "nothing"), weight and note of a hit."""
    data, said = hit.entry.data, hit.assertion
    if said.uncertain and hit.entry.kind != "lab" and _NOT_DONE.search(note.text[: hit.start]):
        said = replace(said, negated=True, uncertain=False)
        hit = replace(hit, assertion=said)
    if said.uncertain and _RULED_OUT_SINCE.match(note.text, hit.end):
        said = replace(said, negated=True, uncertain=False)
        hit = replace(hit, assertion=said)
    says = data.get("says", "true")
    if hit.entry.fact == "recurrent_vte" and says == "false" and _CAME_BACK.match(note.text, hit.end):
        return "true", EXPLICIT, None  # "第一次血栓在2020年，这次右腿又长了"
    if hit.entry.kind == "icu" and (
        _NOT_LEFT.search(note.text[: hit.start]) or _NOT_OUT.match(note.text, hit.end)
    ):
        return "true", EXPLICIT, None
    standard = data.get("note")
    if (said.family and not _own_before_family(note, hit)) or said.generic:
        return "nothing", ASKED, None
    if said.doubtful_family:
        return (
            ("nothing", ASKED, None)
            if says != "true"
            else ("unknown", ASKED, "不能确定说的是患者本人还是家属")
        )
    if hit.entry.kind == "lab" and data.get("bare") and (result := verdict(note.text, hit.end)):
        return result, EXPLICIT, _NO_RESULT if result == "unknown" else None
    if data.get("also") and _HEADING.match(note.text, hit.end):
        return "nothing", ASKED, None
    if hit.entry.kind == "pending":  # "无出血，易栓症筛查待回": the denial before it is of something else
        return "unknown", ASKED, standard
    if said.negated or said.doubtful_denial:
        return _denied(note, hit, says)
    if says == "only_denied":
        return "nothing", ASKED, None
    if says == "false" and SUPPOSED.search(note.text, max(0, hit.start - 8), hit.start):
        return "nothing", ASKED, None  # "如肝功能正常可用", "待凝血功能正常后"
    if (
        hit.entry.kind == "again"
        and not (
            after_thrombosis(note, hit)
            # "首次发病，…DVT"; "没复发" beside a thrombosis may be said of the myeloma
            or (
                says == "false"
                and not re.search("[复再]发", note.text[hit.start : hit.end])
                and any(h.entry.group == "thrombosis" for h in note.hits)
            )
        )
    ):
        return "nothing", ASKED, None
    if says in {"false", "unknown"}:
        if said.uncertain and says == "false":
            return "nothing", ASKED, None
        return says, EXCLUDED if says == "false" else ASKED, standard
    if said.uncertain and not (_ESTABLISHED.match(note.text, hit.end) or _concluded(note, hit)):
        return "unknown", EXPLICIT, "原文为可疑、待查或不详"
    kind = hit.entry.kind
    own = special(note, hit)
    if own is not None:
        return own
    if said.planned and kind != "fracture":
        level = data.get("planned", "unknown")
        return level, EXPLICIT, "计划中" if level == "true" else "原文为计划或预计，请确认现况"
    lately = data.get("window") and hit.when and hit.when.high <= data["window"]
    if said.resolved and hit.entry.fact in _PUT_RIGHT_AGAIN and _PUT_RIGHT.match(note.text, hit.end):
        return "false", EXPLICIT, RESOLVED_NOTE
    long_ago = data.get("window") and hit.when and hit.when.kind == "ago" and hit.when.low > data["window"]
    if said.resolved and not lately and not long_ago:
        level = data.get("resolved", "unknown")
        return level, EXPLICIT, RESOLVED_NOTE if level == "false" else "原文为已好转或已治愈，请确认现况"
    if data.get("bare") == "unknown" and not (said.affirmed or _introduced(note, hit)):
        return "unknown", ASKED, "未写明结果（阳性或阴性）"
    return _in_time(hit, standard)


def _concluded(note: Note, hit: Hit) -> bool:
    """ "TBil 88，考虑肝功能不全": what results at hand lead to is there, unless doubted once more."""
    measured = hit.entry.fact == "nephrotic_syndrome" and _PROTEIN.search(
        note.text, max(note.text.rfind("。", 0, hit.start), hit.start - 60), hit.start
    )
    if not measured and hit.entry.fact not in _FROM_RESULTS:
        return False
    if hit.entry.fact == "recurrent_vte" and not _has_clot(note, hit):
        return False
    sought = _CAUSE_SOUGHT.match(note.text, hit.end)
    thought = _THOUGHT.search(note.text, note.clause(hit.start)[0], hit.start)
    return bool(sought or (thought and not _DOUBTED_AGAIN.match(note.text, hit.end)))


def _has_clot(note: Note, hit: Hit) -> bool:
    """Whether a thrombosis that is there was told before: "今腓静脉血栓，考虑VTE复发"."""
    return any(
        other.entry.group == "thrombosis"
        and other.end <= hit.start
        and not (other.assertion.negated or other.assertion.doubtful_denial or other.assertion.uncertain)
        and not (other.assertion.family or other.assertion.doubtful_family or other.assertion.generic)
        for other in note.hits
    )


def _own_before_family(note: Note, hit: Hit) -> bool:
    """ "无遗传性易栓症及血栓家族史": the family is only that of the thrombosis after 及 (A19)."""
    start, _ = note.clause(hit.start)
    return bool(
        hit.entry.fact == "inherited_thrombophilia"
        and _AND_FAMILY.match(note.text[hit.end :])
        and not _RELATIVE.search(note.text[start : hit.start])
    )


def _denied(note: Note, hit: Hit, says: str) -> tuple[str, int, str | None]:
    data, said = hit.entry.data, hit.assertion
    level = data.get("denied", "false" if says == "true" else "nothing")
    if level == "nothing":
        return "nothing", ASKED, None
    if not said.negated or said.uncertain:
        return "unknown", EXPLICIT, "不能确定是否被否认"
    if level == "true" and (said.history_word or said.historical):
        return "nothing", ASKED, None  # denying a history of renal failure does not make the kidneys normal
    if hit.entry.fact == "fracture_pelvis_hip_femur" and _elsewhere(note, hit):
        return level, EXCLUDED, None
    if hit.entry.kind == "ulcer" and said.history_word:
        return level, EXCLUDED, None  # "没有溃疡病史" says less than what the gastroscopy shows today
    window = data.get("window")
    if window and hit.when and hit.when.kind == "within" and hit.when.high < window:
        return "unknown", EXPLICIT, f"仅否认了近{round(hit.when.high)}天，共识窗口为{window}天"
    start, _ = note.clause(hit.start)
    if _FORMERLY_NOT.search(note.text, start, hit.start):
        return level, EXCLUDED, None  # "既往无房颤" beside today's ECG
    if window and hit.when and hit.when.kind == "ago" and hit.when.start >= start:
        return "unknown", EXPLICIT, "只否认了过去某一时间，请确认近期情况"
    return level, EXPLICIT, None


def _elsewhere(note: Note, hit: Hit) -> bool:
    """ "右侧耻骨支骨折，左股骨未见骨折": the denial is of another bone than the one that is broken."""
    start, _ = note.clause(hit.start)
    return bool(_A_BONE.search(note.text, start, hit.start)) and any(
        other.entry.kind == "fracture"
        and other is not hit
        and not (other.assertion.negated or other.assertion.uncertain or other.assertion.family)
        for other in note.hits
    )


def _introduced(note: Note, hit: Hit) -> bool:
    start, _ = note.clause(hit.start)
    return bool(re.search(r"(有|存在|合并|检出|查出|伴)[^无未否]{0,8}$", note.text[start : hit.start]))


def _in_time(hit: Hit, standard: str | None) -> tuple[str, int, str | None]:
    data, said = hit.entry.data, hit.assertion
    window = data.get("window")
    if window and hit.when:
        if hit.when.low > window:
            return "false", EXCLUDED, f"发生在{window}天以前，不在计分时间窗内"
        if hit.when.high > window:
            return "unknown", EXPLICIT, f"请确认是否在{window}天以内"
        return "true", EXPLICIT, standard
    past = data.get("past", "unknown" if window else "true")
    if (said.historical or said.history_word) and past != "true":
        return past, EXPLICIT, "原文为既往史而未写明时间，请确认"
    return "true", EXPLICIT, standard
