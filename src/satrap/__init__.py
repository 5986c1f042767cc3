"""satrap: who holds power, where, and on whose word.

>>> project = satrap.open("north-korea")
>>> project.estimate().why("MSS", "KP-05", date(2017, 6, 15))
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from satrap.project import Project, init, open

__version__ = "0.1.0"
__all__ = ["Project", "__version__", "init", "open"]


def __getattr__(name: str) -> Any:
    # The steps bring numerical libraries with them; naming the package, or asking for help, should not.
    if name in {"Project", "init", "open"}:
        from satrap import project

        return getattr(project, name)
    raise AttributeError(f"module 'satrap' has no attribute {name!r}")
