"""The dashboard: a local server of pages, each a pure function of what is held in memory and of its address.

``view`` is what an address carries, ``desk`` what is held in memory, ``pages`` makes page models of both, and
``app`` serves them. Nothing imports this room but the command that starts it.
"""
