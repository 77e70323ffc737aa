"""The patient's sex."""

from __future__ import annotations

import re

from rasa_project.reading.clauses import RELATIVE, about_relative, clause_before, patient_kin
from rasa_project.reading.lexicon import load
from rasa_project.reading.mention import Mention
from rasa_project.reading.normalise import Normalised

_SURNAMES = load("people")["surnames"]
_STRONG = re.compile(
    r"(?:患者|病人|性别|病例\s*\d*)\s*(?:[:：,，为是]|\s|系|一名|一位)*(?P<sex>男|女)(?![儿婿友孙朋])|(?P<sex2>男|女)性|"
    r"(?P<sex3>男|女)(?=\s*(?:[,，、:/;]\s*)?(?:\d{2,3}|[一二三四五六七八九]十))|(?:\d{2,3}|十[一二三四五六七八九]?)\s*(?:周?岁)?\s*[,，、/]?\s*(?P<sex4>男|女)"
)
_SEX_LATIN = re.compile(
    r"(?<![a-z])(?:sex|gender|性别)\s*[:=]?\s*(?:(?P<f>female|f)|(?P<m>male|m))(?![a-z])", re.I
)
_WEAK = re.compile(
    rf"(?<![儿子孙妇少侄外甥处母父兄一二两三四其长次幼独养\d])(?P<sex>女|男)(?![儿子孙婿友方朋科护医生女男/人家宾])|(?P<f>女士|老太太?|大娘|(?<=位)大姐|(?<=[小位])姑娘|老奶奶|阿嬷|欧巴桑|(?<=[{_SURNAMES}\]])奶奶|妇女|女患者|女病人|阿姨|大妈|"
    rf"婆婆(?=[,，] ?[您你])|(?<=[{_SURNAMES}\]床位])阿婆|"
    rf"(?<![\u4e00-\u9fff])阿婆(?=[,， ]?(?:\d{{2}}(?:岁|[,，])|今年|现年|[七八九六五]十|住|入院|来)))|"
    rf"(?P<m>(?<!医生)先生|老[{_SURNAMES}]头|老大爷|阿伯|阿公|老爷爷|欧吉桑|(?<=[{_SURNAMES}\]])爷爷|大爷|老爷子|老头|老汉|老倌|老先生|小伙子?|"
    rf"(?<=[{_SURNAMES}\]])(?:叔|伯)(?=[,，:、 ]|\d)|(?<=[{_SURNAMES}\]])伯伯|"
    r"(?<=[位床那])大哥|男患者|男病人|大叔)"
)
_LATIN = re.compile(
    r"(?<![a-z])(?:(?P<f>female|woman|f)|(?P<m>male|man|m))(?![a-z蛋\-峰带²2^]|/\s*(?!\d)|\s*蛋白)", re.I
)
_DENIED = re.compile(r"(?:不是|并非)(?:个|一个)?(?P<sex>男|女)(?:性|的|患者|病人)?(?=[\s,，。;；!！是]|$)")
# "性别登成男了，其实是女的"
_PUT_RIGHT = re.compile(
    r"(?:[成为错误]了?(?:男|女)?|[:：]\s?[男女])(?:性|的)?了?\s?[,，、(]\s?(?:其实|实际上?|实|应该?|更正|改)(?:是|为|成)?"
    r"(?P<sex>男|女)(?![儿婿友孙朋])"
)
# "女的，刚才写成男了"
_WRONG_LAST = re.compile(
    r"(?P<sex>男|女)(?:性|的|患者|病人)?[,，(]\s?(?:刚才|刚刚|前面|上面|之前|昨天|我|被)*(?:误|错)?(?:写|录|登记?|填|打|报|说|看)(?:成|为|作)了?(?!(?P=sex))[男女]"
)
# "首页写男，查房看是女病人，首页录错了"
_WRONG_SOURCE = re.compile(
    r"(?P<source>首页|系统|病历|腕带|登记|入院证|申请单|化验单|单子|条码|床头卡)[^,，。;；\n]{0,6}?(?:写|录|登记|登|填|打|印|显示|是)(?:的是|成|着|为|的|了|作)?(?P<wrong>男|女)性?"
    r"(?:(?![男女])[^。;；\n]){1,16}(?P<right>(?!(?P=wrong))[男女])(?:性|患者|病人|的)?[^。;；\n]{0,6}?[,，]?\s?(?:是)?(?:(?P=source)|应?该?是?)?(?:写|录|登记?|填|打|印|搞|弄)?[错误]"
)
# "刚才那个男的几分": of another case
_ANOTHER_CASE = re.compile(
    r"(?:刚才|刚刚|上一?|前一?|前面|之前|先前|早上|上午|昨天|另外?一?)(?:说|问|算|讲|提)?(?:过|到)?(?:的|那|这)*(?:一?[个位例床名])[^,，。;；!！?？\n]{0,6}$"
)
_FORM = re.compile(r"男\s*[/、|]\s*女|女\s*[/、|]\s*男|男女")
_CHILDREN = re.compile(
    r"(?:育有?|生有?|有)\s*[一二两三四五\d]?\s*(?:个)?\s*[子男]?[一二两三四五\d]?\s*(?:个)?(?:女|男)|[一二两三四五\d]\s*(?:子|男)\s*[一二两三四五\d]\s*女"
)
_RELATIVE_AFTER = re.compile(rf"(?:性)?(?:{RELATIVE})")
# "她" is a woman; "他" is written of anybody and tells nothing. It counts where nothing else does, at the
# head of a clause.
_PRONOUN = re.compile(r"(?:^|[,，。;；:：!！?？\s])(?:(?P<he>他)|(?P<she>她))(?![们汀莫克滨米的家爸妈人])")
_TELLS = re.compile(r"(?:们)?(?:说|讲|称|问|表示|希望|要求|担心|想|觉得|认为|来电|打电话|代)")
# "我是王大爷女儿": whose child it is that writes
_CHILD_OF = re.compile(
    rf"我(?:就)?是(?:\d{{1,3}}床的?)?[{_SURNAMES}]?(?:(?P<he>大爷|爷爷|大伯|伯伯|叔叔?|大叔|先生|老先生|老爷子)|"
    r"(?P<she>大妈|大娘|奶奶|阿姨|阿婆|女士|老太太?))的?(?:女儿|儿子|闺女|家属|孩子|老伴|孙[子女])"
)
# What only one of the sexes has; not what is looked for or denied.
_ORGAN = re.compile(
    r"(?P<f>(?:已|自然|岁)绝经|绝经后|末次月经|子宫(?:肌瘤|全?切除|内膜癌|腺肌症)|宫颈癌|卵巢(?:囊肿|癌|切除))|"
    r"(?P<m>前列腺(?:增生|肥大|癌|炎|电切))"
)
_NOT_ORGAN = re.compile(r"无|未|否认|没|排除|除外|家族|[?？]|是否|预防|风险|姐|妹|妻|妈|母|爸|父|女儿")
_SPOUSE = re.compile(
    r"(?:患者|病人)的?(?:(?P<husband>老公|丈夫)|(?P<wife>老婆|妻子|媳妇))|"
    # "他老婆一百六十斤，他自己才一百零四斤"
    r"(?<!其)(?:她的?(?P<her>老公|丈夫)|他的?(?P<his>老婆|妻子|媳妇))"
)
_MALE_KIN = re.compile(r"爸|父|爹|爷|外公|公公|哥|弟|兄|叔|伯|舅|儿子|孙子|丈夫|老公")
_FEMALE_KIN = re.compile(r"妈|母|娘|奶|婆|姐|妹|姑|姨|女儿|孙女|妻|媳妇|姥姥")
_OWN_KIN = re.compile(rf"(?:我|俺|咱)(?:的|家|们家)?老?(?P<kin>{RELATIVE})")
_SOMEBODY_ELSE = re.compile(
    r"患者|病人|家族|遗传|[我俺](?:自己|本人|今年|也|有|得|患|是(?!家属)|现在|吃|\d)|[爸妈爹娘父母公婆哥姐弟妹][^,，。;；\n]{0,4}(?:[得患有犯长生]过|也)"
)
_ILL_NOW = re.compile(
    rf"[我俺咱](?:的|家|们家)?老?(?:{RELATIVE})(?:说|打从|今天|昨天|双腿|\d{{2}}岁?[,，]\S)"
)
# "我爷爷没有糖尿病，血小板8万": what was measured is the patient's
_MEASURED = re.compile(
    r"(?:血小板|肌酐|体重|(?<![a-z])(?:plt|inr|e?gfr)|滤过率|M蛋白|心率|心跳)[:为是有\s掉降升到才只了一每分钟]{0,6}[\d一二两三四五六七八九]|"
    r"[\d一二三四五六七八九十百]{2,5}(?:公斤|斤)",
    re.I,
)
_OF_THE_PAST = re.compile(r"过|史|曾|以前|去世|生前|走的|年轻")
_HER_KIN = re.compile(rf"(?:^|[,，。;；:：\s])她(?:的|家|亲生?)?(?={RELATIVE})")
_AGE = re.compile(r"[\s/,，、:\-]{0,2}(\d{2,3})(?![\d.])")
_AGE_BEFORE = re.compile(r"(?<![\d.])(\d{2,3})\s*(?:岁|yo|y|yrs?)?[\s/,，、]{0,2}$", re.I)


