"""Clauses and who or what a clause is about, for the quantity readers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from rasa_project.reading.lexicon import load

# "李奶奶" is the patient's name, not anybody's grandmother.
_CALLED = f"(?<![老{load('people')['surnames']}\\]])"
RELATIVE = (
    r"父母|父亲|丈母娘|老?丈人|爹|(?<![姑婆大])娘(?!家)|那口子|母亲|爸爸?|(?<!大)妈妈?|(?<=其)[妻夫](?!子)|儿子|女儿|儿女|子女|闺女|女婿|儿媳妇?|[姐妹姑姨]夫|弟媳妇?|(?<!兄)弟妹|嫂子?|婶[婶子]?|舅妈|舅母|姑父|姨父|伯母|侄[子女儿]|外甥女?|"
    r"堂[兄弟姐妹哥]|表[兄弟姐妹哥]|供[者体]|配偶|丈夫|妻子|老公|老婆|老伴儿?|媳妇|爱人|(?<![位那床]大)(?<!位)哥哥?|(?<![位那床]大)(?<!位)姐姐?|弟弟?|妹妹?|兄弟|姐妹|"
    rf"祖父|祖母|{_CALLED}(?:爷爷|奶奶)|外公|外婆|姥姥|姥爷|岳父|岳母|公公|{_CALLED}婆婆|舅舅?|姑姑?(?!娘|息)|姑妈|(?<!阿)姨妈?|(?<![阿老位叔伯]){_CALLED}(?:叔叔?|伯伯?)|伯父|孙子|孙女|"
    r"家属|亲属|一级亲属|(?:邻|隔壁|旁边)(?:的|那)*(?:床位?|病人|患者)|邻居|同事|室友|病友|(?<![祖岳])[父母兄](?![婴])"
)
_RELATIVE_BEFORE = re.compile(rf"(?:{RELATIVE})(?:(?!患者|病人|本人)[^,。;\n\d]){{0,8}}$")
# "家属拒绝X", "家属诉在服X": what a relative asks for, refuses or tells is the patient's.
_SPEAKS = re.compile(
    rf"(?:{RELATIVE})(?:均|都)?(?:拒绝|同意)[^,。;\n]{{0,8}}$|家属(?:代|补充|电话)*(?:诉|述|称|说|讲|反映|补充)(?:其|他|她|患者|病人)?[^,。;\n父母兄弟姐妹爸妈哥儿女夫妻]{{0,8}}$|家属(?:自行|自己)?(?:网购|代购|代买|购买|买|代取)[^,。;\n]{{0,8}}$"
)
_KIN = rf"(?:我|俺|咱|吾|阿拉|我伲)(?:的|家|们家|们)?[老阿姆]?(?P<kin>{RELATIVE})"
_OWN = re.compile(_KIN)
KIN_AS_CALLED = (
    r"妈妈?|爸爸?|老妈|老爸|爹|娘|那口子|爷爷|奶奶|外公|外婆|姥姥|姥爷|老公|老婆|老伴儿?|媳妇|"
    r"婆婆|公公|岳父|岳母|哥哥?|姐姐?"
)
# "弟弟骨髓瘤，我得过肺栓塞": whom one does not call so, but who is spoken of first, with the myeloma
_OTHER_KIN = (
    r"(?:弟弟?|妹妹?|儿子|女儿|闺女|叔叔?|舅舅?|姑姑?|姑妈|姨妈|大伯)"
    r"(?=[^,，。;；\n]{0,6}(?:骨髓瘤|(?<![a-z])mm(?![a-z])))"
)
_SPOUSE = re.compile(r"老公|老婆|老伴|媳妇|那口子|婆婆|公公|岳")
_PRESENT_AGE = (
    r"(?:今年|现年)|(?:都|已经?|快|有|才|刚)*(?:\d{2,3}|[二三四五六七八九]?十[一二三四五六七八九]?)\s*(?:周?岁)?"
    r"(?=\s*(?:了|啦|[,，。;\n]|$|每[周天日月个]|正?在[打吃用服]|现在?|目前)| (?=[一-龥]))"
    r"(?!\s*[,，]?\s*(?:体健|健在|已故|去世|过世))"
)
# A message that opens with a relative as one calls him and his present age, "妈妈今年七十七", speaks of the
# patient; so does one that goes on to the myeloma.
_OPENING_KIN = re.compile(
    rf"(?:你好|您好|医生|大夫|老师|请问|咨询|想问问?|问下|一下|[\s,，。:：!！、])*(?:[阿姆]|孩子[他她]?|老(?=[父母]亲)|家(?=[父母]))?"
    rf"(?P<kin>{KIN_AS_CALLED}|{_OTHER_KIN}|(?<=老)[父母]亲|(?<=家)[父母]|[父母]亲(?=[,，]?\s*(?:19\d\d年|今年|现年)|(?:确诊|患|得了?)?(?:多发性?)?骨髓瘤(?!史|去世|过世|[^,，。;；\n]{{0,6}}(?:去世|过世|病故|走了))(?![\s\S]*(?:我|俺|本人|自己))))"
    # "妈妈打的那个升红针，会不会长血栓啊": nobody else is spoken of
    rf"(?:{_PRESENT_AGE}|(?=(?:现在?|目前|最近|正在?|一直|每[天周]|还|在)*[打吃用服](?:的|着)(?!(?:(?!(?:{RELATIVE}))[\s\S])*?(?:我|俺|本人|自己|患者|病人|{RELATIVE})))|"
    rf"(?=[^,，。;；\n]{{0,8}}(?:骨髓瘤|(?<![a-z])mm(?![a-z])|[来沙泊][那利马]度胺|[硼卡伊][替非沙]佐米))|"
    # "爸的PICC该换药了": the tube of the only one spoken of
    r"(?=[^,，。;；\n过癌]{0,10}(?:(?<![a-z])(?:picc|cvc)(?![a-z])|输液港|化疗港|(?<=[那这]个)港)(?![\s\S]*(?:我|俺|本人|自己|患者|病人)))|"
    # told at length, the myeloma comes later; of an illness of the past it may be a family history
    rf"(?![^,，。;；\n]{{0,6}}(?:过(?!敏)|曾|以前|生前|去世|死|走的|也|健|没有?|均|都|史))(?=(?:(?!{RELATIVE}|我|本人|自己)[\s\S]){{0,120}}?(?:骨髓瘤|(?<![a-z])mm(?![a-z]))))",
    re.I,
)
# "姐姐产后DVT 66岁 MM": a clot right behind the relative who opens a note typed in key words
_CLOT_OF_KIN = re.compile(
    rf"[\s,，]*(?P<kin>{KIN_AS_CALLED}|弟弟?|妹妹?|儿子|女儿|闺女|叔叔?|舅舅?|姑姑?|姑妈|姨妈|大伯)"
    r"(?P<told>(?:曾经?|也|有|得|患|因|过|了|的|是|时|术后|怀孕|孕期|生孩子|坐月子|年轻|以前|早年|死于|死因|产后|"
    r"\d{1,4}\s?(?:岁|年)前?|[左右双]侧?|下肢|小?腿|急性|大面积|\s)*)"
    r"(?:(?:深静脉|下肢|静脉)*血栓(?:形成|栓塞症?)?|肺(?:动脉)?栓塞?|(?<![a-z])(?:dvt|pe|vte)(?![a-z]))"
    r"(?P<then>\s?(?:走了|[去过]世|病?死|猝死|身?亡|走的|史|过))?",
    re.I,
)
_OF_A_RELATIVE = re.compile(r"[曾死过]|产后|孕|孩子|月子|年轻|以前|早年|岁|年前")
_ASKED_BY_KIN = re.compile(
    r"怎么办|咋办|多久|怎么治|怎样治|[昨今][天日早晨晚]|现在|目前|这两天|住院|我|医生|大夫|危险|严重"
)
_HAS_IT = re.compile(r"[有得患]")
_CHILDREN, _SIBLINGS = re.compile(r"儿|女|闺"), re.compile(r"[哥姐弟妹]")


def clot_of_opening_kin(text: str) -> Literal["blood", "unsure"] | None:
    """Whose the clot is where a relative and his clot open a note and nothing says who is the patient.

    It is the relative's where it is told so ("哥哥有DVT", "爷爷肺栓塞去世"); else it may be either's.
    """
    told = _CLOT_OF_KIN.match(text)
    if told is None or _SPOUSE.search(told["kin"]) or not (_OPENING_KIN.match(text) or _MYELOMA.search(text)):
        return None
    of_old = told["then"] or _OF_A_RELATIVE.search(told["told"])
    if not told["then"] and _ASKED_BY_KIN.search(text, told.end()):
        return None if not of_old else "unsure"
    # a parent who has one may as well be the patient a layman writes of
    has_it = _SIBLINGS.search(told["kin"]) and _HAS_IT.search(told["told"])
    return "blood" if of_old or has_it or _CHILDREN.search(told["kin"]) else "unsure"


# Who a clause is about: a relative of the speaker, the speaker ("我今年45岁"; "我想问" is not about
# anybody), or the patient spoken of.
_SUBJECT = re.compile(
    rf"{_KIN}|(?P<me>(?:我|俺)(?!们|科|院|国|想|要|问|觉|认为|看|听|帮|替|给|来|再|先|查|算|的?[病患]|这|那|有[个一位例]|"
    rf"是[他她]|知|不知|怕|担心|能|可|该|应|需|记得|现在想|还想|就想|特别|很))|"
    r"(?P<third>患者|病人|[他她](?![们的人]))"
)
# What is given against the myeloma alone speaks of it as well.
_MYELOMA = re.compile(
    r"骨髓瘤|(?<![a-z])mm(?![a-z\d])|浆细胞瘤|[来沙泊][那利马]度胺|[硼卡伊][替非沙]佐米|达雷妥尤|万珂|瑞复美|反应停|"
    r"(?<![a-z过])picc(?![a-z])|(?<![过])(?:输液港|化疗港)|(?<=[那这]个)港",
    re.I,
)
_PATIENT = re.compile(
    r"(?<!瘤)(?<!瘤的)(?<!mm)(?<!MM)(?:患者|病人)(?!的?(?:女儿|儿子|家属|妻子|丈夫|老婆|老公|爱人|孩子|亲属|妈|爸|母亲|父亲))|病例"
)
_KIN_DESCRIBED = re.compile(
    rf"{_KIN}[^,，。;\n]{{0,6}}?(?:今年|现年|情况|(?:\d{{2,3}}|[一二三四五六七八九十]{{2,3}})\s*周?岁(?!\s*(?:时|那|就|的?时候|起|得|患|查|死|去世)))"
)
_STOPS = re.compile(r"[,，。;；\n!?！？]")
_SUBJECT_REACH = 200  # characters; nobody is still the subject further on
_FULL_STOPS = re.compile(r"[。;；\n!?！？]")


def clause_before(text: str, position: int, limit: int = 24) -> str:
    """The words of the same clause that stand before a position."""
    lead = text[max(0, position - limit) : position]
    return lead[max((stop.end() for stop in _STOPS.finditer(lead)), default=0) :]


# "得病的是妈妈", "患者：婆婆69岁", "儿子代问：父，…", "女儿。爷爷91岁，骨髓瘤"
_NAMED_PATIENT = re.compile(
    rf"(?:得病|生病|患病|有病|病)的是[我俺]?(?P<sick>{RELATIVE})|(?:患者|病人)\s?:\s?[我俺]?(?P<called>{KIN_AS_CALLED})(?=\s?[,，]?\s?\d{{2}})|"
    r"(?:儿子|女儿|子女|家属)代[问诉述询答]\s?[:,，]\s?[我俺]?(?P<asked>(?:父亲?|母亲?|爸爸?|妈妈?))(?=[,，\d今]|(?:出院|入院|住院|近|现|昨|前|上周|自)[^,，。;；\n]{0,8})|"
    # "姐姐（患者，55岁）与妹妹（供者）"
    rf"(?P<bracket>{RELATIVE})\s?[(](?:系|为|即|是)?(?:本?患者|病人)(?:本人)?[,，)、:]|"
    r"(?<=[。;\n:])[ ]?(?P<old>爷爷|奶奶|婆婆|外公|外婆)(?=今?年?\s?\d{2}岁?[,，][^。;；\n]{0,10}骨髓瘤)"
)
# "患者（代述：女儿）：我爸68", "患者社区发帖": there the word names nobody
_NOBODY_NAMED = re.compile(r"(?:患者|病人)(?=社区|论坛|\s?[(][^()]{0,4}(?:代[诉述问]|女儿|儿子|家属))")
_IN_A_TALK = re.compile(r"(?:^|[\s。])(?:医生|大夫|药师|护士)\s?:")
_TALKS = re.compile(r"(?:患者|病人)\s?(?=:)")


def named_patient(text: str) -> str | None:
    """The relative who is said in so many words to be the patient."""
    named = _NAMED_PATIENT.search(text)
    return next(filter(None, named.groups())) if named else None


def _patient_spoken_of(text: str) -> bool:
    """Whether "患者" or "病人" names somebody, and not who speaks or where it was written."""
    text = _NOBODY_NAMED.sub("  ", text)
    if _IN_A_TALK.search(text):
        text = _TALKS.sub("  ", text)
    return _PATIENT.search(text) is not None


# "患者家属 爸爸确诊肺栓塞": who writes
_BY_FAMILY = r"\s*我?是?(?:患者|病人)的?家属(?:来?(?:问|咨询))?\s?(?=[:,，\s])"
# "医生说我妈的脚是深静脉栓塞，要住院吗": the only one spoken of, and what goes on with her now
_CARED_FOR = re.compile(
    rf"(?:{_BY_FAMILY})?"
    r"(?:(?:同病房|同屋|同室|邻床|隔壁|旁边)[^。;；\n我]{2,20}[,，]\s?(?:把|让|吓得|害得)?)?"
    rf"(?:你好|您好|医生|大夫|老师|请问|咨询|想问问?|问下|一下|说|讲|昨天|今天|刚才|[\s,，。:：!！、])*(?:(?:我|俺|咱)(?:的|家)?[老阿]?(?P<ours>{RELATIVE})|(?P<called>{KIN_AS_CALLED}))"
    r"(?!\s?[:：(（]|[^,，。;；\n]{0,6}(?:生前|去世|过世|死于|走了|体健|健在))"
)
_GOES_ON_NOW = re.compile(
    r"[昨今][天日早晨晚]|现在|目前|这两天|住院|出院|病房|超声|彩超|查了|化验|[阴阳]性|[要能](?!不是)[^,，。;；\n]{0,8}吗|停药|怎么办|要不要|能不能|登记|骨髓瘤|这大?半年|(?:医生|大夫)[说讲]|"
    r"(?<!预防)(?:吃|用|打|抗凝|治疗?)(?:药|针)?(?:要|得|到)?多久"
)
_NOW = re.compile(r"[昨今][天日早晨晚]|现在|目前|这两天|这大?半年|住院|骨髓瘤")
_OF_THE_PAST = re.compile(r"[^,，。;；\n]{0,8}(?:过(?!敏)|曾|以前|年轻|那年)")
_NOT_HER_BUT = re.compile(rf"[,，]\s?(?:其实)?是我?(?:{RELATIVE})(?:才)?(?:有|得过?)")
_MOTHERLY, _HE, _SHE = (
    re.compile(r"[妈娘奶婆姥母姐妹女]"),
    re.compile(r"他(?!们|人)"),
    re.compile(r"她(?!们)"),
)


def _cared_for(text: str) -> re.Match[str] | None:
    """The relative who opens a layman's message, where nobody else is spoken of and it is about now."""
    told = _CARED_FOR.match(text)
    if (
        told is None
        or clot_of_opening_kin(text)
        or "家族" in text
        or any(subject["me"] for subject in _SUBJECT.finditer(text))
    ):
        return None
    kin = told["ours"] or told["called"]
    named = re.findall(RELATIVE, re.sub(_BY_FAMILY, "", _NOT_HER_BUT.sub("", text)))
    other = (_HE if _MOTHERLY.search(kin) else _SHE).search(text)
    if other or any(one not in kin and kin not in one for one in named):
        return None
    if _OF_THE_PAST.match(text, told.end()) and not _NOW.search(text):
        return None
    return re.compile(rf"(?P<kin>{re.escape(kin)})").search(text) if _GOES_ON_NOW.search(text) else None


