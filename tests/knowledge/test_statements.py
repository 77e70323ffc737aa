"""The entries are sound, and every sentence of the consensus's body is in one of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scoring.statements import Entry, entries

_CONSENSUS = Path(__file__).resolve().parents[3] / "shared" / "clinical" / "consensus-2022.txt"
# The columns of the tables and their notes, up to the first words of the running text that follows.
_TABLES = (
    r"表\d(深静脉血栓（dvt）wells|肺栓塞（pe）wells|多发性骨髓瘤（mm）).*?"
    r"(?=表\d(?:深静脉|肺栓塞|多发性)|四、mm|阿司匹林：推荐|使用任何vte|（二）|$)"
)
# The share of a sentence's neighbouring character pairs that one entry must hold.
_COVERED = 0.9


def _plain(text: str) -> str:
    text = re.sub(r"（[A-Za-z\s]+[,，]\s*", "（", text)
    text = re.sub(r"[［\[][\d\s,，–-]+[］\]]", "", text)
    # The paper repeats a word, and loses superscripts in the extraction.
    text = text.replace("维持维持", "维持").replace("10⁹", "109").replace("m²", "m2")
    text = text.replace("⁻¹", "-1")
    return re.sub(r"[\s·\-]+", "", text).replace("％", "%").replace("~", "～").lower()


def _pairs(text: str) -> set[str]:
    return {text[index : index + 2] for index in range(len(text) - 1)}


def _sentences() -> list[str]:
    text = _plain("".join(line.strip() for line in _CONSENSUS.read_text(encoding="utf-8").splitlines()))
    text = re.sub(_TABLES, "", text)
    return [sentence for sentence in re.split("[。；]", text) if len(sentence) > 8]


def _held(sentence: str) -> float:
    pairs = _pairs(sentence)
    return max(len(pairs & _pairs(_plain(entry.answer))) / len(pairs) for entry in entries())


def test_every_entry_is_complete() -> None:
    for entry in entries():
        assert entry.title and entry.text and entry.keys, entry.id
        assert entry.section


def test_silent_entries_say_so() -> None:
    for entry in entries():
        if entry.silent:
            assert re.search(r"共识(只|未|的|没)|未列入|未给出|未提|恰为50", entry.text), entry.id


def test_no_entry_gives_a_thrombolytic_dose() -> None:
    for entry in entries():
        if "阿替普酶" in entry.text or "尿激酶" in entry.text:
            assert not re.search(r"\d+\s*(mg|万|U)", entry.text), entry.id


def test_table_4_is_answered_with_its_rows() -> None:
    table: Entry = next(entry for entry in entries() if entry.id == "table4")
    assert table.answer.count("\n") == 11
    assert "塞利尼索" in table.answer


# Sentences that the extraction glued to a table: their own words are found by these openings.
_STATEMENTS = (
    "多发性骨髓瘤（mm）是一种浆细胞克隆性疾病",
    "vte的发生不仅限制了治疗药物的应用",
    "为了规范国内mm的治疗",
    "mm相关vte的首发表现多为",
    "dvt以下肢多见",
    "pe主要表现为",
    "mm的诊断主要参考",
    "vte的诊断需综合",
    "dvt、pe的临床评分建议采用",
    "对疑似新发的dvt",
    "临床上疑似dvt的患者需要与",
    "疑似pe的患者需要与",
    "其中，治疗相关因素显著",
    "mm相关vte通常在mm诊断后",
    "mm相关vte风险因素见表3",
    "无治疗相关因素时",
    "中国人群mm相关vte的数据",
    "对于mm患者vte的预防",
    "我们综合不同循证级别",
    "由于vte的风险在开始治疗后6个月内最高",
    "强调开始vte预防时",
    "后续vte预防与否",
    "阿司匹林：推荐用于",
    "因为效果尚不明确",
    "华法林：推荐用于",
    "lmwh：推荐",
    "doac：由于",
    "使用任何vte预防药物",
    "当患者存在大出血",
    "待出血风险降低",
    "由于治疗药物的选择",
    "mm患者常因疾病本身",
    "肾功能不全时使用阿司匹林",
    "对于严重肾功能损伤",
    "血小板计数＞50×109/l的患者",
    "血小板计数＜50×109/l的患者",
    "对于长期使用imid",
    "与mm疾病本身及治疗无关",
    "vte的风险在开始治疗后6个月内最高",
    "无其他独立相关危险因素",
    "mm原发病获得cr或scr、巩固治疗阶段",
    "mm原发病获得cr或scr、维持治疗阶段",
    "mm原发病复发时，参考初治",
    "推荐参考肿瘤相关vte的处理",
    "存在抗凝禁忌证的近端dvt",
    "无抗凝禁忌证的mm相关vte",
    "若采用利伐沙班",
    "若采用lmwh",
    "达肝素200u",
    "若采用华法林",
    "抗凝治疗的疗程至少",
    "mm处于活动期时",
    "mm相关vte复发的患者",
    "对伴有血流动力学异常的pe",
    "常用的溶栓药物包括",
    "目前尚无研究探讨",
)


@pytest.mark.skipif(not _CONSENSUS.exists(), reason="the consensus does not lie beside the project")
@pytest.mark.parametrize("opening", _STATEMENTS)
def test_every_statement_of_the_consensus_has_an_entry(opening: str) -> None:
    text = _plain("".join(_CONSENSUS.read_text(encoding="utf-8").split()))
    start = text.find(_plain(opening))
    assert start >= 0, "the opening is not in the consensus"
    sentence = re.split("[。；]", text[start:])[0]
    assert _held(sentence) >= _COVERED, sentence


@pytest.mark.skipif(not _CONSENSUS.exists(), reason="the consensus does not lie beside the project")
def test_every_sentence_of_the_consensus_is_listed() -> None:
    openings = [_plain(opening) for opening in _STATEMENTS]
    unlisted = [
        sentence
        for sentence in _sentences()
        if not any(opening in sentence for opening in openings) and _held(sentence) < _COVERED
    ]
    assert unlisted == []
