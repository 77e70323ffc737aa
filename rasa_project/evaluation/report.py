"""The report: tables and errors in one markdown file, and pictures of the confusion matrices."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import matplotlib
import numpy as np

from rasa_project.evaluation.data import SEALED
from rasa_project.evaluation.facts import FactScores
from rasa_project.evaluation.intents import IntentScores
from rasa_project.evaluation.measure import PRODUCT, Measured

matplotlib.use("Agg")

from matplotlib import pyplot as plt

GOALS = (
    "Goals: macro-F1 ≥ 0.95, out of scope declined ≥ 0.95, in scope declined ≤ 0.03; fact F1 ≥ 0.97, no flip."
)


def summary(measured: Measured) -> list[str]:
    """The tables that say how good each system is on each set."""
    lines = [GOALS, ""]
    for name, systems in measured.intents.items():
        lines += [f"## Intents: {name}", "", *_intent_table(systems), ""]
    for name, readers in measured.facts.items():
        lines += [f"## Facts: {name}", "", *_fact_table(readers), ""]
    return lines


def write(folder: Path, measured: Measured) -> Path:
    """Write ``report.md`` and a ``confusion-*.png`` for each system into ``folder``.

    The errors of the product are listed for every set but the sealed one: who develops may not see those.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["# Understanding, measured on held-out sentences", "", *summary(measured)]
    for system, scores in measured.intents[SEALED].items():
        picture = f"confusion-{system.split()[0]}.png"
        draw_confusion(scores, folder / picture)
        lines += [f"## Confusion on the sealed set: {system}", "", f"![{system}]({picture})", ""]
    for name, systems in measured.intents.items():
        if name != SEALED:
            lines += [f"## Wrong intents: {name}", ""]
            lines += [f"- {text} — {gold} → {given}" for text, gold, given in systems[PRODUCT].wrong]
            lines.append("")
    for name, readers in measured.facts.items():
        if name != SEALED:
            lines += [f"## Wrong facts: {name}", ""]
            errors = readers[PRODUCT].errors
            lines += [f"- {text} — {fact}: {gold} → {given}" for text, fact, gold, given in errors]
            lines.append("")
    report = folder / "report.md"
    report.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return report


def _intent_table(systems: Mapping[str, IntentScores]) -> list[str]:
    rows = [
        "| system | sentences | macro-F1 | out of scope declined | in scope declined | p50 ms | p95 ms |",
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
    """One row for all facts and one for each, with precision, recall and F1 of the product."""
    product = readers[PRODUCT]
    others = [name for name in readers if name != PRODUCT]
    rows = [
        f"| fact | expected | precision | recall | F1 | {' | '.join(f'F1 {name}' for name in others)} |",
        "|---" * (5 + len(others)) + "|",
    ]
    for fact in (None, *product.facts):
        expected = product.expected(fact)
        mine = [product.precision(fact), product.recall(fact), product.f1(fact)]
        numbers = [*mine, *(readers[name].f1(fact) for name in others)]
        rows.append(
            f"| {fact or '**all**'} | {expected} | {' | '.join(f'{number:.3f}' for number in numbers)} |"
        )
    flips = ", ".join(f"{name} {len(one.flips)}" for name, one in readers.items())
    return [*rows, "", f"Polarity flips: {flips}."]


def draw_confusion(scores: IntentScores, file: Path) -> None:
    """One row an annotated intent, one column a predicted one; the shade is the share of the row."""
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
