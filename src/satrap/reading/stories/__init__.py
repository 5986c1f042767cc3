"""Which reports descend from one telling, so that one insider is not counted five times."""

from satrap.reading.stories.group import Membership, group

__all__ = ["Membership", "group"]
