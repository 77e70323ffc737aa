"""Treatment and person as they are told in passing: doubted, given up, replaced, somebody else's."""

from __future__ import annotations

from typing import Any

import pytest
from told import ABSENT, check

from rasa_project.evaluation.facts import read_facts
from rasa_project.reading.reader import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("有没有用过来那度胺，外院病历查不到", {"imid": None}),
        ("卡非佐米上不上，等主任周四定", {"carfilzomib": None}),
        ("促红针打没打，病人自己说不上来", {"erythropoietin": None}),
        ("来那度胺停没停，记不清", {"imid": None}),
        ("吃没吃华法林，等家里送药盒来看", {"on_warfarin": None}),
        ("化不化疗，家里还没商量好", {"chemotherapy": None}),
        ("有没有用过来那度胺？", {"imid": ABSENT}),
        ("没有用过来那度胺，方案等主任定", {"imid": False}),
        ("是否使用激素：无", {"glucocorticoid": False}),
    ],
)
def test_whether_it_is_taken_is_not_known(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("后续方案等MDT讨论后再定", {"regimen": None}),
        ("外院打的什么方案？病人讲不出来", {"regimen": None}),
        ("方案VRd，抗凝方案待定", {"regimen": "VRd"}),
        ("疗效还没评，等骨穿回报", {"mm_response": None}),
        ("疗效VGPR", {"mm_response": "vgpr"}),
        ("预防用药起始日期不详", {"months_on_prophylaxis": None}),
        ("低分子肝素打几天了？单子上没记", {"lmwh_days": None}),
        ("在吃抗凝药，叫什么名字说不上", {"current_anticoagulant": None}),
        ("地塞米松在用，每程多少量不详", {"glucocorticoid": True, "dexamethasone_mg_per_cycle": None}),
        ("年龄不详，男性", {"age_years": None, "sex": "male"}),
    ],
)
def test_what_is_said_not_to_be_known_is_asked_about(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("沙利度胺上礼拜停了，现在就硼替佐米加地米", {"imid": False, "glucocorticoid": True}),
        ("阿霉素这程去掉，只留硼替佐米", {"anthracycline_chemotherapy": False}),
        ("阿霉素没去掉", {"anthracycline_chemotherapy": True}),
        ("本程不带激素", {"glucocorticoid": False}),
        ("dex已off", {"glucocorticoid": False}),
        ("“表柔比星用了吗？”“没用。”", {"anthracycline_chemotherapy": False}),
        ("“表柔比星用了吗？”“用了。”", {"anthracycline_chemotherapy": True}),
        ("华法林？早就不吃了", {"on_warfarin": False}),
        ("华法林？吃着呢", {"on_warfarin": True}),
        ("沙利度胺吃了两周，现在换成泊马度胺", {"imid": True, "imid_drug": "泊马度胺"}),
        ("医嘱里的VRd开错，实为VCD", {"regimen": "VCD"}),
        ("阿司匹林要去掉吗", {"current_antiplatelet": ABSENT}),
    ],
)
def test_given_up_or_going_on(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今拔除PICC改外周留置针", False),
        ("PICC血培养阳性，今拔除PICC", False),
        ("CVC堵了拔掉，又从左锁骨下重穿一根", True),
        ("PICC已拔除，准备重新置管", True),
        ("PICC已拔，未再置管", False),
        ("无血栓史右侧颈内静脉置管", None),
        ("PICC拔没拔，交班没提", None),
        ("PICC没拔", True),
        ("洗肾用的双腔导管还在右颈", True),
        ("无血栓，无骨折，无导管。", False),
        ("导管呢上个月拔了", False),
        ("颈内静脉置管，未置管处无红肿", True),
        ("导尿管昨天拔了", "absent"),
    ],
)
def test_catheters_that_come_and_go(text: str, expected: bool | str | None) -> None:
    check(text, {"central_venous_catheter": expected})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("邻床吃的是来那度胺，我没吃这个药", {"imid": False}),
        ("邻床吃的是来那度胺，我也吃", {"imid": True}),
        ("隔壁床打的是促红素", {"erythropoietin": ABSENT}),
        ("老伴吃华法林，病人自己不吃", {"on_warfarin": False}),
        ("老伴吃华法林，病人自己也在吃", {"on_warfarin": True}),
        ("老伴吃华法林", {"on_warfarin": ABSENT}),
        ("不是沙利度胺，是泊马度胺", {"imid": True, "imid_drug": "泊马度胺"}),
        ("用的反应停，不是来那度胺", {"imid": True, "imid_drug": "沙利度胺"}),
        ("不是利伐沙班，是华法林", {"current_anticoagulant": "华法林", "on_warfarin": True}),
        ("血小板低不是来那度胺引起的", {"imid": True}),
        ("前两程没带IMiD，下程拟加来那度胺", {"imid": True}),
        ("明天先VCD不上R", {"imid": False, "regimen": "VCD"}),
        ("来那度胺维持（10mg d1-21），已停地塞米松", {"imid": True, "glucocorticoid": False}),
        ("来那度胺维持2年，已停", {"imid": False}),
    ],
)
def test_whose_drug_and_which(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("现在利伐20qd", "current_anticoagulant", "利伐沙班"),
        ("支架后 波立维75，房颤", "current_antiplatelet", "氯吡格雷"),
        ("利伐沙班十毫克每天在吃", "current_anticoagulant", "利伐沙班"),
        ("利伐沙班预防一年半，继续", "current_anticoagulant", "利伐沙班"),
        ("建议利伐沙班预防三个月", "current_anticoagulant", ABSENT),
        ("建议利伐沙班预防三个月", "months_on_prophylaxis", ABSENT),
        ("速碧林连打了一礼拜", "current_anticoagulant", "那屈肝素"),
        ("阿司匹林吃了一个半月因为胃痛自己停掉了", "current_antiplatelet", "无"),
        ("阿司匹林预防期间出现血栓", "current_antiplatelet", "阿司匹林"),
        ("利伐沙班10mg和20mg哪个好", "current_anticoagulant", ABSENT),
        ("低分子肝素打到第5天了，华法林同时吃着", "on_warfarin", True),
        ("禁抗凝", "anticoagulation_contraindicated", True),
        ("无禁用抗凝药情况", "anticoagulation_contraindicated", False),
        ("能不能抗凝，等神外会诊", "anticoagulation_contraindicated", None),
        ("抗凝禁忌已解除", "anticoagulation_contraindicated", False),
        ("抗凝禁忌未解除", "anticoagulation_contraindicated", True),
        ("昨写“有抗凝禁忌”有误，实无", "anticoagulation_contraindicated", False),
        ("老李那个kd的病人", "regimen", "Kd"),
        ("能下地走 VCd d8 手麻", "regimen", "VCD"),
        ("已达严格意义的CR", "mm_response", "scr"),
        ("移植前疗效scr", "mm_response", "scr"),
        ("Scr 98，评PR 继续来那25mg", "mm_response", "pr"),
        ("没在吃华法林，阿司匹林每天一片", "on_warfarin", False),
        ("有没有在吃华法林？", "on_warfarin", ABSENT),
        ("没打化疗，用的都是靶向药", "chemotherapy", False),
        ("速碧林连打了一礼拜", "lmwh_days", 7),
        ("低分子用了9天", "lmwh_days", 9),
        ("on enoxaparin 60mg q12h day 5", "lmwh_days", 5),
    ],
)
def test_in_use_or_barred(text: str, fact: str, expected: object) -> None:
    check(text, {fact: expected})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("老公半个月前摔断了大腿骨，医生查出来是骨髓瘤", {"sex": "male"}),
        ("医生说我妈是双腿都肿，她肾不好", {"sex": "female"}),
        ("父亲，1948年的，骨髓瘤五年", {"sex": "male"}),
        ("孩子他爸才45，锁骨下静脉血栓", {"sex": "male", "age_years": 45, "family_history_vte": ABSENT}),
        ("老母亲七十八周岁，胃溃疡", {"sex": "female", "age_years": 78}),
        ("家父有心房颤动，服用华法林中，最近骨髓瘤复发", {"sex": "male", "on_warfarin": True}),
        ("我得了骨髓瘤，我妈得过血栓", {"sex": ABSENT}),
        ("爸爸肺栓塞走的，我自己骨髓瘤", {"sex": ABSENT, "family_history_vte": True}),
        ("她公公得过血栓；她父母都没有", {"sex": "female"}),
    ],
)
def test_the_relative_who_is_the_patient(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("进入停药观察，末次地塞米松已是移植前", {"glucocorticoid": False}),
        ("末次来那是去年，现Kd方案", {"imid": False, "regimen": "Kd"}),
        ("末次地米昨天，VCD第2程", {"glucocorticoid": True}),
        ("脂质体多柔比星是两年前用的，这一线没有", {"anthracycline_chemotherapy": False}),
        ("来那度胺是去年开始吃的，一直吃着", {"imid": True}),
        ("来那度胺是去年用的，现在还在吃", {"imid": True}),
        ("促红素打到Hb 110就停了", {"erythropoietin": False}),
        ("促红素打到Hb 110了，继续", {"erythropoietin": True}),
        ("建议停用卡非佐米，血液科已同意今日起改为DRd", {"carfilzomib": False}),
        ("建议停用卡非佐米，等主任定", {"carfilzomib": True}),
        ("没症状 hr 78 vrd维持期", {"imid": True, "regimen": "VRd"}),
        ("未用激素类 来那度胺", {"imid": None}),
        ("吃的是来那还是沙利度胺，待核", {"imid": True, "imid_drug": None}),
        ("是华法林还是利伐沙班，家属说不清", {"on_warfarin": None, "current_anticoagulant": None}),
        ("EPO not given. PICC排在周四", {"erythropoietin": False, "central_venous_catheter": True}),
    ],
)
def test_long_ago_carried_out_or_one_of_two(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("方案为硼替佐米、沙利度胺100mg qn、地塞米松", ABSENT),
        ("泊马度胺4mg d1-21，联合地塞米松", ABSENT),
        ("甲泼尼龙40mg静滴3天，与血液科地塞米松合并使用", ABSENT),
        ("来那度胺25mg d1-21 联合 40mg地塞米松 每周一次", 160),
        ("地米40毫克，逢周一吃", 160),
        ("地米20mg，周一、周四各一次", 160),
        ("地塞米松每周二、周五各20mg", 160),
        ("地塞米松40mg 周三上午用过一次", 40),
        ("地米20mg周一周二吃，连三周歇一周", 120),
        ("地米一次二十毫克，一周两次，打两周歇一周", 80),
        ("地塞米松片0.75mg，每周一次吃20片", 60),
        ("地米0.75mg一片，一次20片，一周一回，每疗程吃三回", 45),
        ("地塞米松，每个礼拜二吃10片，一片是0.75毫克的，吃四个礼拜是一个疗程", 30),
        ("本周期地塞米松合计0.24g", 240),
        ("地塞米松一个疗程拢共一百六", 160),
        ("地塞米松二十毫克，第一到四天，第八到十一天", 160),
        ("地塞米松每周四十毫克，改成二十了，每周一次，二十八天一周期", 80),
        ("地塞米松不是40是20，每周一次", 80),
    ],
)
def test_dexamethasone_as_told(text: str, expected: object) -> None:
    check(text, {"dexamethasone_mg_per_cycle": expected})


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("拜瑞妥10mg吃了9个月，房颤没有", "months_on_prophylaxis", 9),
        ("服用拜瑞妥10mg每天一片，已8个月", "months_on_prophylaxis", 8),
        ("依诺换成apixaban 2.5 bid有8个月", "months_on_prophylaxis", 8),
        ("预防用的阿司匹林吃了，嗯，十三个月", "months_on_prophylaxis", 13),
        ("左腿DVT，利伐沙班10mg吃了9个月", "months_on_prophylaxis", ABSENT),
        ("房颤，阿哌沙班2.5mg bid吃了24个月", "months_on_prophylaxis", ABSENT),
        ("建议利伐沙班10mg服用6个月", "months_on_prophylaxis", ABSENT),
        ("预防时间不是5个月，是7个月", "months_on_prophylaxis", 7),
        ("瑞复美10mg qd维持中", "mm_phase", "maintenance"),
        ("on len 10mg maintenance x14mo", "mm_phase", "maintenance"),
        ("华法林3mg维持，INR 2.1", "mm_phase", ABSENT),
        ("停治一年多了", "mm_phase", "off_treatment"),
        ("一切药物都停了", "mm_phase", "off_treatment"),
        ("利伐沙班10mg已停药4天", "mm_phase", ABSENT),
        ("VTE复发，停药一年后又长", "mm_phase", ABSENT),
        ("今年M蛋白又起来，算复发", "mm_phase", "relapse"),
        ("巩固还是维持阶段，转诊单没写明", "mm_phase", None),
        ("诊断MM（有症状，活动性）", "mm_active", True),
        ("胃溃疡，活动性；骨髓瘤", "mm_active", ABSENT),
        ("原先活动的骨髓瘤现已不活动", "mm_active", False),
        ("疗效是PR，前面VGPR系误记", "mm_response", "pr"),
        ("上周复查PR。", "mm_response", "pr"),
        ("复查PR间期0.16s", "mm_response", ABSENT),
        ("dex已off, sCR MRD-, 依诺", "mm_response", "scr"),
        ("未达CR", "mm_response", ABSENT),
    ],
)
def test_phase_response_and_months_as_told(text: str, fact: str, expected: object) -> None:
    check(text, {fact: expected})


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("会诊下 男 58 多发性骨髓瘤", "age_years", 58),
        ("女 30多岁，骨髓瘤", "age_years", None),
        ("女，五十有六", "age_years", 56),
        ("老妈今年八十四，骨髓瘤是前年查出来的", "age_years", 84),
        ("年龄67岁（原录入76岁系笔误）", "age_years", 67),
        ("smm的小伙 41 没治疗", "sex", "male"),
        ("张叔，骨髓瘤四年", "sex", "male"),
        ("性别登成男了，其实是女的", "sex", "female"),
        ("性别登成女了，其实是男的", "sex", "male"),
        ("体重55是笔误，65kg才对", "weight_kg", 65),
        ("身高误录175，实测170", "height_cm", 170),
        ("驼背后身高缩到152厘米", "height_cm", 152),
        ("身高嗯一米六八", "height_cm", 168),
        ("我一百三十来斤，1米58", "weight_kg", 65),
    ],
)
def test_person_as_told_and_put_right(text: str, fact: str, expected: object) -> None:
    check(text, {fact: expected})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("VRd 4疗程后VGPR，准备自体移植", {"imid": True, "regimen": "VRd"}),
        ("PAD 4疗程后达PR，拟行自体干细胞移植", {"regimen": "PAD", "anthracycline_chemotherapy": True}),
        ("VRd 4疗程后自体移植，未用药维持", {"imid": False, "regimen": ABSENT}),
        ("VRd 4疗程后VGPR，换KRd准备移植", {"regimen": "KRd"}),
        (
            "正在服阿司匹林0.1 qd（因用来那度胺预防血栓），已停。",
            {"imid": True, "current_antiplatelet": "无"},
        ),
        ("来那度胺（25mg），皮疹停药", {"imid": False}),
        ("EPO下午没打（停了）", {"erythropoietin": False}),
        ("来那度胺25mg qd（停用）", {"imid": False}),
        ("来那度胺25mg qd（未停）", {"imid": True}),
        ("华法林吃了一年。目前未抗凝", {"on_warfarin": False, "current_anticoagulant": "无"}),
        ("华法林吃了一年，目前抗凝中", {"on_warfarin": True}),
        ("目前没抗凝，明日开始利伐沙班10mg qd", {"current_anticoagulant": "无"}),
        ("没用华 法林", {"on_warfarin": False}),
        ("在吃华 法林 3mg", {"on_warfarin": True}),
        ("用来那 度 胺 25mg", {"imid": True, "imid_drug": "来那度胺"}),
        ("上次用来那度胺时得过肺栓塞，现泊马度胺4mg", {"imid_drug": "泊马度胺"}),
    ],
)
def test_transplant_ahead_words_in_brackets_none_now(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mm复发 港在 ef55", True),
        ("化疗港通畅", True),
        ("港没取", True),
        ("港取了", False),
        ("老人在香港在读的孙子", ABSENT),
        ("胳膊上还留着那根长管子打化疗", True),
        ("胳膊上的管子没拔", True),
        ("脖子上那根管子拔了", False),
        ("右颈内静脉三腔管在位", True),
        ("右颈内静脉三腔管已拔", False),
        ("胃里有三腔管", ABSENT),
        ("导管是颈部长期管", True),
    ],
)
def test_catheters_as_called(text: str, expected: object) -> None:
    check(text, {"central_venous_catheter": expected})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一直吃阿司匹林没吃抗凝的", {"current_antiplatelet": "阿司匹林", "current_anticoagulant": "无"}),
        ("阿司匹林没吃", {"current_antiplatelet": "无"}),
        ("阿司匹林100一直吃着", {"current_antiplatelet": "阿司匹林"}),
        ("INR1.6，华法林加至3.75mg", {"on_warfarin": True}),
        ("低分子肝素重叠华法林，今日第6天，INR 1.7", {"on_warfarin": True, "lmwh_days": 6}),
        ("计划重叠华法林", {"on_warfarin": ABSENT}),
        ("建议阿司匹林停用5天后诊刮", {"current_antiplatelet": "阿司匹林"}),
        ("建议来那度胺停用，已停", {"imid": False}),
        ("蒽环类药物及卡非佐米应避免", {"anthracycline_chemotherapy": ABSENT, "carfilzomib": ABSENT}),
        ("卡非佐米不建议停", {"carfilzomib": True}),
        ("促红素当地打没打，没有记录", {"erythropoietin": None}),
        ("激素有没有也不详", {"glucocorticoid": None}),
        ("阿司匹林吃没吃，老人自己也糊涂", {"current_antiplatelet": None}),
        ("准备用V R D方案", {"regimen": "VRd", "imid": True}),
    ],
)
def test_advised_avoided_or_not_known(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("未停来那度胺", True),
        ("来那度胺没停", True),
        ("不要擅自停来那度胺", True),
        ("从未停过来那度胺", True),
        ("已停来那度胺", False),
        ("停用来那度胺", False),
    ],
)
def test_what_was_not_stopped_goes_on(text: str, value: bool) -> None:
    assert {one.fact: one.value for one in read(text).mentions}["imid"] is value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("骨科建议继续利伐沙班10mg至术后28天", {"current_anticoagulant": "利伐沙班"}),
        ("建议继续口服华法林", {"on_warfarin": True}),
        ("建议开始利伐沙班10mg", {"current_anticoagulant": ABSENT}),
        ("不建议继续利伐沙班", {"current_anticoagulant": ABSENT}),
        ("阿司匹林100mg qn，神内建议停阿司匹林，必要时改利伐沙班", {"current_antiplatelet": "阿司匹林"}),
        (
            "建议停用阿司匹林，改用利伐沙班",
            {"current_antiplatelet": "阿司匹林", "current_anticoagulant": ABSENT},
        ),
        ("拟将华法林换成利伐沙班", {"on_warfarin": True, "current_anticoagulant": "华法林"}),
        ("建议华法林改利伐沙班，已执行", {"on_warfarin": False, "current_anticoagulant": "利伐沙班"}),
        ("建议停阿司匹林，今已改依诺肝素40mg qd", {"current_antiplatelet": "无"}),
        ("华法林改为利伐沙班", {"on_warfarin": False, "current_anticoagulant": "利伐沙班"}),
    ],
)
def test_what_is_only_advised_has_not_happened(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("EPO今早没打", True),
        ("今天没打促红素", True),
        ("促红素昨天没打，今天补打", True),
        ("促红素今天还没打", True),
        ("EPO每周两次", True),
        ("今天起没再打促红素", False),
        ("促红素今天起不打了", False),
        ("EPO今天没打，停了", False),
        ("促红素没打", False),
        ("EPO今年没打过", False),
        ("EPO今天打了吗", ABSENT),
    ],
)
def test_one_dose_left_out_is_not_the_end(text: str, value: object) -> None:
    check(text, {"erythropoietin": value})