@lru_cache(maxsize=64)
def patient_kin(text: str) -> str | None:
    """The relative of the speaker who is the patient ("妈" in "我妈70岁，骨髓瘤"), where that is said."""
    if named_one := named_patient(text):
        return named_one
    if _patient_spoken_of(text):
        return None
    subjects = list(_SUBJECT.finditer(text))
    opening = None if clot_of_opening_kin(text) else _OPENING_KIN.match(text)
    for illness in _MYELOMA.finditer(text):
        if subjects and subjects[0].start() < illness.start():
            spoken = [subject for subject in subjects if subject.start() < illness.start()]
            named = [subject["kin"] for subject in spoken if subject["kin"]]
            if spoken[-1]["me"]:
                return None
            return named[-1] if named else opening and opening["kin"]
    described = _KIN_DESCRIBED.search(text) or opening or _cared_for(text)
    return described["kin"] if described else None


# "儿子代诉：父亲69岁": whose child tells it
_CHILD_TELLS = re.compile(r"[\s\S]{0,6}?(?:儿子|女儿|子女|儿媳|女婿|家属)(?:代诉|代述)")
_PARENT = re.compile(r"(?<!其)(?:父亲|母亲|爸|妈)$")


def _is_patients_kin(text: str, lead: str) -> bool:
    """Whether the relative named in ``lead``, words of the text, is the patient himself."""
    if named_one := named_patient(text):
        return (re.findall(RELATIVE, lead) or [""])[-1] == named_one
    if _patient_spoken_of(text):
        return False
    if _CHILD_TELLS.match(text) and _PARENT.search(lead):
        return True
    own = _OWN.search(lead)
    if own is not None:
        return patient_kin(text) in (None, own["kin"])
    opening = _OPENING_KIN.match(text) or _cared_for(text)
    named = re.findall(RELATIVE, lead)
    # "老妈" is called so, "妈" is the relative
    return bool(
        opening and named and patient_kin(text) == opening["kin"] and opening["kin"].endswith(named[-1])
    )


