"""Two patients in one message are told from one patient and his relatives."""

import pytest

from actions.answers.which_value import matches
from actions.message import Message
from actions.patients.two_patients import tells_of_two


def told(text: str) -> bool:
    return tells_of_two(Message(text, "provide_facts", [], [], None, 0.0))


@pytest.mark.parametrize(
    "text",
    [
        "两个病人：A 60岁男 Rd；B 75岁女 VMP，都没有血栓史",
        "A 60岁男 Rd；B 75岁男 VMP",
        "患者1：男，60岁，Rd；患者2：女，70岁，Vd",
        "[床号] 60岁男 Rd，[床号] 72岁男 VRd",
        "我科两个病人，一个60岁男，一个70岁女",
        "60M Rd, 75F VMP",
    ],
)
def test_two(text: str) -> None:
    assert told(text)


@pytest.mark.parametrize(
    "text",
    [
        "男，67岁，MM，父亲75岁男DVT",
        "58岁女MM，Rd",
        "不是65岁男，是70岁女",
        "65岁男 MM 血小板 70，M蛋白 30",
        "患者男65岁 血小板80 女婿陪同",
        "男 65岁，GFR 60 M蛋白 30 g/L",
        "[姓名] 男 65岁 [床号] 来那度胺",
    ],
)
def test_one(text: str) -> None:
    assert not told(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("asks", "以哪个为准"),
        ("asks", "BMI以哪个为准"),
        ("asks", "哪个为准"),
        ("later", "按复查的"),
        ("earlier", "用第一个"),
        ("by_height", "按身高体重算"),
        ("it_is", "那就是31了"),
    ],
)
def test_which_value(name: str, text: str) -> None:
    assert matches(name, text)


@pytest.mark.parametrize("text", ["用哪个药", "按体重算剂量", "复查血小板40", "华法林用哪个剂量"])
def test_no_question_of_values(text: str) -> None:
    assert not any(matches(name, text) for name in ("asks", "later", "earlier", "by_height", "it_is"))
