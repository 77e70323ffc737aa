"""The one way in which a callback is refused."""


class CallbackError(Exception):
    """The request does not come from the platform, or cannot be read.

    ``reason`` is a fixed English word for the log; it never carries content, and the sender never sees it.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
