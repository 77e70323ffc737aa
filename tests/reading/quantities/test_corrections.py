"""Numbers, age, sex and drugs put right or taken back by the user."""

from __future__ import annotations

import pytest

from rasa_project.reading.reader import read

from .reading_cases import TODAY, drug_facts, quantities, value


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("更正：血小板其实是 71", "platelets_e9_l", 71),
        ("把血小板改成71", "platelets_e9_l", 71),
        ("血小板写错了，是71", "platelets_e9_l", 71),
        ("血小板不是45，是54", "platelets_e9_l", 54),
        ("血小板54，不是45", "platelets_e9_l", 54),
        ("更正一下，GFR实际是45", "gfr", 45),
        ("肌酐修改为130", "creatinine_umol_l", 130),
        ("体重不是60是70", "weight_kg", 70),
        ("体重原写72kg，实为62kg", "weight_kg", 62),
        ("把体重改为70", "weight_kg", 70),
        ("把年龄改正为 62", "age_years", 62),
        ("年龄不是65是56", "age_years", 56),
        ("不是65岁，是56岁", "age_years", 56),
        ("年龄写错了，47岁", "age_years", 47),
        ("年龄打错了，58", "age_years", 58),
        ("年龄有误，应是58", "age_years", 58),
        ("刚才年龄说错了 是58", "age_years", 58),
        ("年龄不对，58", "age_years", 58),
        ("不是女性，男性", "sex", "male"),
        ("患者不是男的，是女的", "sex", "female"),
        ("性别改成女", "sex", "female"),
        ("性别写错了，是女的", "sex", "female"),
    ],
)
def test_the_corrected_value_counts(text: str, fact: str, expected: object) -> None:
    assert value(text, fact) == expected


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("体重写错了", "weight_kg"),
        ("血小板那个删掉", "platelets_e9_l"),
        ("年龄写错了", "age_years"),
        ("把年龄删掉", "age_years"),
    ],
)
def test_a_value_taken_back_without_another_is_asked_for(text: str, fact: str) -> None:
    assert value(text, fact) == "undetermined"


@pytest.mark.parametrize("text", ["体重60kg，身高写错了", "血小板60，年龄写错了"])
def test_only_what_is_named_is_taken_back(text: str) -> None:
    kept = {"weight_kg", "platelets_e9_l"} & set(quantities(text))
    assert [quantities(text)[fact].value for fact in kept] == [60]


@pytest.mark.parametrize(
    ("text", "imid"),
    [
        ("来那度胺删掉", False),
        ("来那度胺写错了，没用", False),
        ("来那度胺写错了", None),
        ("来那度胺写错了，是沙利度胺", True),
        ("把来那度胺去掉", False),
    ],
)
def test_a_drug_taken_back_is_never_taken(text: str, imid: bool | None) -> None:
    assert drug_facts(text)["imid"].value is imid


@pytest.mark.parametrize(
    "text",
    [
        "还没上来那度胺，准备下周开始",
        "没用来那度胺，打算下周用",
        "尚未使用来那度胺，下周一开始",
        "来那度胺还没开始用，打算下周上",
        "来那度胺暂时没上，下个疗程再加",
        "准备用来那度胺，目前还没上",
        "拟用来那度胺，目前未用",
        "来那度胺已停，拟下周期重新开始用",
    ],
)
def test_what_is_not_yet_given_but_planned_is_planned(text: str) -> None:
    assert drug_facts(text)["imid"].value is True


@pytest.mark.parametrize(
    "text",
    [
        "不准备用来那度胺",
        "不用来那度胺",
        "还没上来那度胺",
        "未用来那度胺，准备下周开始化疗",
        "未用来那度胺，准备用硼替佐米",
        "没用来那度胺，也不打算下周用",
        "来那度胺已停，准备下周移植",
    ],
)
def test_what_is_not_planned_stays_denied(text: str) -> None:
    assert drug_facts(text)["imid"].value is False


@pytest.mark.parametrize(
    "text",
    [
        "吃了半年利伐沙班现在停了",
        "利伐沙班上周停了",
        "利伐沙班用了三个月，上个月停了",
        "利伐沙班目前已停",
        "利伐沙班自己停了",
    ],
)
def test_a_stopped_anticoagulant_is_not_current(text: str) -> None:
    assert drug_facts(text)["current_anticoagulant"].value == "无"


