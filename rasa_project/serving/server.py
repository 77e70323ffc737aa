"""The chat server: Rasa's web app with the project's agent, channels and stores."""

from __future__ import annotations

import sys
from asyncio import AbstractEventLoop
from collections.abc import Callable
from pathlib import Path

import rasa.shared.utils.io
import structlog
from rasa.core.channels.channel import InputChannel, register
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.utils.common import class_from_module_path
from sanic import Sanic

from rasa_project.channels.errors import install_error_pages
from rasa_project.channels.incoming import prepare
from rasa_project.serving.action_endpoint import ActionEndpoint
from rasa_project.serving.action_process import ActionProcess
from rasa_project.serving.agent import ClinicalAgent
from rasa_project.serving.lock_store import ConversationLocks
from rasa_project.serving.settings import HERE, Settings

logger = structlog.get_logger(__name__)

#: Bytes of one request; a longer one is refused before it is read.
MAX_REQUEST_BYTES = 1_000_000


def input_channels(file: Path = HERE / "credentials.yml") -> list[InputChannel]:
    """The channels that the credentials file names by class."""
    credentials = rasa.shared.utils.io.read_config_file(file)
    return [class_from_module_path(name).from_credentials(value) for name, value in credentials.items()]


def build_app(
    settings: Settings, model: Path, actions: ActionProcess, when_ready: Callable[[], None]
) -> Sanic:
    """The web app: the channels and nothing else. Rasa's management API would open every conversation."""
    app = Sanic("mm_vte_chat", configure_logging=False)
    register(input_channels(), app, route="/webhooks/")
    # uvloop fails on Apple's own processors.
    app.config.USE_UVLOOP = sys.platform != "darwin"
    app.config.REQUEST_MAX_SIZE = MAX_REQUEST_BYTES
    app.config.RESPONSE_TIMEOUT = settings.action_timeout * 3
    app.config.ACCESS_LOG = False
    install_error_pages(app)

    endpoint = ActionEndpoint(actions.url, actions.secret, settings.action_timeout)
    stores = AvailableEndpoints.read_endpoints(str(HERE / "endpoints.yml"))

    async def load(app: Sanic, _: AbstractEventLoop) -> None:
        agent = ClinicalAgent(
            tracker_store=TrackerStore.create(stores.tracker_store),
            lock_store=ConversationLocks(),
            action_endpoint=endpoint,
        )
        agent.load_model(model)
        app.ctx.agent = agent
        # The first message of the day must not pay for dictionaries that are read when first needed.
        await agent.parse_message(prepare("患者高某，男，67岁").text)
        actions.wait_until_ready()
        logger.info("ready", port=settings.port, model=model.name)

    async def announce(_: Sanic, __: AbstractEventLoop) -> None:
        when_ready()

    async def close(_: Sanic, __: AbstractEventLoop) -> None:
        await endpoint.close()

    app.register_listener(load, "before_server_start")
    app.register_listener(announce, "after_server_start")
    app.register_listener(close, "before_server_stop")
    return app


def serve(settings: Settings, model: Path, actions: ActionProcess, when_ready: Callable[[], None]) -> None:
    """Serve until SIGINT or SIGTERM."""
    app = build_app(settings, model, actions, when_ready)
    app.run(host=settings.host, port=settings.port, workers=1, access_log=False, motd=False)
