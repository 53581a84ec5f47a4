"""uvicorn, taught to end open streams when it is told to stop, and to let the rest finish."""

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType

import uvicorn
from uvicorn.server import HANDLED_SIGNALS


class Pages(uvicorn.Server):
    """Serves the pages until a signal comes."""

    def __init__(self, config: uvicorn.Config, close_streams: Callable[[], None]) -> None:
        """`close_streams` ends every open stream: they would hold the shutdown up."""
        super().__init__(config)
        self._close_streams = close_streams

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Hear the signals to stop, and do not send them again at the end, as uvicorn does.

        That would kill the process before what is running has been finished.
        """
        in_main = threading.current_thread() is threading.main_thread()
        heard = HANDLED_SIGNALS if in_main else ()
        before = {sig: signal.signal(sig, self.handle_exit) for sig in heard}
        try:
            yield
        finally:
            for sig, handler in before.items():
                signal.signal(sig, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Close the streams, and stop."""
        self._close_streams()
        super().handle_exit(sig, frame)
