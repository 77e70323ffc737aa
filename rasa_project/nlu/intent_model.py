"""The statistical part of the intent classifier: TF-IDF features, logistic regression, one temperature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import FeatureUnion, Pipeline

_FOLDS = 4
_SEED = 42
# How much each kind of feature counts (see intent_features.document).
_WEIGHTS = {"c": 0.8, "f": 0.8, "w": 0.6, "k": 1.0, "e": 1.0}


@dataclass(frozen=True, slots=True)
class IntentModel:
    """A fitted pipeline over feature documents and the temperature that calibrates its probabilities."""

    pipeline: Pipeline
    temperature: float

    @property
    def intents(self) -> list[str]:
        """The intents in the order of the columns of :meth:`probabilities`."""
        return [str(name) for name in self.pipeline.classes_]

    def probabilities(self, documents: Sequence[str]) -> NDArray[np.float64]:
        """Calibrated probabilities, one row a document, one column an intent."""
        scores = self.pipeline.decision_function(documents)
        return np.asarray(softmax(scores / self.temperature, axis=1), dtype=np.float64)


def _pipeline() -> Pipeline:
    def tfidf(prefix: str) -> TfidfVectorizer:
        # A feature of a single sentence teaches nothing.
        return TfidfVectorizer(token_pattern=rf"{prefix}:\S+", lowercase=False, sublinear_tf=True, min_df=2)

    features = FeatureUnion(
        [(kind, tfidf(kind)) for kind in _WEIGHTS],
        transformer_weights=_WEIGHTS,
    )
    # One against the rest: a tenth of the training time of the multinomial form, and as accurate here.
    classifier = LogisticRegression(C=20.0, solver="liblinear", class_weight="balanced", random_state=_SEED)
    return Pipeline([("features", features), ("classifier", classifier)])


def fit(documents: Sequence[str], intents: Sequence[str]) -> IntentModel:
    """Fit the pipeline, and its temperature on scores of sentences it did not see (cross-validation).

    Raises ValueError when an intent has fewer sentences than there are folds.
    """
    names, indices = np.unique(np.asarray(intents), return_inverse=True)
    if np.bincount(indices).min() < _FOLDS:
        raise ValueError(f"every intent needs at least {_FOLDS} training sentences")
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED)
    scores = cross_val_predict(_pipeline(), documents, intents, cv=folds, method="decision_function")

    def loss(log_temperature: float) -> float:
        logs = log_softmax(scores / np.exp(log_temperature), axis=1)
        return float(-logs[np.arange(len(indices)), indices].mean())

    temperature = float(np.exp(minimize_scalar(loss, bounds=(-3.0, 3.0), method="bounded").x))
    pipeline = _pipeline().fit(documents, intents)
    if list(pipeline.classes_) != list(names):
        raise ValueError("the pipeline's classes are not in sorted order")
    return IntentModel(pipeline=pipeline, temperature=temperature)
