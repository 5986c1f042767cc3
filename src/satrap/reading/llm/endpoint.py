"""Any endpoint that speaks the OpenAI chat protocol: ``POST {url}/chat/completions``."""

import ipaddress
import time
from collections.abc import Callable
from typing import Any, Protocol

import httpx
import msgspec

from satrap.errors import ReadingError

Message = dict[str, str]  # {"role": "system" | "user", "content": ...}

_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504})  # a later try may succeed


class Model(Protocol):
    """Anything that answers messages; ``model`` is the name that claims carry."""

    @property
    def model(self) -> str: ...

    def ask(self, messages: list[Message]) -> str: ...


class _Said(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Said


class _Completion(msgspec.Struct):
    choices: list[_Choice]


class Endpoint:
    """A model behind an address. It is sent the messages, the model's name and temperature 0, nothing else:
    no tools are offered, redirects are not followed, proxies and credentials of the environment are not used.

    ``url`` ends where ``/chat/completions`` begins ("http://localhost:11434/v1"); it must be https unless the
    host is this machine. ``timeout`` is in seconds and for each try; ``retries`` are tries after the first,
    each after twice the wait (``backoff`` seconds at first).
    """

    def __init__(
        self,
        url: str,
        model: str,
        *,
        key: str | None = None,
        timeout: float = 120.0,
        retries: int = 2,
        backoff: float = 1.0,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.url = url.rstrip("/")
        self.model = model
        self._key = key
        self._timeout = timeout
        self._retries = retries
        self._backoff = backoff
        self._wait = wait
        _check(self.url)

    def ask(self, messages: list[Message]) -> str:
        """The model's answer; raises ReadingError, saying what to do, where there is none."""
        body = {"model": self.model, "messages": messages, "temperature": 0}
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        problem = ""
        with httpx.Client(timeout=self._timeout, follow_redirects=False, trust_env=False) as client:
            for attempt in range(self._retries + 1):
                if attempt:
                    self._wait(self._backoff * 2 ** (attempt - 1))
                try:
                    answer = client.post(f"{self.url}/chat/completions", json=body, headers=headers)
                except httpx.TimeoutException:
                    problem = f"gave no answer within {self._timeout:g} s"
                except httpx.HTTPError as error:
                    problem = f"cannot be reached ({type(error).__name__})"
                else:
                    if answer.status_code not in _AGAIN:
                        return self._content(answer)
                    problem = f"answered {answer.status_code}"
        raise self._fault(
            f"{problem}, {self._retries + 1} times", "check that it runs and its address, then read again"
        )

    def _content(self, answer: httpx.Response) -> str:
        status = answer.status_code
        if status in {401, 403}:
            raise self._fault(f"refused the key ({status})", "set the right key")
        if answer.is_redirect:
            raise self._fault(
                f"sends elsewhere ({status})", "name the final address; redirects are not followed"
            )
        if status != httpx.codes.OK:
            raise self._fault(f"answered {status}", "check its address and the model's name")
        try:
            completion = msgspec.json.decode(answer.content, type=_Completion)
            content = completion.choices[0].message.content
        except (msgspec.MsgspecError, IndexError):
            content = None
        if content is None:
            raise self._fault("gave no text of the chat protocol", "check that its address ends before /chat")
        return content

    def _fault(self, problem: str, remedy: str) -> ReadingError:
        return ReadingError(f"language model {self.model} at {self.url} {problem}", remedy=remedy)

    def __repr__(self) -> str:
        return f"Endpoint({self.url!r}, {self.model!r})"  # never the key


def _check(url: str) -> None:
    parsed = httpx.URL(url)
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise ReadingError(f"{url!r} is no address of a language model", remedy="write it as https://host/v1")
    if parsed.scheme == "http" and not _is_local(parsed.host):
        raise ReadingError(
            f"{url} would send reports in the clear", remedy="use https, or a model on this machine"
        )


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def decode_object(text: str) -> Any:
    """The JSON object in an answer, which models like to wrap in words or a code fence; None if none."""
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        return None
    try:
        return msgspec.json.decode(text[start : end + 1])
    except msgspec.DecodeError:
        return None
