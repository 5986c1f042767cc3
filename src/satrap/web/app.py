"""The server: addresses to pages, what browsers are told to refuse, and pages that say what went wrong."""

from collections.abc import Awaitable, Callable
from importlib.resources import files
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from satrap.errors import EstimateError, LedgerError, SatrapError, UnknownNameError
from satrap.protect import faults
from satrap.web import render
from satrap.web.around import around
from satrap.web.desk import Desk
from satrap.web.jobs import Pending
from satrap.web.page import Page
from satrap.web.pages import PAGES, FRONT
from satrap.web.pages.problem import Problem, Waiting
from satrap.web.view import BadAddressError, View

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""Names under which we answer: another site that has its name point here gets nothing."""

AGAIN = 2  # seconds after which a page that is being made is asked for again
