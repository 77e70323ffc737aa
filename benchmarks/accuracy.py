"""Intents of held-out sentences, ours against stock Rasa. ``python -m benchmarks.accuracy``."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.stock import model as stock_model
from rasa_project.serving.model import ensure_model
from rasa_project.serving.settings import ROOT

#: By intent; after bars stand other intents that are accepted ("several": only those).
SENTENCES = ROOT / "tests" / "evaluation" / "intents.yml"


@dataclass(frozen=True)
class Accuracy:
    """Share of the sentences with an accepted intent, and the mean of that share over the intents."""

    accuracy: float
    by_intent: dict[str, float]

    @property
    def mean(self) -> float:
        """Every intent counts the same."""
        return sum(self.by_intent.values()) / len(self.by_intent)


def held_out() -> list[tuple[str, str, frozenset[str]]]:
    """Every sentence with its group and the intents that are accepted for it."""
    cases = []
    for group, sentences in yaml.safe_load(SENTENCES.read_text(encoding="utf-8")).items():
        for line in sentences:
            text, *others = (part.strip() for part in str(line).split("|"))
            cases.append((text, group, frozenset({group, *others})))
    return cases


def measure(model: Path) -> Accuracy:
    """Parse the sentences with a model, in a process of its own."""
    texts = [text for text, _, _ in held_out()]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.accuracy", str(model)],
        cwd=ROOT,
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    predicted = json.loads(done.stdout.splitlines()[-1])
    right: dict[str, list[bool]] = defaultdict(list)
    for (_, group, accepted), intent in zip(held_out(), predicted, strict=True):
        right[group].append(intent in accepted)
    hits = Counter({name: sum(values) for name, values in right.items()})
    return Accuracy(
        accuracy=hits.total() / len(predicted),
        by_intent={name: hits[name] / len(values) for name, values in right.items()},
    )


def _parse(model: str) -> None:
    from rasa.core.agent import Agent

    agent = Agent.load(model)

    async def intents() -> list[str]:
        return [(await agent.parse_message(text))["intent"]["name"] for text in json.load(sys.stdin)]

    print(json.dumps(asyncio.run(intents())))


def main() -> None:
    """Print both bots' figures, and the intents that ours misses most."""
    if len(sys.argv) == 2:
        _parse(sys.argv[1])
        return
    ours, stock = measure(ensure_model()), measure(stock_model())
    for name, result in (("ours", ours), ("stock", stock)):
        print(f"{name}: {result.accuracy:.3f} of the sentences, {result.mean:.3f} as a mean over intents")
    for intent, share in sorted(ours.by_intent.items(), key=lambda item: item[1])[:8]:
        print(f"  {intent}: {share:.2f}")


if __name__ == "__main__":
    main()
