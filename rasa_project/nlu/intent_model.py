"""The statistical part of the intent classifier: TF-IDF features, logistic regression, one temperature."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import FeatureUnion, Pipeline

Numbers = NDArray[np.float64]

_FEWEST = 4
_UNSEEN = 0.25
_SEED = 42
# How much each kind of feature counts (see intent_features.document).
_WEIGHTS = {"c": 1.0, "f": 0.8, "w": 0.6, "k": 0.4, "e": 0.5}


@dataclass(frozen=True, slots=True)
class IntentModel:
    """What scikit-learn fitted, as plain arrays: scoring one sentence costs tens of microseconds, not 10 ms.

    ``idf`` has one number a feature; ``coefficients`` one row a feature and one column an intent;
    ``temperature`` divides the scores so that their softmax is calibrated.
    """

    intents: list[str]
    vocabulary: dict[str, int]
    idf: Numbers
    coefficients: Numbers
    intercept: Numbers
    temperature: float

    def scores(self, document: str) -> Numbers:
        """What the fitted pipeline's ``decision_function`` gives for a document, one number an intent."""
        total = self.intercept.copy()
        kinds: dict[str, tuple[list[int], list[float]]] = {}
        for token, count in Counter(document.split(" ")).items():
            if (index := self.vocabulary.get(token)) is not None:
                indices, frequencies = kinds.setdefault(token[0], ([], []))
                indices.append(index)
                frequencies.append(1.0 + math.log(count))
        for kind, (indices, frequencies) in kinds.items():
            weights = np.asarray(frequencies) * self.idf[indices]
            total += (_WEIGHTS[kind] / np.linalg.norm(weights)) * (weights @ self.coefficients[indices])
        return total

    def probabilities(self, document: str) -> dict[str, float]:
        """Calibrated probability of each intent."""
        values = softmax(self.scores(document) / self.temperature)
        return dict(zip(self.intents, map(float, values), strict=True))

    def save(self, directory: Path) -> None:
        """Write arrays and names into ``directory``, without pickles."""
        np.savez_compressed(
            directory / "arrays.npz", idf=self.idf, coefficients=self.coefficients, intercept=self.intercept
        )
        names = {"intents": self.intents, "vocabulary": self.vocabulary, "temperature": self.temperature}
        (directory / "names.json").write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, directory: Path) -> IntentModel:
        """Read what :meth:`save` wrote. Raises OSError or ValueError for missing or damaged files."""
        with np.load(directory / "arrays.npz", allow_pickle=False) as arrays:
            fitted = {name: arrays[name] for name in ("idf", "coefficients", "intercept")}
        return cls(**json.loads((directory / "names.json").read_text(encoding="utf-8")), **fitted)


def pipeline() -> Pipeline:
    """The untrained scikit-learn pipeline over feature documents."""

    def tfidf(kind: str) -> TfidfVectorizer:
        # A feature of a single sentence teaches nothing.
        return TfidfVectorizer(
            token_pattern=rf"(?<!\S){kind}:\S+", lowercase=False, sublinear_tf=True, min_df=2
        )

    features = FeatureUnion([(kind, tfidf(kind)) for kind in _WEIGHTS], transformer_weights=_WEIGHTS)
    # One against the rest: a tenth of the training time of the multinomial form, and as accurate here.
    classifier = LogisticRegression(C=20.0, solver="liblinear", class_weight="balanced", random_state=_SEED)
    return Pipeline([("features", features), ("classifier", classifier)])


def fit(documents: Sequence[str], intents: Sequence[str]) -> IntentModel:
    """Fit the pipeline, and its temperature on the scores of a quarter that was kept from a first fit.

    Raises ValueError when an intent has too few sentences for that.
    """
    if min(Counter(intents).values()) < _FEWEST:
        raise ValueError(f"every intent needs at least {_FEWEST} training sentences")
    seen, unseen, seen_intents, unseen_intents = train_test_split(
        documents, intents, test_size=_UNSEEN, stratify=intents, random_state=_SEED
    )
    first = pipeline().fit(seen, seen_intents)
    scores = first.decision_function(unseen)
    indices = np.searchsorted(first["classifier"].classes_, unseen_intents)

    def loss(log_temperature: float) -> float:
        logs = log_softmax(scores / np.exp(log_temperature), axis=1)
        return float(-logs[np.arange(len(indices)), indices].mean())

    temperature = float(np.exp(minimize_scalar(loss, bounds=(-3.0, 3.0), method="bounded").x))
    return from_pipeline(pipeline().fit(documents, intents), temperature)


def from_pipeline(fitted: Pipeline, temperature: float) -> IntentModel:
    """The arrays of a fitted :func:`pipeline`."""
    vocabulary: dict[str, int] = {}
    idf: list[Numbers] = []
    for _, vectorizer in fitted["features"].transformer_list:
        offset = sum(map(len, idf))
        vocabulary |= {token: offset + int(index) for token, index in vectorizer.vocabulary_.items()}
        idf.append(vectorizer.idf_)
    classifier = fitted["classifier"]
    return IntentModel(
        intents=[str(name) for name in classifier.classes_],
        vocabulary=vocabulary,
        idf=np.concatenate(idf),
        coefficients=np.ascontiguousarray(classifier.coef_.T),
        intercept=classifier.intercept_,
        temperature=temperature,
    )
