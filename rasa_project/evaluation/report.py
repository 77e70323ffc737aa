"""The report: one markdown file and one picture of the confusion matrix."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import matplotlib
import numpy as np

from rasa_project.evaluation.facts import FactScores
from rasa_project.evaluation.intents import IntentScores

matplotlib.use("Agg")

from matplotlib import pyplot as plt

GOALS = (
    "Goals: macro-F1 ≥ 0.95, out of scope rejected ≥ 0.95, in scope declined ≤ 0.03; fact F1 ≥ 0.97, no flip."
)


def write(
    folder: Path,
    intents: Mapping[str, Mapping[str, IntentScores]],
    facts: Mapping[str, FactScores],
) -> Path:
    """Write ``report.md`` and ``confusion.png`` into ``folder``.

    ``intents`` holds, for each set of sentences, the scores of each system; ``facts`` the scores of each
    reader. The first system of each is the product, whose errors are listed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["# Understanding, measured on held-out sentences", "", GOALS, ""]
    for name, systems in intents.items():
        lines += [f"## Intents: {name}", "", *_intent_table(systems), ""]
    first = next(iter(next(iter(intents.values())).values()))
    _picture(first, folder / "confusion.png")
    lines += ["![confusion matrix](confusion.png)", "", "## Facts", "", *_fact_table(facts), ""]
    for name, systems in intents.items():
        lines += [f"## Wrong intents: {name}", ""]
        lines += [f"- {text} — {gold} → {given}" for text, gold, given in next(iter(systems.values())).wrong]
        lines.append("")
    product = next(iter(facts.values()))
    lines += ["## Wrong facts", ""]
    lines += [f"- {text} — {fact}: {gold} → {given}" for text, fact, gold, given in product.errors]
    report = folder / "report.md"
    report.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return report


def _intent_table(systems: Mapping[str, IntentScores]) -> list[str]:
    rows = [
        "| system | sentences | macro-F1 | out of scope rejected | in scope declined | p50 ms | p95 ms |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, one in systems.items():
        p50, p95 = np.percentile(one.milliseconds, [50, 95])
        rows.append(
            f"| {name} | {len(one.gold)} | {one.macro_f1:.3f} | {one.rejected:.3f} | "
            f"{one.wrongly_declined:.3f} | {p50:.1f} | {p95:.1f} |"
        )
    return rows


def _fact_table(readers: Mapping[str, FactScores]) -> list[str]:
    names = list(readers)
    rows = [
        f"| fact | expected | {' | '.join(f'F1 {name}' for name in names)} |",
        "|---" * (2 + len(names)) + "|",
    ]
    product = readers[names[0]]
    rows.append(
        _row("**all**", sum((product.hits + product.misses).values()), [one.f1() for one in readers.values()])
    )
    rows += [
        _row(fact, (product.hits + product.misses)[fact], [one.f1(fact) for one in readers.values()])
        for fact in product.facts
    ]
    flips = ", ".join(f"{name} {len(one.flips)}" for name, one in readers.items())
    return [*rows, "", f"Polarity flips: {flips}."]


def _row(name: str, expected: int, scores: list[float]) -> str:
    return f"| {name} | {expected} | {' | '.join(f'{score:.3f}' for score in scores)} |"


def _picture(scores: IntentScores, file: Path) -> None:
    labels, matrix = scores.confusion()
    figure, axes = plt.subplots(figsize=(12, 11))
    axes.imshow(matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1), cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(labels)), labels, rotation=90)
    axes.set_yticks(range(len(labels)), labels)
    axes.set_xlabel("predicted")
    axes.set_ylabel("annotated")
    for row, column in zip(*np.nonzero(matrix), strict=True):
        axes.text(column, row, str(matrix[row, column]), ha="center", va="center", fontsize=7)
    figure.tight_layout()
    figure.savefig(file, dpi=120)
    plt.close(figure)
