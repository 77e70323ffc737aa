"""``python -m rasa_project.evaluation [FOLDER] [--without-stock]``: measure and write the report."""

from __future__ import annotations

import argparse
import logging
import tempfile
from pathlib import Path

from rasa.utils.log_utils import configure_structlog

from rasa_project.evaluation import facts, intents, pipelines, report
from rasa_project.evaluation.data import ROOT, fact_notes, held_out, public_questions


def main() -> None:
    """Train both pipelines on the training sentences, score them and the keyword search, write the report."""
    parser = argparse.ArgumentParser(description="Measure intents and facts on held-out sentences.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "var" / "evaluation")
    parser.add_argument("--without-stock", action="store_true", help="leave out the stock pipeline (minutes)")
    parser.add_argument(
        "--stock-epochs", type=int, default=15, help="rounds of training of the stock pipeline"
    )
    arguments = parser.parse_args()
    # Left alone, Rasa prints every parsed message.
    configure_structlog(logging.WARNING)
    with tempfile.TemporaryDirectory() as models:
        systems = {"product": pipelines.product(Path(models))}
        if not arguments.without_stock:
            systems["stock (DIET)"] = pipelines.stock(Path(models), arguments.stock_epochs)
        systems["keywords"] = intents.keyword_intent
        sets = {"held out": held_out(), "public questions": public_questions()}
        scored = {
            name: {system: intents.score(sentences, classify) for system, classify in systems.items()}
            for name, sentences in sets.items()
            if sentences
        }
    readers = {"product": facts.read_facts, "keywords": facts.keyword_facts}
    notes = fact_notes()
    path = report.write(
        arguments.folder, scored, {name: facts.score(notes, one) for name, one in readers.items()}
    )
    print(path)
    print(path.read_text(encoding="utf-8").split("## Wrong intents")[0])


if __name__ == "__main__":
    main()
