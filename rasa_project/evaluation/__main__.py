"""``python -m rasa_project.evaluation [FOLDER] [--without-stock]``: measure and write the report."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

from rasa.utils.log_utils import configure_structlog

from rasa_project.evaluation import report
from rasa_project.evaluation.data import ROOT
from rasa_project.evaluation.measure import measure


def main() -> None:
    """Score every system on every set and write the report."""
    parser = argparse.ArgumentParser(description="Measure intents and facts on held-out sentences.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "var" / "evaluation")
    parser.add_argument("--without-stock", action="store_true", help="leave out the stock pipeline (minutes)")
    arguments = parser.parse_args()
    # Left alone, Rasa prints every parsed message.
    configure_structlog(logging.WARNING)
    measured = measure(with_stock=not arguments.without_stock)
    print("\n".join(report.summary(measured)))
    print(report.write(arguments.folder, measured))


if __name__ == "__main__":
    main()
