"""What is asked, what hangs on a condition, whose drugs they are, and drugs given alone."""

from __future__ import annotations

import pytest

from .reading_cases import drug_facts


def _values(text: str) -> dict[str, object]:
    return {
        fact: mention.value if mention.status != "undetermined" else None
        for fact, mention in drug_facts(text).items()
    }


@pytest.mark.parametrize(
    "text",
    [
        "能停抗凝吗",
        "现在能停抗凝吗",
        "什么时候可以停华法林",
        "华法林可以停吗",
        "术前华法林要停几天",
        "可以不吃阿司匹林吗",
        "抗凝药要不要停",
        "来那度胺停多久才能手术",
    ],
)
def test_a_question_about_stopping_states_nothing(text: str) -> None:
    assert _values(text) == {}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("阿司匹林可以停了吗", {"current_antiplatelet": "阿司匹林"}),
        ("华法林能停了吗", {"current_anticoagulant": "华法林", "on_warfarin": True}),
        ("华法林已经停了，能换利伐沙班吗", {"current_anticoagulant": "无", "on_warfarin": False}),
        ("若疗效不佳再考虑加用来那度胺，目前未用", {"imid": False, "imid_drug": "无"}),
        ("若疗效不佳再考虑加用来那度胺", {}),
        ("必要时加用来那度胺", {}),
        ("如病情进展换用卡非佐米", {}),
        ("疾病进展，换用卡非佐米", {"carfilzomib": True}),
        ("促红素上个月已停用", {"erythropoietin": False}),
        ("促红素去年底停用", {"erythropoietin": False}),
        ("机械瓣置换术后，华法林，INR 2.6", {"current_anticoagulant": "华法林", "on_warfarin": True}),
        ("华法林，PLT 60", {}),
    ],
)
def test_conditions_and_presuppositions(text: str, facts: dict[str, object]) -> None:
    assert _values(text) == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("丈夫有糖尿病和房颤，在吃华法林，儿子肾病综合征", {}),
        ("老伴一直吃阿司匹林", {}),
        ("他哥哥上个月确诊肺栓塞正在抗凝", {}),
        ("我妈骨髓瘤，我自己在吃华法林", {}),
        ("我妈骨髓瘤，房颤，在吃华法林", {"current_anticoagulant": "华法林", "on_warfarin": True}),
        ("父亲有血栓史，患者正在服用利伐沙班", {"current_anticoagulant": "利伐沙班"}),
        ("家属要求停阿司匹林，现用利伐沙班", {"current_anticoagulant": "利伐沙班"}),
        ("其父血栓病史，目前口服利伐沙班10mg", {"current_anticoagulant": "利伐沙班"}),
    ],
)
def test_a_relatives_drugs(text: str, facts: dict[str, object]) -> None:
    assert _values(text) == facts


_ALONE = {
    "imid": True,
    "imid_drug": "来那度胺",
    "glucocorticoid": False,
    "chemotherapy": False,
    "carfilzomib": False,
}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("来那度胺单药维持", _ALONE),
        ("单用来那度胺维持", _ALONE),
        ("维持单用来那度胺", _ALONE),
        ("来那度胺10mg qd单药", _ALONE),
        ("现在单吃来那度胺", _ALONE),
        ("来那度胺单药维持+地塞米松20mg", {"imid": True, "imid_drug": "来那度胺", "glucocorticoid": True}),
        ("来那度胺维持", {"imid": True, "imid_drug": "来那度胺"}),
        ("硼替佐米联合来那度胺单药", {"imid": True, "imid_drug": "来那度胺"}),
        ("来那度胺单药维持2年后停用", {"imid": False, "imid_drug": "无"}),
        ("来那度胺单药会增加血栓风险吗", {}),
        ("VMP方案", {"chemotherapy": True, "glucocorticoid": True, "regimen": "VMP"}),
        ("CTX 0.5g", {"chemotherapy": True}),
    ],
)
def test_one_drug_alone(text: str, facts: dict[str, object]) -> None:
    assert _values(text) == facts
