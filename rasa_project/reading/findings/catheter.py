"""Whether a central venous catheter is in place: put in, taken out, changed, refused (A16)."""

from __future__ import annotations

import re

from rasa_project.reading.findings import catheter_since as since
from rasa_project.reading.findings.hits import ASKED, EXPLICIT, RESOLVED_NOTE, Hit, Note

WHICH = re.compile(r"picc|港|颈|锁骨下|股", re.IGNORECASE)
"""What tells one tube from another."""
# "PICC相关血栓": a catheter named for the clot it made need not be there any more.
_ITS_OWN_CLOT = re.compile(r"相关性?")
_OUT_OR_NOT = re.compile(r"(?:管|现在|到底|后来)*(?:拔没拔|撤没撤|取没取|(?:有没有|是否)已?经?(?:拔|撤|取))")
_REMOVED = (
    r"(?:[拔撤取拆移](?:除|掉|出来?|走|了|管)(?![^,，。;；\n]{0,5}针)|去除|(?<![拉牵])扯(?:掉|出来?|了)|[拔撤取拆](?=(?:老|好|很)(?:长|久|些|多))|"
    r"(?<=已)[拔撤取拆]|(?<=[\d日号])[拔撤取拆](?=[,，。;；\n)]|$))"
)
# what else is taken out, and what is not yet done: "尿管已拔", "计划5月拔除", "医生说可以拔"
_OTHERS = "未没不无别勿拟待等明下需要能可若如划算备预议望争尿胃引流胸腹气钉线牙针鞘石夹膜瓣瘤栓器板架说问吗么"
_WORD = rf"(?:功能|贵要|锁骨下|血栓|[^,，。;；\n{_OTHERS}])"
# "PICC于2月6日置入，4月11日治疗间歇期拔除": put in and taken out again, each on its day
_PLACED_THEN_OUT = re.compile(
    rf"(?:(?:[,，]|{_WORD}){{0,16}}?(?:[置插](?:管|入)|[置植放埋穿打装插留](?:入|成功|[的了好术])?|异位|堵[管塞住了]+|感染|脱出|不畅|渗液|破裂|断裂)|)"
    rf"(?:[(（][^()（）\n]{{0,16}}[)）])?(?:{_WORD}{{0,8}}[,，])?"
    rf"\s?[,，、)）→]?\s?{_WORD}{{0,18}}?(?:(?:后|\d次|结束|完成|疗程|好转|恢复)[,，]\s?{_WORD}{{0,12}}?)?{_REMOVED}"
    rf"(?!导丝|血栓|标本|活检|指征|困难|失败|[^,，。;；\n]{{0,6}}(?:时|前|吗|么|[?？]))"
)
# "PICC置入后12天上臂肿，…，抗凝第7天昨日拔管"
_PULLED_LATER = re.compile(
    rf"(?:[,，]|{_WORD}){{0,60}}?[,，]{_WORD}{{0,14}}?拔管(?!时|前|吗|么|指征|[?？]|[^,，。;；\n]{{0,4}}(?:失败|困难))"
)
# "港取出术后3天"
_TAKEN_OUT = re.compile(
    r"\s?(?:[拔取移拆撤](?:除|出|掉)|取)(?:手?术)?后(?!再|重|改|换|拟|可|需)|\s?(?:[拔移拆撤]除|取出)(?:手?术)(?!前|中)"
)
_TAKEN_BEFORE = re.compile(
    r"(?:^|[^未没不能可要该有候何来以])(?:[取拆拔]|(?:取|拆|拔)[了掉])$"
)  # "局麻下取港"
_STILL_TO_DO = re.compile(r"[^,，。;；\n]{0,6}(?:吗|么|前|[?？]|指征|时机|失败|手术[约定在])")
_TO_GO = re.compile(r"[,，]?(?:等|待|到|做完|用完)[^,，。;；\n]{0,10}(?:就|再|才)[拔取撤拆]")
_PLANS = re.compile(
    r"(?:拟|待|等|原定|定于|预约|准备|计划|打算|考虑|建议|安排|要求|下周|下个?月|明[天日]|择期)[^,，。;；\n]{0,10}$"
)
# "CVC堵了拔掉，又从左锁骨下重穿一根", "股静脉导管拔了，昨天改成右颈内": another took its place
_PLACED_ANEW = re.compile(
    rf"[^。;；\n]{{0,32}}?{_REMOVED}[^,，。;；\n不未没无]{{0,6}}?(?:[,，;；后]\s*|(?=[重再改换]))"
    r"(?![^。;；\n]{0,20}(?:外周|留置针|浅静脉|钢针|[肚皮]皮?针|皮下|口服|失败|未成|不成功|不同意|拒绝|不愿|不肯))"
    r"[^,，。;；\n不未没无引尿胃]{0,12}?(?:又|再|重|另|改|换|新|对侧|同侧|[左右](?=[边侧]))"
    r"[^,，。;；\n不未没无引尿胃]{0,10}?(?:[置放插穿装埋打]|颈内|锁骨下|锁下|股静脉|[左右]侧?股|贵要|头臂|腋静脉|港|picc|cvc|长期管|双腔)",
    re.IGNORECASE,
)
# "PICC置管失败，改外周留置针", not "首次失败，第二次成功" nor another that took its place
_FAILED = re.compile(
    r"(?:[^。;；\n]{0,16}?(?:置管|穿刺|置入|植入|送管|植|置|插管|重置|试穿|[\d一二两三]次)?[^,，。;；\n]{0,4}"
    r"|[^。;；\n]{0,10}?[,，][^,，。;；\n]{0,10}?)"
    r"(?:失败|未(?:能)?(?:成功|成(?=[,，。;；\n]|$)|果)|不成功|没有?成功?(?=[,，。;；了\n]|$)|放弃(?:了)?(?:置管|穿刺)?(?=[,，。;；\n]|$))"
    r"(?![^。;；\n]{0,24}(?:成功(?<!不成功)(?<!未成功)|(?:改|换|再|又|转)[^,，。;；\n不未没]{0,6}"
    r"(?:颈内|锁骨下|股|对侧|[左右]|港|picc|cvc)))",
    re.IGNORECASE,
)
# "PICC相关血栓，抗凝3月后管已拔除": the tube is out, said in another clause
_TUBE_OUT = re.compile(
    r"[^。;；\n]{0,40}?(?:导管|(?<![尿胃流胸鞘插套切瘘养食])管子?|picc|cvc|港)(?:也|都|已经?|现已?|昨[天日]|前天|今[天日]|后来?|早就?|当时|随即)*"
    r"(?:拔|取|撤|拆)(?:除|掉|出|了|管)|"
    # "PICC相关血栓，拔管抗凝后"
    r"[^。;；\n]{0,12}?[,，](?:已|当[天日时]|随即|昨[天日]|后)*拔管(?!时|前|吗|么|指征|[?？])|"
    # "PICC自己滑出来了", not "脱出3cm"
    r"(?:导管|管子?)?(?:自己|自行|意外|不慎|夜间|昨[天日晚])*(?:全部|完全|整根)?(?:滑|脱|掉|扯|拽)(?:出来|出|落|脱|管)了?(?=\s*(?:[,，。;；\n]|$))|"
    # "输液港以前有，取出两年了"
    r"[^,，。;；\n未没不]{0,10}[,，]\s?(?:但|也|都|已经?|现已?|后来?|早就?|早已|去年|前年|上个?月|上周|昨[天日]|前天|今[天日晨]|"
    r"[\d一二两三四五六七八九十半]+个?[年月周天]前)*(?:拔|取|撤|拆)(?:除|掉|出|了)(?!导丝|血栓|标本|活检|[^,，。;；\n]{0,6}(?:时|前|吗|么|针|[?？]))",
    re.IGNORECASE,
)
# "本来想放PICC，病人不同意，没放"
_NOT_PLACED = re.compile(
    r"(?:[^。;；\n]{0,16}?[,，])?\s?(?:但|可|后来|最后|最终|因此|所以|就|也|一直|还|暂|结果|目前|改(?:变了?)?主意|(?:讨论|商量|会诊|评估)后?)*(?:没有?|未)(?:能|有|再)?"
    r"(?:放|置|插|打|装|做|埋)(?:成功?|置|入|管|上|了)*(?=\s*(?:[,，。;；\n]|$))|"
    # "要留PICC是当时的想法，后来改成口服，管子就没放"
    r"[^。;；\n]{0,32}?[,，]\s?(?:导管|(?<![尿胃])管子?|picc|cvc|港)(?:也|就|都|最后|最终|一直|还|并|根本|到底)*(?:没有?|未)(?:能|再)?"
    r"(?:放|置|插|打|装|做|埋)(?:成功?|置|入|管|上|了)*(?=\s*(?:[,，。;；\n]|$))|"
    # "PICC原计划置，讨论后取消"
    r"\s?(?:置管|植入|埋置)?(?:原先?|本来?|原本|曾|一度|之前|上周)*(?:拟|准备|打算|计划|考虑|预备|定好?|安排|说好?|要)[^,，。;；\n拔取撤换]{0,8}[,，]\s?[^,，。;；\n未没不手]{0,12}?"
    r"(?:取消|作罢|放弃|搁置|叫停|撤销)了?(?=\s*(?:[,，。;；\n]|$))"
)
# "拟行PICC置管，家属拒绝"
_REFUSED = re.compile(
    r"(?:[^,，。;；\n]{0,8}[,，])?(?:但|可|后|后来|因此)*(?:家属|家人|家里人?|患者|病人|本人|他|她|老人)?(?:坚决|暂时?|暂且|一直|就是|都|也)*[^,，。;；\n没未不拒]{0,8}"
    r"(?:拒绝|放弃|(?:没有?|未|不)(?:想|同意|愿意?|肯|答应|接受|考虑))(?:再|去)?(?:置管|放置|置入|放|做|了)*(?=\s*(?:[,，。;；\n]|$))"
)
# "PICC应为前臂留置针": another thing was meant
_ANOTHER_THING = re.compile(
    r"[\"'”]?\s?[,，]?\s?(?:其实|实际上?|应该?|更正|改正|订正|不是)*(?:[是为系]|改[为成])\s?[\"'“]?"
    r"[^,，。;；\n未没不无颈锁股港]{0,6}?(?:留置针|套管针|外周|浅静脉|钢针|头皮针|中长导管|尿管|胃管)"
)
NOT_PLACED_NOTE = "未置管"
TUBE_THERE_NOTE = "问及拔管，按导管在位理解"
# "PICC能不能拔": it is asked of a tube that is there
_PULL_IT = re.compile(
    # "PICC左上肢有 要拔吗"
    r"(?:导管|管子?)?(?:[左右]侧?)?(?:上肢|上臂|手臂|胳膊|手|胸前?|胸壁|颈部?)?(?:还|仍|一直|目前|现在)*(?:有|在位?|留着|在用|通畅)?[,，\s]*"
    r"(?:(?:现在|目前|还|到底|用不用|是否|是不是)*(?:需要?|要|该|用|得|可以|能)(?:马上|立即|尽快|先|再|给他|给她|把)*(?:拔|取出|取掉|拆|撤)(?:掉|除|出|了|管)*(?=[吗么嘛不没?？])|"
    r"(?:现在|目前|还|到底|究竟)?(?:能不能|可不可以|可以|能否|可否|能|要不要|需不需要|该不该|是不是该|什么时候|何时|啥时候|多久)"
    r"(?:才|能|可以|再|给他|给她|先)*(?:拔|取出|取掉|拆|撤))"
)
_ADVISED = re.compile(r"(?:医生|我们|之前|曾|也|都)*(?:建议|推荐|劝|提)过")
_TO_BE_PLACED = re.compile(r"(?:拟|准备|打算|计划|考虑|建议|推荐|劝|想|本来|让|叫|要)[^,，。;；\n]{0,8}$")


