"""Age and sex in the forms clinicians write."""

from __future__ import annotations

import pytest

from .reading_cases import quantities, value


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("78岁", 78),
        ("７８岁", 78),
        ("七十八岁女性", 78),
        ("年龄78", 78),
        ("年龄：72 性别：女", 72),
        ("78y", 78),
        ("78yo M", 78),
        ("F/70", 70),
        ("72F", 72),
        ("男78", 78),
        ("患者78男", 78),
        ("患者女78，MM", 78),
        ("M，71y", 71),
        ("Female, 66 years old", 66),
        ("69Y/F", 69),
        ("65周岁", 65),
        ("59岁11个月", 59),
        ("75.5岁", 75),
        ("女，七十一，MM", 71),
        ("老年女性79岁", 79),
        ("3 男 65", 65),
        ("我母亲78岁，骨髓瘤", 78),
        ("出生于1948-03", 78),
        ("1948年7月出生", 77),
        ("1960年2月15日生", 66),
        ("生于1955年12月", 70),
        ("58岁起病，今年63岁", 63),
        ("患者65岁时确诊，现72岁", 72),
        ("母亲70岁患肺栓塞，患者52岁", 52),
        ("関節痛，年齡78歲", 78),
    ],
)
def test_age_is_read(text: str, age: int) -> None:
    assert value(text, "age_years") == age


@pytest.mark.parametrize(
    "text",
    [
        "女性，七十多岁",
        "年过八旬",
        "虚岁79",
        "耄耋老人，MM",
        "患者60~75岁",
        "年龄>75岁",
        "80后",
        "年近七旬",
        "患者70余岁",
        "1950年生人",
    ],
)
def test_age_that_is_not_exact_is_undetermined(text: str) -> None:
    assert value(text, "age_years") == "undetermined"
    assert quantities(text)["age_years"].note


@pytest.mark.parametrize(
    "text",
    [
        "糖尿病10年",
        "20岁时患肺结核",
        "病史：30岁起高血压",
        "患者父亲60岁，母亲70岁因肺栓塞去世",
        "家族史：儿子45岁体健",
        "男，65kg",
        "男，170cm",
        "女 血小板45",
        "M蛋白36g/L",
        "病程12月",
        "男性，3次住院",
        "40mg d1,8,15,22",
        "化疗后第60天",
        "HLA-B27 阳性",
        "IgM 36g/L",
    ],
)
def test_other_numbers_are_not_an_age(text: str) -> None:
    assert value(text, "age_years") == "absent"


@pytest.mark.parametrize("text", ["年龄 240", "患者180岁", "9岁男童", "出生于1850年"])
def test_impossible_age_is_rejected(text: str) -> None:
    assert value(text, "age_years") == "rejected"


def test_age_worked_out_from_a_birth_year_says_so() -> None:
    mention = quantities("1948年生")["age_years"]
    assert mention.value == 78
    assert mention.note is not None and "77" in mention.note


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("患者女，72岁", "female"),
        ("男性，60岁", "male"),
        ("性别：女", "female"),
        ("F/70", "female"),
        ("72F", "female"),
        ("M 65", "male"),
        ("78yo M", "male"),
        ("女78", "female"),
        ("患者78男", "male"),
        ("李女士，65岁", "female"),
        ("王先生 65Y", "male"),
        ("老太太", "female"),
        ("male, 60", "male"),
        ("患者，女，育有1子1女", "female"),
        ("儿子陪同，患者女性", "female"),
        ("家有二子一女，男，70岁", "male"),
    ],
)
def test_sex_is_read(text: str, sex: str) -> None:
    assert value(text, "sex") == sex


@pytest.mark.parametrize(
    "text", ["育有1子2女", "女儿代诉", "M蛋白36g/L", "性别：男/女", "孙女陪同", "F8缺乏", "FISH阴性"]
)
def test_other_words_are_not_the_sex(text: str) -> None:
    assert value(text, "sex") == "absent"


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("确诊时62岁，现在65岁", 65),
        ("首诊62岁，今年65", 65),
        ("62岁(2023年)，现65岁", 65),
        ("移植时62岁，目前65岁", 65),
        ("诊断时年龄：62岁；当前年龄：65岁", 65),
        ("发病年龄62岁", "absent"),
        ("女，65岁，育有一子41岁，一女38岁", 65),
        ("男，65岁，其妻62岁，体健", 65),
        ("女，65岁，月经史：14岁 4-5/28 50岁", 65),
        ("儿子代诉：父亲69岁，骨髓瘤", 69),
        ("患者65岁，儿子代诉，其父亲90岁", 65),
        ("快70岁了", "undetermined"),
        ("床号66，男，72岁", 72),
        ("男，72岁，哥哥66岁得肺栓塞，现在75岁", 72),
        ("虚岁67，周岁66", 66),
        ("年龄(岁)：66", 66),
        ("女/66/158/52", 66),
        ("吴大妈66岁", 66),
        ("王伯伯66岁", 66),
        ("这位大姐66岁", 66),
    ],
)
def test_the_patients_age_now(text: str, age: object) -> None:
    assert value(text, "age_years") == age


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("性别：F", "female"),
        ("王伯伯66岁", "male"),
        ("这位大姐66岁", "female"),
        ("患者已绝经，66岁", "female"),
        ("既往前列腺增生", "male"),
        ("子宫肌瘤术后", "female"),
        ("母亲宫颈癌，患者66岁", "absent"),
        ("妻子已绝经", "absent"),
        ("乳腺癌病史", "absent"),
        ("排除前列腺癌", "absent"),
    ],
)
def test_sex_from_what_only_one_has(text: str, sex: str) -> None:
    assert value(text, "sex") == sex


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("高龄81 骨髓瘤", 81),
        ("68 NDMM 硼替佐米", 68),
        ("72 MM 血小板95", 72),
        ("RRMM 59 Kd", 59),
        ("骨髓瘤 PLT 68 VRd", None),
        ("40 mm", None),
        ("高龄产妇", None),
    ],
)
def test_a_number_alone_beside_the_myeloma_is_the_age(text: str, years: int | None) -> None:
    read = quantities(text).get("age_years")
    assert (read.value if read else None) == years
