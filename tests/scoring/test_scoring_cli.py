"""The command line: one patient, JSON Lines, CSV, and every way to get it wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import select
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from unittest import mock

import pytest
from scoring_cases import TIERS, patient

from scoring import CONTENT_VERSION, FACTS, assess
from scoring.__main__ import main
from scoring.cohort import assess_line, assess_row, dump, spread
from scoring.progress import watched

ROOT = Path(__file__).parents[2]


Done = subprocess.CompletedProcess[str]


def run_process(*arguments: str | Path, given: str | bytes = "") -> Done:
    data = given if isinstance(given, bytes) else given.encode()
    done = subprocess.run(
        [sys.executable, "-m", "scoring", *map(str, arguments)], cwd=ROOT, input=data, capture_output=True
    )
    return Done(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def run(*arguments: str | Path, given: str | bytes = "") -> Done:
    """The command line without starting a process for it."""
    data = given if isinstance(given, bytes) else given.encode()
    stdin, stdout, stderr = (io.TextIOWrapper(io.BytesIO(start)) for start in (data, b"", b""))
    with mock.patch.multiple(sys, stdin=stdin, stdout=stdout, stderr=stderr):
        try:
            code = main([*map(str, arguments)])
        except SystemExit as end:
            code = int(end.code or 0)
    texts = []
    for stream in (stdout, stderr):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())  # type: ignore[attr-defined]
    return Done(arguments, code, *texts)


@pytest.mark.parametrize("start", [run, run_process])
def test_one_patient(start: Callable[..., Done]) -> None:
    facts = patient(TIERS["high"])
    done = start(given=json.dumps(facts))
    assert done.returncode == 0 and done.stderr == ""
    assert json.loads(done.stdout) == assess(facts)
    assert "免疫调节剂" in done.stdout


@pytest.mark.parametrize(
    ("given", "parts"),
    [
        ('{"age_years": 300}', ("age_years", "300", "18–120")),
        ('{"age_years": "67"}', ("age_years", '"67"', "18–120")),
        ('{"sex": "男"}', ("sex", "男", "male | female")),
        ('{"imid": 1}', ("imid", "1", "true | false")),
        ('{"shoe_size": 42}', ("shoe_size", "42")),
        ('{"age_years": NaN}', ("age_years", "NaN", "18–120")),
        ('{"platelets_e9_l": -Infinity}', ("platelets_e9_l", "-Infinity", "0–2000")),
        ('{"inr": 1e999}', ("inr", "Infinity", "0.5–20")),
        ('{"age_years": true}', ("age_years", "true", "18–120")),
        pytest.param('{"age_years": 1%s}' % ("0" * 400), ("age_years", "1000", "18–120"), id="huge integer"),
        pytest.param('{"age_years": 1%s}' % ("0" * 5000), ("JSON",), id="integer of too many digits"),
        ('{"regimen": "%s"}' % ("V" * 300), ("regimen", "VVV...", "200")),
        ('{"\\ud800": 1}', ("ud800",)),
        ("null", ("NoneType",)),
        ('"age_years"', ("str",)),
        ('{"imid": true, "imid": false}', ("imid", "两次")),
        ('{"sex": "male", "imid": true, "imid": false}', ("imid: 同一事实出现两次",)),
        ("[1]", ("list",)),
        ("", ("JSON",)),
        ('{"age_years": 67', ("JSON",)),
        (b"\xff\xfe", ("UTF-8",)),
        pytest.param("[" * 100_000, ("JSON",), id="nested too deep"),
    ],
)
@pytest.mark.parametrize("start", [run, run_process])
def test_bad_input_ends_with_2_and_one_line(
    start: Callable[..., Done], given: str | bytes, parts: tuple[str, ...]
) -> None:
    done = start(given=given)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1 and done.stderr.endswith("\n")
    for part in parts:
        assert part in done.stderr


def test_a_byte_order_mark_is_no_part_of_the_facts() -> None:
    done = run(given=b'\xef\xbb\xbf{"age_years": 67}')
    assert (done.returncode, done.stderr) == (0, "")
    lines = run("--jsonl", given=b'\xef\xbb\xbf{"age_years": 67}\r\n\r\n{"age_years": 68}\r\n')
    assert [json.loads(line)["facts"]["age_years"] for line in lines.stdout.splitlines()] == [67, 68]


def test_json_lines_end_at_line_feeds_and_keep_every_character() -> None:
    regimen = "V\u2028R\x85d"
    given = json.dumps({"regimen": regimen}, ensure_ascii=False) + '\n{"regimen": "\\ud800"}\n'
    found = [json.loads(line) for line in run("--jsonl", given=given).stdout.split("\n") if line]
    assert [entry["facts"]["regimen"] for entry in found] == [regimen, "\ud800"]


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"age_years": 67},
        patient(TIERS["high"], mm_response="cr"),
        {"regimen": '"items": "mm_vte"', "imid": True},
    ],
)
def test_a_line_is_the_assessment_as_json(facts: dict[str, object]) -> None:
    assert (
        assess_line(json.dumps(facts)) == dump(assess(facts)) == json.dumps(assess(facts), ensure_ascii=False)
    )


HELP = """\
usage: python -m scoring [-h] [--jsonl | --csv IN OUT] [--version]

