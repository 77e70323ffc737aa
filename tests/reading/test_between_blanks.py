"""Drugs typed with blanks: a denial, a stop or a past is over before the next; a week off is no stop."""

import pytest

from rasa_project.evaluation.facts import read_facts

_TAKEN = {"imid": True}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "70岁 泊马度胺4mg d1-21 停7天 地塞米松20mg qw 28天",
            {"imid": True, "dexamethasone_mg_per_cycle": 80},
        ),
        (
            "沙利度胺100mg d1-14，休7天，地塞米松40mg qw 3周",
            {"imid": True, "glucocorticoid": True},
        ),
        ("吃3周停1周 泊马度胺4mg 70岁", _TAKEN),
        ("地塞米松20mg qw 连用3周停1周 70岁 IRd", {"imid": True, "regimen": "IRd"}),
        # stopped for good, so many days ago
        ("来那度胺25mg d1-21，停药7天后未再用 70岁", {"imid": False}),
        ("来那度胺吃了2周 停药1周了 70岁", {"imid": False}),
        ("来那度胺已停14天 70岁", {"imid": False}),
    ],
)
def test_the_days_off_of_a_course_are_no_stop(text: str, expected: dict[str, object]) -> None:
    read = read_facts(text)
    assert {fact: read.get(fact, "-") for fact in expected} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("未用地塞米松 来那度胺10mg维持 70岁", {"glucocorticoid": False, "imid": True}),
        ("没用激素 泊马度胺+伊沙佐米 70岁", {"glucocorticoid": False, "imid": True}),
        ("从未用激素 卡非佐米27mg/m2 70岁", {"glucocorticoid": False, "carfilzomib": True}),
        ("未用蒽环 沙利度胺 地米 40mg qw 4周", {"imid": True, "dexamethasone_mg_per_cycle": 160}),
        ("无血栓 来那度胺 70岁", _TAKEN),
        ("未行移植 VRd巩固 70岁", {"regimen": "VRd", "imid": True}),
        ("停用氯吡格雷 DRd 70岁", {"current_antiplatelet": "无", "imid": True}),
        ("停华法林 来那度胺25mg 70岁", {"current_anticoagulant": "无", "imid": True}),
        ("戒酒 已停酒 VRd 70岁", _TAKEN),
        # one of two readings: it is asked
        ("无PICC 来那度胺 70岁", {"imid": None}),
        ("没有用过激素 来那度胺 70岁", {"imid": None}),
        ("无激素、沙利度胺、硼替佐米，70岁", {"imid": None}),
        # a list of what is not given
        ("未用来那度胺 沙利度胺 泊马度胺 70岁", {"imid": False}),
        ("未用激素 IMiD 蒽环 70岁", {"imid": False, "anthracycline_chemotherapy": False}),
        (
            "未用来那度胺、卡非佐米、激素，70岁",
            {"imid": False, "carfilzomib": False, "glucocorticoid": False},
        ),
        ("停药3月 VRd 70岁", {"imid": False}),
        ("停用华法林 利伐沙班 70岁", {"current_anticoagulant": "无"}),
    ],
)
def test_a_denial_or_a_stop_has_an_object_of_its_own(text: str, expected: dict[str, object]) -> None:
    read = read_facts(text)
    assert {fact: read.get(fact, "-") for fact in expected} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("既往脑卒中 吃氯吡格雷 70岁 KRd", {"current_antiplatelet": "氯吡格雷", "carfilzomib": True}),
        ("既往高血压10年 房颤 服利伐沙班15mg qd VRd", {"current_anticoagulant": "利伐沙班", "imid": True}),
        ("既往冠心病、口服阿司匹林，Rd，70岁", {"current_antiplatelet": "阿司匹林", "imid": True}),
        ("VRd 70岁 既往房颤 现用达比加群 能加阿司匹林吗", {"current_anticoagulant": "达比加群"}),
        # over with the clot, or said to be past
        ("既往DVT 用华法林半年 70岁", {"current_anticoagulant": "无"}),
        ("既往脑梗 曾服阿司匹林 70岁", {"current_antiplatelet": "无"}),
        ("既往 VRd 6程 现Kd 70岁", {"regimen": "Kd", "carfilzomib": True}),
        ("既往2021年 VRd 6程 现D单药 70岁", {"imid": False}),
    ],
)
def test_an_illness_of_long_standing_ends_the_past(text: str, expected: dict[str, object]) -> None:
    read = read_facts(text)
    assert {fact: read.get(fact, "-") for fact in expected} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("依诺肝素可以吗 泊马度胺4mg 维持 体重70", {"imid": True, "current_anticoagulant": "-"}),
        ("能不能用阿司匹林 PLT 80 来那度胺25mg d1-21 70岁", {"imid": True, "current_antiplatelet": "-"}),
        ("达比加群110mg bid能用来预防吗", {"current_anticoagulant": "-"}),
        ("利伐沙班10mg qd可以预防吗", {"current_anticoagulant": "-"}),
        ("在用利伐沙班10mg qd 可以停吗", {"current_anticoagulant": "利伐沙班"}),
    ],
)
def test_a_question_ends_before_the_next_drug(text: str, expected: dict[str, object]) -> None:
    read = read_facts(text)
    assert {fact: read.get(fact, "-") for fact in expected} == expected