def about_relative(text: str, position: int) -> bool:
    """Whether what stands at a position is said of somebody other than the patient.

    "我母亲78岁…" with no other patient named is the patient herself, as laypeople write; then
    what the speaker says of himself ("我今年45岁，想问我妈…") is not the patient's.
    """
    lead = clause_before(text, position)
    if _RELATIVE_BEFORE.search(lead) is not None and not _SPEAKS.search(lead):
        return not _is_patients_kin(text, lead)
    return about_speaker(text, position)


# "上一个病人血小板30，这个病人92", "供者心率110，患者88"
_WHICH_PATIENT = re.compile(
    r"(?P<other>(?:隔壁|邻床|旁边|同病房|同屋|同室)[^,，。;；\n\d]{0,6}|供[者体]|病友|室友|"
    r"(?:(?:[上前另]|[上前]面|刚才|之前|另外)(?:那|一)|刚才那|别的|其他)[一个位例]*(?:患者|病人|(?=[^,，。;；\n]{0,12}[,，]这[个位])))|"
    r"(?P<this>本(?:床|例|人|患)|(?:我们?|咱们?)?这[位个例床](?:患者|病人)?|我们的|该患|患者|病人|[他她我])"
)
_IN_RELATIVES_BRACKET = re.compile(
    rf"(?:(?:{RELATIVE})\s?[(](?!(?:系|为|即|是)?(?:本?患者|病人))(?:陪[护同伴][,，])?[^()诉述陪护提供]{{0,32}}|[(](?:{RELATIVE})[,，][^()诉述陪护提供]{{0,12}})$"
)
_SENTENCE_REACH = 300  # characters: a longer sentence is looked through only so far back
_RELATIVES_OWN = re.compile(rf"(?:{RELATIVE})(?:的|现|目前|今天?|是|为|自己|本人)*$")


