"""What lies across: whose it is, boxes, plans given up, series of values, values put right, shorthand."""

from __future__ import annotations

from typing import Any

import pytest
from told import ABSENT, check


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("糖尿病 □否 慢阻肺 √", {"diabetes": False, "copd": True}),
        ("糖尿病：□否；COPD：□否；房颤：√", {"diabetes": False, "copd": False, "atrial_fibrillation": True}),
        ("PICC □无；糖尿病 □有", {"central_venous_catheter": False, "diabetes": ABSENT}),
        ("EPO □是 □否", {"erythropoietin": ABSENT}),
        ("EPO □是 ■否", {"erythropoietin": False}),
        ("激素 □未用，来那度胺 ☑在用", {"imid": True}),
        ("EPO本来准备打的，后来商量了没打", {"erythropoietin": False}),
        ("来那度胺原定下周期加，会诊后取消", {"imid": False}),
        ("原拟加卡非佐米，讨论后放弃", {"carfilzomib": False}),
        ("促红素计划使用，因血压高取消", {"erythropoietin": False}),
        ("泊马度胺曾打算换，家属商议后作罢", {"imid": False}),
        ("PICC原计划置，讨论后取消", {"central_venous_catheter": False}),
        ("输液港原本要埋，后来改主意没埋", {"central_venous_catheter": False}),
        ("拟用阿霉素，心内科会诊后取消", {"anthracycline_chemotherapy": False}),
        ("原计划用华法林，讨论后取消", {"on_warfarin": False}),
        ("EPO本打算停，讨论后继续用", {"erythropoietin": True}),
        ("手术原计划周五，讨论后取消，来那度胺继续", {"imid": True}),
        ("来那度胺计划用到下月，随访取消", {"imid": True}),
        ("入院时休克，治疗2周后血流动力学平稳", {"hemodynamic_instability": False}),
        ("入院时休克，现血压稳定", {"hemodynamic_instability": False}),
        ("当时低血压休克，经补液后血流动力学已稳定，升压药停用", {"hemodynamic_instability": False}),
        ("PE起病时休克，溶栓后循环稳定", {"hemodynamic_instability": False}),
        ("早上还血流动力学稳定，现休克", {"hemodynamic_instability": True}),
        ("血流动力学平稳后又休克", {"hemodynamic_instability": True}),
        ("□EPO ☑来那度胺 □沙利度胺", {"erythropoietin": ABSENT, "imid": True, "imid_drug": "来那度胺"}),
        ("用药：□来那度胺 □泊马度胺 ■硼替佐米 □地塞米松", {"imid": ABSENT, "glucocorticoid": ABSENT}),
        (
            "合并用药：□阿司匹林 ☑低分子肝素 □华法林",
            {"current_antiplatelet": ABSENT, "current_anticoagulant": "低分子肝素", "on_warfarin": ABSENT},
        ),
        ("来那度胺□ 卡非佐米■", {"imid": ABSENT, "carfilzomib": True}),
        ("☑地塞米松 40mg/周 □多柔比星", {"glucocorticoid": True, "anthracycline_chemotherapy": ABSENT}),
        (
            "VTE家族史 □无；既往VTE □无；EPO ■是",
            {"family_history_vte": False, "history_vte": False, "erythropoietin": True},
        ),
        ("促红素（ ）来那度胺（√）", {"erythropoietin": ABSENT, "imid": True}),
        ("拟停EPO，家属不同意", {"erythropoietin": True}),
        ("来那度胺打算停，家属没同意", {"imid": True}),
        ("来那度胺计划减量，讨论后取消", {"imid": True}),
        ("本来说要上卡非佐米，后来没上", {"carfilzomib": False}),
        ("泊马度胺说好下周开，结果没开", {"imid": False}),
        ("多柔比星原定第2程加，因心超不好取消了", {"anthracycline_chemotherapy": False}),
        ("计划下周加用EPO", {"erythropoietin": True}),
        ("EPO计划用，来那度胺取消", {"erythropoietin": True}),
        ("EPO准备打，手术取消了", {"erythropoietin": True}),
    ],
)
def test_boxes_plans_and_shock(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "5床女58，PLT 45，在吃华法林；8床男72，PLT 160，VRd。问的是8床，他没有房颤",
            {
                "platelets_e9_l": 160,
                "age_years": 72,
                "sex": "male",
                "on_warfarin": ABSENT,
                "atrial_fibrillation": False,
                "regimen": "VRd",
            },
        ),
        ("3床有糖尿病，INR 2.1；4床无糖尿病，INR 1.0。想问4床怎么预防", {"diabetes": False, "inr": 1}),
        ("3床有糖尿病，INR 2.1；4床无糖尿病，INR 1.0。我要问的是3床", {"diabetes": True, "inr": 2.1}),
        (
            "20床：男，66岁，DVT史。21床：女，50岁，无血栓史。请评估20床的血栓风险",
            {"age_years": 66, "sex": "male", "history_dvt": True},
        ),
        ("A患者71岁，GFR 25；B患者60岁，GFR 80。算B患者的", {"age_years": 60, "gfr": 80}),
        ("7床男63，PLT 88", {"platelets_e9_l": 88, "age_years": 63}),
        ("13床转到15床，PLT 210，问的是15床", {"platelets_e9_l": 210}),
        ("12床男63，PLT 88。今天转12床到ICU", {"icu": True}),
    ],
)
def test_the_bed_that_is_asked_about(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "兄弟俩：哥哥（患者，骨髓瘤，61岁）VRd 3程，PLT 140；弟弟（供者，58岁，PLT 260，糖尿病）。",
            {"sex": "male", "age_years": 61, "platelets_e9_l": 140, "regimen": "VRd", "diabetes": ABSENT},
        ),
        (
            "母亲（患者，MM，72岁，体重58kg）与女儿（陪护，45岁，曾患肺栓塞）同来",
            {
                "sex": "female",
                "age_years": 72,
                "weight_kg": 58,
                "family_history_vte": True,
                "history_vte": ABSENT,
            },
        ),
        (
            "丈夫（患者，MM，66岁，有房颤）和妻子（陪同，60岁，有糖尿病）",
            {"sex": "male", "age_years": 66, "atrial_fibrillation": True, "diabetes": ABSENT},
        ),
        ("我妈骨髓瘤，姨妈腿上长过血栓，她自己没有", {"family_history_vte": True, "history_vte": False}),
        ("我爱人MM，他自己没血栓，我得过DVT", {"history_vte": False, "family_history_vte": ABSENT}),
        ("体检+病史：患者诉“没得过血栓，家里也没有”。", {"history_vte": False, "family_history_vte": False}),
        ("没得过血栓，家里人也没有", {"history_vte": False, "family_history_vte": False}),
        ("否认血栓史，家人也没得过", {"history_vte": False, "family_history_vte": False}),
        ("无DVT史，家里没有人得过", {"history_dvt": False, "family_history_vte": False}),
        ("患者无VTE史，其父母兄弟亦无", {"history_vte": False, "family_history_vte": False}),
        ("没长过血栓，家族里也没听说", {"history_vte": False, "family_history_vte": False}),
        ("没得过血栓，家里也没有糖尿病", {"history_vte": False, "family_history_vte": ABSENT}),
        ("没有糖尿病，家里也没有", {"diabetes": False, "family_history_vte": ABSENT}),
        ("没得过血栓，家里也没有老人", {"history_vte": False, "family_history_vte": ABSENT}),
        ("家族史(-)，LA(-)", {"family_history_vte": False, "lupus_anticoagulant": False}),
        ("家族史（－），既往VTE（－）", {"family_history_vte": False, "history_vte": False}),
        ("家族史：(-)", {"family_history_vte": False}),
        ("糖尿病家族史(+)，血栓史(-)", {"family_history_vte": ABSENT}),
        ("家族史(+)（父亲DVT）", {"family_history_vte": True}),
        ("高血压家族史(-)", {"family_history_vte": ABSENT}),
    ],
)
def test_relatives(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LA阴 aCL阳", {"lupus_anticoagulant": False, "anticardiolipin_antibody": True}),
        ("狼疮抗凝物阳，心磷脂阴", {"lupus_anticoagulant": True, "anticardiolipin_antibody": False}),
        ("aCL阴、LA阴，易栓阴", {"lupus_anticoagulant": False, "anticardiolipin_antibody": False}),
        ("LA弱阳，aCL(-)", {"lupus_anticoagulant": True, "anticardiolipin_antibody": False}),
        ("LA两次阳", {"lupus_anticoagulant": True}),
        ("LA未回，aCL阴", {"lupus_anticoagulant": None, "anticardiolipin_antibody": False}),
        ("狼疮那个还没出结果，心磷脂阴性", {"lupus_anticoagulant": None, "anticardiolipin_antibody": False}),
        ("LA还没出", {"lupus_anticoagulant": None}),
        ("LA结果未出，aCL待回", {"lupus_anticoagulant": None, "anticardiolipin_antibody": None}),
        ("LA没回报", {"lupus_anticoagulant": None}),
        ("心磷脂抗体还没出来", {"anticardiolipin_antibody": None}),
        ("LA 左房内径38mm", {"lupus_anticoagulant": ABSENT}),
        ("心超LA 40mm，没出结果", {"lupus_anticoagulant": ABSENT}),
        ("住LA", {"lupus_anticoagulant": ABSENT}),
    ],
)
def test_antibodies_in_shorthand(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("方案没变，还是KRd", {"regimen": "KRd", "carfilzomib": True}),
        ("方案不变，仍是VRd", {"regimen": "VRd"}),
        ("方案没改，照旧Rd", {"regimen": "Rd", "imid": True}),
        ("剂量没变，还是来那度胺25mg", {"imid": True}),
        ("药没换，还是来那", {"imid": True}),
        ("方案未调整，仍为DRd", {"regimen": "DRd"}),
        ("没换方案，继续VRd", {"regimen": "VRd"}),
        ("激素没变，还是地米每周40", {"glucocorticoid": True, "dexamethasone_mg_per_cycle": 160}),
        ("抗凝没变，还是利伐沙班10mg", {"current_anticoagulant": "利伐沙班"}),
        ("之前报的血小板45作废，今天复查88", {"platelets_e9_l": 88}),
        ("之前说的GFR 30作废，以58为准", {"gfr": 58}),
        ("刚才报的体重80作废，实际72", {"weight_kg": 72}),
        ("先前那个INR 3.1不算，重抽1.6", {"inr": 1.6}),
        ("血小板上周120，输板后昨35，今晨62", {"platelets_e9_l": 62}),
        ("INR昨1.6今2.2，华法林也吃着", {"inr": 2.2, "on_warfarin": True}),
        ("心率昨118今96", {"heart_rate_bpm": 96}),
        ("plt 昨天30 今天52", {"platelets_e9_l": 52}),
        ("PLT 30（昨）→45（今）", {"platelets_e9_l": 45}),
        ("体重上月70，这周66.5", {"weight_kg": 66.5}),
        ("eGFR首诊22，透析后35，上周48，今51", {"gfr": 51}),
        ("M蛋白初诊52，两程后31，本次12.4g/L", {"m_protein_g_l": 12.4}),
        ("PLT 88（上周40）", {"platelets_e9_l": 88}),
        ("血小板88（基线210）", {"platelets_e9_l": 88}),
        ("INR 2.4（上次3.9）", {"inr": 2.4}),
        ("体重61（病前68）", {"weight_kg": 61}),
        ("HR 82（入院124）", {"heart_rate_bpm": 82}),
        ("华法林2.5mg，目标INR 2-3，今日1.8", {"inr": 1.8}),
        ("INR目标2～3，目前2.4", {"inr": 2.4}),
        ("INR（目标2.0-3.0）今2.7", {"inr": 2.7}),
        ("首页写PLT 88，检验单PLT 98，待核", {"platelets_e9_l": None}),
        ("病历写eGFR 55，报告单eGFR 45，未核实", {"gfr": None}),
        ("T正常 P 102 BP稳", {"heart_rate_bpm": 102}),
        ("36.8℃，P90，R18", {"heart_rate_bpm": 90}),
        ("脉82，律齐", {"heart_rate_bpm": 82}),
        ("P53缺失(+)", {"heart_rate_bpm": ABSENT}),
        ("del(17p)，P53 12%", {"heart_rate_bpm": ABSENT}),
        ("血压120/70 P72", {"heart_rate_bpm": 72}),
        ("P值0.05", {"heart_rate_bpm": ABSENT}),
        ("P62，甲泼尼龙", {"heart_rate_bpm": 62}),
        ("KG:70", {"weight_kg": 70}),
        ("依诺1mg/kg 75单位", {"weight_kg": ABSENT}),
        ("体质kg 80", {"weight_kg": 80}),
        ("kg体重80", {"weight_kg": 80}),
    ],
)
def test_values_in_a_row_and_put_right(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("免疫调节剂 ■有 □无（泊马度胺4mg）", {"imid_drug": "泊马度胺"}),
        ("蒽环类 □是 ■否（曾用阿霉素）", {"anthracycline_chemotherapy": False}),
        ("抗凝 ☑是 □否（利伐沙班10mg）", {"current_anticoagulant": "利伐沙班"}),
        ("IMiD □否 ■是（沙利度胺）", {"imid_drug": "沙利度胺"}),
        ("地米40mg d1,8,15,22，28天一程", {"dexamethasone_mg_per_cycle": 160}),
        ("dex 20 d1、2、4、5、8、9、11、12，21d", {"dexamethasone_mg_per_cycle": 160}),
        ("地塞米松10mg d1,2,4,5，21天/程", {"dexamethasone_mg_per_cycle": 40}),
        ("地米20mg d1,8,15,21", {"dexamethasone_mg_per_cycle": 80}),
        ("卡非佐米+地塞米松(Kd)第2程", {"regimen": "Kd", "carfilzomib": True}),
        ("硼替佐米+马法兰+泼尼松（VMP方案）", {"regimen": "VMP", "chemotherapy": True}),
        ("来那度胺联合地塞米松[Rd]", {"regimen": "Rd"}),
        ("查体MP关节肿", {"regimen": ABSENT}),
        (
            "在用华法林3mg，建议换利伐沙班或低分子肝素",
            {"current_anticoagulant": "华法林", "on_warfarin": True},
        ),
        ("目前达比加群110mg bid，肾功能差，建议换依诺肝素", {"current_anticoagulant": "达比加群"}),
        (
            "长期口服利伐沙班，利伐沙班暴露增加，建议改华法林",
            {"current_anticoagulant": "利伐沙班", "on_warfarin": ABSENT},
        ),
        ("目前华法林，已换成利伐沙班", {"current_anticoagulant": "利伐沙班"}),
        (
            "阿司匹林100mg+利伐沙班，房颤",
            {"current_anticoagulant": "利伐沙班", "current_antiplatelet": "阿司匹林"},
        ),
        ("氯吡格雷75 + 依诺肝素，支架术后", {"current_anticoagulant": "依诺肝素"}),
        ("拜阿司匹灵100mg qd+华法林3mg qn", {"on_warfarin": True}),
        ("阿司匹林+华法林哪个好", {"on_warfarin": ABSENT}),
        ("右侧国静脉血栓", {"vte_event": "proximal_dvt"}),
        ("左侧窝静脉血栓", {"vte_event": "dvt"}),
        ("体中六十五公斤", {"weight_kg": 65}),
        ("体众60公斤", {"weight_kg": 60}),
        ("克塞四千单位每天一次", {"current_anticoagulant": "依诺肝素"}),
        ("克赛第5天", {"lmwh_days": 5, "current_anticoagulant": "依诺肝素"}),
        ("爱恩阿二点三", {"inr": 2.3}),
        ("艾恩啊尔2.1", {"inr": 2.1}),
        ("爱安阿1.6", {"inr": 1.6}),
        ("住重症监护 上呼吸机", {"icu": True}),
        ("人在重症呢 插着管", {"icu": True}),
        ("重症肺炎，住普通病房", {"icu": False}),
        ("转重症了", {"icu": True}),
        ("病人还在重症", {"icu": True}),
        ("从重症转出来了", {"icu": False}),
        ("重症医学科会诊", {"icu": ABSENT}),
        ("飞栓塞 心率110", {"vte_event": "pe"}),
        (
            "目前利伐沙班10mg qd，氟康唑使利伐沙班暴露升高，建议换低分子肝素",
            {"current_anticoagulant": "利伐沙班"},
        ),
    ],
)
def test_names_heard_and_in_brackets(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dex 40 d1-4，港也埋了", {"central_venous_catheter": True}),
        ("上周港埋好了", {"central_venous_catheter": True}),
        ("港已经装上", {"central_venous_catheter": True}),
        ("香港埋单", {"central_venous_catheter": ABSENT}),
        ("港拆了", {"central_venous_catheter": False}),
        ("管子也插了，picc", {"central_venous_catheter": True}),
        ("血凝四项没问题", {"coagulopathy": False}),
        ("血凝异常", {"coagulopathy": True}),
        ("凝血正常，血糖6.1", {"coagulopathy": False}),
        ("血凝：正常", {"coagulopathy": False}),
        ("血凝块排出", {"coagulopathy": ABSENT}),
        ("血小板说正常", {"platelets_e9_l": None}),
        ("血小板讲是正常，体重130斤", {"platelets_e9_l": None, "weight_kg": 65}),
        ("血小板据说正常", {"platelets_e9_l": None}),
        ("血小板报的正常", {"platelets_e9_l": None}),
        ("还是sCR，riva 10mg", {"mm_response": "scr"}),
        ("持续cr", {"mm_response": "cr"}),
        ("krd 4程 vgpr", {"mm_response": "vgpr"}),
        ("vrd 3疗程后 pd，换药", {"mm_response": "pd"}),
        ("rd维持 sd", {"mm_response": "sd"}),
        ("2程 mr", {"mm_response": "mr"}),
        ("VRd 4程 PR间期0.16", {"mm_response": ABSENT}),
        ("cr 88，pr 72", {"mm_response": ABSENT}),
        ("mm又犯了", {"mm_phase": "relapse"}),
        ("骨髓瘤去年又回来了", {"mm_phase": "relapse"}),
        ("老病又犯了，骨髓瘤", {"mm_phase": ABSENT}),
        ("骨髓瘤又反复了，准备换方案", {"mm_phase": "relapse"}),
        ("骨髓瘤没再犯", {"mm_phase": ABSENT}),
        ("上周黑便，现在没了", {"bleeding_within_3_months": True}),
        ("病理性骨折（股骨颈）", {"fracture_pelvis_hip_femur": True}),
        ("骨折，左髋", {"fracture_pelvis_hip_femur": True}),
        ("骨折部位：股骨粗隆间", {"fracture_pelvis_hip_femur": True}),
        ("无静脉曲张、无侧支", {"collateral_superficial_veins": False}),
        ("浅静脉侧支没有", {"collateral_superficial_veins": False}),
        ("左大腿至小腿均肿胀", {"entire_leg_swelling": True}),
        ("右侧大腿、小腿都肿了", {"entire_leg_swelling": True}),
        ("双下肢、会阴凹陷性水肿", {"unilateral_pitting_edema": False}),
        ("颜面及双下肢凹陷性水肿", {"unilateral_pitting_edema": False}),
        ("胫骨结节下10cm 左36.5 右33", {"calf_difference_cm": 3.5}),
        ("膝下10cm周径：左40cm，右36cm", {"calf_difference_cm": 4}),
        ("膝上15cm：左52，右48", {"calf_difference_cm": ABSENT}),
        ("慢性心衰多年，无加重", {"heart_failure_within_1_month": None}),
        ("慢性心衰多年，近日加重", {"heart_failure_within_1_month": True}),
        ("慢性心力衰竭，水肿较前无加重", {"heart_failure_within_1_month": None}),
        ("骨髓瘤目前处于活动状态", {"mm_active": True}),
        ("既往无糖尿病、慢阻肺，吸烟20年", {"copd": False, "diabetes": False}),
        ("既往无慢阻肺，吸烟史30年", {"copd": False}),
        ("十二指肠溃疡10年，去年复查胃镜已愈合", {"active_gastrointestinal_ulcer": False}),
        ("于10-12转入ICU，予高流量氧疗，10-19病情好转转回我科", {"icu": False}),
        ("上周转入ICU，抗感染后好转，昨日转回血液科", {"icu": False}),
        ("转入ICU，今日仍未转出", {"icu": True}),
        ("痰白，不带血", {"hemoptysis": False}),
        ("咳黄痰，无血丝", {"hemoptysis": False}),
        ("CT报“肺栓塞待排”", {"vte_event": "suspected_pe"}),
        ("报告写“左下肢DVT不能排除”", {"vte_event": "suspected_dvt"}),
        ("CTPA“未见肺栓塞”", {"vte_event": ABSENT}),
        ("左髂静脉压迫综合征并急性血栓", {"vte_event": "proximal_dvt"}),
        ("右股静脉受压伴血栓形成", {"vte_event": "proximal_dvt"}),
    ],
)
def test_findings_in_haste(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)
