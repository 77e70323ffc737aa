"""Imported first by the commands: a person in a terminal has no use for the libraries' warnings."""

import warnings

import sanic  # noqa: F401 - brings its own filter, which ours has to come after

import rasa_project.serving  # noqa: F401 - keeps the libraries quiet, hence before all of them

warnings.simplefilter("ignore")
