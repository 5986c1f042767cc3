"""satrap: who holds power, where, and on whose word."""

__version__ = "0.1.0"