def _mention(message: Normalised, start: int, end: int, value: str) -> Mention:
    return Mention("sex", value, message.words(start, end), start, end)


def read_sex(message: Normalised) -> list[Mention]:
    """One mention, or two that contradict each other for the reconciler."""
    text = message.text
    barred = [match.span() for pattern in (_FORM, _CHILDREN) for match in pattern.finditer(text)]

    def allowed(start: int, end: int) -> bool:
        if _ANOTHER_CASE.search(text, max(0, start - 16), start):
            return False
        return not any(start < last and first < end for first, last in barred) and not about_relative(
            text, start
        )

    denied = _denied(message)
    if denied is not None:
        return [denied]
    found: dict[str, Mention] = {}
    for match in _STRONG.finditer(text):
        group = next(name for name in ("sex", "sex2", "sex3", "sex4") if match[name])
        if allowed(*match.span(group)):
            value = "male" if match[group] == "男" else "female"
            found.setdefault(value, _mention(message, *match.span(group), value))
    if found:
        return list(found.values())
    for pattern in (_SEX_LATIN, _WEAK, _LATIN):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            value = "female" if groups.get("f") or groups.get("sex") == "女" else "male"
            if allowed(*match.span()) and (
                match[0] in ("大姐", "大哥") or not _RELATIVE_AFTER.match(text, match.end())
            ):
                if pattern is _LATIN and match[0].lower() in "fm" and not _age_beside(text, *match.span()):
                    continue
                found.setdefault(value, _mention(message, *match.span(), value))
        if found:
            break
    return (
        list(found.values())
        or _by_kinship(message)
        or _by_child(message)
        or _by_spouse(message)
        or _by_organ(message)
        or _by_pronoun(message)
        or _by_possessive(message)
    )


