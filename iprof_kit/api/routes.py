"""What other programs ask over HTTP: a question or a list of them, its answer or why there is none.

Nothing of what is asked is kept nor logged. A body is bounded before it is read, a list before it
is answered; one question is computed at a time, so that no list keeps another program waiting.
"""

from __future__ import annotations

import asyncio
import json
from functools import partial
from http import HTTPStatus
from typing import Any

from tornado.httputil import HTTPServerRequest
from tornado.web import Application, RequestHandler, stream_request_body

from iprof_kit.api.openapi import document
from iprof_kit.base.errors import Fault, InputError, KitError, LawError, Unavailable
from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.batch import answered
from iprof_kit.calculate.interface.reading import from_json, question_of_value
from iprof_kit.calculate.subjects import subject

LARGEST = 1 << 20
"""Octets of a body: a thousand questions of the longest subject."""
MOST = 1000
"""Questions of a list."""
AT_ONCE = 32
"""Requests whose body is kept at one time; the next are told to come back."""
_PAUSE = 1
"""Seconds after which it is worth asking again."""


_BROKEN = KitError("la question n’a pas pu être calculée.", remedy="Vérifiez ses valeurs.")
_ERRORS = {
    HTTPStatus.METHOD_NOT_ALLOWED: InputError(
        "cette route ne se demande pas ainsi.", remedy="Voyez /openapi.json."
    ),
    HTTPStatus.NOT_FOUND: InputError("cette route n’existe pas.", remedy="Voyez /openapi.json."),
}


class _Door(RequestHandler):
    """What every route shares: JSON out, errors as objects, no trace."""

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")

    def say(self, value: Any, status: HTTPStatus = HTTPStatus.OK) -> None:
        """Answer a value."""
        self.set_status(status)
        self.finish(json.dumps(value, ensure_ascii=False))

    def refuse(self, error: KitError, status: HTTPStatus) -> None:
        """Answer why there is no answer, with the code that a program reads."""
        self.say({"erreur": error.as_json()}, status)

    def write_error(self, status_code: int, **_: Any) -> None:
        status = HTTPStatus(status_code)
        self.refuse(_ERRORS.get(status) or _BROKEN, status)


class _Nothing(_Door):
    """A route that does not exist."""

    def prepare(self) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)


class _Document(_Door):
    """What may be asked, as OpenAPI 3.1."""

    def get(self) -> None:
        self.say(document())


@stream_request_body
class _Subject(_Door):
    """One subject: a question, or a list of them."""

    kept = 0
    """Requests whose body is being read or answered."""

    def initialize(self) -> None:
        self.body = bytearray()
        self.counted = False
        self.refusal: tuple[KitError, HTTPStatus] | None = None
        """Why the body is read and dropped: who sends it hears it once it is sent."""

    def prepare(self) -> None:
        if _Subject.kept >= AT_ONCE:
            self.set_header("Retry-After", str(_PAUSE))
            crowded = Unavailable("trop de programmes demandent à la fois.", remedy="Recommencez.")
            self.refusal = (crowded, HTTPStatus.SERVICE_UNAVAILABLE)
            return
        _Subject.kept += 1
        self.counted = True

    def data_received(self, chunk: bytes) -> None:
        if self.refusal is not None:
            return
        self.body += chunk
        if len(self.body) > LARGEST:
            self.body.clear()
            self.refusal = (_too_large(), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

    def on_finish(self) -> None:
        self._give_back()

    def on_connection_close(self) -> None:
        self._give_back()

    async def post(self, name: str) -> None:
        if self.refusal is not None:
            self.refuse(*self.refusal)
            return
        try:
            chosen = subject(name)
        except InputError as error:
            self.refuse(error, HTTPStatus.NOT_FOUND)
            return
        try:
            given = _read(bytes(self.body))
        except InputError as error:
            self.refuse(error, HTTPStatus.BAD_REQUEST)
            return
        asked = given if isinstance(given, list) else [given]
        answers = []
        for one in asked:
            answers += answered(chosen, [partial(question_of_value, chosen.question, one)])
            await asyncio.sleep(0)  # another program's question goes between two of these
        if given is asked:
            self.say([*map(_written, answers)])
        elif isinstance(answers[0], KitError):
            self.refuse(answers[0], _status_of(answers[0]))
        else:
            self.say(_written(answers[0]))

    def _give_back(self) -> None:
        if self.counted:
            self.counted = False
            _Subject.kept -= 1
            self.body.clear()


def application() -> Application:
    """Return the routes of the engine: `/openapi.json`, and one of each subject.

    Examples
    --------
    >>> application().settings["default_handler_class"].__doc__
    'A route that does not exist.'
    """
    routes: list[Any] = [(r"/openapi\.json", _Document), (r"/([a-z-]{1,40})", _Subject)]
    return Application(routes, default_handler_class=_Nothing, log_function=_say_nothing)


def _say_nothing(_request: HTTPServerRequest | RequestHandler) -> None:
    """Log no request: its address and its fields are those of a person."""


def _read(body: bytes) -> Any:
    """Return what a body says, or why it says nothing."""
    given = from_json(body)
    if isinstance(given, list) and len(given) > MOST:
        raise _too_long(f"cette liste a {len(given)} questions.", f"Envoyez-en {MOST} au plus.")
    return given


def _too_long(message: str, remedy: str) -> InputError:
    return InputError(message, remedy=remedy, faults=[Fault("trop_long", (), message, remedy)])


def _too_large() -> InputError:
    return _too_long("ce texte est trop long.", f"Envoyez {LARGEST // 1024} Kio au plus.")


def _status_of(error: KitError) -> HTTPStatus:
    known = isinstance(error, InputError | LawError)
    return HTTPStatus.UNPROCESSABLE_ENTITY if known else HTTPStatus.INTERNAL_SERVER_ERROR


def _written(answer: Plain | KitError) -> Any:
    if isinstance(answer, KitError):
        return {"erreur": answer.as_json()}
    return answer.model_dump(mode="json")