def test_how_long_it_is_to_go_on_dates_no_operation() -> None:
    check("利伐沙班10mg用至术后35天", {"major_surgery_within_1_month": ABSENT})
    check("髋关节置换术后35天", {"major_surgery_within_1_month": False})


@pytest.mark.parametrize(
    ("text", "phase"),
    [
        ("我爸得骨髓瘤两年，现在停药了在家休养", "off_treatment"),
        ("骨髓瘤移植后停药2个多月", "off_treatment"),
        ("移植后未行维持治疗", "off_treatment"),
        ("移植后一直没维持，定期复查", "off_treatment"),
        ("停来那度胺维持5个月，仍CR", "off_treatment"),
        ("来那度胺维持已停半年", "off_treatment"),
        ("Rd维持2年后停药，随访", "off_treatment"),
        ("维持治疗结束", "off_treatment"),
        ("骨髓瘤的药都不吃了", "off_treatment"),
        ("骨髓瘤疗程全部结束", "off_treatment"),
        ("停治观察", "off_treatment"),
        ("来那度胺维持中，没停", "maintenance"),
        ("巩固结束后来那度胺维持", "maintenance"),
        ("来那度胺维持，阿司匹林已停", "maintenance"),
        ("停药3天因发热", ABSENT),
        ("停药期间血小板升到80", ABSENT),
        ("来那度胺停了，硼替佐米继续", ABSENT),
        ("来那度胺停药3个月余，现恢复10mg", ABSENT),
        ("降压药停药两个月", ABSENT),
        ("来那度胺吃三周停一周，现停药期", ABSENT),
        ("VRd第4疗程结束，评PR，拟移植", ABSENT),
        ("移植后尚未开始维持", ABSENT),
        ("移植后未维持，现VRd第2程", ABSENT),
        ("能停维持治疗吗", ABSENT),
    ],
)
def test_off_treatment_as_told(text: str, phase: object) -> None:
    check(text, {"mm_phase": phase})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("来那度胺服21天停7天", True),
        ("来那度胺21天停7天，第2周期", True),
        ("来那度胺两周停一周，现停药期", True),
        ("来那度胺吃三周停一周，已停药", False),
        ("来那度胺停2周", False),
        ("来那度胺维持2年，去年底停", False),
        ("沙利度胺吃了1年，因手麻停", False),
    ],
)
def test_the_days_off_of_a_cycle_are_no_stop(text: str, value: bool) -> None:
    check(text, {"imid": value})