def _denied(message: Normalised) -> Mention | None:
    """ "不是女性，男性": of the two sexes the one that is not denied."""
    if (right := _PUT_RIGHT.search(message.text) or _WRONG_LAST.search(message.text)) is not None:
        value = "male" if right["sex"] == "男" else "female"
        return _mention(message, *right.span("sex"), value)
    if (source := _WRONG_SOURCE.search(message.text)) is not None:
        return _mention(message, *source.span("right"), "male" if source["right"] == "男" else "female")
    match = _DENIED.search(message.text)
    if match is None:
        return None
    value, shown = ("male", "男") if match["sex"] == "女" else ("female", "女")
    words = message.words(*match.span())
    return Mention("sex", value, words, *match.span(), note=f"“{words}”按{shown}性理解")


def _by_kinship(message: Normalised) -> list[Mention]:
    """The sex that the word for the relative who is the patient implies: "我妈70岁，骨髓瘤"."""
    kin = patient_kin(message.text) or _only_kin(message.text)
    male, female = (bool(kin and words.search(kin)) for words in (_MALE_KIN, _FEMALE_KIN))
    if kin is None or male == female:
        return []
    start = message.text.index(kin)
    value, shown = ("male", "男") if male else ("female", "女")
    words = message.words(start, start + len(kin))
    return [Mention("sex", value, words, start, start + len(kin), note=f"由称谓“{words}”得出：{shown}")]


