"""The product's NLU pipeline and a stock one, trained on the same sentences in this run."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import yaml
from rasa.core.agent import Agent
from rasa.model_training import train_nlu

from rasa_project.evaluation.data import ROOT, TRAINING_FOLDER
from rasa_project.evaluation.intents import Classifier

_STOCK: dict[str, Any] = {
    "recipe": "default.v1",
    "assistant_id": "stock",
    "language": "zh",
    "pipeline": [
        {"name": "JiebaTokenizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "entity_recognition": False, "random_seed": 42},
        {"name": "FallbackClassifier", "threshold": 0.4},
    ],
    "policies": [{"name": "RulePolicy"}],
}


def product(folder: Path) -> Classifier:
    """The pipeline of ``config.yml``."""
    return _classifier(ROOT / "config.yml", folder)


def stock(folder: Path, epochs: int) -> Classifier:
    """Rasa's recommended components for Chinese: DIET, trained for ``epochs`` rounds, and its fallback."""
    config = folder / "stock.yml"
    pipeline = [
        {**component, "epochs": epochs} if component["name"] == "DIETClassifier" else component
        for component in _STOCK["pipeline"]
    ]
    config.write_text(yaml.safe_dump({**_STOCK, "pipeline": pipeline}), encoding="utf-8")
    return _classifier(config, folder)


def _classifier(config: Path, folder: Path) -> Classifier:
    model = train_nlu(str(config), str(TRAINING_FOLDER), str(folder), fixed_model_name=config.stem)
    if model is None:
        raise RuntimeError(f"training with {config.name} gave no model")
    agent = Agent.load(model)

    def classify(text: str) -> str:
        return str(asyncio.run(agent.parse_message(text))["intent"]["name"])

    return classify
