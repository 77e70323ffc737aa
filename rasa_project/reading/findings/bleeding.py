"""Bleeding within three months and bleeding that goes on now (A46)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rasa_project.reading.asked_whether import asks_of_a_drug, asks_what_to_do
from rasa_project.reading.findings.hits import ASKED, EXCLUDED, Hit, Note, Reading

_WINDOW = 90
_PRESENT_DAYS = 7
_HAPPENING_DAYS = 2
_TODAY = 0
_KINDS = 3
_ULCER_DAYS = 14  # an ulcer that bled so lately has not healed
_ULCER = re.compile(
    r"(?:胃|肠|球部|消化道|消化性|吻合口|应激性)[^,，。;；\n无未没不否]{0,6}溃疡[^,，。;；\n无未没不否]{0,4}$"
)
# who vomits or passes blood today bleeds; a black stool may come from the bleed of the day before
_COMES_UP = re.compile(
    r"呕血|吐血|[呕吐].{0,4}咖啡|咖啡.{0,2}样|咯血|便血|血便|鲜血|呕.{0,4}血|吐.{0,4}血|拉.{0,4}血|血尿|尿血"
)
# ... unless there was much of it, or it has been so for days: "黑便3天", "昨晚解柏油样便200克"
# blood in the skull since yesterday is as good as running
_IN_THE_SKULL = re.compile(
    r"脑(?:干|叶|室|实质)?出血|颅内出血|蛛网膜下腔出血|硬膜[外下](?:血肿|出血)|(?:小脑|基底节|丘脑)[^,，。;；]{0,2}出血"
)
_LOST = re.compile(rf"{_COMES_UP.pattern}|{_IN_THE_SKULL.pattern}|黑便|黑色便|柏油|咖啡|便.{{0,2}}黑")
_AMOUNT = re.compile(
    r"[^,，。;；\n]{0,4}[,，]?(?:量|共|总量|合计)?(?:大概|大约|约|差不多|将近|近|估计|可能|至少|多达|达|超过|[是有得能\s])*"
    r"(?:[\d一二两三四五六七八九十百余多]+\s?(?:ml|毫升|cc|g(?![a-z/])|克)|[\d半一两二三四五几好多]+大?[碗盆桶])",
    re.I,
)
_ABOUT = re.compile(r"(?:大约|大概|约|差不多|将近|近乎|好像|估计|可能)(?:是|在|有)?$")
_OR_SO = re.compile(r"左右|上下|的?样子")
_FULL_OR_NOT = re.compile(
    r"(?:是否|满不满|满没满|有没有|到没到|够不够)(?:已|超|满|到|够|过)*(?:[三3]个?月)?[^,，。;；\n]{0,6}?(?:不详|不清|不明|不确定|说不|记不|难定|待)"
)
_DAYS_ON_END = 14
_DENIED_AFTER = re.compile(
    r"[^。;；\n]{0,30}(?:[未没无不]再|已止|止住|停了|已停|减少|消失|转清|未见|没有了|"
    r"(?:现在?|目前|今[天日])(?:已|均|都)?(?:无|没有?)(?=\s*(?:[,，。;；\n]|$)))"
)
_GOING_ON = re.compile(r"(目前|现(?!病)|正在|仍|持续|不止|反复|再发|再次|今(?!年)|活动性|间断|突发)")
_STILL = re.compile(r"(活动|正在|仍|持续|不止|止不住|active)", re.IGNORECASE)
_NOW_STILL = re.compile(
    r"(?<!不)(?:[仍还][在有是]?|[正又]在|不停地?|持续|一直在?|老是?在?|总在?)(?:间断|反复|断续|不断)?(?:[解排冒流滴渗淌])?$"
)
# "便血还没停", "牙龈渗血自昨日起未止", "呕血…，今晨仍有": it has not stopped
_UNSTOPPED = re.compile(
    r"(?:(?!已[经]?止|止住了|后止|已停|好转|消失)[^。;；\n]){0,28}?(?<![^,，\s血尿便衄])"
    r"(?:自[^,，。;；\n]{1,6}起|到现在|至今|目前|现在?|[昨今][日天晨早晚夜]|此刻|按压|压迫?|[仍还尚都也就总一直是]|"
    r"[了\d半一两三]+(?:个)?(?:多)?(?:小时|分钟|天))*(?:"
    r"(?:未|没有?|没能|不见|勿)(?:完全|彻底|能|见|再)?(?:停|止|断|净|干净)(?:住|过|下来?)?(?=\s*(?:[,，。;；!！\n)）\"”]|$))|"
    r"(?<=[,，])(?:仍|还)(?:在|有)?(?:渗|滴|流|冒)(?=\s*(?:[,，。;；\n]|$))|(?:止|压)不住|不止(?=\s*(?:[,，。;；!！\n)）\s]|$|[\d半一两二三]+个?(?:多)?(?:小时|h(?![a-z])|分钟|天)))|"
    r"(?<=[日天晨早晚夜现前在今])(?:仍|还|又|再次)(?:[在有](?![^,，。]{0,6}(?:可能|风险))|解|便|吐|呕|流|渗|出血|排|滴))"
)
# "肉眼血尿，持续冲洗中，引流液仍淡红", "阴道流血淋漓不净"
_STILL_RED = re.compile(
    r"[^。;；\n]{0,30}?(?<![没未])仍(?:为|呈|是|有|见)*(?:[淡暗鲜]?红|血性|洗肉水|带血|少[量许](?=\s*(?:[,，。;；\n]|$)))|"
    # "左额叶出血约12ml，较昨日增多"
    r"[^,，。;；\n没未不无]{0,12}[,，]?\s?(?:较(?:前|昨[日天晚]?|上次|入院时?)|进行性)(?:片|ct)?(?:明显|有所|稍|略)?(?:增[多大加]|扩大|加重)|"
    # "穿刺点渗血，换了三次敷料还在渗"
    r"[^。;；\n]{0,16}[,，][^,，。;；\n没未不无]{0,10}[仍还](?:[在有是])?[渗滴流冒淌出]血?(?=\s*(?:[,，。;；\n]|$))|"
    r"[^,，。;；\n]{0,4}(?:淋漓|点滴)?不[净尽](?!全)|[^,，。;；\n]{0,2}淋漓"
)
# "眼底出血及全身瘀斑仍在进展"
_GOES_ON = re.compile(
    r"(还|仍)?(在|未|没有?)(继续|持续|停|止住|进行(?!性?预防))|"
    r"(?:(?:及|和|、)[^,，。;；\n未没无不]{1,6})?(?:还|仍|一直|正)在?(?:进展|加重|增[多加]|扩大|发展)(?!不)"
)
_STILL_WITHIN = re.compile(r"[仍还正]在|[一直不停断]{2}(?=[出流渗滴淌冒]血)|在(?=[出流渗滴淌冒]血)")
_COULD = re.compile(r"\s*的?(?:可能|风险|倾向|危险)")
_BEFORE_THAT = re.compile(r"(此前|之前|以前|先前)[^,，。;；\n]{0,8}$")
_LOOKED_AT = re.compile(r"[胃肠喉膀]镜|支气管镜|镜下|(?<![a-z])(?:ct|mri?)(?![a-z])|眼底|超声|彩超", re.I)
# "牙龈无出血": the denial of one place, as good as that of a small bleed
_ONE_PLACE = re.compile(
    r"(?:牙龈|齿龈|鼻腔?|口腔|皮肤|黏膜|眼底|球结膜|伤口|切口|穿刺[点处]|颅内|关节)(?:均|也|都|目前)?(?:未见?|没有?|无)(?:明显|活动性?)?$"
)
_NO_MORE = re.compile(
    r"((无|未|没有?)(再|在|继续)|(目前|现在?)(已|均|都)?(无|未见?|没有?))(有|见|发生|出现)?$"
)
_NO_LONGER = re.compile(r"(?:不再?|没再?|没有再|未再)[^,，。;；\n]{1,6}了$")
# "已经三个半月没出血了": free of it for as long as stands before
_FREE_FOR = re.compile(
    r"(?:以?来|内|时间|了)?(?:一直|都|均|也|再)*(?:未|没有?|无|不)(?:再|曾)*(?:有|见|发生|出现|过)*(?:任何|明显)?$"
)
_FOR = re.compile(
    r"(?:患者|病人|[他她我]|到?现在|目前|至今|已经?|都|有|快|大概|大约|约|差不多|整整|又|[:：\s])*"
)
_ONLY = re.compile(r"(?:病?史)?\s?[,，;；]\s?(?:唯一?|仅|只是?|就|只有)(?:有|在|于|是)*\s?")
# "出血停了四个月了": over for so long
_OVER_FOR = re.compile(
    r"(?:早就?|已经?|都|完全|彻底)*(?:停|止)(?:住|下来)?了?(?:已经?|都|有|快|将近|整整|大概|约)*"
)
_ACTIVE_BEHIND = re.compile(
    r"\s?[,，:(]?\s?活动性(?=\s*(?:[,，。;；)\n]|$|mm|plt|血))", re.I
)  # "鼻出血 活动性"
_SINCE_THEN = re.compile(
    r"(此后|之后|以后|其后|至今|后)(一直|均|都)?(再)?(未|无|没有?)(再)?(有|见|发生|出现)?$"
)
_STOPPED = re.compile(
    r"(已(经)?止|止住|转[黄清]|(便|尿)(色|已|现在?|为|呈|转)*[黄清]|压住了|已(经)?停止|已好转|逐渐消失|消失|好转|未再|无再|没再|不再?[流淌出渗便拉解排吐呕咯咳尿]血?了|后好|^停(?:住|下来)?了)"
)
# ... and of these what leaves no doubt: "昨天吐血，今天不吐了"
_SURELY_STOPPED = re.compile(
    r"(?:[^。;；\n不没未无仍还]{0,10}[,，])?[^,，。;；\n不没未无仍还]{0,8}不再?[便拉解排吐呕咯咳尿]血?了"
)
# "今天已经不黑便了", "昨起未再呕血": it has stopped, whenever it began
_NOT_ANY_MORE = re.compile(r"(?:不再|(?:没有?|未|无)再(?:有|见|发生|出现|解|排)?)$")
_NOT_NOW = re.compile(r"不(?:再|怎么)?(?:解|排|拉)?$")
_LATELY = re.compile(r"今(?!年)|昨|前天|现在?(?!病)|目前|这[两几]天|刚")
# What was packed, transfused or measured by the bowl is no minor bleed.
_TREATED = re.compile(
    r"填塞|电凝|烧灼|缝扎|输(注)?(了)?([一二两三几\d]+(个)?(袋|u|单位|治疗量|份))?(血|红细胞|血小板|板)|血红蛋白(下)?降|(半|一|两|[\d一二两三]+)(大)?(碗|盆)|\d{2,4}\s*ml|不止|住(了|过)?院|急诊"
)
_CONTRAINDICATION = re.compile(r"(?:方面)?的?禁忌")
_BEFORE_ADMISSION = re.compile(r"(入院|来院|住院|就诊)前\s*$")
_VOMITED = re.compile(r"[呕吐](?!.{0,4}痰)|咖啡")
_ONCE = re.compile(
    r"(?:[一二两三四五六七八九十几\d]+[次回])?(?:病?史|过|后|时|而|就|以后|再|那[次天])|"
    r"[^,，。;；\n]{0,6}(?:入|住|来|出|送)[院诊]|[^,，。;；\n]{0,4}(?:就诊|急诊|抢救成功)"
)
_RED = re.compile(rf"{_COMES_UP.pattern}|红|肉水")  # "小便是洗肉水色的"
_PRESENTLY = re.compile(
    r"(?:现在?|目前|正在?|刚刚?|刚才|此刻|眼下|这会儿?)(?:又|有|还|在|出现|开始|大口|发现)*$"
)
_AGAIN = re.compile(r"(又|再次|再发|再度)(有|出现|发生)?$")
# "刚才突发黑便", "今天开始解黑便": what begins now is no rest of an older bleed
_BEGINS = re.compile(
    r"(?:(?:刚才?|刚刚|方才|今[天日晨早晚]|早上|上午|下午|凌晨|现在?|目前|突然间?|忽然)(?:患者|病人|他|她|又)*(?:开始|突发|突然|忽然|起|出现|发现)|"
    r"突发|突然|忽然)(?:间|地)?(?:解|排|拉|屙|有|出现|大量|好多|了)*$"
)
# "血红蛋白掉到55", "血色素从100降到60": beside a bleed without a date it shows how great that is
_HAEMOGLOBIN_FALLS = re.compile(
    r"(?:血红蛋白|血色素|(?<![a-z])(?:hb|hgb)(?![a-z]))[^,，。;；\n没未无]{0,12}?"
    r"(?:掉|降|跌|下降|减|落)(?:到|至|为|了|成)[^,，。;；\n\d]{0,3}\d",
    re.IGNORECASE,
)
# "现在血压75/40 颅内出血": who is in shock now bleeds now, unless the bleed is dated
_UNSTABLE = frozenset({"hemodynamic_instability"})
# "血止住3天了", "出血停了一周", "3天没再出血了"
_STOPPED_FOR = re.compile(
    r"(?:已经?|都|就|算是|总算|终于)*(?:止住?|停止?|控制住?|压住)了?(?:有|已经?|快|大概|约)*"
    r"(?:\d+|[半一二两三四五六七八九十几])\s*(?:多|来)?个?(?:多)?(?:天|日|周|星期|礼拜|月|day|week)"
)


def read(note: Note) -> Iterator[Reading]:
    """The readings of every bleeding word of the note."""
    hits = [
        hit
        for hit in note.hits
        if hit.entry.group == "bleeding"
        and not (
            hit.assertion.family
            or hit.assertion.generic
            or hit.assertion.doubtful_family
            or hit.assertion.planned
        )
    ]
    for hit in hits:
        yield from _one(note, hit)
    yield from _looked_for(note, hits)
    yield from _coughed_up(note)


def _looked_for(note: Note, hits: list[Hit]) -> Iterator[Reading]:
    """ "无黑便、无牙龈出血": who denies great and small bleeding and names none has looked for it."""
    denied = [hit for hit in hits if hit.assertion.negated and not hit.assertion.history_word]
    if denied == hits and {hit.entry.kind for hit in denied} >= {"relevant", "minor"}:
        yield Reading(note.mention(denied[0], "active_bleeding", False, "negated"), EXCLUDED)
    throughout = [
        hit for hit in denied if hit.when and hit.when.kind == "within" and hit.when.high >= _WINDOW
    ]
    kinds = {note.text[hit.start : hit.end] for hit in throughout if hit.entry.kind == "relevant"}
    if denied == hits and len(kinds) >= _KINDS:
        # "近3个月无呕血、黑便、血尿": no bleed of note in that time
        yield Reading(note.mention(throughout[0], "bleeding_within_3_months", False, "negated"), EXCLUDED)


def _one(note: Note, hit: Hit) -> Iterator[Reading]:
    said, level = hit.assertion, hit.entry.kind
    if level == "any" and not said.negated and _CONTRAINDICATION.match(note.text, hit.end):
        for fact in ("bleeding_within_3_months", "active_bleeding"):  # "有出血禁忌": which is not said
            reason = "请说明出血禁忌的具体情况"
            yield Reading(note.mention(hit, fact, None, "undetermined", reason), ASKED)
        return
    if level == "minor" and _TREATED.search(note.text, hit.end, note.sentence_end(hit.end)):
        level = "relevant"
    if level == "minor" and _goes_on(note, hit):
        level = "relevant"
    if said.negated or said.doubtful_denial:
        yield from _denied(note, hit, level)
    elif level == "minor":
        if hit.when is None or hit.when.low <= _WINDOW:
            yield from _open_beside_a_drug(note, hit)
            reason = "皮肤瘀点或轻微鼻衄、牙龈出血等，是否属于有临床意义的出血请确认"
            yield Reading(note.mention(hit, "bleeding_within_3_months", None, "undetermined", reason), ASKED)
    elif said.uncertain:
        yield Reading(note.mention(hit, "bleeding_within_3_months", None, "undetermined", "原文为可疑或不详"))
        if level == "active":
            yield Reading(note.mention(hit, "active_bleeding", None, "undetermined", "原文为可疑或不详"))
    else:
        yield from _affirmed(note, hit, level)


def _open_beside_a_drug(note: Note, hit: Hit) -> Iterator[Reading]:
    """A46: who asks of a drug beside a small bleed, or blood coughed up, asks while it may be going on."""
    if hit.when is None and asks_of_a_drug(note.text, hit.start, hit.end):
        reason = "请确认出血量，以及目前是否仍在出血"
        yield Reading(note.mention(hit, "active_bleeding", None, "undetermined", reason), ASKED)


def _coughed_up(note: Note) -> Iterator[Reading]:
    for hit in note.hits:
        said = hit.assertion
        denied = said.negated or said.doubtful_denial or said.resolved or said.hypothetical
        past = said.historical or said.history_word
        if hit.entry.fact == "hemoptysis" and not (denied or past or said.family or said.generic):
            yield from _open_beside_a_drug(note, hit)


def _denied(note: Note, hit: Hit, level: str) -> Iterator[Reading]:
    said = hit.assertion
    sure = said.negated and not said.uncertain
    if _BEFORE_THAT.search(note.text[: hit.start]) and _bled(note, hit):
        return  # "解鲜血便；此前两年无出血" denies nothing of now
    if level == "relevant" and sure:
        yield from _not_any_more(note, hit)
    if level in {"relevant", "minor"} or _ONE_PLACE.search(note.text[note.clause(hit.start)[0] : hit.start]):
        return  # 无黑便 does not deny other bleeding
    if level != "active" and _LOOKED_AT.search(note.text[note.clause(hit.start)[0] : hit.start]):
        return  # "胃镜未见溃疡或出血" speaks of one place on one day
    past_only = said.history_word
    if not past_only:
        yield _denial(note, hit, "active_bleeding", sure)
    if level == "active" or (_NO_MORE.search(note.text[: hit.start]) and _bled(note, hit)):
        return
    if (free := _free_for(note, hit)) is not None:
        if free < _WINDOW and "再" in note.text[max(0, hit.start - 6) : hit.start]:
            # "一周没再出血": there was a bleed before that
            yield Reading(note.mention(hit, "bleeding_within_3_months", True, "affirmed"), EXCLUDED)
        elif free < _WINDOW:
            reason = "否认的时间范围短于3个月，请确认近3个月有无出血"
            yield Reading(note.mention(hit, "bleeding_within_3_months", None, "undetermined", reason))
        else:
            yield _denial(note, hit, "bleeding_within_3_months", sure)
        return
    if _NO_LONGER.search(note.text, 0, hit.end + 1):
        return  # "现在不出血了": there was one, whenever that began
    since = _SINCE_THEN.search(note.text[: hit.start]) and hit.when and hit.when.low >= _WINDOW
    if _only_long_ago(note, hit):
        return
    if hit.when is not None and not since and (hit.when.kind == "ago" or hit.when.high < _WINDOW):
        reason = "否认的时间范围短于3个月，请确认近3个月有无出血"
        yield Reading(note.mention(hit, "bleeding_within_3_months", None, "undetermined", reason))
        return
    yield _denial(note, hit, "bleeding_within_3_months", sure)


def _only_long_ago(note: Note, hit: Hit) -> bool:
    """ "否认近期出血，仅2019年胃出血一次": the one bleed that is told tells how long there was none."""
    last = note.sentence_end(hit.end)
    return any(
        _ONLY.fullmatch(note.text, hit.end, other.when.start)
        for other in note.hits
        if other.entry.group == "bleeding"
        and hit.end < other.start < last
        and not (other.assertion.negated or other.assertion.family)
        and other.when is not None
        and other.when.start >= hit.end
        and other.when.low > _WINDOW
    )


def _not_any_more(note: Note, hit: Hit) -> Iterator[Reading]:
    """ "今天已经不黑便了": what has stopped was there, and of late where it is told of these days."""
    start, _ = note.clause(hit.start)
    lead = note.text[start : hit.start]
    gone = _NOT_NOW.search(lead) is not None and note.text.startswith("了", hit.end)
    if not gone and _NOT_ANY_MORE.search(lead) is None:
        return
    yield Reading(note.mention(hit, "active_bleeding", False, "negated"), EXCLUDED)
    if gone and _LATELY.search(lead) and not _bled(note, hit):
        yield Reading(note.mention(hit, "bleeding_within_3_months", True, "affirmed"), EXCLUDED)


def _free_for(note: Note, hit: Hit) -> float | None:
    """The days that are told to have gone by without bleeding: "已经三个半月没出血了"."""
    start, _ = note.clause(hit.start)
    return next(
        (
            time.low
            for time in note.times
            if time.kind == "duration"
            and start <= time.start
            and time.end <= hit.start
            and _FOR.fullmatch(note.text, start, time.start)
            and _FREE_FOR.fullmatch(note.text, time.end, hit.start)
        ),
        None,
    )


def _over_for(note: Note, hit: Hit) -> float | None:
    """The days since the bleeding is told to have stopped: "出血停了四个月了"."""
    over = next(
        (
            time.low
            for time in note.times
            if time.kind in ("duration", "ago") and _OVER_FOR.fullmatch(note.text, hit.end, time.start)
        ),
        None,
    )
    if over is not None:
        return over
    # "出血停了，四个月没再出血"
    since = [
        _free_for(note, other)
        for other in note.hits
        if other.start > hit.end and other.assertion.negated and other.entry.kind == "any"
    ]
    return max((free for free in since if free is not None), default=None)


def _bled(note: Note, hit: Hit) -> bool:
    """Whether the note tells of a bleed before: then "没有再出血" denies only that it goes on."""
    return any(
        other.entry.group == "bleeding"
        and other.entry.kind != "minor"
        and other.start < hit.start
        and not (other.assertion.negated or other.assertion.doubtful_denial or other.assertion.family)
        for other in note.hits
    )


def _denial(note: Note, hit: Hit, fact: str, sure: bool) -> Reading:
    if sure:
        return Reading(note.mention(hit, fact, False, "negated"))
    return Reading(note.mention(hit, fact, None, "undetermined", "不能确定是否被否认"))


def _affirmed(note: Note, hit: Hit, level: str) -> Iterator[Reading]:
    said = hit.assertion
    fact = "bleeding_within_3_months"
    low, high = _days_ago(note, hit)
    if (free := _over_for(note, hit)) is not None and free >= _WINDOW:
        yield Reading(note.mention(hit, fact, False, "negated", "出血发生在3个月以前"), EXCLUDED)
        return
    start, end = note.clause(hit.start)
    sentence_rest = note.text[hit.end : end + 20]
    going_on = (
        _GOING_ON.search(note.text[max(start, hit.start - 8) : hit.start])
        or "不止" in note.text[hit.start : end]
    )
    if low is not None and low > _WINDOW and not going_on:
        yield Reading(note.mention(hit, fact, False, "negated", "出血发生在3个月以前"), EXCLUDED)
        return
    if low is not None and _window_open(note, hit):
        yield Reading(note.mention(hit, fact, None, "undetermined", "请确认出血是否在3个月内"))
        return
    past = said.historical or said.history_word
    still = going_on or _STILL.search(note.text[hit.start : hit.end])
    if low is None and past and not still:
        yield Reading(note.mention(hit, fact, None, "undetermined", "出血史未写明时间，请确认是否在3个月内"))
        return
    if high is not None and high > _WINDOW and not going_on:
        yield Reading(note.mention(hit, fact, None, "undetermined", "请确认出血是否在3个月内"))
        return
    yield Reading(note.mention(hit, fact, True, "affirmed"))
    if _ULCER.search(note.text, start, hit.end - len("出血")) and (low is None or low <= _ULCER_DAYS):
        yield Reading(note.mention(hit, "active_gastrointestinal_ulcer", True, "affirmed"), EXCLUDED)
    if _goes_on(note, hit):
        yield Reading(note.mention(hit, "active_bleeding", True, "affirmed"))
        return
    if _STOPPED_FOR.match(note.text, hit.end):  # P-B4: "出血止住一周了"
        yield Reading(note.mention(hit, "active_bleeding", False, "negated"), EXCLUDED)
        return
    if said.resolved or _STOPPED.search(sentence_rest):
        if note.text[hit.start : hit.end] == "血" or _SURELY_STOPPED.match(note.text, hit.end):
            yield Reading(note.mention(hit, "active_bleeding", False, "negated"), EXCLUDED)
        return
    again = _AGAIN.search(note.text[start : hit.start]) and low is not None and low <= _HAPPENING_DAYS
    now = again or _GOES_ON.match(note.text, hit.end) or (low is None and _comes_up_now(note, hit))
    now = now or _breaks_out(note, hit, low) or _vomits(note, hit, low)
    if (
        now
        or (_flows(note, hit, low) and not _DENIED_AFTER.match(note.text, hit.end))
        or (level == "active" and (still or low is None or low <= _PRESENT_DAYS))
    ):
        yield Reading(note.mention(hit, "active_bleeding", True, "affirmed"))
    elif going_on or low is None or low <= _PRESENT_DAYS:
        reason = "请确认目前是否仍有活动性出血"
        yield Reading(note.mention(hit, "active_bleeding", None, "undetermined", reason), ASKED)


def _breaks_out(note: Note, hit: Hit, low: float | None) -> bool:
    """A bleed that begins now, that lowers the haemoglobin, or that is told beside a shock."""
    said = hit.assertion
    if said.historical or said.history_word or (low is not None and low > _TODAY):
        return False
    if _DENIED_AFTER.match(note.text, hit.end) or not _LOST.search(note.text, hit.start, hit.end):
        return False
    clause, _ = note.clause(hit.start)
    if _BEGINS.search(note.text, clause, hit.start):
        return True
    if _HAEMOGLOBIN_FALLS.search(note.text):
        return True
    return any(other.entry.fact in _UNSTABLE and _is_now(other) for other in note.hits)


def _vomits(note: Note, hit: Hit, low: float | None) -> bool:
    """ "呕血", "患者吐血2次": blood that is vomited, with no word that it was once or is over."""
    if not _VOMITED.match(note.text, hit.start) or (low is not None and low > _TODAY):
        return False
    said = hit.assertion
    if said.historical or said.history_word or _ONCE.match(note.text, hit.end):
        return False
    later = [other for other in note.hits if other.start > hit.end and other.entry.group == "bleeding"]
    over = any(other.assertion.negated and other.entry.kind in {"any", "active"} for other in later)
    return not over and _DENIED_AFTER.match(note.text, hit.end) is None


def _is_now(hit: Hit) -> bool:
    said = hit.assertion
    past = said.historical or said.history_word or said.resolved or hit.when is not None
    denied = said.negated or said.doubtful_denial or said.uncertain or said.hypothetical
    return hit.entry.data.get("says", "true") == "true" and not (
        past or denied or said.family or said.generic
    )


def _window_open(note: Note, hit: Hit) -> bool:
    """ "大约三个月前脑出血", "是否满三个月不详": at the very border of the window the day is not known."""
    when = hit.when or hit.lasting
    if when is None or not _WINDOW - 1 <= when.low <= _WINDOW + 1 or when.high > _WINDOW + 1:
        return False
    about = _ABOUT.search(note.text, max(0, when.start - 6), when.start) or _OR_SO.match(note.text, when.end)
    return bool(about or _FULL_OR_NOT.search(note.text, hit.end, note.sentence_end(hit.end)))


def _comes_up_now(note: Note, hit: Hit) -> bool:
    """Blood that is vomited or passed "now", or beside the question whether a drug is still to be given."""
    start, end = hit.start, hit.end
    if not (_RED.search(note.text, start, end) or _IN_THE_SKULL.search(note.text, start, end)):
        return False
    if _DENIED_AFTER.match(note.text, hit.end):
        return False
    clause, _ = note.clause(start)
    return bool(
        _PRESENTLY.search(note.text[max(clause, start - 8) : start])
        or asks_of_a_drug(note.text, start, end)
        or asks_what_to_do(note.text, start, end)
    )


def _flows(note: Note, hit: Hit, low: float | None) -> bool:
    """Whether blood is lost now: seen today, much of it since yesterday, or day after day up to now."""
    if not _LOST.search(note.text, hit.start, hit.end):
        return False
    if (low is not None and low > _TODAY + 1) or hit.assertion.historical or hit.assertion.history_word:
        return False
    in_the_skull = _IN_THE_SKULL.search(note.text, hit.start, hit.end)
    if hit.lasting is not None and hit.lasting.high <= (_TODAY + 1 if in_the_skull else _DAYS_ON_END):
        return True
    if _AMOUNT.match(note.text, hit.end):
        return True
    now = in_the_skull or _COMES_UP.search(note.text, hit.start, hit.end)
    return low is not None and low <= _TODAY and now is not None


def _goes_on(note: Note, hit: Hit) -> bool:
    """Whether the words around it say that it has not stopped."""
    start, _ = note.clause(hit.start)
    if hit.assertion.negated or _COULD.match(note.text, hit.end):
        return False
    before = _NOW_STILL.search(note.text[max(start, hit.start - 6) : hit.start])
    within = _STILL_WITHIN.search(note.text, hit.start, hit.end)
    return bool(
        before
        or within
        or _ACTIVE_BEHIND.match(note.text, hit.end)
        or _STILL_RED.match(note.text, hit.end)
        or _UNSTOPPED.match(note.text, hit.end, min(hit.end + 44, note.sentence_end(hit.end)))
    )


def _days_ago(note: Note, hit: Hit) -> tuple[float | None, float | None]:
    if hit.when is not None:
        return hit.when.low, hit.when.high
    start, _ = note.clause(hit.start)
    for time in note.times:  # "入院前1周曾有柏油样便"
        if start <= time.start < hit.start and _BEFORE_ADMISSION.search(note.text[: time.start]):
            return time.low, time.high
    return None, None
