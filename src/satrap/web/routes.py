"""Which address is which page."""

from collections.abc import Callable, Mapping

from satrap.web.desk import Desk
from satrap.web.page import Page
from satrap.web.pages.claim import claim
from satrap.web.pages.conflicts import conflicts
from satrap.web.pages.forecasts import forecasts
from satrap.web.pages.hypotheses import hypotheses
from satrap.web.pages.institution import institution
from satrap.web.pages.office import office
from satrap.web.pages.overview import overview
from satrap.web.pages.people import person, post, who
from satrap.web.pages.place import place
from satrap.web.pages.report import report
from satrap.web.pages.review import review, review_queue
from satrap.web.pages.scenario import scenario
from satrap.web.pages.search import search
from satrap.web.pages.sources import sources
from satrap.web.pages.why import why
from satrap.web.view import View

WHOLE: Mapping[str, Callable[[Desk, View], Page]] = {
    "overview": overview,
    "who": who,
    "conflicts": conflicts,
    "sources": sources,
    "hypotheses": hypotheses,
    "forecasts": forecasts,
    "scenario": scenario,
    "search": search,
    "review": review_queue,
}
"""Pages about the whole: ``/conflicts``."""

OF_ONE: Mapping[str, Callable[[Desk, View, str], Page]] = {
    "institution": institution,
    "office": office,
    "place": place,
    "post": post,
    "person": person,
    "why": why,
    "claim": claim,
    "review": review,
    "report": report,
}
"""Pages about one thing: ``/place/KP-05``."""
