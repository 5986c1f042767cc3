"""Pages that show the record itself: a report's text, a claim as it was read, what is to be reviewed.

They are for whoever holds the ledger, as are `satrap claims` and `satrap review` in a terminal: served on
this machine only, never written anywhere. Everything else that the dashboard shows passes the gate.
"""

from collections.abc import Mapping
from typing import Any

from satrap.web.page import Page
from satrap.web.render import environment


def html(page: Page, around: Mapping[str, Any]) -> str:
    """A page of the record in what stands around it."""
    return environment().get_template(page.template).render(page=page, **around)