_NO_KIN = ("家属", "邻", "隔壁", "旁边", "同事", "室友", "病友")


def _only_kin(text: str) -> str | None:
    """The one relative of the speaker that is spoken of, where nobody else is: "医生说我妈双腿都肿"."""
    own = {match["kin"] for match in _OWN_KIN.finditer(text)}
    named = {kin for kin in re.findall(RELATIVE, text) if not kin.startswith(_NO_KIN)}
    if len(own) != 1 or named != own or _SOMEBODY_ELSE.search(text):
        return None
    kin = own.pop()
    own_pronoun, other = ("她", "他") if _FEMALE_KIN.search(kin) else ("他", "她")
    if other in text:
        return None
    measured = _MEASURED.search(text) and not _OF_THE_PAST.search(text)
    return kin if own_pronoun in text or _ILL_NOW.search(text) or measured else None


def _by_possessive(message: Normalised) -> list[Mention]:
    """ "她公公得过血栓；她父母都没有": whose relatives they are, where only a woman is spoken of."""
    match = _HER_KIN.search(message.text)
    if match is None or re.search(r"他|患者|病人|[我俺]", message.text):
        return []
    start = match.start()
    words = message.words(start, start + 1)
    return [Mention("sex", "female", words, start, start + 1, note=f"由“{words}”得出：女", implied=True)]


def _by_child(message: Normalised) -> list[Mention]:
    """The sex of the patient as whose child somebody writes: "您好，我是王大爷女儿"."""
    match = _CHILD_OF.search(message.text)
    if match is None:
        return []
    group, value = ("he", "male") if match["he"] else ("she", "female")
    return [_mention(message, *match.span(group), value)]


def _by_spouse(message: Normalised) -> list[Mention]:
    """The sex that the patient's husband or wife implies: "患者老公去年肺栓塞"."""
    match = _SPOUSE.search(message.text)
    if match is None:
        return []
    if match["her"] or match["his"]:
        others = set(re.findall(RELATIVE, message.text)) - {match["her"] or match["his"]}
        if others or re.search(r"[我俺]|患者|病人", message.text):
            return []  # "我弟弟和他老婆"
    value, shown = ("female", "女") if match["husband"] or match["her"] else ("male", "男")
    words = message.words(*match.span())
    return [Mention("sex", value, words, *match.span(), note=f"由“{words}”得出：{shown}", implied=True)]


def _by_organ(message: Normalised) -> list[Mention]:
    """The sex that an organ of the patient tells: "绝经后骨质疏松", "前列腺增生"; of both neither."""
    found = list(_ORGAN.finditer(message.text))
    if len({match.lastgroup for match in found}) != 1:
        return []
    start, end = found[0].span()
    if about_relative(message.text, start) or _NOT_ORGAN.search(clause_before(message.text, start)):
        return []
    value, shown = ("female", "女") if found[0]["f"] else ("male", "男")
    words = message.words(start, end)
    return [Mention("sex", value, words, start, end, note=f"由“{words}”得出：{shown}", implied=True)]


def _by_pronoun(message: Normalised) -> list[Mention]:
    """The sex that "她" for the patient tells: "她没有抗凝禁忌"; "他" may be anybody."""
    found = [one for one in _PRONOUN.finditer(message.text) if not _TELLS.match(message.text, one.end())]
    if not found or any(one["he"] for one in found):
        return []
    if set(re.findall(RELATIVE, message.text)) - {"家属"}:
        return []
    start = found[0].start("she")
    words = message.words(start, start + 1)
    return [Mention("sex", "female", words, start, start + 1, note=f"由“{words}”得出：女", implied=True)]


def _age_beside(text: str, start: int, end: int) -> bool:
    """ "F" and "M" are a sex only beside an age: "F/70", "72F", "M, 65"."""
    before, after = text[max(0, start - 8) : start], text[end : end + 6]
    first = _AGE.match(after)
    last = _AGE_BEFORE.search(before)
    return any(18 <= int(number) <= 120 for number in (first[1] if first else "0", last[1] if last else "0"))