_TAKEN = (
    "停了两周又恢复{}|停{}两周后重新用上|{}停了一周，昨天又用上了|拒绝停用{}|不愿意停{}|不打算停{}|{}照常|{}使用中|{}减量使用|"
    "continue {}|出院带药：{}|{}别停|从没断过{}|没有断过{}|KRd第2周期，继续用{}"
)
_NOT_TAKEN = (
    "暂停{}|{}换成了硼替佐米|{}用完两个疗程后停用|"
    "{}用过但停了|{} discontinued|pt off {}|{}还没用上|{}：无|{}方案从来没用"
)
_NOT_SAID = "能不能用{}|要不要用{}|可否加用{}|是否需要{}"


@pytest.mark.parametrize("drug", ["来那度胺", "华法林"])
@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((text, True) for text in _TAKEN.split("|")),
        *((text, False) for text in _NOT_TAKEN.split("|")),
        *((text, ABSENT) for text in _NOT_SAID.split("|")),
    ],
)
def test_every_plain_way_of_taking_and_stopping(text: str, value: object, drug: str) -> None:
    if drug == "华法林" and text in ("{} discontinued", "{}换成了硼替佐米", "{}方案从来没用"):
        return
    if drug == "来那度胺" and "KRd" in text:
        return
    check(text.format(drug), {"on_warfarin" if drug == "华法林" else "imid": value})


