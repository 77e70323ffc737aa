"""Clots as they are told: former and present ones, reports put right, the family's, and what nobody knows."""

from __future__ import annotations

from typing import Any

import pytest
from told import ABSENT, check

from rasa_project.reading.reader import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("生老二那年右腿深静脉血栓", {"history_dvt": True, "vte_event": ABSENT}),
        ("右腿深静脉血栓，之后没再犯", {"history_dvt": True, "vte_event": ABSENT}),
        ("先后两次DVT，末次是2021年", {"history_dvt": True, "vte_event": ABSENT}),
        ("DVT复发，上一次在2021年", {"history_dvt": True, "vte_event": "dvt", "recurrent_vte": True}),
        ("既往2次右下肢DVT（2015、2021），现又发，股总静脉新鲜血栓", {"vte_event": "proximal_dvt"}),
        ("目前诊断：骨髓瘤，既往DVT", {"history_dvt": True, "vte_event": ABSENT}),
        ("以前从没长过血栓，这回头一次，左小腿肌间静脉血栓",
         {"history_vte": False, "recurrent_vte": False, "vte_event": "distal_dvt"}),
        ("前几年有一次小腿浅静脉血栓", {"history_superficial_vein_thrombosis": True}),
    ],
)  # fmt: skip
def test_former_and_present(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("原报腘静脉血栓，复核为小腿肌间静脉血栓", "distal_dvt"),
        ("原报肌间静脉血栓，复核为腘静脉血栓", "proximal_dvt"),
        ("昨天疑DVT，今晨彩超深静脉通畅，已排除", ABSENT),
        ("昨天疑DVT，彩超明天做", "suspected_dvt"),
        ("疑肺栓塞，下肢彩超深静脉通畅", "suspected_pe"),
        ("腘静脉加压压不瘪，新鲜血栓", "proximal_dvt"),
        ("髂股DVT确诊", "proximal_dvt"),
        ("小腿的静脉里有血栓", "distal_dvt"),
        ("左肺下叶亚段栓塞", "pe"),
    ],
)
def test_event(text: str, event: str) -> None:
    check(text, {"vte_event": event})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("无血栓史，家族史不详", {"history_vte": False, "family_history_vte": None}),
        ("糖尿病10年，家族史不详", {"family_history_vte": ABSENT}),
        ("家里没人得过血栓", {"family_history_vte": False}),
        ("家里有人得过静脉血栓", {"family_history_vte": True}),
        ("家里有没有人得过血栓，病人说不清", {"family_history_vte": None}),
        ("家里人说他2018年左腿长过血栓", {"family_history_vte": ABSENT, "history_dvt": True}),
        ("孩子爸爸小腿的静脉里有血栓", {"family_history_vte": ABSENT, "vte_event": "distal_dvt"}),
    ],
)
def test_family(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("是不是VTE复发还说不准，等超声", "recurrent_vte"),
        ("是不是全腿肿？缠着绷带看不清", "entire_leg_swelling"),
        ("目测右小腿粗一圈，够不够3cm没量", "calf_swelling_over_3cm"),
        ("血肿还是DVT，一时分不清", "alternative_diagnosis_as_likely_as_dvt"),
        ("PE和气胸哪个更像，现在说不好", "pe_more_likely_than_alternatives"),
        ("痰里的血是咳的还是牙龈的，没弄清", "hemoptysis"),
        ("心跳挺快，监护没接上，数不出", "heart_rate_bpm"),
        ("说以前腿上静脉堵过，深的浅的记不得了", "history_dvt"),
    ],
)
def test_not_known(text: str, fact: str) -> None:
    check(text, {fact: None})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("深静脉压痛是15床的体征，抄串了，本患者没有", {"deep_vein_tenderness": False}),
        ("深静脉压痛是左侧的体征", {"deep_vein_tenderness": True}),
        ("三年前脑梗偏瘫，现在走路利索了", {"paralysis_or_recent_cast": False}),
        ("三年前脑梗偏瘫，现在走路不利索", {"paralysis_or_recent_cast": True}),
        ("侧支浅静脉瘪下去了", {"collateral_superficial_veins": False}),
        ("腹壁浅静脉迂曲扩张", {"collateral_superficial_veins": True}),
        ("浅静脉没扩张", {"collateral_superficial_veins": False}),
        ("患侧小腿比健侧粗3cm以上", {"calf_swelling_over_3cm": True}),
        ("小腿肿胀没超过3cm", {"calf_swelling_over_3cm": False}),
        ("有截肢风险", {"limb_threatening_dvt": True}),
        ("无血栓家族史，易栓症筛查阴性", {"inherited_thrombophilia": False, "family_history_vte": False}),
    ],
)
def test_signs_and_lists(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("右腓静脉血栓  plt 46  用不用抗凝", "vte_event", "distal_dvt"),
        ("egfr28 体重58 pe确诊 咋给药", "vte_event", "pe"),
        ("血小板<50 肺栓塞怎么抗凝", "vte_event", None),
        ("PLT 50 以下肺栓塞怎么抗凝", "vte_event", None),
        ("左股总静脉及腘静脉内低回声充填，血流消失", "vte_event", "proximal_dvt"),
        ("双侧股静脉、腘静脉未见低回声充填", "vte_event", None),
        ("我奶奶79，前年肺里长过血块", "history_vte", True),
        ("上星期咳出来带血的痰", "hemoptysis", True),
        ("没有咳出来带血的痰", "hemoptysis", False),
    ],
)
def test_in_shorthand_and_plain_words(text: str, fact: str, value: object) -> None:
    assert next((said.value for said in read(text).mentions if said.fact == fact), None) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("再发右腘静脉血栓", {"recurrent_vte": True, "vte_event": "proximal_dvt"}),
        ("DVT第二次发作，第一次是前年", {"recurrent_vte": True, "history_dvt": True, "vte_event": "dvt"}),
        ("肺栓塞又犯了", {"recurrent_vte": True, "vte_event": "pe"}),
        ("没有再长血栓", {"recurrent_vte": False, "vte_event": ABSENT}),
        ("骨髓瘤复发，右股静脉血栓", {"recurrent_vte": ABSENT, "vte_event": "proximal_dvt"}),
        ("右侧腓静脉血栓（部分再通）", {"vte_event": "distal_dvt", "history_dvt": ABSENT}),
        ("右侧腓静脉血栓，已完全再通", {"vte_event": ABSENT, "history_dvt": True}),
        ("左股静脉栓", {"vte_event": "proximal_dvt"}),
        ("左股静脉溶栓导管通畅", {"vte_event": ABSENT}),
        ("肺动脉骑跨栓", {"vte_event": "pe"}),
        ("右肺下叶后基底段动脉栓塞", {"vte_event": "pe"}),
        ("右肺下叶支气管动脉栓塞术后", {"vte_event": ABSENT}),
        ("CTA结果已出：右肺上叶动脉栓塞", {"vte_event": "pe", "history_vte": ABSENT}),
        ("下肢静脉有血块 股静脉到腘静脉", {"vte_event": "proximal_dvt"}),
        ("DVT（左胫后、腓静脉）", {"vte_event": "distal_dvt"}),
        ("DVT（右胫后、腘静脉）", {"vte_event": "proximal_dvt"}),
        ("DVT，股骨骨折", {"vte_event": "dvt"}),
        ("深筋脉血栓", {"vte_event": "dvt"}),
        ("右侧腓静脉血栓，以前左腿也栓过一次", {"vte_event": "distal_dvt", "history_dvt": True}),
        ("深静脉血栓以前得过", {"vte_event": ABSENT, "history_dvt": True}),
        ("12年腿上浅静脉炎血栓过 深的没有",
         {"history_superficial_vein_thrombosis": True, "history_dvt": False}),
        ("浅静脉血栓史 有 深静脉 没有过 家族 没有",
         {"history_superficial_vein_thrombosis": True, "history_dvt": False, "family_history_vte": False}),
        ("家族史：二哥，下肢静脉血栓，51岁时", {"family_history_vte": True, "vte_event": ABSENT}),
        ("从来没有血栓", {"history_vte": False}),
        ("DVT史没问 家属说外婆腿栓过", {"history_dvt": None, "family_history_vte": True}),
    ],
)  # fmt: skip
def test_clots_in_plain_words(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prior DVT: none", {"history_dvt": False, "vte_event": ABSENT}),
        ("Prior DVT: yes", {"history_dvt": True}),
        ("FHx of VTE: mother, DVT at 44",
         {"family_history_vte": True, "vte_event": ABSENT, "history_dvt": ABSENT}),
        ("FHx: no VTE", {"family_history_vte": False, "vte_event": ABSENT}),
        ("Family history of VTE: none", {"family_history_vte": False, "history_vte": ABSENT}),
        ("DVT history of mother", {"family_history_vte": True, "vte_event": ABSENT}),
        ("brought in by son, PE on CTPA", {"vte_event": "pe"}),
        ("no VTE prophylaxis given", {"vte_event": ABSENT, "history_vte": ABSENT}),
        ("COPD: no DM: yes", {"copd": False, "diabetes": True}),
    ],
)  # fmt: skip
def test_clots_in_english(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("考虑丹毒，与DVT可能性相当",
         {"alternative_diagnosis_as_likely_as_dvt": True, "vte_event": "suspected_dvt"}),
        ("丹毒不能除外，可能性和DVT差不多", {"alternative_diagnosis_as_likely_as_dvt": True}),
        ("丹毒可能性小，DVT可能性大", {"alternative_diagnosis_as_likely_as_dvt": False}),
        ("替代诊断（腘窝囊肿破裂）-2", {"alternative_diagnosis_as_likely_as_dvt": True}),
        ("替代诊断：无", {"alternative_diagnosis_as_likely_as_dvt": False}),
    ],
)  # fmt: skip
def test_alternatives_weighed(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("抗心磷脂抗体(-)打错了，应为(+)", {"anticardiolipin_antibody": True}),
        ("狼疮抗凝物(+)输错了，应为(-)", {"lupus_anticoagulant": False}),
        ("右腿肿，?DVT，今天彩超", {"vte_event": "suspected_dvt"}),
        ("首次发作，非复发 右腘静脉血栓", {"recurrent_vte": False, "vte_event": "proximal_dvt"}),
        ("2020年首次发病，骨髓瘤", {"recurrent_vte": ABSENT}),
        ("anti-β2GPI IgM 40↑，aCL IgG neg", {"m_protein_g_l": ABSENT, "anticardiolipin_antibody": False}),
        # the days of an anticoagulant say that it is given
        ("达肝素用至第5天", {"current_anticoagulant": "达肝素", "lmwh_days": 5}),
        ("达肝素用至第5天停", {"current_anticoagulant": "无"}),
        ("那屈肝素 day 3", {"current_anticoagulant": "那屈肝素", "lmwh_days": 3}),
        ("肝素day 3停了", {"current_anticoagulant": "无"}),
        ("LMWH第3天（依诺肝素60mg q12h）", {"current_anticoagulant": "依诺肝素", "lmwh_days": 3}),
        ("计划依诺肝素用至第10天", {"current_anticoagulant": ABSENT}),
    ],
)
def test_put_right_and_counted(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)
