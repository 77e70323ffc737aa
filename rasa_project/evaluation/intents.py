"""Intents predicted against intents annotated."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from sklearn.metrics import confusion_matrix, f1_score

from rasa_project.evaluation.data import Sentence

#: The message's intent for a text.
Classifier = Callable[[str], str]
_DECLINED = "out_of_scope"


@dataclass
class IntentScores:
    """Gold and predicted intents, and the rates that matter for declining (0–1)."""

    gold: list[str] = field(default_factory=list)
    predicted: list[str] = field(default_factory=list)
    out: list[bool] = field(default_factory=list)
    core: list[bool] = field(default_factory=list)
    wrong: list[tuple[str, str, str]] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)

    @property
    def macro_f1(self) -> float:
        """The mean F1 of the annotated intents."""
        return float(f1_score(self.gold, self.predicted, labels=self.labels, average="macro"))

    @property
    def labels(self) -> list[str]:
        """Every annotated intent."""
        return sorted(set(self.gold))

    @property
    def rejected(self) -> float:
        """The share of out-of-scope sentences that are declined."""
        return float(np.mean(self.out)) if self.out else 1.0

    @property
    def wrongly_declined(self) -> float:
        """The share of sentences in scope that are declined."""
        return float(np.mean(self.core)) if self.core else 0.0

    def confusion(self) -> tuple[list[str], np.ndarray]:
        """All labels, and the matrix with one row an annotated intent."""
        labels = sorted({*self.gold, *self.predicted})
        return labels, confusion_matrix(self.gold, self.predicted, labels=labels)


def score(sentences: Sequence[Sentence], classify: Classifier) -> IntentScores:
    """Classify every sentence; an accepted intent counts as the gold one."""
    result = IntentScores()
    for sentence in sentences:
        start = time.perf_counter()
        intent = classify(sentence.text)
        result.milliseconds.append(1000 * (time.perf_counter() - start))
        if sentence.scope == "out":
            result.out.append(intent == _DECLINED)
        elif sentence.scope == "core":
            result.core.append(intent == _DECLINED)
        result.gold.append(intent if intent in sentence.intents else sentence.intents[0])
        result.predicted.append(intent)
        if intent not in sentence.intents and sentence.scope != "adjacent":
            result.wrong.append((sentence.text, "/".join(sentence.intents), intent))
    return result


# What a search for words would do; the first line that matches decides.
_KEYWORDS = (
    ("如果", "what_if"),
    ("剂量", "ask_dose"),
    ("多少", "ask_dose"),
    ("多久", "ask_duration"),
    ("停", "ask_duration"),
    ("出血", "ask_bleeding_risk"),
    ("预防", "ask_prophylaxis"),
    ("治疗", "ask_treatment"),
    ("肺栓塞", "ask_wells_pe"),
    ("DVT", "ask_wells_dvt"),
    ("风险", "assess_vte_risk"),
    ("血栓", "ask_knowledge"),
    ("为什么", "ask_why"),
    ("谢", "thanks"),
    ("你好", "greeting"),
    ("再见", "goodbye"),
    ("岁", "provide_facts"),
    ("血小板", "provide_facts"),
)


def keyword_intent(text: str) -> str:
    """The baseline: the first keyword found names the intent, none means out of scope."""
    return next((intent for word, intent in _KEYWORDS if word in text), _DECLINED)
