"""`iprof api`: what other programs ask of the engine, well or badly."""

import asyncio
import http.client
import json
import re
import threading
from contextlib import closing
from http import HTTPStatus

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from iprof_kit import KitError, ask
from iprof_kit.api import routes
from iprof_kit.api.openapi import document
from iprof_kit.base.paths import ROOT
from iprof_kit.calculate.subjects import HOMES
from iprof_kit.commands.calculate import calculate

PAGE = (ROOT / "docs" / "calculations.md").read_text(encoding="utf-8")
EXAMPLES = {
    title.split()[0]: json.loads(re.search(r"^```json\n(.*?)^```", text, re.M | re.S)[1])
    for title, text in re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S)
    if title.split()[0] in HOMES
}
SHARED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
GOOD = {"listes": [{"nom": "6e", "effectif": 132}]}


@pytest.fixture(scope="module")
def port():
    """The engine served in a thread; its port."""
    opened = threading.Event()
    kept = {}

    async def serve():
        sockets = bind_sockets(0, address="127.0.0.1")
        server = HTTPServer(routes.application(), max_body_size=64 * routes.LARGEST)
        server.add_sockets(sockets)
        kept.update(port=sockets[0].getsockname()[1], loop=asyncio.get_running_loop(),
                    end=asyncio.Event())  # fmt: skip
        opened.set()
        await kept["end"].wait()
        server.stop()
        await server.close_all_connections()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    opened.wait()
    yield kept["port"]
    kept["loop"].call_soon_threadsafe(kept["end"].set)
    thread.join()


def put(port, path, body, method="POST"):
    """Return the status and what is answered, which is always JSON."""
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as asked:
        raw = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        asked.request(method, path, raw)
        found = asked.getresponse()
        text = found.read()
    return found.status, json.loads(text)


@pytest.mark.parametrize("name", HOMES)
def test_every_subject_answers_as_python_does_alone_and_in_a_list(port, name):
    question = EXAMPLES[name]
    wanted = ask(name, question).model_dump(mode="json")
    assert put(port, f"/{name}", question) == (HTTPStatus.OK, wanted)
    assert put(port, f"/{name}", [question, question]) == (HTTPStatus.OK, [wanted, wanted])


def paths(value, head=()):
    """Yield the place of each value of a question."""
    yield head
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(
        value, list) else ()  # fmt: skip
    for name, part in parts:
        yield from paths(part, (*head, name))


def replaced(value, path, new):
    if not path:
        return new
    first, *rest = path
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[first] = replaced(copy[first], rest, new)
    return copy


JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(), st.text(max_size=20),
    st.sampled_from(["9999-12-31", "0001-01-01", "pe", "7", [], {}, [[]], {"corps": "pe"}]),
)  # fmt: skip


@st.composite
def spoilt(draw):
    """A subject and its worked example, of which one or two values are anything."""
    name = draw(st.sampled_from(sorted(EXAMPLES)))
    question = EXAMPLES[name]
    for _ in range(draw(st.integers(1, 2))):
        path = draw(st.sampled_from([path for path in paths(question) if path]))
        try:
            question = replaced(question, path, draw(JUNK))
        except (KeyError, IndexError, TypeError):
            continue
    return name, question


def by_python(name, text):
    try:
        return ask(name, json.loads(text)).model_dump(mode="json")
    except KitError as error:
        return {"erreur": error.as_json()}


def by_command(name, text):
    done = CliRunner().invoke(calculate, [name, "--input", "-", "--errors", "json"], input=text)
    assert done.exit_code in (0, 2), done.exception
    return json.loads(done.stderr if done.exit_code else done.stdout)


@settings(max_examples=60, suppress_health_check=SHARED)
@given(asked=spoilt())
def test_three_ways_give_one_answer_or_one_error(port, asked):
    name, question = asked
    text = json.dumps(question)
    answer = by_python(name, text)
    status, served = put(port, f"/{name}", text.encode())
    assert served == answer
    assert status == (HTTPStatus.UNPROCESSABLE_ENTITY if "erreur" in answer else HTTPStatus.OK)
    assert by_command(name, text) == answer


BAD = {
    "10 MB": (b"[" * 10_000_000, 413, "trop_long"),
    "100,000 questions": (b"[" + b",".join([b"1"] * 100_000) + b"]", 400, "trop_long"),
    "10,000 deep": (b"[" * 10_000 + b"]" * 10_000, 400, "json_invalide"),
    "10,000 deep inside": (b'{"listes": ' + b"[" * 10_000 + b"]" * 10_000 + b"}", 400,
                           "json_invalide"),
    "not JSON": (b"oups", 400, "json_invalide"),
    "nothing": (b"", 400, "json_invalide"),
    "another encoding": (json.dumps(GOOD).encode("utf-16"), 400, "json_invalide"),
    "a number": (b"7", 422, "type_attendu"),
    "a question in a text": (json.dumps(json.dumps(GOOD)).encode(), 422, "type_attendu"),
    "wrong type": (b'{"listes": 3}', 422, "type_attendu"),
    "not a number": (b'{"listes": [{"nom": "6e", "effectif": NaN}]}', 422, "hors_bornes"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "status", "code"), BAD.values(), ids=BAD)
def test_a_bad_body_has_an_error_with_its_code_never_a_trace(port, body, status, code):
    answered, said = put(port, "/quota", body)
    assert (answered, said["erreur"]["fautes"][0]["code"]) == (status, code)
    assert set(said) == {"erreur"}
    assert "Traceback" not in json.dumps(said)


@pytest.mark.parametrize(("path", "method", "status"), [
    ("/pays", "POST", 404), ("/", "GET", 404), ("/quota/../pay", "POST", 404),
    ("/quota", "GET", 405), ("/quota", "DELETE", 405), ("/openapi.json", "POST", 405),
])  # fmt: skip
def test_a_route_that_is_none_says_so(port, path, method, status):
    answered, said = put(port, path, GOOD, method)
    assert (answered, set(said)) == (status, {"erreur"})


def test_a_long_list_lets_another_program_be_answered_between_two_questions(port):
    """The short one, asked after it, is answered before it."""
    order = []

    def ask_for(name, body):
        put(port, f"/{name}", body)
        order.append(name)

    long_one = threading.Thread(target=ask_for, args=("career", [EXAMPLES["career"]] * 200))
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as ready:
        ready.connect()
        long_one.start()
        ask_for("quota", GOOD)
    long_one.join()
    assert order == ["quota", "career"]


def test_programs_beyond_what_is_kept_are_told_to_come_back(port, monkeypatch):
    monkeypatch.setattr(routes, "AT_ONCE", 0)
    assert put(port, "/quota", GOOD)[0] == HTTPStatus.SERVICE_UNAVAILABLE
    monkeypatch.undo()
    assert put(port, "/quota", GOOD)[0] == HTTPStatus.OK


def test_the_document_is_openapi_and_has_a_route_by_subject(port):
    said = put(port, "/openapi.json", None, "GET")[1]
    validate(said)
    assert said == document()
    assert set(said["paths"]) == {f"/{name}" for name in HOMES}
