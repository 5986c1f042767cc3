"""Pages by their address: only where asked for, only from public addresses, within limits."""

from satrap.reports.fetch.fetcher import Fetcher
from satrap.reports.fetch.limits import Limits

__all__ = ["Fetcher", "Limits"]
