"""Natural questions reach the statement that answers them."""

from __future__ import annotations

import pytest

from actions.asked.knowledge import find
from scoring.statements import Entry, entries

# Written apart from the entries' own keys.
_QUESTIONS = {
    "why_mm_clots": ["得了骨髓瘤为什么会长血栓呢", "骨髓瘤病人血栓形成是什么道理"],
    "impact": ["长了血栓有多严重", "血栓对骨髓瘤病人有啥影响"],
    "about_consensus": ["这个共识哪年出的", "共识是谁制定的啊"],
    "terms": ["IMiD是什么东西", "请问VTE是什么意思"],
    "first_presentation": ["骨髓瘤的血栓一般首先长在哪儿", "下肢的DVT占百分之多少"],
    "dvt_presentation": ["深静脉血栓都有哪些症状啊", "我妈左小腿又肿又疼怎么回事", "腿里长血栓会有什么表现"],
    "pe_presentation": ["肺栓塞会有什么症状", "肺梗早期有啥表现"],
    "diagnosis": ["怀疑有血栓该做哪些检查", "静脉血栓怎么确诊的", "查血栓做超声还是增强CT"],
    "angiography": ["哪些人需要做血管造影"],
    "mm_diagnosis": ["骨髓瘤的诊断参考哪个指南"],
    "d_dimer": ["D二聚体正常是不是就没有血栓", "D-dimer高了代表什么", "二聚体阴性能不能排除肺栓塞"],
    "wells_use": ["临床上用什么评分判断DVT的可能性"],
    "wells_dvt_items": ["Wells DVT评分都有哪些项目", "表1里有什么内容"],
    "wells_dvt_cut": ["DVT的Wells评分几分算有可能", "Wells DVT的界值是多少"],
    "wells_pe_items": ["肺栓塞的Wells评分包括哪些项目", "咯血在PE评分里算几分"],
    "wells_pe_cut": ["PE的Wells多少分算高度可能", "PE评分的分界值是几分"],
    "dvt_differential": ["DVT需要跟什么病鉴别", "腿肿除了血栓还可能是什么病"],
    "pe_differential": ["肺栓塞要和哪些疾病鉴别诊断"],
    "varicose": ["静脉曲张算静脉血栓吗"],
    "timing": ["血栓大多在确诊后什么时候发生", "骨髓瘤哪个阶段最容易长血栓"],
    "incidence": ["骨髓瘤患者血栓发生率有多高", "没有治疗因素的话发生率多少"],
    "incidence_china": ["中国的骨髓瘤病人VTE发生率是多少", "国内血栓发生率高不高"],
    "risk_factors": ["骨髓瘤血栓有哪些危险因素", "哪些病人比较容易长血栓"],
    "risk_diabetes": ["有糖尿病会不会更容易长血栓", "糖尿病在评分里算几分"],
    "risk_hypertension": ["高血压算不算血栓的危险因素"],
    "risk_bmi": ["BMI多少会加分", "胖的人血栓风险高吗"],
    "risk_age": ["年龄超过75岁加几分", "年纪大血栓风险高吗"],
    "risk_m_protein": ["M蛋白多高会加分"],
    "risk_nephrotic": ["肾病综合征会增加血栓风险吗"],
    "risk_immobility": ["卧床多少小时算几分", "长期卧床血栓加几分"],
    "risk_fracture": ["股骨颈骨折加多少分", "腰椎压缩骨折算分吗"],
    "risk_surgery": ["一个月内做过大手术几分"],
    "risk_previous_vte": ["以前有过DVT加几分", "浅静脉血栓病史算几分"],
    "risk_family": ["家族史加多少分"],
    "risk_thrombophilia": ["遗传性易栓症得几分"],
    "risk_antibodies": ["狼疮抗凝物阳性给几分"],
    "risk_heart_lung": ["慢阻肺算几分", "心力衰竭加几分"],
    "risk_catheter": ["留了PICC会增加血栓吗", "中心静脉置管计几分"],
    "risk_epo": ["打EPO会增加血栓风险吗"],
    "points_imid": ["用来那度胺加几分"],
    "points_dexamethasone": ["地塞米松160mg算几分", "激素用多少加分"],
    "points_other_drugs": ["卡非佐米算几分", "多柔比星加几分"],
    "table4": ["哪些骨髓瘤药会增加血栓", "表4说了什么"],
    "drug_alone": ["单独用来那度胺会增加血栓吗"],
    "stratified_strategy": ["国际上IMWG怎么推荐的", "为啥要做分层预防"],
    "tiers": ["高危是几分到几分", "风险分层的标准是啥"],
    "table5": ["血栓评分表有哪些项目"],
    "below_6": ["评分低于6分要不要预防"],
    "prophylaxis_low": ["低危的用什么药预防"],
    "prophylaxis_high": ["高危的用什么药预防"],
    "prophylaxis_very_high": ["极高危的用什么药预防"],
    "why_6_months": ["为什么要预防至少6个月"],
    "monitoring": ["预防过程中要监测些什么"],
    "aspirin": ["阿司匹林推荐给哪些患者用", "为什么阿司匹林不用于高危"],
    "warfarin": ["华法林预防INR控制在多少"],
    "lmwh": ["预防用低分子肝素推荐多少"],
    "doac": ["DOAC预防推荐用哪个"],
    "apixaban": ["共识里阿哌沙班能不能用", "达比加群可以吗"],
    "bleeding_assessment": ["用预防药期间出血风险怎么评估"],
    "table6": ["出血评分有哪些项目", "表6里有什么"],
    "bleeding_cut": ["出血评分几分算高风险"],
    "mechanical": ["什么时候用弹力袜", "什么叫机械预防", "大出血的时候怎么预防血栓"],
    "mechanical_to_drug": ["机械预防什么时候改成药物预防"],
    "mm_regimen_bleeding": ["出血风险高的选什么骨髓瘤方案"],
    "active_cancer": ["骨髓瘤算不算活动性肿瘤"],
    "renal_aspirin": ["肾功能不全可以吃阿司匹林吗"],
    "renal_severe": ["GFR 22还能用利伐沙班吗", "GFR小于30预防用什么"],
    "anti_xa": ["什么情况监测抗Xa活性"],
    "reduced_lmwh": ["低分子肝素减量要减多少"],
    "renal_moderate": ["GFR 45预防要调整吗"],
    "dialysis": ["透析病人怎么抗凝", "血透的能不能用利伐沙班"],
    "platelets_above_50": ["血小板80要不要减量"],
    "platelets_below_50": ["血小板35怎么预防血栓"],
    "platelets_50": ["血小板正好50怎么处理"],
    "duration_independent": ["有房颤的骨髓瘤病人抗凝怎么定", "换过机械瓣的怎么抗凝"],
    "duration_after_6_months": ["满6个月以后预防怎么调整"],
    "duration_stop": ["什么条件下可以停止预防"],
    "duration_continue": ["巩固治疗阶段还要继续预防吗"],
    "duration_consider_stop": ["来那度胺单药维持能不能停预防"],
    "duration_not_covered": ["只达到VGPR能停预防吗"],
    "relapse": ["骨髓瘤复发了怎么预防血栓"],
    "treatment_choice": ["确诊血栓后什么时候开始抗凝"],
    "treatment_rivaroxaban": ["利伐沙班治疗血栓的剂量"],
    "treatment_lmwh": ["依诺肝素的治疗剂量"],
    "treatment_warfarin": ["华法林和低分子肝素要重叠几天"],
    "treatment_duration": ["抗凝治疗的疗程多久"],
    "treatment_duration_active": ["MM活动期要抗凝多久"],
    "treatment_recurrence": ["血栓复发了要长期抗凝吗"],
    "filter": ["什么时候要放静脉滤器"],
    "filter_retrieval": ["滤器多久能取出来"],
    "reperfusion": ["什么情况下要溶栓"],
    "thrombolytics": ["溶栓药都有哪些"],
    "mm_therapy_after_vte": ["发生血栓后来那度胺要不要停"],
    "catheter_thrombosis": ["PICC血栓要不要拔管"],
    "distal_dvt": ["小腿肌间静脉血栓要不要抗凝"],
    "clot_resolution": ["深静脉血栓自己能好吗"],
    "pregnancy": ["孕妇怎么预防血栓"],
    "hit": ["HIT怎么办"],
    "overdose": ["INR太高了怎么办"],
    "smoldering": ["冒烟型骨髓瘤要不要预防血栓"],
    "coagulation_tests": ["凝血指标异常是怎么回事"],
}
_PAIRS = [(question, name) for name, questions in _QUESTIONS.items() for question in questions]


@pytest.mark.parametrize(("question", "name"), _PAIRS)
def test_a_question_reaches_its_statement(question: str, name: str) -> None:
    assert name in [entry.id for entry in find(question)]


def test_most_questions_are_answered_at_once() -> None:
    at_once = sum([entry.id for entry in find(question)] == [name] for question, name in _PAIRS)
    assert at_once / len(_PAIRS) >= 0.85


def test_nothing_answers_what_the_consensus_does_not_touch() -> None:
    for question in ("今天天气怎么样", "怎么做红烧肉", "糖尿病吃什么水果", "孩子发烧怎么办", "股票能买吗"):
        assert find(question) == [], question


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: str(entry.id))
def test_a_title_chosen_from_a_menu_leads_to_its_entry(entry: Entry) -> None:
    assert find(entry.title) == [entry]


def test_a_menu_is_never_longer_than_asked_for() -> None:
    for question, _ in _PAIRS:
        assert len(find(question, limit=2)) <= 2
