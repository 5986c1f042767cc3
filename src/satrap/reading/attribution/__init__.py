"""Who says, thinks, wants or shows what: attribution relations of any text, on the dependency parse."""

from satrap.reading.attribution.find import Attributions, attributions
from satrap.reading.attribution.model import Attribution, Directness

__all__ = ["Attribution", "Attributions", "Directness", "attributions"]