@pytest.mark.parametrize(
    "text", ["计划下周开始{}", "下周起用{}", "下疗程加{}", "等血小板恢复后用{}", "plan to start {}"]
)
def test_an_anticoagulant_to_come_is_not_in_use(text: str) -> None:
    check(text.format("利伐沙班"), {"current_anticoagulant": ABSENT})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("来那度胺停了但是阿司匹林还在吃", {"imid": False, "current_antiplatelet": "阿司匹林"}),
        ("停了来那度胺和阿司匹林", {"imid": False, "current_antiplatelet": "无"}),
        ("来那度胺、阿司匹林均已停用", {"imid": False, "current_antiplatelet": "无"}),
        ("没停来那度胺和阿司匹林", {"imid": True, "current_antiplatelet": "阿司匹林"}),
        ("除了阿司匹林，其他药都停了", {"current_antiplatelet": ABSENT}),
    ],
)
def test_a_stop_reaches_over_its_list_and_no_further(text: str, expected: dict[str, Any]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "regimen", "drug"),
    [
        ("不是KRd，是PAD，我抄错了", "PAD", None),
        ("不是KRd是PAD", "PAD", None),
        ("不是泊马度胺，是沙利度胺，写错了", None, "沙利度胺"),
        ("用的是泊马度胺不是沙利度胺", None, "泊马度胺"),
    ],
)
def test_the_one_that_is_meant(text: str, regimen: str | None, drug: str | None) -> None:
    read = read_facts(text)
    assert (read.get("regimen"), read.get("imid_drug")) == (regimen, drug)


@pytest.mark.parametrize(
    "text", ["EPO -", "EPO no", "促红素打过两支，后来没打", "促红素暂不需要", "促红素备而未用"]
)
def test_not_given_as_it_is_jotted_down(text: str) -> None:
    assert read_facts(text) == {"erythropoietin": False}


def test_a_dash_before_a_dose_denies_nothing() -> None:
    assert read_facts("来那度胺 - 10mg")["imid"] is True