@pytest.mark.parametrize(
    "text",
    [
        "他哥哥房颤正在抗凝",
        "丈夫在吃华法林",
        "他爱人长期吃华法林",
        "患者的丈夫因房颤服用利伐沙班",
        "老伴有房颤在吃华法林，患者本人没有",
    ],
)
def test_a_relatives_anticoagulant_is_not_the_patients(text: str) -> None:
    assert drug_facts(text) == {}


@pytest.mark.parametrize("text", ["妈妈今年77，在吃华法林，骨髓瘤", "患者丈夫陪同，正在服用华法林"])
def test_a_patients_anticoagulant_beside_a_relative_stays(text: str) -> None:
    assert drug_facts(text)["current_anticoagulant"].value == "华法林"


@pytest.mark.parametrize(
    ("text", "imid"),
    [
        ("VRd诱导6程后来那度胺维持。来那度胺已停，予DKd方案", False),
        ("口服沙利度胺100mg qn维持。复发后停用沙利度胺", False),
        ("来那度胺10mg维持，来那度胺同期停用", False),
        ("VRd×6疗程达VGPR，后来那度胺10mg维持至今", True),
        ("来那度胺已停。复发后再次予来那度胺25mg", True),
        ("来那度胺10mg维持中，曾因皮疹停用来那度胺1月", True),
        ("拟予DVd方案，暂不使用免疫调节剂；EPO纠正贫血", False),
    ],
)
def test_the_last_word_on_a_drug_counts(text: str, imid: bool) -> None:
    assert drug_facts(text)["imid"].value is imid


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("血EPO水平 86 mIU/ml，未用促红素", "erythropoietin", False),
        ("EPO 10000IU 每周3次", "erythropoietin", True),
        ("今日INR 3.8，停用华法林一次", "on_warfarin", True),
        ("华法林昨日漏服，今日已补", "on_warfarin", True),
        ("2.停阿司匹林 3.地塞米松20mg qw×4", "glucocorticoid", True),
        ("多柔比星患者拒绝使用，改口服来那度胺", "anthracycline_chemotherapy", False),
        ("来那度胺有血栓风险，患者表示暂不接受来那度胺", "imid", False),
        ("停用华法林", "on_warfarin", False),
        ("先后行PAD方案4疗程、VD方案2疗程，达PR后停药观察", "anthracycline_chemotherapy", False),
        ("低分子肝素九天，华法林三天前加的", "on_warfarin", True),
        ("5床 李奶奶 昨停华法林", "on_warfarin", False),
    ],
)
def test_drugs_measured_skipped_past_or_added(text: str, fact: str, expected: object) -> None:
    assert drug_facts(text)[fact].value is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("血小板一百三，那是隔壁床的，她的没查", "absent"),
        ("血小板53，隔壁床是130", 53),
        ("PLT 41（EDTA聚集），换枸橼酸管复测", "undetermined"),
        ("PLT 41，复查PLT 138", 138),
        ("血小板减少，PLT 41", 41),
    ],
)
def test_platelets_of_another_or_clumped_are_no_value(text: str, expected: object) -> None:
    assert value(text, "platelets_e9_l") == expected


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("血小板记成120，实际是29", "platelets_e9_l", 29),
        ("体重65（实测58.5）", "weight_kg", 58.5),
        ("体重65kg（实测58.5kg）", "weight_kg", 58.5),
        ("eGFR 60，复测38", "gfr", 38),
        ("血小板120×10^9/L（复查后29×10^9/L）", "platelets_e9_l", 29),
        ("肌酐132（应为312）μmol/L", "creatinine_umol_l", 312),
        ("PLT 129×10^9/L，更正为29×10^9/L", "platelets_e9_l", 29),
        ("INR 2.7有误，实际1.7", "inr", 1.7),
        ("M蛋白 25……不对，31.4", "m_protein_g_l", 31.4),
        ("前面血小板打成300了，应该30", "platelets_e9_l", 30),
        ("血小板一百二，说错了，是二十九", "platelets_e9_l", 29),
        ("血小板120。刚才说错了，29", "platelets_e9_l", 29),
        ("肌酐88，哦不，188", "creatinine_umol_l", 188),
        ("年龄65，应为56", "age_years", 56),
        ("身高153，更正163", "height_cm", 163),
        ("小腿周径差2cm，更正为4cm", "calf_difference_cm", 4),
        ("小腿相差3公分，量错了，1公分", "calf_difference_cm", 1),
        ("体重46kg，写反了，64kg", "weight_kg", 64),
        ("血小板81，看串行了，应该是18", "platelets_e9_l", 18),
        ("血小板81，不不不，18", "platelets_e9_l", 18),
        ("血小板81，抱歉，是18", "platelets_e9_l", 18),
        ("身高1米8，不对，1米6", "height_cm", 160),
        ("身高一米七，说错了一米六二", "height_cm", 162),
        ("身高不是一米七是一米六", "height_cm", 160),
        ("体重62kg，身高写错了，应该是168", "height_cm", 168),
        ("年龄应为64岁，此前误写46岁", "age_years", 64),
        ("64岁（误写为46岁）", "age_years", 64),
        ("性别：男，更正为女", "sex", "female"),
        ("体重58公斤，不，68公斤", "weight_kg", 68),
        ("体重是58 不 68公斤", "weight_kg", 68),
        ("身高158，哦，168", "height_cm", 168),
        ("肌酐88，啊不，188", "creatinine_umol_l", 188),
        ("血小板8.5万，不，18万", "platelets_e9_l", 180),
        ("INR1.3，等等，3.1", "inr", 3.1),
        ("患者57岁，不，75岁", "age_years", 75),
        ("体重58公斤，应该说68公斤", "weight_kg", 68),
        ("eGFR 53，准确地说是35", "gfr", 35),
        ("心率88，不，我看看，118", "heart_rate_bpm", 118),
        ("预防了2个月，不，4个月", "months_on_prophylaxis", 4),
    ],
)
def test_a_value_put_right_at_once_needs_no_name(text: str, fact: str, expected: object) -> None:
    assert value(text, fact) == expected


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("血小板120，血红蛋白写错了，是90", "platelets_e9_l", 120),
        ("体重62，血小板写错了，应该是35", "weight_kg", 62),
        ("INR 1.1，血小板更正为35", "inr", 1.1),
        ("体重62，收缩压错了，是130", "weight_kg", 62),
        ("血小板 50，肌酐 130，应为 103", "platelets_e9_l", 50),
        ("GFR 25，应为30mg qd", "gfr", 25),
        ("血小板45，实际输注10单位", "platelets_e9_l", 45),
        ("血小板30，昨天120", "platelets_e9_l", 30),
        ("eGFR 38（上次60）", "gfr", 38),
        ("体重72，理想体重58", "weight_kg", 72),
        ("BP 120/80，实际130/85，心率90", "heart_rate_bpm", 90),
        ("心率写的120，听诊96", "heart_rate_bpm", "absent"),
        ("68岁，哦，65公斤", "age_years", 68),
        ("68岁，不对，65公斤", "age_years", 68),
        ("体重58，嗯，60也称过", "weight_kg", 58),
        ("肌酐88，哦对了，血小板60", "creatinine_umol_l", 88),
        ("血小板58，不，没有出血", "platelets_e9_l", 58),
        ("年龄写错了，体重58", "age_years", "undetermined"),
    ],
)
def test_another_number_is_no_correction(text: str, fact: str, expected: object) -> None:
    assert value(text, fact) == expected


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("没有糖尿病，不对，有的", "diabetes", True),
        ("慢阻肺：有，应为：无", "copd", False),
        ("咯血（-），更正为（+）", "hemoptysis", True),
        ("咯血（+），更正为（-）", "hemoptysis", False),
        ("刚才说没有房颤是错的，他有", "atrial_fibrillation", True),
        ("PICC没拔，说错了，已经拔了", "central_venous_catheter", False),
        ("PICC拔了，不对，还在", "central_venous_catheter", True),
        ("没有糖尿病，血压不对，有高血压", "diabetes", False),
    ],
)
def test_a_polarity_put_right_at_once(text: str, fact: str, expected: bool) -> None:
    assert {m.value for m in read(text, TODAY).mentions if m.fact == fact} == {expected}
