"""Starting, training and recording: what turns the project into a running service.

Imported before Rasa, so that these settings hold for every process: no usage or error reports leave the
machine, and libraries keep quiet about themselves.
"""

import os
import warnings

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
warnings.simplefilter("ignore", DeprecationWarning)
