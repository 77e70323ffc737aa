"""What the words behind a finding or a drug say of it: denied, going on, not known, or another matter."""

from __future__ import annotations

import pytest

from rasa_project.reading.context.predicate import predicate, unexplained
from rasa_project.reading.reader import read

_DENIED = [
    "一直没有",
    "从来没犯过",
    "近一个月没发作",
    "也没患过",
    "并不存在",
    "最终未成立",
    "诊断不成立",
    "证据不支持",
    "倒不是",
    "算不上",
    "谈不上",
    "哪有啊",
    "哪里会有",
    "方面统统没有",
    "这类病压根没得过",
    "全套没有一项异常",
    "IgG、IgM一个阳性都没有",
    "以前从不曾有过",
    "标准没达到",
    "亦未再出现",
    "未确诊",
    "检查没查出异常",
]
_GOES_ON = [
    "还没拔",
    "仍未拔除",
    "一直没取",
    "还没出来",
    "未愈",
    "至今没愈合",
    "没止住",
    "两次都没转阴",
    "没好转",
    "没消退",
    "未见好转",
    "还没停",
]
_THERE = ["没否认", "从未否认", "不能说没有", "不是没有", "并非没有", "也不是没得过"]
_NOT_KNOWN = ["还没查", "未测", "没问出来", "结果还没出来", "暂时无结果"]
_ANOTHER_MATTER = [
    "没控制好",
    "未规律治疗",
    "未抗凝",
    "不严重",
    "没怎么管",
    "不稳定",
    "未正规用药",
    "没明显加重",
]
_NOTHING_DENIED = ["5年", "阳性", "收入院", "，无发热", "无痛性", ""]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        *((words, "denied") for words in _DENIED),
        *((words, "lasting") for words in _GOES_ON),
        *((words, "affirmed") for words in _THERE),
        *((words, "unknown") for words in _NOT_KNOWN if not words.startswith("结果")),
        *((words, "other") for words in _ANOTHER_MATTER),
        *((words, None) for words in _NOTHING_DENIED),
    ],
)
def test_predicate_of_a_finding(words: str, said: str | None) -> None:
    found = predicate(f"◇{words}", 1)
    assert (found and found[0]) == said


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("促红素从没用过", "erythropoietin", False),
        ("促红素一次都没打过", "erythropoietin", False),
        ("促红素未曾注射", "erythropoietin", False),
        ("免疫调节剂从未接触", "imid", False),
        ("蒽环类一直没上", "anthracycline_chemotherapy", False),
        ("卡非佐米压根没用过", "carfilzomib", False),
        ("激素从来没碰过", "glucocorticoid", False),
        ("促红素前年用过，现在没打", "erythropoietin", False),
        ("来那度胺上月停用，激素亦已停", "glucocorticoid", False),
        ("沙利度胺之类的免疫调节剂也没碰过", "imid", False),
        ("泊马度胺维持，维持亦停", "imid", False),
        ("DRd方案（达雷妥尤单抗、来那度胺、地塞米松）因此暂停", "glucocorticoid", False),
        ("心衰？哪里有啊", "heart_failure_within_1_month", False),
        ("肾功能早已非正常", "renal_function_normal", False),
        ("肾功能谈不上正常", "renal_function_normal", False),
        ("来那度胺没加量", "imid", True),
        ("来那度胺一直没停", "imid", True),
        ("来那度胺没断过", "imid", True),
        ("来那度胺没少吃", "imid", True),
    ],
)
def test_predicate_of_a_drug(text: str, fact: str, value: bool) -> None:
    assert {mention.fact: mention.value for mention in read(text).mentions}[fact] is value


@pytest.mark.parametrize(
    ("text", "start", "end", "doubt"),
    [
        ("糖尿病不晓得算不算", 0, 3, True),
        ("没人提糖尿病", 3, 6, True),
        ("左腿肿得裤子都穿不上", 0, 3, False),
        ("糖尿病，没有高血压", 0, 3, False),
        ("因无法行走卧床", 5, 7, False),
        ("糖尿病10年血糖一直都控制得很平稳没有问题", 0, 3, False),
    ],
)
def test_negation_close_by_that_no_rule_explains(text: str, start: int, end: int, doubt: bool) -> None:
    assert unexplained(text, start, end, [], "◇") is doubt