def told(note: Note, hit: Hit) -> tuple[str, int, str | None] | None:
    """What is told of the tube itself (level, weight, note); None where the general rules decide."""
    said, text = hit.assertion, note.text
    if _OUT_OR_NOT.match(text, hit.end):
        return "unknown", EXPLICIT, "请确认导管是否已拔除"
    clause = note.clause(hit.start)[0]
    stays = since.stays_after_all(text, clause, hit.start, hit.end)
    if stays or _TO_GO.match(text, hit.end) or since.KEPT.match(text, hit.end):
        return "true", EXPLICIT, None
    if since.cancelled(text, clause, hit.start, hit.end):
        return "false", EXPLICIT, NOT_PLACED_NOTE
    planned = _PLANS.search(text, clause, hit.start)
    end = _next_tube(note, hit)
    out = _TUBE_OUT.match(text, hit.end, end)
    if not (out or planned):
        taken = _TAKEN_BEFORE.search(text, max(0, hit.start - 4), hit.start)
        out = None if _STILL_TO_DO.match(text, hit.end) else taken
        for pattern in (_PLACED_THEN_OUT, _PULLED_LATER, _TAKEN_OUT):
            out = out or pattern.match(text, hit.end, end)
    gone = said.resolved or out or since.slipped(text, hit.end)
    if gone and (_PLACED_ANEW.match(text, hit.end) or since.renewed(text, hit.end)):
        return "true", EXPLICIT, None
    if out or since.pulled(text, hit.end) or since.given_up(text, hit.end):
        return "false", EXPLICIT, RESOLVED_NOTE
    if _ANOTHER_THING.match(text, hit.end):
        return "false", EXPLICIT, NOT_PLACED_NOTE
    if hit.when and hit.when.low > 365 and (said.historical or said.history_word):
        return "unknown", EXPLICIT, "既往置管，请确认目前是否仍留置"
    if _NOT_PLACED.match(text, hit.end) or _FAILED.match(text, hit.end):
        return "false", EXPLICIT, NOT_PLACED_NOTE
    if _PULL_IT.match(text, hit.end):
        return "true", EXPLICIT, TUBE_THERE_NOTE
    to_be_placed = _ADVISED.match(text, hit.end) or _TO_BE_PLACED.search(
        text, max(0, hit.start - 16), hit.start
    )
    if to_be_placed and _REFUSED.match(text, hit.end):
        return "false", EXPLICIT, NOT_PLACED_NOTE
    if _ITS_OWN_CLOT.match(text, hit.end):
        return "nothing", ASKED, None
    return None


def _next_tube(note: Note, hit: Hit) -> int:
    """Where the words on this tube end: "PICC左上臂，股静脉透析管已拔" has two by name."""
    this = WHICH.search(note.text, hit.start, hit.end)
    for other in note.hits if this else ():
        if this and other.entry.kind == "catheter" and other.start >= hit.end:
            name = WHICH.search(note.text, other.start, other.end)
            if name and name[0].lower() != this[0].lower():
                return other.start
    return len(note.text)
