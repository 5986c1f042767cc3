"""A headless Chromium, and what pages did in it while they were looked at."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

Scheme = Literal["light", "dark"]

WIDTHS = (390, 820, 1280)
"""A telephone, a tablet, a desk."""

SCHEMES: tuple[Scheme, ...] = ("light", "dark")

PATIENCE = 20_000  # ms that anything may take, on a machine that is busy with other things

NAMES = ("chromium", "chromium-browser", "google-chrome")
NOT_FOUND = "needs Chromium; on Debian: apt-get install chromium"


def executable() -> str | None:
    """Where the browser is."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


@contextmanager
def browsing() -> Iterator[Browser]:
    """A browser that finds no other machine, whatever a page asks for."""
    arguments = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium runs as root in no other way
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=arguments)
        yield browser
        browser.close()


@dataclass
class Watch:
    """What pages asked of ``own``, what of anybody else, and what they complained of: errors on the console,
    which is also where the browser tells of what a policy refused, and scripts that failed."""

    own: str
    requests: list[str] = field(default_factory=list)
    external: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @classmethod
    def over(cls, context: BrowserContext, own: str) -> "Watch":
        """Of everything that pages of the context do from now on."""
        watch = cls(own)
        context.on("request", watch._asked)
        context.on("console", watch._said)
        context.on("weberror", lambda failed: watch.errors.append(str(failed.error)))
        return watch

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(("data:", "blob:")):
            (self.requests if request.url.startswith(self.own) else self.external).append(request.url)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)


@contextmanager
def watched(
    browser: Browser, own: str, width: int = WIDTHS[-1], scheme: Scheme = "light", scripts: bool = True
) -> Iterator[tuple[Page, Watch]]:
    """A page of its own, with what it does."""
    context = browser.new_context(
        base_url=own,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )
    watch = Watch.over(context, own)
    context.set_default_timeout(PATIENCE)
    yield context.new_page(), watch
    context.close()
