"""What the words and numbers of a brief mean, and what it cannot see: the paragraphs that numbers lead to."""

from satrap.publish.brief import Paragraph
from satrap.simulate.verdicts import MOST

DEFINITIONS = (
    Paragraph(
        "method-share",
        "A share of authority",
        "is relative: how what is delegated from the top is divided among the listed institutions at one "
        "place. It has no unit in the world, and it can fall because another rose. Nationally it drifts "
        "slowly from week to week; a province deviates from the nation and returns to it, and follows "
        "the nation where no claim names it.",
    ),
    Paragraph(
        "method-claims",
        "A claim",
        "is a noisy statement that a share rose, fell, passed on or ranked above another. How telling a kind "
        "of claim is, and how noisy a kind of source, are judgements written down in the estimator's data; "
        "only their spread is learned. Claims of one story count as little more than one.",
    ),
    Paragraph(
        "method-hindsight",
        "Hindsight:",
        "claims that were published after the day of this brief inform what it says of that day and of the "
        "days before. It is not what was known at the time.",
    ),
    Paragraph(
        "method-bands",
        "A band",
        "of 80% leaves out the lowest and the highest tenth of the estimate's draws or of the simulated "
        "futures; those of 50% and 95% likewise. It holds only as far as the model does.",
    ),
    Paragraph(
        "method-futures",
        "Simulated futures",
        "follow from a mechanism and from priors, each future with its own draw, started from the estimate. "
        "Their shares are no probabilities of the world: they tell what would follow if the mechanism held. "
        "Every comparison runs the same futures with and without a measure.",
    ),
    Paragraph(
        "method-ratio",
        "The displacement ratio",
        "is what other institutions take over from residents, over what the weakened one gives up, both "
        "against the same futures without the measures. At 0 nothing is taken over, at 1 all of it; above 1 "
        "residents pay more than without the measures, below 0 the others take less as well. Where next to "
        "nothing is given up it is undefined, and those futures are left out.",
    ),
    Paragraph(
        "method-checks",
        "A check",
        "is something that was reported, or that must be so if the mechanism is what does the work. It holds "
        f"if it shows in at least {MOST:.0%} of the futures, or as its own bar says. Nothing is tuned to "
        "make one hold.",
    ),
    Paragraph(
        "method-parameters",
        "A parameter",
        "of the simulation rests on data, on weak evidence, or on judgement alone (“prior”); the last column "
        "of their table says which source.",
    ),
)

PROTECTED = (
    "Of whoever speaks at their own risk only the kind and the province are given, and months instead of "
    "days; in their words, places smaller than a province, days, private names and ages stand in brackets. "
    "People are named only if they are senior officials known from public reports. Quotations appear only "
    "from texts known to be published."
)

BLIND = (
    "An error that all sources share: if everyone who can be reached hears one rumour, it looks like "
    "agreement.",
    "What nobody tells. Silence is not calm: see the coverage table for the places that say least.",
    "Whether two anonymous sources are one person. Voices are counted as a lower bound.",
    "Whether the text means what it says. A sure-sounding text, a reliable source and a sure reader are "
    "three different things and are shown as three.",
)
