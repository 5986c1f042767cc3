from tests.ledger.conftest import clock, postgresql, where

__all__ = ["clock", "postgresql", "where"]
