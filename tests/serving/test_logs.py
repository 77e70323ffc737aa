"""No word of a conversation reaches a log."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from rasa_project.serving.settings import ROOT

SCRIPT = """
import logging, sys, structlog
from pathlib import Path
from rasa_project.serving.logs import configure
configure(Path(sys.argv[1]))
log = structlog.get_logger("rasa_project.x")
log.info("turn", outcome="answered", characters=3, text="秘密", rasa_events=["秘密"])
structlog.get_logger("rasa.core").debug("processor.message.parse", parse_data_text="秘密")
logging.getLogger("rasa.core").debug("秘密")
logging.getLogger("rasa.core").warning("Circuit breaker tripped.")
def read(text):
    raise ValueError("cannot read " + text)
try:
    try:
        read("秘密")
    except ValueError as error:
        raise RuntimeError("秘密") from error
except RuntimeError as error:
    log.error("turn failed", exc_info=error)
    logging.getLogger("rasa.core").exception("Encountered an exception.")
"""


def test_only_allowed_keys_and_no_exception_messages(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    command = [sys.executable, "-c", SCRIPT, str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    written = file.read_text(encoding="utf-8")
    assert done.stdout == b""
    assert "秘密" not in written + done.stderr.decode()
    lines = [json.loads(line) for line in written.splitlines()]
    assert [line["event"] for line in lines] == [
        "turn", "Circuit breaker tripped.", "turn failed", "Encountered an exception.",
    ]  # fmt: skip
    assert lines[0]["outcome"] == "answered"
    for line in lines[2:]:
        assert [link["type"] for link in line["exception"]] == ["RuntimeError", "ValueError"]
        assert line["exception"][1]["at"][-1].endswith(" read")
