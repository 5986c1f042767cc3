"""The server: addresses to pages, what browsers are told to refuse, and pages that say what went wrong."""

from collections.abc import Awaitable, Callable
from importlib.resources import files

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from satrap.errors import SatrapError, UnknownNameError
from satrap.protect import faults
from satrap.web import inside, render
from satrap.web.around import around
from satrap.web.desk import Desk
from satrap.web.forms import FORMS
from satrap.web.jobs import Pending
from satrap.web.page import Page
from satrap.web.pages.problem import Problem, problem, waiting
from satrap.web.routes import OF_ONE, WHOLE
from satrap.web.view import View

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""Names under which we answer: a site that has its own name point here gets nothing."""

AGAIN = 5  # seconds after which a page that is being made is asked for again
LONGEST = 200_000  # bytes of a form

Answer = Callable[[Request], Awaitable[Response]]


def create_app(desk: Desk) -> FastAPI:
    """The dashboard of a project."""
    app = FastAPI(title="satrap", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(LOOPBACK))

    @app.middleware("http")
    async def guarded(request: Request, onward: Answer) -> Response:
        response = await onward(request)
        response.headers.update(HEADERS)
        # what is static is asked about anew, what is not is kept nowhere
        static = request.url.path.startswith("/static/")
        response.headers["Cache-Control"] = "no-cache" if static else "no-store"
        return response

    app.mount("/static", StaticFiles(directory=str(files("satrap.web").joinpath("static"))))

    @app.get("/{path:path}")
    def page(request: Request, path: str) -> Response:
        return _answered(desk, request, path.split("/") if path else ["overview"])

    @app.post("/{path:path}")
    async def form(request: Request, path: str) -> Response:
        if not _same_origin(request):
            said = SatrapError("a form of another site was refused", remedy="use the form of the page itself")
            return _told(desk, request, View(), problem(said, ""), 403)
        if int(request.headers.get("content-length") or LONGEST + 1) > LONGEST:
            said = SatrapError("the form is too long", remedy="shorten it")
            return _told(desk, request, View(), problem(said, ""), 413)
        sent = await request.form()
        fields = {name: value for name, value in sent.items() if isinstance(value, str)}
        return await run_in_threadpool(_taken, desk, request, path.split("/"), fields)

    return app


def _answered(desk: Desk, request: Request, parts: list[str]) -> Response:
    """A page or the data of its chart; whatever goes wrong, a page that says so."""
    view = View()
    try:
        view = View.parse(request.query_params.multi_items())
        name, _, form = parts[-1].rpartition(".")
        if (name, form) == ("progress", "json") and len(parts) > 1:
            return _progress(desk, view, parts[:-1])
        if name and form in ("csv", "json") and len(parts) > 1:
            made = _page(desk, view, parts[:-1])
            content, media = render.data(made.figure(name), form)
            disposition = f'inline; filename="{name}.{form}"'
            return Response(content, media_type=media, headers={"Content-Disposition": disposition})
        return _told(desk, request, view, _page(desk, view, parts), 200)
    except Pending as pending:
        page = waiting(pending, view.to(*parts, "progress.json"))
        return _told(desk, request, view, page, 202, {"Refresh": str(AGAIN)})
    except SatrapError as error:
        found = problem(error, parts[0] if parts[0] in OF_ONE else "")
        return _told(desk, request, view, found, found.status)
    except Exception as error:  # its message may quote a report
        return _told(desk, request, View(), _fault(error), 500)


def _progress(desk: Desk, view: View, parts: list[str]) -> Response:
    """How far a page is that is being made: a stage and how much of it is done, or where it ended."""
    try:
        _page(desk, view, parts)
    except Pending as pending:
        return JSONResponse({"stage": pending.stage, "done": pending.done})
    except SatrapError as error:
        return JSONResponse({"stage": "", "done": 0.0, "failed": str(error)})
    return JSONResponse({"stage": "done", "done": 1.0, "href": view.to(*parts)})


def _taken(desk: Desk, request: Request, parts: list[str], fields: dict[str, str]) -> Response:
    """What a form asked for is done, and the browser led on."""
    view = View()
    try:
        view = View.parse(request.query_params.multi_items())
        if parts[0] not in FORMS:
            raise UnknownNameError("form", "/".join(parts)[:80], FORMS)
        outcome = FORMS[parts[0]](desk, parts[1:], fields)
        if isinstance(outcome, Page):
            return _told(desk, request, view, outcome, 422)
        return RedirectResponse(outcome, status_code=303)
    except SatrapError as error:
        return _told(desk, request, view, problem(error, ""), 422)
    except Exception as error:
        return _told(desk, request, View(), _fault(error), 500)


def _page(desk: Desk, view: View, parts: list[str]) -> Page:
    match parts:
        case [name] if name in WHOLE:
            return WHOLE[name](desk, view)
        case [family, id] if family in OF_ONE:
            return OF_ONE[family](desk, view, id)
    raise UnknownNameError("page", "/".join(parts)[:80], [*WHOLE, *OF_ONE])


def _told(
    desk: Desk, request: Request, view: View, page: Page, status: int, headers: dict[str, str] | None = None
) -> Response:
    told = around(desk, view, request.url.path, page.here)
    written = inside.html(page, told) if page.inside else render.html(page, told)
    return HTMLResponse(written, status, headers)


def _fault(error: Exception) -> Problem:
    return Problem(
        title="A fault of satrap's own",
        status=500,
        problem=f"A fault of satrap's own: {faults.place(error)}",
        remedy="what was recorded is kept; report this line, it holds no words of any report",
    )


def _same_origin(request: Request) -> bool:
    """Whether a form was sent by a page of ours, as browsers tell it."""
    fetched = request.headers.get("sec-fetch-site")
    if fetched is not None:
        return fetched == "same-origin"
    return request.headers.get("origin") == f"{request.url.scheme}://{request.headers.get('host')}"
