"""The estimate: who holds how much authority, where and when, how surely, and because of which claims."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from html import escape

import altair as alt
import numpy as np
import polars as pl
from numpy.typing import NDArray

from satrap.claims import RecordedClaim
from satrap.country import Pack
from satrap.errors import EstimateError, UnknownNameError
from satrap.estimate.change import PRIOR_DOMINATED, Change, change_between
from satrap.estimate.charts import authority_chart
from satrap.estimate.compare import SCALES, compare
from satrap.estimate.delay import Delay
from satrap.estimate.diagnosticity import diagnosticity
from satrap.estimate.hyper import NAMES
from satrap.estimate.hypotheses import Hypothesis
from satrap.estimate.influence import Contribution, contributions
from satrap.estimate.live import moved
from satrap.estimate.loadings import Loadings
from satrap.estimate.observations import Unused, observe
from satrap.estimate.offices import Offices
from satrap.estimate.posed import pose
from satrap.estimate.posterior import Posterior, Progress
from satrap.estimate.sensitivity import Answer, Target, answers, sensitivity
from satrap.estimate.tables import place_table
from satrap.estimate.traits import TRAITS
from satrap.estimate.weeks import Weeks

PROBS = (0.5, 0.8, 0.95)

_MANY = 2_000  # claims from which on …
_SETTINGS = 6  # … so many settings answer at once
_CHART_POINTS = 180  # weeks drawn per line, so that a chart stays small enough to embed


@dataclass(frozen=True, slots=True)
class Settings:
    """What an estimate was asked for; enough to make it again from the same claims."""

    start: date
    end: date
    known_at: datetime | None
    seed: int


@dataclass(frozen=True, eq=False)
class Estimate:
    """Authority shares of a state's institutions at the centre and in each province, week by week.

    Place None, or the country's own id, is the offices at the centre. Institutions are ids of the pack; one
    that has no share of its own stands for the one that counts it. Bands come from ``surfaces`` joint draws
    (S, P, T, I) of the log-ratios, float32: their sampling error is about a tenth of a standard deviation
    at the ends of a 95% band. ``delay`` is how long reports of dated events took. What no claim touched is
    the prior: equal shares, wide; see ``prior_dominated``.
    """

    claims: tuple[RecordedClaim, ...] = field(repr=False)
    pack: Pack = field(repr=False)
    settings: Settings
    loadings: Loadings = field(repr=False)
    offices: Offices = field(repr=False)
    weeks: Weeks
    posterior: Posterior = field(repr=False)
    surfaces: NDArray[np.float32] = field(repr=False)
    narrowing: NDArray[np.float64] = field(repr=False)
    unused: tuple[Unused, ...] = field(repr=False)
    delay: Delay
    again: "Callable[[Sequence[RecordedClaim]], Estimate]" = field(repr=False)

    @property
    def used(self) -> tuple[str, ...]:
        """Ids of the claims that are observations."""
        return self.posterior.seen.claims

    def observed(self) -> list[RecordedClaim]:
        """The claims that are observations."""
        used = set(self.used)
        return [one for one in self.claims if one.id in used]

    @property
    def prior_only(self) -> bool:
        """Whether no claim was usable, so that everything here is the prior."""
        return not self.used

    @cached_property
    def log_ratios(self) -> NDArray[np.float64]:
        """Posterior mean of the log-ratios, (place, week, institution); each row sums to zero."""
        return self.posterior.means()

    def shares(self, place: str | None = None, institution: str | None = None) -> pl.DataFrame:
        """Mean share by week, place and institution; narrowed to one place or institution where given."""
        return self._table(place, institution, ())

    def bands(
        self, probs: Sequence[float] = PROBS, place: str | None = None, institution: str | None = None
    ) -> pl.DataFrame:
        """Mean share with central bands: columns ``low_50``, ``high_50`` …, and ``prior_dominated``."""
        wrong = [prob for prob in probs if not 0 < prob < 1]
        if wrong:
            raise EstimateError(
                f"a band of probability {wrong[0]} does not exist",
                remedy="give probabilities between 0 and 1, such as 0.8",
            )
        return self._table(place, institution, probs)

    def to_polars(self) -> pl.DataFrame:
        """Everything: one row per week, place and institution, with 50, 80 and 95% bands."""
        return self.bands()

    def change(
        self, institution: str, place: str | None, start: date, end: date, probs: Sequence[float] = PROBS
    ) -> Change:
        """How much an office's share changed from one date to another, in different weeks."""
        i, first, last = self.offices.institution(institution), self.weeks.at(start), self.weeks.at(end)
        if first == last:
            raise EstimateError(f"{start} and {end} are in one week", remedy="give dates in different weeks")
        at = self.offices.place(place)
        mean, sd, prior_sd = self.posterior.change(at, i, first, last)
        ends = self.surfaces[:, at][:, [first, last]].astype(np.float64)
        return change_between(ends, i, sd / prior_sd, mean / prior_sd, probs)

    def why(
        self, institution: str, place: str | None, on: date, since: date | None = None, confirm: int = 0
    ) -> list[Contribution]:
        """The claims behind an estimate, or behind its change since a date: those that moved it most first.

        The parts are exact and sum to the whole move away from the prior. The first ``confirm`` are also
        checked by refitting without them.
        """
        return contributions(
            self.posterior,
            self.offices.institution(institution),
            self.offices.place(place),
            self.weeks.at(on),
            None if since is None else self.weeks.at(since),
            confirm,
        )

    def moved(self, *, out: str | None = None, new: RecordedClaim | None = None) -> pl.DataFrame:
        """What one claim does, at once and without a new fit: how far every office's mean log-ratio moves in
        every week when claim ``out`` (an id) goes out, or ``new`` comes in, or, for a correction, both.

        Columns week, place, institution, log_ratio (before) and moved. Raises UnknownNameError where ``out``
        is not an observation, EstimateError where ``new`` is not one.
        """
        if out is not None and out not in self.used:
            raise UnknownNameError("observation", out, self.used, remedy="see Estimate.used")
        row = None
        if new is not None:
            placed, unplaced = observe([new], self.offices, self.weeks, self.loadings)
            if unplaced:
                raise EstimateError(f"claim {new.id} is no observation", remedy=unplaced[0].reason)
            row = placed[0][1]
        shift = moved(self.posterior, None if out is None else self.used.index(out), row)
        places, institutions = self.offices.places, self.offices.institutions
        week, place, institution = np.meshgrid(
            np.array(self.weeks.mondays, dtype="datetime64[D]"), places, institutions, indexing="ij"
        )
        return pl.DataFrame(
            {
                "week": week.ravel(),
                "place": place.ravel(),
                "institution": institution.ravel(),
                "log_ratio": self.log_ratios.transpose(1, 0, 2).ravel(),
                "moved": shift.transpose(1, 0, 2).ravel(),
            }
        )

    def without(
        self,
        *,
        sources: Iterable[str] = (),
        publishers: Iterable[str] = (),
        stories: Iterable[str] = (),
        places: Iterable[str] = (),
        claims: Iterable[str] = (),
    ) -> "Estimate":
        """The estimate again, without some of the claims: what if this source is wrong?

        ``sources`` are kinds of voice ("inside source"), or kind and place ("inside source@KP-05"), anywhere
        in a claim's chain; ``publishers`` covers outlets that were reprinted too; ``places`` are what claims
        are about. Raises UnknownNameError for a name that no claim has.
        """
        asked = {
            "source": sources,
            "publisher": publishers,
            "story": stories,
            "place": places,
            "claim": claims,
        }
        return self._without(asked)

    def sensitivity(
        self,
        drop: str,
        institution: str,
        place: str | None,
        since: date,
        on: date,
        *,
        top: int = 20,
        confirm: int = 0,
    ) -> pl.DataFrame:
        """On whom an office's change rests: it again without each source, publisher, story or place in turn
        (``drop``), those first without which it moves most; the first row is with all claims.

        ``log_ratio`` and ``share`` are the change's posterior mean (share at the mean log-ratios), ``p_down``
        the chance that the log-ratio fell, ``rests_on_it`` the part of the change in log-ratio that goes with
        the group; parts of groups that agree need not add up. They hold the other claims as the fit left
        them; columns ``refit_…`` are from a whole new estimate, for the first ``confirm``, null below.
        """
        target = Target(
            self.offices.institution(institution),
            self.offices.place(place),
            self.weeks.at(since),
            self.weeks.at(on),
        )
        if target.first == target.last:
            raise EstimateError(f"{since} and {on} are in one week", remedy="give dates in different weeks")
        return sensitivity(
            self.posterior,
            self.observed(),
            drop,
            target,
            top,
            confirm,
            lambda name: self._without({drop: [name]}).posterior,
        )

    def live(
        self,
        institution: str,
        place: str | None,
        on: date,
        since: date | None = None,
        *,
        out: Mapping[str, Collection[str]],
    ) -> tuple[Answer, Answer]:
        """An office's share, or its change since a date, with all claims and at once without some: with the
        other claims' sites held, as in :meth:`sensitivity`. ``out`` names what goes, by source, publisher,
        story, place or claim. Of very many claims both answers are at the likeliest settings of the
        hyperparameters alone. Raises UnknownNameError for what no observation has."""
        first = None if since is None else self.weeks.at(since)
        target = Target(
            self.offices.institution(institution), self.offices.place(place), first, self.weeks.at(on)
        )
        dropped = self._dropped(self.observed(), out)
        kept = np.array([one not in dropped for one in self.used], dtype=np.bool_)
        posterior = self.posterior if len(kept) <= _MANY else self.posterior.likeliest(_SETTINGS)
        whole, left = answers(posterior, target, [np.ones_like(kept), kept])
        return whole, left

    def compare(self, hypotheses: Sequence[Hypothesis], scales: Sequence[float] = SCALES) -> pl.DataFrame:
        """Hypotheses weighed by the claims: one row each, in the order given.

        ``log_bf`` is the natural logarithm of the Bayes factor against this estimate's model with nothing
        laid down; the difference of two rows is that of one against the other. ``weight`` is the posterior
        probability among those compared where each was as likely before. ``prior`` and ``posterior`` are
        probabilities, null for point nulls and jumps, which have none. Columns ``walk_sd_x…`` are ``log_bf``
        where the prior expects changes so many times as large. ``prior_dominated``: less than three to one,
        or for at one scale and against at another. Raises EstimateError and UnknownNameError.
        """
        priors = self.loadings.hyperparameters
        return compare(hypotheses, self.posterior, priors, self.offices, self.weeks, scales)

    def diagnosticity(self, hypothesis: Hypothesis, progress: Progress | None = None) -> pl.DataFrame:
        """What each story adds to a hypothesis's ``log_bf``, in the order of first publication; the undated
        come last. The first row, without a story, is what the claims taught through the hyperparameters.
        ``so_far`` ends at the ``log_bf`` of :meth:`compare`. Cost: a refit per story."""
        return diagnosticity(
            pose(hypothesis, self.offices, self.weeks),
            self.posterior,
            self.loadings.hyperparameters,
            self.observed(),
            progress or (lambda *_: None),
        )

    def draws(self, on: date, n: int, seed: int) -> NDArray[np.float64]:
        """``n`` joint posterior draws of the log-ratios in the week of a date, (n, place, institution)."""
        surfaces = self.surfaces[:, :, self.weeks.at(on)]
        rng = np.random.default_rng(seed)
        rounds = [rng.permutation(len(surfaces)) for _ in range(-(-n // len(surfaces)))]
        chosen = np.concatenate([np.empty(0, dtype=np.int64), *rounds])[:n]
        return np.asarray(surfaces[chosen], dtype=np.float64)

    def prior_dominated(self, place: str | None, institution: str, on: date) -> bool:
        """Whether claims narrowed this office's log-ratio by less than a tenth in that week."""
        at = self.offices.place(place), self.weeks.at(on), self.offices.institution(institution)
        return bool(self.narrowing[at] > PRIOR_DOMINATED)

    def hyperparameters(self) -> pl.DataFrame:
        """Each hyperparameter's prior median, posterior mean and standard deviation, and where it is from;
        then each publisher's, source's and certainty word's noise, as a multiple of that declared."""
        parts = self.posterior.parts
        groups = [" ".join(group) for group in self.posterior.seen.groups]
        values = np.array([[*part.hyper[: len(NAMES)], *np.exp(part.hyper.slopes)] for part in parts])
        counts = [part.count for part in parts]
        mean = np.average(values, axis=0, weights=counts)
        sd = np.sqrt(np.average((values - mean) ** 2, axis=0, weights=counts))
        priors = [self.loadings.hyperparameters[name] for name in NAMES]
        return pl.DataFrame(
            {
                "name": [*NAMES, *groups],
                "prior_median": [*(one.median for one in priors), *(1.0 for _ in groups)],
                "mean": mean,
                "sd": sd,
                "source": [*(one.source for one in priors), *("noise over that declared" for _ in groups)],
            }
        )

    def plot(
        self,
        place: str | None = None,
        institutions: Collection[str] | None = None,
        probs: Sequence[float] = PROBS,
    ) -> alt.LayerChart | alt.FacetChart:
        """Shares of some (default: all) institutions at a place over time, with bands."""
        wanted = (
            None
            if institutions is None
            else {self.offices.institutions[self.offices.institution(one)] for one in institutions}
        )
        table = self.bands(probs, place or self.pack.code)
        every = max(1, self.weeks.count // _CHART_POINTS)
        drawn = set(self.weeks.mondays[::every])
        table = table.filter(pl.col("week").is_in(list(drawn)))
        if wanted is not None:
            table = table.filter(pl.col("institution").is_in(sorted(wanted)))
        name = self._place_name(self.offices.place(place))
        return authority_chart(table, f"Authority: {name}", [round(100 * prob) for prob in probs])

    def _repr_html_(self) -> str:
        monday = self.weeks.monday(self.weeks.count - 1)
        last = self.bands((0.8,), self.pack.code).filter(pl.col("week") == monday)
        rows = "".join(
            f"<tr><td>{escape(name)}</td><td>{share:.0%}</td><td>{low:.0%}–{high:.0%}</td></tr>"
            for name, share, low, high in last.select(
                "institution_name", "share", "low_80", "high_80"
            ).iter_rows()
        )
        used = len(self.used)
        basis = f"{used} claim{'s' * (used > 1)}" if used else "no usable claim: this is the prior"
        return (
            f"<p><b>{escape(self.pack.name)}</b>, authority at the centre in the week of "
            f"{monday}; {basis}, {len(self.unused)} not used</p>"
            f"<table><tr><th>Institution</th><th>Share</th><th>80% band</th></tr>{rows}</table>"
        )

    def _without(self, asked: Mapping[str, Iterable[str]]) -> "Estimate":
        dropped = self._dropped(self.claims, asked)
        return self.again([one for one in self.claims if one.id not in dropped])

    @staticmethod
    def _dropped(claims: Iterable[RecordedClaim], asked: Mapping[str, Iterable[str]]) -> set[str]:
        """Ids of the claims that have any of the traits asked for."""
        dropped: set[str] = set()
        for kind, wanted in asked.items():
            having = {one.id: TRAITS[kind](one) for one in claims}
            known = {trait for each in having.values() for trait in each}
            for name in wanted:
                if name not in known:
                    raise UnknownNameError(kind, name, known, remedy=f"no claim has this {kind}")
                dropped.update(claim for claim, each in having.items() if name in each)
        return dropped

    def _table(self, place: str | None, institution: str | None, probs: Sequence[float]) -> pl.DataFrame:
        places = range(len(self.offices.places)) if place is None else [self.offices.place(place)]
        named = [(one, self.pack.institution(one).name) for one in self.offices.institutions]
        table = pl.concat(
            [
                place_table(
                    self.surfaces[:, at],
                    self.narrowing[at] > PRIOR_DOMINATED,
                    self.weeks.mondays,
                    (self.offices.places[at], self._place_name(at)),
                    named,
                    probs,
                )
                for at in places
            ]
        )
        if institution is None:
            return table
        wanted = self.offices.institutions[self.offices.institution(institution)]
        return table.filter(pl.col("institution") == wanted)

    def _place_name(self, place: int) -> str:
        if place == 0:
            return f"{self.pack.name} (centre)"
        return self.pack.place(self.offices.places[place]).name
