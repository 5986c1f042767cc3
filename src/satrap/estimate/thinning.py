"""Of very many claims, those that hyperparameters are learned from.

A setting costs as much to weigh as its claims take to fit, while some thousand of them say nearly all that
can be known of a dozen numbers. Which are taken does not depend on what they say: the posterior of the
hyperparameters on them is a proper one, only wider than it might be. The surface is conditioned on all.
"""

import numpy as np
from numpy.typing import NDArray

from satrap.estimate.functionals import Observations


def thinned(seen: Observations, most: int, seed: int) -> NDArray[np.bool_]:
    """Which claims to learn from, (J,): about ``most``, all of them where there are no more.

    Whole stories, since what one telling shares is learned too; first those that tell of a publisher, kind of
    source or word of which few are taken yet, so that each is known about equally well.
    """
    if len(seen) <= most:
        return np.ones(len(seen), dtype=bool)
    order = np.argsort(seen.stories, kind="stable")
    starts = np.searchsorted(seen.stories[order], np.arange(len(seen.story_names) + 1))
    enough = most // (2 * max(len(seen.groups), 1))
    taken, counts = np.zeros(len(seen), dtype=bool), np.zeros(len(seen.groups))
    number, later = 0, []
    shuffled = np.random.default_rng([seed, len(seen)]).permutation(len(seen.story_names))
    for story in shuffled:
        claims = order[starts[story] : starts[story + 1]]
        told = seen.members[claims].sum(axis=0)
        if (counts[told > 0] < enough).any():
            taken[claims], counts, number = True, counts + told, number + len(claims)
        else:
            later.append(claims)
    for claims in later:
        if number >= most:
            break
        taken[claims], number = True, number + len(claims)
    return taken
