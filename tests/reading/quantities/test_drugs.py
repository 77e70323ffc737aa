"""Drugs: who takes what, what was stopped, and what is only asked about."""

from __future__ import annotations

import pytest

from .reading_cases import drug_facts, drugs_named


def _values(text: str) -> dict[str, object]:
    return {
        fact: mention.value if mention.status != "undetermined" else None
        for fact, mention in drug_facts(text).items()
    }


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "来那度胺25mg d1-21+地塞米松40mg qw",
            {"imid": True, "imid_drug": "来那度胺", "glucocorticoid": True},
        ),
        ("目前来那度胺10mg维持", {"imid": True, "imid_drug": "来那度胺"}),
        ("拟用沙利度胺", {"imid": True, "imid_drug": "沙利度胺"}),
        ("反应停100mg qn", {"imid": True, "imid_drug": "沙利度胺"}),
        ("停用来那度胺，改用硼替佐米", {"imid": False, "imid_drug": "无"}),
        ("来那度胺换成泊马度胺", {"imid": True, "imid_drug": "泊马度胺"}),
        ("来那度胺已停", {"imid": False, "imid_drug": "无"}),
        ("曾用沙利度胺", {"imid": False, "imid_drug": "无"}),
        ("未用IMiD", {"imid": False, "imid_drug": "无"}),
        ("没有用过来那度胺、沙利度胺", {"imid": False, "imid_drug": "无"}),
        (
            "未使用免疫调节剂、蒽环类药物",
            {"imid": False, "imid_drug": "无", "anthracycline_chemotherapy": False},
        ),
        ("凯洛斯治疗中", {"carfilzomib": True}),
        ("卡非佐米+地塞米松", {"carfilzomib": True, "glucocorticoid": True}),
        ("脂质体阿霉素30mg", {"anthracycline_chemotherapy": True, "chemotherapy": True}),
        ("表柔比星", {"anthracycline_chemotherapy": True, "chemotherapy": True}),
        ("米托蒽醌", {"anthracycline_chemotherapy": None, "chemotherapy": True}),
        ("环磷酰胺+美法仑", {"chemotherapy": True}),
        ("硼替佐米+达雷妥尤单抗", {}),
        ("促红素1万U tiw", {"erythropoietin": True}),
        ("EPO治疗", {"erythropoietin": True}),
        ("罗沙司他口服", {}),
        ("未用EPO", {"erythropoietin": False}),
        ("泼尼松30mg qd", {"glucocorticoid": True}),
        ("无激素", {"glucocorticoid": False, "dexamethasone_mg_per_cycle": 0}),
        ("未用地塞米松", {"glucocorticoid": False, "dexamethasone_mg_per_cycle": 0}),
        ("停用泼尼松，改地塞米松40mg qw", {"glucocorticoid": True}),
        ("地塞米松局部封闭", {}),
        ("甲状腺激素替代", {}),
        ("长期口服华法林", {"current_anticoagulant": "华法林", "on_warfarin": True}),
        ("停用华法林改利伐沙班", {"current_anticoagulant": "利伐沙班", "on_warfarin": False}),
        ("停用华法林", {"current_anticoagulant": "无", "on_warfarin": False}),
        ("使唔使停拜瑞妥先？", {}),
        ("氯吡格雷因拔牙停了5天，今起恢复", {"current_antiplatelet": "氯吡格雷"}),
        ("氯吡格雷因拔牙停了5天", {"current_antiplatelet": "无"}),
        ("华法林一直没断过", {"current_anticoagulant": "华法林", "on_warfarin": True}),
        ("依诺肝素首剂22:00已皮下注射", {"current_anticoagulant": "依诺肝素"}),
        ("目前准备停用华法林", {"current_anticoagulant": "华法林", "on_warfarin": True}),
        ("计划下周停用利伐沙班", {"current_anticoagulant": "利伐沙班"}),
        ("目前已停用华法林，准备手术", {"current_anticoagulant": "无", "on_warfarin": False}),
        ("拟停用来那度胺", {"imid": True, "imid_drug": "来那度胺"}),
        ("利伐沙班10mg qd", {"current_anticoagulant": "利伐沙班"}),
        ("依诺肝素40mg皮下注射qd", {"current_anticoagulant": "依诺肝素"}),
        ("正在用华法林能换利伐沙班吗", {"current_anticoagulant": "华法林", "on_warfarin": True}),
        ("低分子肝素桥接华法林", {"current_anticoagulant": "华法林", "on_warfarin": True}),
        ("阿司匹林100mg qd", {"current_antiplatelet": "阿司匹林"}),
        ("拜阿司匹灵停用", {"current_antiplatelet": "无"}),
        ("阿司匹林过敏", {}),
        ("未抗凝", {"current_anticoagulant": "无"}),
        ("利伐沙班能用吗", {}),
        ("依诺肝素治疗量58公斤打多少", {}),
        ("能用华法林吗", {}),
        ("拟用依诺肝素预防", {}),
        ("打算用利伐沙班预防", {}),
        ("建议加用阿司匹林", {}),
        ("准备上低分子肝素", {}),
        ("预防用利伐沙班，GFR 22，能用吗", {}),
        ("正在吃利伐沙班，还能用吗", {"current_anticoagulant": "利伐沙班"}),
        ("打算用来那度胺", {"imid": True, "imid_drug": "来那度胺"}),
        ("推荐利伐沙班10mg吗", {}),
        ("如果用利伐沙班20mg", {}),
        ("母亲服用华法林", {}),
        ("来那度胺会增加血栓风险吗", {}),
        ("沙利度胺和来那度胺哪个血栓风险高", {}),
        ("卡非佐米有血栓风险吗", {}),
        ("用来那度胺，要不要抗凝？", {"imid": True, "imid_drug": "来那度胺"}),
        ("未化疗", {"chemotherapy": False}),
        ("既往用药史：VRd×6，ASCT后来那度胺维持2年，停药1年", {"imid": False, "imid_drug": "无"}),
        ("对硼替佐米、来那度胺双重难治", {"imid": False, "imid_drug": "无"}),
        ("予低分子肝素4000U q12h×5d 后改利伐沙班", {"current_anticoagulant": "利伐沙班"}),
        ("术后低分子肝素抗凝3天后改口服华法林", {"current_anticoagulant": "华法林", "on_warfarin": True}),
        ("曾因DVT服用华法林6个月，已停", {"current_anticoagulant": "无", "on_warfarin": False}),
        ("沙利度胺100mg qn，出现皮疹停药", {"imid": False, "imid_drug": "无"}),
        (
            "未用来那度胺，沙利度胺，激素",
            {"imid": False, "imid_drug": "无", "glucocorticoid": False, "dexamethasone_mg_per_cycle": 0},
        ),
        ("停用来那度胺，地塞米松40mg qw", {"imid": False, "imid_drug": "无", "glucocorticoid": True}),
        ("免疫调节剂：无，EPO：否", {"imid": False, "imid_drug": "无", "erythropoietin": False}),
        ("IMiD(-)", {"imid": False, "imid_drug": "无"}),
        ("来那维持", {"imid": True, "imid_drug": "来那度胺"}),
        # One anticoagulant in the place of another, or not.
        ("依诺肝素40mg每日两次，至出院共14天，出院改利伐沙班", {"current_anticoagulant": "利伐沙班"}),
        (
            "用低分子肝素每天一针，今天停掉了换成利伐沙班10毫克每天一次",
            {"current_anticoagulant": "利伐沙班"},
        ),
        ("华法林不可停，也不可换成利伐沙班", {"current_anticoagulant": "华法林", "on_warfarin": True}),
        (
            "依诺肝素40mg qd，第3天加用华法林",
            {"current_anticoagulant": "依诺肝素、华法林", "on_warfarin": True},
        ),
        ("原服华法林2.5mg，昨日INR 2.4", {"current_anticoagulant": "华法林", "on_warfarin": True}),
        ("原服华法林，已换利伐沙班", {"current_anticoagulant": "利伐沙班", "on_warfarin": False}),
        # Said to be taken without 用.
        ("普通肝素泵入中", {"current_anticoagulant": "普通肝素"}),
        ("利伐沙班吃着", {"current_anticoagulant": "利伐沙班"}),
        ("华法林吃着呢", {"current_anticoagulant": "华法林", "on_warfarin": True}),
        ("阿司匹林一天一粒从去年10月吃到现在", {"current_antiplatelet": "阿司匹林"}),
        ("阿司匹林预防满14个月", {"current_antiplatelet": "阿司匹林"}),
        ("利伐沙班还能吃吗", {}),
        ("利伐沙班用到第3个月要停吗", {}),
        ("硼替联合泊马、地米", {"imid": True, "imid_drug": "泊马度胺", "glucocorticoid": True}),
        ("护士拿来那个药盒", {}),
        # That it was taken once says nothing of the dose in this cycle.
        ("既往吃过激素", {"glucocorticoid": False}),
        ("阿司匹林一直在吃", {"current_antiplatelet": "阿司匹林"}),
        ("患者不能用阿司匹林", {}),
        ("不建议使用来那度胺", {}),
        ("地塞米松片的作用", {}),
        ("来那度胺减量至10mg", {"imid": True, "imid_drug": "来那度胺"}),
        ("无不良反应，继续来那度胺", {"imid": True, "imid_drug": "来那度胺"}),
        ("否认服用抗凝药", {"current_anticoagulant": "无"}),
        ("房颤，口服达比加群110mg bid", {"current_anticoagulant": "达比加群"}),
        ("长期吃阿司匹林和氯吡格雷", {"current_antiplatelet": "阿司匹林、氯吡格雷"}),
        ("化疗前评估", {}),
    ],
)
def test_facts(text: str, facts: dict[str, object]) -> None:
    assert _values(text) == facts