按《多发性骨髓瘤相关静脉血栓栓塞症防治中国专家共识（2022年版）》评分并给出建议。默认从标准输入读一个JSON事实对象，向标准输出写一个评估。

options:
  -h, --help    show this help message and exit
  --jsonl       标准输入每行一个事实对象，标准输出每行一个评估
  --csv IN OUT  对CSV队列评分：每行一位患者，列名为事实名，空白=未提及，null=未定；可有一列id
  --version     show program's version number and exit

事实（缺省=未提及，null=提及但未定）：
FACTS

输入有误时退出码为2，标准错误输出一行说明；--jsonl和--csv则在该行给出error。
"""


def test_help_names_every_mode_and_fact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    rows = [f"  {name:<42} {spec.label}  {spec.accepted}" for name, spec in FACTS.items()]
    done = run("--help")
    assert (done.returncode, done.stdout) == (0, HELP.replace("FACTS", "\n".join(rows)))


def test_one_assessment_is_printed_to_be_read() -> None:
    facts = {"age_years": 67}
    assert (
        run(given=json.dumps(facts)).stdout == json.dumps(assess(facts), ensure_ascii=False, indent=2) + "\n"
    )


def test_version() -> None:
    assert run("--version").stdout.strip() == CONTENT_VERSION


def test_an_unknown_option_ends_with_2() -> None:
    assert run("--xml").returncode == 2


def test_json_lines_keep_their_order_and_errors_their_row() -> None:
    rows = [{"age_years": 67}, {"age_years": 300}, {"imid": True}]
    given = "\n".join([json.dumps(rows[0]), json.dumps(rows[1]), "", "nonsense", json.dumps(rows[2])])
    done = run("--jsonl", given=given)
    assert done.returncode == 0
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert found[0] == assess(rows[0]) and found[3] == assess(rows[2])
    assert found[1]["fact"] == "age_years" and "300" in found[1]["error"]
    assert "JSON" in found[2]["error"]


def test_json_lines_on_every_core_give_the_same_in_the_same_order() -> None:
    rows = [{"age_years": 18 + n % 100, "imid": n % 3 == 0} for n in range(2500)]
    done = run_process("--jsonl", given="\n".join(map(json.dumps, rows)))
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [entry["facts"]["age_years"] for entry in found] == [row["age_years"] for row in rows]
    assert found[1234] == assess(rows[1234])


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_csv_scores_one_patient_a_row(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(
        "id,age_years,sex,imid,platelets_e9_l,regimen,mm_response\n"
        "a,67,男,是,120,VRd,完全缓解（CR）\n"
        "b,300,male,,,,\n"
        "c,,female,false,null,,cr\n"
        "d,67,x,,,,\n"
        "e,67,,maybe,,,\n",
        encoding="utf-8-sig",
    )
    done = run("--csv", source, target)
    assert (done.returncode, done.stderr) == (0, "")
    rows = {row["id"]: row for row in table(target)}
    expected = assess(
        {
            "age_years": 67,
            "sex": "male",
            "imid": True,
            "platelets_e9_l": 120,
            "regimen": "VRd",
            "mm_response": "cr",
        }
    )
    first = rows["a"]
    assert first["mm_vte_points"] == str(expected["scores"]["mm_vte"]["points"])
    assert first["mm_vte_tier_range"] == "none..very_high" and first["mm_vte_settled"] == "false"
    assert first["bleeding_points"] == "4.5" and first["error"] == ""
    assert first["advice"] == ";".join(item["code"] for item in expected["advice"])
    assert first["questions"].split(";") == expected["questions"]
    assert first["content_version"] == CONTENT_VERSION
    assert "age_years" in rows["b"]["error"] and rows["b"]["mm_vte_points"] == ""
    assert rows["c"]["error"] == "" and rows["c"]["bleeding_points"] == "0"
    assert "sex" in rows["d"]["error"] and "imid" in rows["e"]["error"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [("null", None), ("未知", None), ("N/A", None), ("无", "无"), ("none", "none"), ("VRd", "VRd")],
)
def test_csv_text_may_be_undetermined_or_name_no_drug(cell: str, value: str | None) -> None:
    expected = assess({"age_years": 67, "current_anticoagulant": value})
    row = assess_row({"age_years": " 67 ", "current_anticoagulant": cell, "imid": " "})
    assert row["questions"] == ";".join(expected["questions"])
    assert row["advice"] == ";".join(item["code"] for item in expected["advice"])


def test_a_row_gains_the_columns_of_the_scores_and_of_the_advice() -> None:
    facts = {"dvt_signs": True, "heart_rate_bpm": 110.0, "inr": 2, "weight_kg": 58.5, "regimen": "某方案"}
    cells = {
        "dvt_signs": "是",
        "heart_rate_bpm": "1.1e2",
        "inr": "2",
        "weight_kg": "58.5",
        "regimen": "某方案",
    }
    expected = assess(facts)
    # a regimen makes MM active cancer (A03): 2 points of bleeding, 1 of each Wells score
    bleeding, dvt, pe = (expected["scores"].get(name) for name in ("bleeding", "wells_dvt", "wells_pe"))
    assert assess_row({"id": "a", **cells}) == {
        "id": "a",
        **cells,
        "mm_vte_points": "0",
        "mm_vte_tier": "none",
        "mm_vte_settled": "false",
        "mm_vte_range": "0..58",
        "mm_vte_tier_range": "none..very_high",
        "mm_vte_deciding": ";".join(expected["scores"]["mm_vte"]["deciding"]),
        "bleeding_points": "2",
        "bleeding_tier": "low",
        "bleeding_settled": "false",
        "bleeding_range": "2..30.5",
        "bleeding_tier_range": "low..high",
        "bleeding_deciding": ";".join(bleeding["deciding"]),
        "wells_dvt_points": "1",
        "wells_dvt_tier": "unlikely",
        "wells_dvt_settled": "false",
        "wells_dvt_range": "-1..9",
        "wells_dvt_tier_range": "unlikely..likely",
        "wells_dvt_deciding": ";".join(dvt["deciding"]),
        "wells_pe_points": "5.5",
        "wells_pe_tier": "moderate",
        "wells_pe_two_level": "likely",
        "wells_pe_settled": "false",
        "wells_pe_range": "5.5..12.5",
        "wells_pe_tier_range": "moderate..high",
        "wells_pe_deciding": ";".join(pe["deciding"]),
        "advice": "DX_DDIMER_IMAGING;ASK_ALT_DX;PPX_NONE;ASK_DEX",
        "provisional": "true",
        "questions": ";".join(expected["questions"]),
        "content_version": CONTENT_VERSION,
        "error": "",
    }


@pytest.mark.parametrize("cell", ["67", "67.5", "6e1", " 67 "])
def test_a_cell_may_spell_a_number_in_any_way(cell: str) -> None:
    assert assess_row({"age_years": cell})["error"] == ""


@pytest.mark.parametrize(
    ("cell", "shown"), [("六十七", '"六十七"'), ("67岁", '"67岁"'), ("300", "300"), ("1.5", "1.5")]
)
def test_a_cell_that_is_refused_is_shown_as_it_was_read(cell: str, shown: str) -> None:
    assert f"值 {shown} 不被接受" in assess_row({"age_years": cell})["error"]


def test_a_cell_of_text_stays_as_written() -> None:
    row = assess_row({"regimen": "VRd", "current_anticoagulant": "是", "imid_drug": "1.5", "age_years": "67"})
    assert row["error"] == "" and row["advice"].startswith("DUR_INDEPENDENT")
    # DVd holds dexamethasone; "dvd" could be another regimen
    known = assess_row({"regimen": "DVd", "history_vte": "是", "imid": "是"})
    assert known["advice"] == "ASK_DEX"


def test_csv_header_may_have_blanks_around_its_names(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("id, age_years ,imid\na,67,是\n", encoding="utf-8")
    assert run("--csv", source, target).returncode == 0
    assert table(target)[0]["mm_vte_points"] == "5"


def test_csv_with_an_unknown_column_says_so_in_the_rows_that_use_it(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("age_years,shoe_size\n67,\n67,42\n", encoding="utf-8")
    assert run("--csv", source, target).returncode == 0
    rows = table(target)
    assert rows[0]["error"] == "" and "shoe_size" in rows[1]["error"]


def test_csv_rows_that_are_too_long_or_short(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("age_years,imid\n67\n67,true,8,9\n", encoding="utf-8")
    assert run("--csv", source, target).returncode == 0
    rows = table(target)
    assert rows[0]["error"] == "" and "多余列: " in rows[1]["error"] and '"8,9"' in rows[1]["error"]


def test_csv_keeps_a_line_break_within_a_cell(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(b'id,age_years\r\n"a\r\nb",67\r\n')
    assert run("--csv", source, target).returncode == 0
    assert b'\n"a\r\nb",67,1,' in target.read_bytes()


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "没有表头"), (b"\xff\xfe\x00", "utf-8"), (b"age_years,age_years\n1,2\n", "表头有重复的列")],
)
def test_an_unreadable_table_ends_with_2_and_leaves_no_output(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(content)
    done = run("--csv", source, target)
    assert done.returncode == 2 and done.stderr.count("\n") == 1
    assert done.stderr.startswith(f"{source}: ") and reason in done.stderr
    assert list(tmp_path.iterdir()) == [source]


def test_a_missing_table_ends_with_2(tmp_path: Path) -> None:
    assert run("--csv", tmp_path / "none.csv", tmp_path / "out.csv").returncode == 2
    source = tmp_path / "in.csv"
    source.write_text("age_years\n67\n", encoding="utf-8")
    assert run("--csv", source, tmp_path / "no" / "out.csv").returncode == 2


class StartedError(Exception):
    """A process would have been started."""


@pytest.mark.parametrize(
    ("rows", "cores", "started"), [(1999, 4, False), (2000, 4, True), (2000, 1, False), (2000, None, False)]
)
def test_the_cores_share_the_work_from_2000_rows_on(
    monkeypatch: pytest.MonkeyPatch, rows: int, cores: int | None, started: bool
) -> None:
    def start(method: str) -> None:
        assert method == "spawn"
        raise StartedError

    # as on macOS, which does not tell the cores that the process may use
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    monkeypatch.setattr("scoring.cohort.get_context", start)
    with pytest.raises(StartedError) if started else nullcontext():
        assert list(spread(str, list(range(rows)))) == list(map(str, range(rows)))


def test_a_closed_pipe_is_no_error() -> None:
    rows = "\n".join(json.dumps({"age_years": 18 + n % 100}) for n in range(400))
    with subprocess.Popen(
        [sys.executable, "-m", "scoring", "--jsonl"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdout.close()
        process.stdin.write(rows.encode())
        process.stdin.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@contextmanager
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], str]]:
    """Standard error on a pseudo-terminal; calling what is yielded gives the text drawn there."""
    reader, writer = pty.openpty()

    def drawn() -> str:
        text = b""
        while select.select([reader], [], [], 0.5)[0]:
            text += os.read(reader, 10_000)
        return text.decode()

    with os.fdopen(writer, "w", encoding="utf-8") as screen, monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", screen)
        yield drawn
    os.close(reader)


def bar(done: int, left: int) -> str:
    return f"\r{'█' * (5 * done)}{'░' * (30 - 5 * done)} {done}/6 剩余{left}s "


def test_a_bar_is_drawn_on_a_terminal_after_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    # the start, then one look for each row: after a second, then when a tenth has passed, and at the end
    clock = iter([5.0, 5.5, 6.0, 6.5, 6.55, 6.62, 6.65])
    monkeypatch.setattr("scoring.progress.monotonic", lambda: next(clock))
    with terminal(monkeypatch) as drawn:
        rows = watched("abcdef", 6)
        assert [next(rows) for _ in range(3)] == list("abc")
        assert drawn() == bar(3, 2)
        assert list(rows) == list("def")
        assert drawn() == bar(5, 0) + bar(6, 0) + "\r\n"


def test_no_bar_is_drawn_for_quick_work(monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal(monkeypatch) as drawn:
        assert list(watched([1, 2, 3], 3)) == [1, 2, 3]
        assert drawn() == ""


def test_no_bar_is_drawn_into_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(n * 2.0 for n in range(100))
    monkeypatch.setattr("scoring.progress.monotonic", lambda: next(clock))
    with (tmp_path / "log").open("w") as file:
        monkeypatch.setattr(sys, "stderr", file)
        assert list(watched([1, 2, 3], 3)) == [1, 2, 3]
    assert (tmp_path / "log").read_text() == ""


def test_two_deciding_facts_are_a_list_and_no_range() -> None:
    facts = patient(TIERS["low"], without=("diabetes", "copd"))
    row = assess_row({name: "" if value is None else str(value).lower() for name, value in facts.items()})
    deciding = assess(facts)["scores"]["mm_vte"]["deciding"]
    assert row["mm_vte_deciding"] == ";".join(deciding)
    assert ".." not in row["mm_vte_deciding"] and ".." in row["mm_vte_range"]