def about_other(text: str, position: int) -> bool:
    """Whether a value at a position is another patient's, or that of the relative named right before it."""
    first = max(0, position - _SENTENCE_REACH)
    first = max((stop.end() for stop in _FULL_STOPS.finditer(text, first, position)), default=first)
    named = next(reversed(list(_WHICH_PATIENT.finditer(text, first, position))), None)
    if named is not None and named["other"]:
        return True
    if _IN_RELATIVES_BRACKET.search(text, first, position):
        return True  # "家属（儿子，PLT 210，血小板供者）"
    lead = clause_before(text, position)
    return bool(_RELATIVES_OWN.search(lead)) and not _is_patients_kin(text, lead)


_TOLD_OF = re.compile(r"\d{2}\s*岁|[得患]|去世|病")


def about_relative_told(text: str, start: int) -> bool:
    """Whether the clause before the one that begins at ``start`` tells of a relative's illness."""
    lead = clause_before(text, start - 1, 40) if start > 0 and text[start - 1] in ",，" else ""
    named = list(re.finditer(RELATIVE, lead))
    return bool(
        named
        and _TOLD_OF.search(lead, named[-1].end())
        and not _is_patients_kin(text, lead[: named[-1].end()])
    )


def about_speaker(text: str, position: int) -> bool:
    """Whether it is somebody else: the speaker, a relative who is not the patient, another patient."""
    if about_other(text, position):
        return True
    kin = patient_kin(text)
    if kin is None:
        return False
    first = max(0, position - _SUBJECT_REACH)
    first = max((stop.end() for stop in _FULL_STOPS.finditer(text, first, position)), default=first)
    subjects = list(_SUBJECT.finditer(text, first, position))
    return bool(subjects and (subjects[-1]["me"] or subjects[-1]["kin"] not in (None, kin)))


