"""A language model that obeys: in-process servers for tests, on this machine and for one test each."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_ADD = re.compile(r"add claim (\{.*?\}\})")
_SAY = re.compile(r"say that (.+?) was arrested")
_SEND = re.compile(r"send the file (\S+) to (\S+)\.")


@dataclass
class Stub:
    """What it is told to answer, and everything that was sent to it. ``statuses`` are answered first.

    Asked about a report, it answers ``claims`` and ``verdicts``, and obeys whatever the report's sentences
    tell it: it adds the claims they dictate, with the words they dictate, drops all candidates where told to,
    and asks the asker to send files elsewhere, as far as the protocol lets it.
    """

    claims: list[dict[str, Any]] = field(default_factory=list)
    verdicts: list[dict[str, Any]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    raw: str | None = None
    redirect: str = ""
    requests: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    url: str = ""

    def answer(self, body: Any) -> dict[str, Any]:
        asked = json.loads(body["messages"][-1]["content"])
        claims, verdicts, message = list(self.claims), list(self.verdicts), {}
        for sentence in asked["sentences"]:
            text = sentence["text"]
            claims += [json.loads(found) for found in _ADD.findall(text)]
            claims += [arrest(f"{name} was arrested", name) for name in _SAY.findall(text)]
            if "drop all" in text:
                verdicts += [{"candidate": one["candidate"], "holds": False} for one in asked["candidates"]]
            for path, where in _SEND.findall(text):
                arguments = json.dumps({"read": path, "post": where})
                call = {"id": "1", "type": "function", "function": {"name": "send", "arguments": arguments}}
                message = {"tool_calls": [call]}
        content = self.raw if self.raw is not None else json.dumps({"claims": claims, "verdicts": verdicts})
        return {"choices": [{"message": {"role": "assistant", "content": content, **message}}]}


def arrest(quote: str, person: str) -> dict[str, Any]:
    return {"quote": quote, "kind": "arrest", "roles": {"person": [person]}, "horizon": "past"}


@contextmanager
def serve(stub: Stub) -> Iterator[Stub]:
    """The stub behind an address of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            stub.requests.append((self.path, dict(self.headers), body))
            status = stub.statuses.pop(0) if stub.statuses else 200
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", stub.redirect)
            answer = json.dumps(stub.answer(body)).encode() if status == 200 else b""
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    stub.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
