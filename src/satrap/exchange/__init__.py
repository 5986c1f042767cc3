"""Claims in and out of open formats: other tools can read what the gate let out, and feed the ledger."""

from satrap.exchange.context import Context, latest_day
from satrap.exchange.formats import Exporter, Importer, exporter, importer, known_exporters, known_importers
from satrap.exchange.taking import Outcome, PassedOver, Taken, Taking
from satrap.exchange.transfer import Intake, edition, export, take

__all__ = [
    "Context",
    "Exporter",
    "Importer",
    "Intake",
    "Outcome",
    "PassedOver",
    "Taken",
    "Taking",
    "edition",
    "export",
    "exporter",
    "importer",
    "known_exporters",
    "known_importers",
    "latest_day",
    "take",
]