@pytest.mark.parametrize(
    ("text", "drugs"),
    [
        ("利伐沙班能用吗", ["rivaroxaban"]),
        ("拜瑞妥和艾乐妥", ["rivaroxaban", "apixaban"]),
        ("克赛怎么打", ["enoxaparin"]),
        ("LMWH剂量", ["lmwh"]),
        ("低分子肝素钠", ["lmwh"]),
        ("普通肝素", ["unfractionated_heparin"]),
        ("磺达肝癸钠", ["fondaparinux"]),
        ("法安明/速碧林", ["dalteparin", "nadroparin"]),
        ("泰毕全", ["dabigatran"]),
        ("尿激酶溶栓", ["urokinase"]),
        ("rt-PA", ["alteplase"]),
        ("BTZ+len+dex", ["bortezomib", "lenalidomide", "dexamethasone"]),
        ("dara单抗", ["daratumumab"]),
        ("兆珂", ["daratumumab"]),
        ("XARELTO", ["rivaroxaban"]),
        ("長期服用華法林", ["warfarin"]),
        ("血小板45", []),
    ],
)
def test_every_name_is_handed_on(text: str, drugs: list[str]) -> None:
    assert drugs_named(text) == drugs


@pytest.mark.parametrize(
    ("text", "drug"),
    [
        ("来那杜胺10mg", "lenalidomide"),
        ("来哪度胺", "lenalidomide"),
        ("利伐纱班", "rivaroxaban"),
        ("卡菲佐米", "carfilzomib"),
        ("依若肝素", "enoxaparin"),
        ("lenalidomid", "lenalidomide"),
        ("rivaroxiban", "rivaroxaban"),
        ("硼替唑米", "bortezomib"),
    ],
)
def test_a_misspelt_name_is_understood_and_must_be_confirmed(text: str, drug: str) -> None:
    assert drugs_named(text) == [drug]
    assert all(mention.confirm and mention.note for mention in drug_facts(text).values())


@pytest.mark.parametrize(
    "text",
    [
        "博来霉素",
        "利福平",
        "阿莫西林",
        "低分子右旋糖酐",
        "胰岛素",
        "多巴胺",
        "肝素诱导的血小板减少",
        "氨磺必利",
    ],
)
def test_other_drugs_are_not_taken_for_known_ones(text: str) -> None:
    assert [drug for drug in drugs_named(text) if drug != "lmwh" or "肝素" in text] == []


def test_a_denied_class_and_a_taken_member_contradict_each_other() -> None:
    assert drug_facts("未用IMiD，目前来那度胺25mg")["imid"].status == "undetermined"
