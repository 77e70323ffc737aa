"""What is masked, and above all what is not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasa_project.privacy.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证11010519491231002X，体重65kg", "身份证[身份证号]，体重65kg"),
        ("身份证１１０１０５１９４９１２３１００２Ｘ，男", "身份证[身份证号]，男"),
        ("440308199901101512号患者", "[身份证号]号患者"),
        ("110105 19491231 0021", "[身份证号]"),
        ("电话13812345678，", "电话[电话]，"),
        ("手机：+86 138-1234-5678", "手机：[电话]"),
        ("座机010-62345678", "座机[电话]"),
        ("住院号：20231122001，血小板60", "住院号：[住院号]，血小板60"),
        ("病案号ZY0012345", "病案号[住院号]"),
        ("门诊号 883421 复诊", "门诊号 [住院号] 复诊"),
        ("12床，来那度胺", "[床号]，来那度胺"),
        ("加3床患者", "[床号]患者"),
        ("邮箱a.b@example.com.cn谢谢", "邮箱[电子邮箱]谢谢"),
        ("微信号：zhang_wei88", "微信号：[微信号]"),
        ("wxid_ab12cd34ef56gh", "[微信号]"),
        ("护照号E12345678", "护照号[证件号]"),
        ("家住朝阳区建国路88号院，67岁", "家住[住址]，67岁"),
        ("出生日期：1957-03-12，女", "出生日期：1957年，女"),
        ("1957年3月12日出生", "1957年出生"),
        ("患者张伟，男，67岁", "患者[姓名]，男，67岁"),
        ("王芳，女，58岁，王芳用来那度胺", "[姓名]，女，58岁，[姓名]用来那度胺"),
        ("患者：李建国，男", "患者：[姓名]，男"),
        ("欧阳明华女士咨询", "[姓名]女士咨询"),
        ("姓名：买买提·艾力，男", "姓名：[姓名]，男"),
        ("姓名：高峰，男", "姓名：[姓名]，男"),
        ("患者张三的血小板是多少", "患者[姓名]的血小板是多少"),
        ("陈晓明，67岁", "[姓名]，67岁"),
        ("患者张伟，电话13800000000", "患者[姓名]，电话[电话]"),
        ("患者张伟。男，67岁", "患者[姓名]。男，67岁"),
        ("患者李秀英因腰痛入院", "患者[姓名]因腰痛入院"),
        ("病人陈晓明，血小板45", "病人[姓名]，血小板45"),
        ("张伟，电话13800000000", "[姓名]，电话[电话]"),
        ("王建国 身份证110105194912310021", "[姓名] 身份证[身份证号]"),
        ("家属刘芳，手机13800000000", "家属[姓名]，手机[电话]"),
    ],
)
def test_identifier_is_masked(text: str, masked: str) -> None:
    assert mask(text)[0] == masked


@pytest.mark.parametrize(
    "text",
    [
        "患者高血压 10年，病人白细胞 3.2×10⁹/L",
        "高龄，女",
        "患者江苏，男",
        "患者贫血，女，72岁",
        "白血病，女，70岁",
        "患者高凝的状态",
        "患者方便的话请告诉我，周三做手术",
        "D-二聚体138.5ng/ml，依诺肝素5000 IU qd，0.4ml",
        "肌酐 13812.345678",
        "卧床3天，下床活动，床旁超声，3床旁",
        "来那度胺25mg d1-21，地塞米松40mg qw，血小板 85×10⁹/L，GFR 55 ml/min/1.73m2",
        "2023年5月12日开始VRd方案，2023-06-01复查M蛋白36g/L",
        "2023-05-12门诊 2023-06-01住院 20230605检查 20230607",
        "INR 2.3，肌酐清除率45ml/min，体重65kg，身高162cm，BMI 24.8",
        "血小板 200000/μl，D二聚体12345678 ng/L",
        "沙利度胺100mg qn，华法林2.5mg，利伐沙班10mg",
        "马法兰，男性患者可用吗",
        "任何时候，女性都要测吗",
        "严重，男，67岁",
        "患者常用的药",
        "患者年老，患者高血压，患者高热，患者白细胞低",
        "患者常头晕，患者周身酸痛，患者胡言乱语，患者钱不够",
        "患者叶酸缺乏，患者易疲劳，患者汗多，患者严重，患者苏醒",
        "患者孙女陪同，患者陈旧性骨折，患者何时出院，病人丁肝",
        "患者康复中，患者明确诊断，患者万珂治疗，患者罗沙司他口服",
        "患者用来那度胺，家属电话已留",
        "t(4;14)阳性，del(17p)，1q21扩增",
        "肋骨骨折，男，67岁",
        "67岁男性，多发性骨髓瘤，DVT史",
        "高钙血症，女，血钙3.1mmol/L",
        "心率110次/分，血压138/82mmHg，体温38.2℃",
        "κ轻链13800mg/L，λ轻链 1520 mg/L",
        "化疗4周期，间隔28天，第21-28天停药",
    ],
)
def test_clinical_text_stays(text: str) -> None:
    assert mask(text) == (text, ())


DRUGS = ["来那度胺", "沙利度胺", "地塞米松", "硼替佐米", "卡非佐米", "依诺肝素", "阿司匹林", "华法林"]
LABS = ["血小板", "血红蛋白", "M蛋白", "肌酐", "GFR", "D-二聚体", "白蛋白", "INR", "β2微球蛋白", "LDH"]
UNITS = ["mg", "g/L", "×10⁹/L", "ml/min", "μmol/L", "ng/ml", "U/L", "IU", "ml", "秒", "%"]
FREQUENCIES = ["qd", "bid", "q12h", "d1-21", "每日一次", "每周一次", "皮下注射"]


@given(st.data())
def test_no_dose_or_laboratory_value_is_masked(data: st.DataObject) -> None:
    """Numbers with up to eight digits and three decimals beside clinical words."""
    number = data.draw(
        st.one_of(
            st.integers(0, 99_999_999).map(str),
            st.decimals(0, 99999, places=3, allow_nan=False).map(str),
        )
    )
    parts = [data.draw(st.sampled_from(DRUGS + LABS)), number, data.draw(st.sampled_from(UNITS))]
    text = data.draw(st.sampled_from(["", " "])).join(parts) + data.draw(st.sampled_from(FREQUENCIES))
    assert mask(text)[0] == text


def _identity_number(rng: random.Random) -> str:
    """A made number with a correct check digit (GB 11643)."""
    born = f"{rng.randint(1930, 2005)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
    body = f"{rng.randint(110000, 659000)}{born}{rng.randint(0, 999):03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(digit) * w for digit, w in zip(body, weights, strict=True)) % 11]


@pytest.mark.parametrize("seed", range(200))
def test_made_identities_never_pass(seed: int) -> None:
    """Two hundred made lines of each class, in changing surroundings."""
    rng = random.Random(seed)
    identity = _identity_number(rng)
    mobile = f"1{rng.choice('3456789')}{rng.randint(10**8, 10**9 - 1)}"
    chart = str(rng.randint(10**5, 10**10))
    name = rng.choice("王李张刘陈杨赵黄周吴") + rng.choice(["秀英", "建军", "志强", "桂兰", "玉梅", "海涛"])
    parts = [
        f"姓名{rng.choice(['：', ':', ' '])}{name}",
        f"{rng.choice(['身份证号', '证件号', ''])}{identity}",
        f"{rng.choice(['电话', '手机', '家属手机', ''])}{mobile}",
        f"{rng.choice(['住院号', '病案号', '门诊号', '登记号'])}{rng.choice(['', '：', ': '])}{chart}",
    ]
    rng.shuffle(parts)
    masked, labels = mask(rng.choice(["，", "；", " ", "\n"]).join(parts) + "，67岁，血小板85×10⁹/L")
    for secret in (identity, mobile, chart, name):
        assert secret not in masked
    assert masked.endswith("，67岁，血小板85×10⁹/L")
    assert len(labels) >= 3


@given(st.text(max_size=300))
def test_any_text_can_be_masked(text: str) -> None:
    masked, labels = mask(text)
    assert (masked == text) == (labels == ())
