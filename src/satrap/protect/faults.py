"""Telling of an unexpected fault without telling what was being read: no message, no values, only places."""

import sys
import threading
import traceback


def outline(error: BaseException) -> list[str]:
    """Where an exception and those that led to it were raised: its type and lines of code, innermost last.

    Messages are left out: they quote what could not be handled, which may be a report's words or a name.
    """
    told: list[str] = []
    seen = set[int]()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        frames = traceback.extract_tb(cause.__traceback__)
        lines = [f'  File "{one.filename}", line {one.lineno}, in {one.name}' for one in frames]
        told = [*lines, type(cause).__qualname__, *told]
        cause = cause.__cause__ or cause.__context__
    return told


def place(error: BaseException) -> str:
    """The type of an exception and the line that raised it, for one line of message."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename.rpartition('satrap/')[2]}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__qualname__}{where}"


def keep_quiet() -> None:
    """From now on, tell of what nobody caught, in any thread, by its outline only."""

    def tell(error: BaseException | None) -> None:
        if error is not None:
            sys.stderr.write("\n".join(outline(error)) + "\n")

    sys.excepthook = lambda _kind, error, _trace: tell(error)
    sys.unraisablehook = lambda given: tell(given.exc_value)
    threading.excepthook = lambda given: tell(given.exc_value)
