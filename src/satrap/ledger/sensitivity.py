"""How much of the bodies of entries may leave: of what people wrote and of who they are, nothing."""

from satrap.ledger import bodies
from satrap.ledger.entry import Entry
from satrap.ledger.reviews import Act
from satrap.ledger.search import Found, Hit
from satrap.ledger.writing import Recording
from satrap.protect.sensitivity import Sensitivity, declare

_P, _C, _W = Sensitivity.PUBLIC, Sensitivity.COARSE, Sensitivity.WITHHELD

# `at` tells when a report came in; `author` which of a team's members worked on it
declare(Entry, seq=_W, kind=_P, at=_W, author=_W, body=_C)
declare(Recording, report=_C, claims=_C, reader=_P, version=_P)
declare(bodies.LedgerOpened, version=_P)
declare(bodies.ReportRead, report=_W, reader=_P, version=_P, claims=_W)
declare(bodies.ClaimAccepted, claim=_W, note=_W)
declare(bodies.ClaimCorrected, claim=_W, corrected=_C, fields=_P, note=_W)
declare(bodies.ClaimRejected, claim=_W, reason=_W)
declare(bodies.NoteAdded, subject=_W, text=_W)
declare(bodies.StoryJoined, report=_W, story=_W, evidence=_W, by_hand=_W)
declare(bodies.StorySplit, report=_W, story=_W, reason=_W)
declare(bodies.EntitiesMerged, into=_W, merged=_W, reason=_W)
declare(bodies.EntitiesUnmerged, into=_W, unmerged=_W, reason=_W)
declare(
    bodies.EstimatePublished, cut=_P, model=_P, hash=_P, known_at=_W, start=_P, end=_P, seed=_P
)  # known_at: the moment of a write tells when a report came in
declare(Act, claim=_W, author=_W, seq=_W, read=_C, said=_C)
declare(Hit, claim=_C, score=_W, marks=_W)
declare(Found, hits=_C, total=_W)
