"""The dashboard on a port of this machine, as `satrap serve` has it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from satrap.web.app import create_app
from satrap.web.desk import Desk


@contextmanager
def serving(desk: Desk) -> Iterator[str]:
    """Its address, while it answers."""
    server = uvicorn.Server(uvicorn.Config(create_app(desk), port=0, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()
