"""A message cut into statements and questions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasa_project.reading.reader import read
from rasa_project.reading.segments import split


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "65岁女性，糖尿病，VRd方案，需要预防吗？",
            [("65岁女性，糖尿病，VRd方案，", False), ("需要预防吗？", True)],
        ),
        ("多发性骨髓瘤患者怎么预防血栓", [("多发性骨髓瘤患者怎么预防血栓", True)]),
        (
            "患者65岁，用来那度胺。请评估血栓风险",
            [("患者65岁，用来那度胺。", False), ("请评估血栓风险", True)],
        ),
        ("男，70岁，帮我算一下Wells评分", [("男，70岁，", False), ("帮我算一下Wells评分", True)]),
        ("如果加用地塞米松，评分会变成多少", [("如果加用地塞米松，评分会变成多少", True)]),
        ("需要抗凝吗，GFR 25", [("需要抗凝吗，", True), ("GFR 25", False)]),
        (
            "利伐沙班和华法林哪个好？患者GFR 20。",
            [("利伐沙班和华法林哪个好？", True), ("患者GFR 20。", False)],
        ),
        ("考虑肺栓塞？请问怎么治疗", [("考虑肺栓塞？", False), ("请问怎么治疗", True)]),
        (
            "请问：髋关节置换后2周，PLT 45，用什么预防",
            [("请问：髋关节置换后2周，PLT 45，", False), ("用什么预防", True)],
        ),
        ("请问家父有心房颤动。还需要打针吗？", [("请问家父有心房颤动。", False), ("还需要打针吗？", True)]),
        ("请问来那度胺的血栓风险", [("请问来那度胺的血栓风险", True)]),
        ("你好，患者65岁", [("你好，", False), ("患者65岁", False)]),
        ("是否有糖尿病不详", [("是否有糖尿病不详", False)]),
        ("无什么不适", [("无什么不适", False)]),
        ("有无DVT病史不清楚", [("有无DVT病史不清楚", False)]),
        ("肺栓塞？", [("肺栓塞？", False)]),
        ("需要预防DVT？", [("需要预防DVT？", True)]),
        ("血小板45。不对，是54", [("血小板45。", False), ("不对，", False), ("是54", False)]),
    ],
)
def test_split(text: str, expected: list[tuple[str, bool]]) -> None:
    assert [(segment.text, segment.question) for segment in split(text)] == expected


@given(st.text(alphabet="患者有糖尿病吗？，。;\n 65岁need怎么如果(（)?!请评估", max_size=60))
def test_segments_lie_in_order_and_hold_the_users_words(text: str) -> None:
    position = 0
    for segment in split(text):
        assert segment.start >= position
        assert text[segment.start : segment.end] == segment.text
        assert segment.text.strip()
        position = segment.end


@pytest.mark.parametrize(
    "clause",
    [
        "停不停",
        "还抗不抗",
        "这针打不打",
        "管子要拔不",
        "利伐沙班还吃不",
        "用克赛还是华法林",
        "先做超声还是先抽血",
        "阿司匹林还吃得不",
        "依诺打得不得",
        "华法林用不用得",
        "拜瑞妥吃得成不",
    ],
)
def test_a_choice_asks_without_a_question_mark(clause: str) -> None:
    assert [one.question for one in split(f"70岁，{clause}")] == [False, True]


@pytest.mark.parametrize(
    "clause",
    [
        "吃得不多",
        "打得不规律",
        "时不时胸闷",
        "走不动",
        "血压用了药还是低",
        "腿还是肿",
        "一个也不用",
        "打了针还是没退",
        "都不吃",
    ],
)
def test_a_statement_with_the_same_signs_asks_nothing(clause: str) -> None:
    assert not any(one.question for one in split(f"70岁，{clause}"))


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("骨髓瘤患者用来那度胺有糖尿病要不要预防血栓", True),
        ("MM病人合并房颤用什么抗凝", True),
        ("骨髓瘤患者有糖尿病需要预防吗", True),
        ("骨髓瘤患者有糖尿病会增加血栓风险吗", False),
        ("哪些骨髓瘤患者有糖尿病要预防", False),
        ("骨髓瘤病人为什么有肾病综合征就容易血栓", False),
        ("有糖尿病要不要预防", False),
    ],
)
def test_a_question_what_to_do_for_a_patient_states_what_the_patient_has(text: str, stated: bool) -> None:
    found = [
        one
        for one in read(text).mentions
        if one.fact in ("diabetes", "atrial_fibrillation", "nephrotic_syndrome")
    ]
    assert bool(found) is stated


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("HR 116 咯血 右腿肿 要不要查CTPA", "要不要查CTPA"),
        ("膝关节置换术后第九天 能打低分子吗", "能打低分子吗"),
        ("（前天呕血）右股静脉血栓怎么弄", "右股静脉血栓怎么弄"),
        ("房颤 怎么办", "房颤 怎么办"),
        ("糖尿病 慢阻肺 房颤 要加分吗", "糖尿病 慢阻肺 房颤 要加分吗"),
        ("肾病综合征 是什么", "肾病综合征 是什么"),
    ],
)
def test_blanks_part_the_case_from_its_question(text: str, question: str) -> None:
    assert [segment.text for segment in split(text) if segment.question] == [question]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (
            "以前右腿有过血栓吃了半年华法林后来停了现在换了沙利度胺想问能不能吃阿司匹林",
            "能不能吃阿司匹林",
        ),
        (
            "肺栓塞的患者用依诺肝素治疗以后现在多久可以换利伐沙班",
            "肺栓塞的患者用依诺肝素治疗以后现在多久可以换利伐沙班",
        ),
        ("来那度胺和硼替佐米里头现在哪个更容易引起血栓", "来那度胺和硼替佐米里头现在哪个更容易引起血栓"),
    ],
)
def test_dictated_without_a_stop_the_case_stands_before_its_question(text: str, question: str) -> None:
    assert [segment.text for segment in split(text) if segment.question] == [question]


def test_after_the_question_the_case_may_follow_its_blanks() -> None:
    text = "这个人Wells怎么算 右下肢整条肿 偏瘫3月 无近期手术"
    assert [segment.text for segment in split(text) if segment.question] == ["这个人Wells怎么算"]
    assert [one.text for one in split("能打吗 依诺肝素 60mg") if one.question] == ["能打吗 依诺肝素 60mg"]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("肺栓塞 休克 怎么办", "怎么办"),
        ("PE 消化道大出血 不能抗凝 要放滤器吗", "要放滤器吗"),
        ("房颤 DVT 怎么抗凝", "怎么抗凝"),
        ("DVT PE 怎么治", "DVT PE 怎么治"),
        ("房颤 怎么办", "房颤 怎么办"),
        ("哪些情况 出血 休克 要溶栓", "哪些情况 出血 休克 要溶栓"),
    ],
)
def test_findings_of_several_kinds_side_by_side_are_a_case(text: str, question: str) -> None:
    assert [segment.text for segment in split(text) if segment.question] == [question]
