"""Every rule and anomaly of the clinical decisions has code and a test, and the table says where."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_id_has_code_and_a_test_and_the_table_is_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "docs/traceability.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