# What a relative does at the bedside says nothing about whose drugs they are.
_BESIDE = re.compile(
    r"代|诉|述|陪|送|说|要求|拒绝|同意|希望|担心|签|发现|帮|给[他她]|患者|病人|本人|自己|过世|去世"
)
_GOES_ON = re.compile(
    r"\s*(?:也|还|都|一直|长期|正在|在|常年|平时|每天)*(?:吃|服|用|打|口服|服用|使用|注射|抗凝)"
)


def taken_by_relative(text: str, position: int) -> bool:
    """Whether a drug at a position is a relative's: "丈夫有房颤，在吃华法林", "他哥哥确诊肺栓塞正在抗凝"."""
    if about_speaker(text, position):
        return True
    lead = clause_before(text, position, 40)
    if _GOES_ON.match(lead + text[position : position + 2]):
        before = max(0, position - len(lead) - 1)
        if text[before : before + 1] in ",，、":
            lead = clause_before(text, before, 40) + lead
    named = list(re.finditer(RELATIVE, lead))
    if not named or _BESIDE.search(lead, named[-1].end()):
        return False
    return not _is_patients_kin(text, lead)


# "老伴吃华法林，病人自己不吃", "邻床吃的是来那度胺，我没吃这个药": what then is said of the patient.
_OWN_PART = re.compile(
    r"[^,，。;；\n]{0,8}[,，;；](?:但|而|不过)?(?:患者|病人|本人|[他她我]|俺|自己|自个儿?|倒是?|从来|从|并|一直|都)*"
    r"(?:(?P<no>没有?|不|未)|(?P<yes>也|同样))(?:在|正在|同时)?(?:[吃用服打碰]|使用|服用|口服)(?:过|着|的|了|是|这个?|那个?|它|种|药|东西|一样)*(?=[,，。;；!！\n]|$)"
)


def own_part(text: str, end: int) -> bool | None:
    """Whether the patient takes what a relative takes; None where that is not said."""
    own = _OWN_PART.match(text, end)
    return None if own is None else own["yes"] is not None


_QUESTION = re.compile(
    r"[吗么呢?？]|怎么|如何|多少|几分|哪|什么|能不能|能否|可否|可以|是否|要不要|需不需要|需要|为何|为什么|算|得分|加分|计分|分值|会不会|怎样|咋"
)
_SENTENCE_END = re.compile(r"[。;；\n!！]")
_THIS_PATIENT = re.compile(r"患者|病人|该例|他|她|我|本例|\d\s*岁|男|女")


def asks(text: str, start: int, end: int) -> bool:
    """Whether a limit or range at ``[start, end)`` belongs to a general question, not to this patient."""
    first = max((stop.end() for stop in _SENTENCE_END.finditer(text, 0, start)), default=0)
    stop = _SENTENCE_END.search(text, end)
    last = stop.start() if stop else len(text)
    return bool(_QUESTION.search(text, end, last)) and not _THIS_PATIENT.search(text, first, start)
