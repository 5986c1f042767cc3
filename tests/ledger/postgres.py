"""A real PostgreSQL on loopback, in a temporary folder, for as long as tests need it."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

USER = "satrap"


def binaries() -> Path | None:
    """The folder of the newest server's programs; None where none is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


@contextmanager
def server(*settings: str) -> Iterator[str]:
    """Start a server; yields ``postgresql://user@host:port``. ``settings`` are more of ``name=value``."""
    programs = binaries()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="satrap-postgres-"))
    as_user = _unprivileged(folder)
    data = folder / "data"
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = [programs / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync", "-N"]
    subprocess.run([*as_user, *map(str, made)], check=True, stdout=subprocess.DEVNULL, cwd="/")
    options = [
        "listen_addresses=127.0.0.1",
        f"port={port}",
        "unix_socket_directories=",
        *(settings or ("fsync=off",)),
    ]
    run = [str(programs / "postgres"), "-D", str(data)]
    for option in options:
        run += ["-c", option]
    log = (folder / "log").open("w")
    running = subprocess.Popen([*as_user, *run], stdout=log, stderr=log, cwd="/")
    try:
        url = f"postgresql://{USER}@127.0.0.1:{port}"
        _await(url)
        yield url
    finally:
        running.send_signal(signal.SIGQUIT)  # at once, whatever is not on the disk
        running.wait(30)
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


def new_database(url: str, name: str) -> str:
    """Make an empty database on a server; returns its URL."""
    with psycopg.connect(f"{url}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" STRATEGY FILE_COPY')
    return f"{url}/{name}"


def _unprivileged(folder: Path) -> list[str]:
    """How to run the server, which refuses to run as root; gives it the folder."""
    if os.geteuid() != 0:
        return []
    names = {entry.pw_name for entry in pwd.getpwall()}
    name = "postgres" if "postgres" in names else "nobody"
    shutil.chown(folder, name)
    return ["setpriv", f"--reuid={name}", "--clear-groups", "--"]


def _await(url: str) -> None:
    """Until the server answers, at most half a minute."""
    error: Exception | None = None
    for _ in range(300):
        try:
            psycopg.connect(f"{url}/postgres", connect_timeout=2).close()
        except psycopg.OperationalError as again:
            error = again
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start: {error}")
