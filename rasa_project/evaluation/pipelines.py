"""The product's model and a stock one, both trained on the project's sentences, as functions of a text."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from rasa.core.agent import Agent

from rasa_project.evaluation.data import ROOT
from rasa_project.evaluation.intents import Classifier
from rasa_project.serving.model import ensure_model, fingerprint

STOCK_CONFIG = Path(__file__).with_name("stock.yml")
#: What the stock model depends on, relative to the project.
STOCK_SOURCES = ("rasa_project/evaluation/stock.yml", "domain.yml", "data", "requirements.lock")
#: The stock pipeline is made of neural components.
STOCK_ENVIRONMENT = {"MMVTE_TENSORFLOW": "1", "TF_CPP_MIN_LOG_LEVEL": "3", "LOG_LEVEL": "ERROR"}


def product() -> Classifier:
    """The pipeline of ``config.yml``; trained when its sources have changed."""
    return _classifier(ensure_model())


def stock() -> Classifier:
    """The pipeline of ``stock.yml``."""
    return _classifier(stock_model())


def stock_model() -> Path:
    """The stock model of the sentences as they are; trained when it does not exist (a quarter of an hour)."""
    target = ROOT / "models" / f"stock-{fingerprint(sources=STOCK_SOURCES)}.tar.gz"
    if not target.exists():
        print("training the stock pipeline ...", flush=True)
        command = ["train", "--config", str(STOCK_CONFIG), "--domain", "domain.yml", "--data", "data"]
        output = ["--out", str(target.parent), "--fixed-model-name", target.name, "--force"]
        subprocess.run(
            [sys.executable, "-m", "rasa", *command, *output],
            cwd=ROOT,
            env={**os.environ, **STOCK_ENVIRONMENT},
            check=True,
        )
    return target


def _classifier(model: Path) -> Classifier:
    agent = Agent.load(str(model))

    def classify(text: str) -> str:
        return str(asyncio.run(agent.parse_message(text))["intent"]["name"])

    return classify
