"""Changes of treatment that did not come about, and what was stopped or went on behind several words."""

from __future__ import annotations

from typing import Any

import pytest

from rasa_project.evaluation.facts import read_facts


@pytest.mark.parametrize(
    ("text", "drug"),
    [
        ("华法林没有换成利伐沙班", "华法林"),
        ("华法林未改为利伐沙班", "华法林"),
        ("华法林没能换成利伐沙班，INR 2.3", "华法林"),
        ("一直吃华法林，没有换成利伐沙班", "华法林"),
        ("医生让换利伐沙班，没换，还是华法林", "华法林"),
        ("低分子肝素没有改成口服的利伐沙班", "低分子肝素"),
        ("利伐沙班没有更换为达比加群", "利伐沙班"),
        ("华法林已换成利伐沙班", "利伐沙班"),
        ("没有用华法林，改用利伐沙班", "利伐沙班"),
        ("未用华法林，改为依诺肝素", "依诺肝素"),
        ("阿哌沙班2.5mg，前天出血给停了", "无"),
        ("利伐沙班吃到上周三，血小板掉了被停了", "无"),
    ],
)
def test_the_anticoagulant_in_use(text: str, drug: str) -> None:
    assert read_facts(text).get("current_anticoagulant") == drug


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("来那度胺没有换成泊马度胺", {"imid_drug": "来那度胺"}),
        ("原硼替佐米+环磷酰胺+地塞米松继续", {"chemotherapy": True, "glucocorticoid": True}),
        ("原来那度胺+地塞米松继续使用", {"imid": True, "glucocorticoid": True}),
        ("原来那度胺已停", {"imid": False}),
        ("入科时血压68/40，升压药用了一天，现已停，血压118/70", {"hemodynamic_instability": False}),
        ("血压65/40，升压药已停，血压120/70", {"hemodynamic_instability": False}),
        ("血压65/40，停去甲后又降，血压80/50", {"hemodynamic_instability": True}),
    ],
)
def test_what_goes_on_and_what_is_over(text: str, facts: dict[str, Any]) -> None:
    found = read_facts(text)
    assert {name: found.get(name, "unread") for name in facts} == facts


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("深静脉管本来说今天拔，主任又说再留几天", True),
        ("输液港不用了，一直没取", True),
        ("PICC早该拔了一直没拔", True),
        ("PICC昨天滑脱，未再置", False),
        ("PICC置管五天被自己扯脱了，暂不重置", False),
        ("PICC脱出5cm，未重置，固定后继续用", True),
        ("PICC不慎扯出，改左侧重新置入", True),
        ("放弃PICC，改留置针", False),
        ("放弃PICC，改右颈内CVC", True),
        ("PICC应为外周留置针", False),
        ("PICC，另有外周留置针", True),
        ("PICC是外周置入的中心静脉导管", True),
        ("说过要放PICC，后来改口服药，管子就没放", False),
        ("PICC上周拔出来了，以后打肚皮针，不用再放", False),
    ],
)
def test_tubes_that_stay_and_tubes_that_are_gone(text: str, there: bool) -> None:
    assert read_facts(text).get("central_venous_catheter") is there


@pytest.mark.parametrize(
    ("text", "lies"),
    [
        ("卧床一周余，今晨起在家属搀扶下已能下床站立行走", False),
        ("卧床10天，昨日起在助行器辅助下行走", False),
        ("卧床两周，在家属搀扶下能下床行走", False),
        ("卧床一周余，需在家属协助下翻身", True),
        ("卧床两周，家属搀扶下仍不能下床", True),
        ("“卧床不起”四个字是模板带入，患者步行来诊", False),
    ],
)
def test_helped_out_of_bed(text: str, lies: bool) -> None:
    assert read_facts(text).get("bedridden_over_72h") is lies


def test_copied_from_another_patient() -> None:
    assert read_facts("“糖尿病”一词系复制别的病人的").get("diabetes") is None
    found = read_facts("“PICC通畅”是复制上一个病人的，本例没有中心静脉导管")
    assert found.get("central_venous_catheter") is False


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("阿司匹林一直吃", {"current_antiplatelet": "阿司匹林"}),
        ("华法林一直没吃", {"on_warfarin": False}),
        ("低分子肝素治疗量第3天", {"current_anticoagulant": "低分子肝素", "lmwh_days": 3}),
        ("依诺肝素预防量第5天", {"current_anticoagulant": "依诺肝素"}),
        ("无肝素透析已两周", {"lmwh_days": "unread"}),
        ("肝素封管第3天", {"lmwh_days": "unread"}),
        ("孕期亦发生过PE，现仍服华法林", {"history_vte": True, "vte_event": "unread"}),
        ("化疗后发生PE", {"vte_event": "pe"}),
        ("没有发生过血栓", {"history_vte": False}),
        ("DVT专科门诊记录：左下肢肿痛3天，临床高度疑诊DVT", {"vte_event": "suspected_dvt"}),
        ("PICC已拔，缝线没拆", {"central_venous_catheter": False}),
        ("PICC拔除了，尿管没拔", {"central_venous_catheter": False}),
    ],
)
def test_given_all_along_and_long_ago(text: str, facts: dict[str, Any]) -> None:
    found = read_facts(text)
    assert {name: found.get(name, "unread") for name in facts} == facts
