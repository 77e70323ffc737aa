"""What stands around a finding must not turn it over."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from rasa_project.reading.reader import read_findings

TODAY = date(2026, 11, 22)

STATEMENTS = {
    "糖尿病10年。": ("diabetes", True),
    "否认慢阻肺病史。": ("copd", False),
    "3年前左下肢DVT。": ("history_dvt", True),
    "母亲有肺栓塞。": ("family_history_vte", True),
    "未置PICC。": ("central_venous_catheter", False),
    "狼疮抗凝物阴性。": ("lupus_anticoagulant", False),
    "抗心磷脂抗体(+)。": ("anticardiolipin_antibody", True),
    "患者无房颤。": ("atrial_fibrillation", False),
    "2周前行全髋关节置换术。": ("major_surgery_within_1_month", True),
    "近3个月无出血。": ("bleeding_within_3_months", False),
    "肾病综合征。": ("nephrotic_syndrome", True),
    "易栓症不详。": ("inherited_thrombophilia", None),
}
UNRELATED = [
    "一般情况可。",
    "纳眠可，二便调。",
    "否认食物药物过敏史。",
    "无发热、咳嗽。",
    "血红蛋白82g/L。",
    "育有1子1女，均体健。",
    "吸烟20年。",
    "神志清，精神可。",
    "父母健在。",
    "不适随诊。",
    "未诉特殊不适。",
    "体温36.5℃。",
    "既往体健。",
    "家庭和睦。",
]
CHRONIC = [
    "糖尿病",
    "慢阻肺",
    "房颤",
    "肾病综合征",
    "类风湿关节炎",
    "高血压",
    "冠心病",
    "肝炎",
    "痛风石",
    "高脂血症",
]
CHRONIC_FACTS = {
    "糖尿病": "diabetes",
    "慢阻肺": "copd",
    "房颤": "atrial_fibrillation",
    "肾病综合征": "nephrotic_syndrome",
    "类风湿关节炎": "rheumatic_disease",
}


def facts(text: str) -> dict[str, object]:
    return {mention.fact: mention.value for mention in read_findings(text, TODAY)}


@settings(max_examples=60, deadline=None)
@given(st.permutations(list(STATEMENTS)), st.lists(st.sampled_from(UNRELATED), max_size=6), st.randoms())
def test_order_and_unrelated_sentences_change_nothing(
    order: list[str], noise: list[str], random: object
) -> None:
    sentences = [*order]
    for place, sentence in enumerate(noise):
        sentences.insert((place * 5) % (len(sentences) + 1), sentence)
    read = facts("".join(sentences))
    expected = dict(STATEMENTS.values())
    assert {fact: read.get(fact, "absent") for fact in expected} == expected


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(CHRONIC), min_size=1, max_size=6, unique=True),
    st.sampled_from(["否认", "无", "没有", "患者否认", "既往无"]),
    st.sampled_from(["病史", "史", "等病史"]),
)
def test_denial_reaches_every_item_of_a_list(items: list[str], negator: str, tail: str) -> None:
    read = facts(f"{negator}{'、'.join(items)}{tail}。")
    named = [CHRONIC_FACTS[item] for item in items if item in CHRONIC_FACTS]
    assert {fact: read.get(fact, "absent") for fact in named} == dict.fromkeys(named, False)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(CHRONIC), min_size=1, max_size=4, unique=True),
    st.sampled_from(["，但有", "；有", "。", "，合并", "，仍有"]),
    st.sampled_from([item for item in CHRONIC if item in CHRONIC_FACTS]),
)
def test_denial_ends_at_a_new_finding(denied: list[str], turn: str, present: str) -> None:
    items = [item for item in denied if item != present] or ["高血压"]
    assert facts(f"否认{'、'.join(items)}病史{turn}{present}")[CHRONIC_FACTS[present]] is True


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    for mention in read_findings(text, TODAY):
        assert text[mention.start : mention.end] == mention.text
