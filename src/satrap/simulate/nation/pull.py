"""What the offices of one member do, week by week: the equations' answer, before anybody is met."""

from __future__ import annotations

import numpy as np

from satrap.simulate.engine import Block, Fork
from satrap.simulate.kernels import taking
from satrap.simulate.nation.meetings import Pull
from satrap.simulate.nation.record import FEAR_STEP, WEEK
from satrap.simulate.scenario import Scenario
from satrap.simulate.state import InitialState
from satrap.simulate.units import weekly_probability


def pull(
    scenario: Scenario, initial: InitialState, member: int, seed: int, fork: Fork | None = None
) -> tuple[Pull, Block]:
    """What member number ``member`` of the ensemble does to its residents, and its block after the last week.

    Shares, expected sanction, prices and chances are those of equations 1–6; people do not answer back, so
    they are settled before the first meeting.
    """
    block = Block(scenario, initial.aligned(scenario), [member], seed, fork)
    shape = (scenario.weeks, *block.staff.shape)
    reach, price, turn, reform, learn, gain, removed = (np.empty(shape) for _ in range(7))
    meetings = float(weekly_probability(block.p["meetings"])[0, 0, 0])
    before = block.first_occasions
    for week in block.weeks():
        share = taking.occasions(block.log_ratio, block.p["opportunity"])[0]
        reach[week] = np.cumsum(share, axis=-1)
        price[week] = WEEK * block.price(week)[0] / meetings
        rate = block.temptation_rate(week)[0]
        exits = (block.exits + block.rates["correction"] * block.sanction)[0]
        moving = -np.expm1(-(rate + exits)) / np.maximum(rate + exits, np.finfo(float).tiny)
        turn[week], reform[week] = rate * moving, exits * moving
        learn[week] = -np.expm1(-rate)
        home, after = block.first_occasions, block.occasions
        gain[week] = ((np.maximum(after, home) / np.maximum(before, home)) ** -block.fresh)[0]
        before = after
        removed[week] = block.events.dismissed[0, week] / block.staff
    violent = WEEK * (block.first_take @ block.menace)[0]
    return (
        Pull(
            reach=reach,
            price=price,
            turn=turn,
            reform=reform,
            learn=learn,
            gain=gain,
            removed=removed,
            menace=block.menace,
            quota=float(block.p["quota"][0, 0, 0]),
            hiding=float(block.p["hiding"][0, 0, 0]),
            complaint=float(block.p["complaint"][0, 0, 0]),
            usual_fear=violent / float(block.rates["fear_decay"][0, 0, 0]) / FEAR_STEP,
        ),
        block,
    )
