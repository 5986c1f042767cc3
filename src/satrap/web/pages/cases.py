"""Cases of rival explanations on the page of hypotheses: weights, and the matrix of evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from satrap.claims import RecordedClaim
from satrap.forecast.rivals import Mark, Matrix, cases, load_case, matrix, weigh
from satrap.project import Project
from satrap.publish.words import count, percent
from satrap.rivals import overrulings
from satrap.web.cells import AnyCell, Cell, Estimated, Table

_SIGNS = {
    Mark.STRONGLY_FOR: "++",
    Mark.FOR: "+",
    Mark.NEITHER: "·",
    Mark.AGAINST: "−",
    Mark.STRONGLY_AGAINST: "−−",
}


@dataclass(frozen=True)
class ShownCase:
    """``verdict`` says how far the first rival leads. What analysts wrote of marks they overruled stays
    inside; their marks are in brackets."""

    id: str
    title: str
    told: str
    verdict: str
    weights: Table
    matrix: Table


def shown_cases(project: Project, claims: Sequence[RecordedClaim], until: date) -> list[ShownCase]:
    """The bundled cases of the country that had begun by a day, weighed by what had been told by then."""
    found = (load_case(one) for one in cases())
    begun = [one for one in found if one.country == project.pack.code and one.since < until]
    return [
        _shown(matrix(weigh(one, claims, project.pack, until), overrulings(project, one))) for one in begun
    ]


def _shown(found: Matrix) -> ShownCase:
    weighing = found.weighing
    case, tally = weighing.case, weighing.tally
    below = f"/hypotheses#{case.id}"  # the evidence, and the claims that it is counted from
    weights = [
        (
            rival.title,
            rival.says,
            Estimated(percent(float(weight)), below),
            Estimated(
                f"{percent(float(weighing.settings[rival.id].to_numpy().min()))} to "
                f"{percent(float(weighing.settings[rival.id].to_numpy().max()))}",
                below,
            ),
        )
        for rival, weight in zip(case.rivals, found.posterior, strict=True)
    ]
    by_distance = sorted(range(len(case.evidence)), key=lambda at: -found.diagnosticity[at])
    best = case.rivals[int(weighing.posterior.argmax())].title
    return ShownCase(
        case.id,
        case.title,
        f"{count(tally.told, 'story')} since then, {count(tally.told_before, 'story')} before",
        "Which of them leads rests on what was thought before, not on the claims."
        if weighing.rests_on_priors
        else f"“{best}” would lead until it was {weighing.lead:.0f} times less likely beforehand.",
        Table(("Explanation", "Says", "Weight among these", "Under other priors"), weights),
        Table(
            ("Evidence", "Before", "Since", *(one.title for one in case.rivals), "Tells apart"),
            [_row(found, at) for at in by_distance],
        ),
    )


def _row(found: Matrix, column: int) -> tuple[AnyCell, ...]:
    case, tally = found.weighing.case, found.weighing.tally
    own = {(one.rival, one.evidence) for one in found.overruled}
    evidence = case.evidence[column]
    signs = []
    for row, rival in enumerate(case.rivals):
        sign = _SIGNS[found.mark(row, column)]
        signs.append(f"({sign})" if (rival.id, evidence.id) in own else sign)
    told = tally.claims[column]
    since: AnyCell = str(tally.after[column])
    if told:
        since = Cell(str(tally.after[column]), f"/claim/{told[0]}#quote")
    return evidence.title, str(tally.before[column]), since, *signs, f"{found.diagnosticity[column]:.1f}"
