"""A bounded run of the guided fuzzer (fuzz.py) over everything that reads what a stranger may send."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("atheris", reason="atheris has wheels for Linux on Intel only")

ROOT = Path(__file__).resolve().parents[2]
#: What a mutation may be built from.
SEEDS = {
    "document": [
        b"<xml><Encrypt><![CDATA[a]]></Encrypt></xml>",
        b"<!DOCTYPE x [<!ENTITY y 'z'>]><xml>&y;</xml>",
    ],
    "envelope": [b"aaaa", b"YWJj" * 8],
    "message": [
        b"<xml><ToUserName>gh_1</ToUserName><FromUserName>o</FromUserName><MsgType>text</MsgType></xml>",
        b"<xml><ToUserName>gh_1</ToUserName><FromUserName>o</FromUserName><MsgType>event</MsgType>"
        b"<Event>CLICK</Event><SelectedItems><OptionId>1</OptionId></SelectedItems></xml>",
    ],
    "ciphertext": [b"YWJj" * 16],
    "frame": [
        b'{"cmd":"aibot_msg_callback","headers":{"req_id":"r"},"body":{"from":{"userid":"u"},"msgtype":"text"}}',
        b'{"cmd":"aibot_event_callback","headers":{"req_id":"r"},"body":{"from":{"userid":"u"},"msgid":"m",'
        b'"event":{"eventtype":"template_card_event","template_card_event":{"selected_items":{}}}}}',
    ],
    "planted": [b"<"],
}


def fuzz(target: str, corpus: Path, runs: int) -> subprocess.CompletedProcess[str]:
    for number, seed in enumerate(SEEDS[target]):
        (corpus / f"seed{number}").write_bytes(seed)
    options = [f"-runs={runs}", "-seed=20221122", "-max_len=1000", f"-artifact_prefix={corpus}/"]
    return subprocess.run(
        [sys.executable, "-W", "ignore", str(ROOT / "tests/wechat/fuzz.py"), target, *options, str(corpus)],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


@pytest.mark.parametrize("target", [name for name in SEEDS if name != "planted"])
def test_nothing_but_refusals(target: str, tmp_path: Path) -> None:
    run = fuzz(target, tmp_path, 20000)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Done 20000 runs" in run.stderr


def test_a_mistake_would_be_found(tmp_path: Path) -> None:
    run = fuzz("planted", tmp_path, 20000)
    assert run.returncode != 0
    assert "planted" in run.stdout + run.stderr
