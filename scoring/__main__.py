"""Command line: facts as JSON in, assessment as JSON out; cohorts as JSON Lines or CSV."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from .assessment import CONTENT_VERSION, assess
from .cohort import InputError, assess_line, assess_row, parse_facts, read_table, spread, write_table
from .facts import FACTS, FactError
from .progress import watched

BAD_INPUT = 2


def _facts_help() -> str:
    rows = [f"  {name:<42} {spec.label}  {spec.accepted}" for name, spec in FACTS.items()]
    return "事实（缺省=未提及，null=提及但未定）：\n" + "\n".join(rows)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m scoring",
        description="按《多发性骨髓瘤相关静脉血栓栓塞症防治中国专家共识（2022年版）》评分并给出建议。"
        "默认从标准输入读一个JSON事实对象，向标准输出写一个评估。",
        epilog=_facts_help()
        + "\n\n输入有误时退出码为2，标准错误输出一行说明；--jsonl和--csv则在该行给出error。",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--jsonl", action="store_true", help="标准输入每行一个事实对象，标准输出每行一个评估")
    mode.add_argument(
        "--csv",
        nargs=2,
        metavar=("IN", "OUT"),
        type=Path,
        help="对CSV队列评分：每行一位患者，列名为事实名，空白=未提及，null=未定；可有一列id",
    )
    parser.add_argument("--version", action="version", version=CONTENT_VERSION)
    return parser


def _fail(message: str) -> int:
    print(" ".join(message.split()), file=sys.stderr)
    return BAD_INPUT


def _one() -> int:
    assessment = assess(parse_facts(sys.stdin.read()))
    print(json.dumps(assessment, ensure_ascii=False, indent=2))
    return 0


def _lines() -> int:
    # not splitlines: that also cuts at characters which may stand inside a JSON string
    lines = [line for line in sys.stdin.read().split("\n") if line.strip()]
    for result in watched(spread(assess_line, lines), len(lines)):
        print(result)
    return 0


def _table(source: Path, target: Path) -> int:
    header, rows = read_table(source)
    write_table(target, header, watched(spread(assess_row, rows), len(rows)))
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; exit status 0, or 2 for bad input."""
    sys.stdin.reconfigure(encoding="utf-8-sig")  # type: ignore[union-attr]
    for stream in (sys.stdout, sys.stderr):
        # half a surrogate pair, which JSON can spell but UTF-8 cannot, comes out as its JSON escape
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    options = _parser().parse_args(arguments)
    try:
        if options.csv:
            return _table(*options.csv)
        status = _lines() if options.jsonl else _one()
        sys.stdout.flush()
        return status
    except (FactError, InputError) as error:
        return _fail(str(error))
    except UnicodeDecodeError as error:
        return _fail(f"输入不是UTF-8：{error.reason}")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(main())
