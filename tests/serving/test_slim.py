"""Rasa without TensorFlow."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from rasa_project.serving.settings import ROOT


def run(script: str, **environment: str) -> str:
    """The last line that a script prints in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout.splitlines()[-1]


def test_the_server_imports_and_no_tensorflow_is_loaded() -> None:
    script = """
import sys
from rasa_project.serving.slim import without_tensorflow
assert without_tensorflow()
import thinc.api, rasa_project.serving.server, rasa.engine.recipes.default_components
real = any("_pywrap_tensorflow_internal" in name for name in sys.modules)
print(real, "tensorflow" in sys.modules, thinc.compat.has_tensorflow)
"""
    assert run(script) == "False True False"


@pytest.mark.parametrize(
    "use",
    [
        "import tensorflow as tf; tf.constant(1)",
        "from tensorflow.keras.layers import Dense; Dense(3)",
        "import tensorflow as tf; type('Layer', (tf.keras.layers.Layer,), {})()",
    ],
)
def test_using_it_is_a_clear_error(use: str) -> None:
    script = f"""
from rasa_project.serving.slim import TensorFlowNotLoadedError, without_tensorflow
without_tensorflow()
try:
    exec({use!r})
except TensorFlowNotLoadedError as error:
    print(error)
"""
    assert "MMVTE_TENSORFLOW=1" in run(script)


def test_the_real_one_can_be_had() -> None:
    script = """
import sys
from rasa_project.serving.slim import without_tensorflow
before = list(sys.meta_path)
print(without_tensorflow(), sys.meta_path == before)
"""
    assert run(script, MMVTE_TENSORFLOW="1") == "False True"
    script = "import sys; sys.modules['tensorflow'] = sys\n" + script
    assert run(script) == "False True"
