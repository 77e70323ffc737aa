"""``python -m rasa_project.serving [run|train]``: serve the chat, or only train its model when needed."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
from typing import NoReturn

from rasa_project.channels.web.settings import WebSettingsError, check_host
from rasa_project.serving.action_process import ActionProcess
from rasa_project.serving.logs import configure
from rasa_project.serving.model import ensure_model, model_path, train
from rasa_project.serving.settings import Settings
from rasa_project.serving.slim import without_tensorflow


def _say(text: str) -> None:
    print(text, flush=True)


def _port_is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _stop(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def run() -> int:
    """Serve; returns the exit status."""
    settings = Settings()
    try:
        check_host(settings.host)
    except WebSettingsError as error:
        _say(str(error))
        return 1
    if not _port_is_free(settings.host, settings.port):
        _say(
            f"Port {settings.port} is in use: is the bot already running? "
            f"Stop the other program, or choose another port: make run PORT={settings.port + 1}"
        )
        return 1
    settings.prepare()
    os.environ["MMVTE_DATABASE"] = str(settings.database)
    signal.signal(signal.SIGTERM, _stop)
    try:
        if settings.model is None and not model_path().exists():
            _say("Training the model: the sources have changed (a minute or two) ...")
        model = settings.model or ensure_model()
        _say("Starting the servers ...")
        configure(settings.logs / "chat.jsonl")
        with ActionProcess(settings.actions, settings.logs / "actions.jsonl") as actions:
            without_tensorflow()
            from rasa_project.serving.server import serve

            ready = f"Ready: http://localhost:{settings.port}  (Ctrl-C stops it)"
            serve(settings, model, actions, when_ready=lambda: _say(ready))
    except KeyboardInterrupt:
        pass
    except RuntimeError as error:
        _say(str(error))
        return 1
    _say("Stopped.")
    return 0


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m rasa_project.serving", description=__doc__)
    parser.add_argument("command", nargs="?", choices=("run", "train"), default="run")
    if parser.parse_args().command == "train":
        train()
        return 0
    return run()


if __name__ == "__main__":
    sys.exit(main())
