"""What a state is made of, declared in country packs, and how its names are found in text."""

from satrap.country.gazetteer import Gazetteer, Mention
from satrap.country.loading import available_packs, load_pack
from satrap.country.pack import Pack

__all__ = ["Gazetteer", "Mention", "Pack", "available_packs", "load_pack"]
