"""One turn as one text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasa_project.channels.wechat.text import MAX_BYTES, align, cut, join, wants_more


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=900), max_size=30))
def test_pages_have_the_size_and_lose_nothing(lines: list[str]) -> None:
    text = "\n".join(line.strip() for line in lines if line.strip())
    pages, rest = [], text
    while rest:
        page, rest = cut(rest)
        assert len(page.encode()) <= MAX_BYTES
        pages.append(page.rsplit("\n", 1)[0] if rest else page)
    assert "".join("".join(pages).split()) == "".join(text.split())


def test_a_page_ends_at_a_line_end() -> None:
    lines = [f"{number}" * 100 for number in range(9)] * 4
    page, rest = cut("\n".join(lines))
    kept = page.split("\n")[:-1]
    assert kept == lines[: len(kept)]
    assert rest.split("\n") == lines[len(kept) :]


def test_a_message_that_would_begin_at_the_end_of_a_page_stays_whole() -> None:
    answer, question = "\n".join(["答" * 50] * 10), "\n".join(["问" * 50] * 5)
    page, rest = cut(f"{answer}\n\n{question}")
    assert page.rsplit("\n", 1)[0] == answer
    assert rest == question


def test_a_short_message_before_a_long_one_gets_no_page_of_its_own() -> None:
    page, rest = cut("\n\n".join(["答" * 50, "\n".join(["问" * 50] * 20)]))
    assert len(page.encode()) > 1500
    assert rest


def test_a_single_line_is_cut_between_characters() -> None:
    page, rest = cut("文" * 1000)
    assert len(page.encode()) <= MAX_BYTES
    assert page.split("\n")[0] + rest == "文" * 1000


def test_points_get_one_width() -> None:
    assert align("+4 免疫调节剂\n+1.5 心率\n文字") == "+4\u2007\u2007 免疫调节剂\n+1.5 心率\n文字"


def test_a_turn_is_one_text() -> None:
    assert join([{"text": "甲"}, {"custom": {}}, {"text": " 乙\n"}]) == "甲\n\n乙"


@pytest.mark.parametrize("text", ["继续", " 继续。", "请继续", "下一页", "更多"])
def test_asking_for_more(text: str) -> None:
    assert wants_more(text)


@pytest.mark.parametrize("text", ["继续用药吗", "继续来那度胺", "", "1"])
def test_not_asking_for_more(text: str) -> None:
    assert not wants_more(text)
