"""What the offices of one member do, week by week: the equations' answer, before anybody is met."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from satrap.simulate.engine import Block, Fork
from satrap.simulate.kernels import taking
from satrap.simulate.kernels.conduct import CONDUCTS
from satrap.simulate.kernels.residents import approach
from satrap.simulate.nation.meetings import Pull
from satrap.simulate.nation.record import FEAR_STEP, WEEK
from satrap.simulate.scenario import Scenario
from satrap.simulate.state import InitialState
from satrap.simulate.units import Floats, weekly_probability


@dataclass(frozen=True, eq=False)
class Offices:
    """One member's offices, week by week.

    ``share`` of authority and expected ``sanction`` (weeks, places, institutions); ``news`` (weeks, places):
    what support owes to dismissals heard of, in sd; ``block`` as it is after the last week.
    """

    pull: Pull
    block: Block
    share: Floats
    sanction: Floats
    news: Floats


def offices(
    scenario: Scenario, initial: InitialState, member: int, seed: int, fork: Fork | None = None
) -> Offices:
    """What member number ``member`` of the ensemble does to its residents.

    Shares, expected sanction, prices and chances are those of equations 1–6; people do not answer back, so
    they are settled before the first meeting.
    """
    block = Block(scenario, initial.aligned(scenario), [member], seed, fork)
    shape = (scenario.weeks, *block.staff.shape)
    reach, price, learn, gain, removed, share, sanction = (np.empty(shape) for _ in range(7))
    conduct = np.empty((*shape, CONDUCTS, CONDUCTS))
    news, by_burden = np.empty(shape[:2]), np.zeros(shape[1])
    meetings = float(weekly_probability(block.p["meetings"])[0, 0, 0])
    before = block.first_occasions
    for week in block.weeks():
        occasions = taking.occasions(block.log_ratio, block.p["opportunity"])[0]
        reach[week] = np.cumsum(occasions, axis=-1)
        price[week] = WEEK * block.price(week)[0] / meetings
        conduct[week] = block.turning[0]
        learn[week] = -np.expm1(-block.temptation_rate(week)[0])
        home, after = block.first_occasions, block.occasions
        gain[week] = ((np.maximum(after, home) / np.maximum(before, home)) ** -block.fresh)[0]
        before = after
        removed[week] = block.removed(week)[0]
        share[week], sanction[week] = block.share[0], block.sanction[0]
        lost = -block.p_place["support_burden"][0] * block.relative[0]
        by_burden = approach(by_burden, lost, block.rates_place["support_decay"][0])
        news[week] = block.support[0] - by_burden
    violent = WEEK * (block.first_take @ block.menace)[0]
    pull = Pull(
        reach=reach,
        price=price,
        conduct=conduct,
        learn=learn,
        gain=gain,
        removed=removed,
        menace=block.menace,
        quota=float(block.p["quota"][0, 0, 0]),
        hiding=float(block.p["hiding"][0, 0, 0]),
        complaint=float(block.p["complaint"][0, 0, 0]),
        usual_fear=violent / float(block.rates["fear_decay"][0, 0, 0]) / FEAR_STEP,
    )
    return Offices(pull, block, share, sanction, news)
