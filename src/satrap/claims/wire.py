"""Claims as bytes: the canonical JSON that is hashed, stored and exchanged."""

import msgspec

from satrap.claims.claim import Claim


def encode(claim: Claim) -> bytes:
    """Canonical JSON: keys sorted, UTF-8, no insignificant space, defaults left out."""
    return msgspec.json.encode(claim, order="sorted")


def decode(data: bytes | str) -> Claim:
    """Read one claim; raises msgspec.ValidationError naming the field that is wrong."""
    return msgspec.json.decode(data, type=Claim)
