"""The guichet on both sides, without a server: a fake `run`, a real pair of sockets."""

import asyncio
import json
import logging
import socket
import threading
from concurrent.futures import Future
from contextlib import suppress
from contextvars import copy_context
from datetime import UTC, date, datetime

import pytest

from iprof_kit.base.errors import InputError, Refused, Unavailable
from iprof_kit.base.logs import TRACE
from iprof_kit.server.guichet import LONGEST_LINE, Guichet
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.contract.cv import LARGEST_CV
from iprof_kit.services.contract.dossier import Academie, Qui
from iprof_kit.services.workers.later import Later
from iprof_kit.ui.components.guichet import Guichet as KernelSide
from iprof_kit.ui.components.guichet import open_guichet

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
JEAN = Identity(1, "jdupont", ("enseignant",), "D0001")


def named(identity, op, args, now):
    academie = Academie(code="06", nom="Clermont-Ferrand", assistance_nom="Assistance")
    name = identity.compte if identity else None
    return Qui(nom=name, aujourdhui=now.date(), academie=academie)


def exchange(lines, run=named, who=lambda: JEAN, seconds=5.0):
    """Send lines to a guichet, close, and return its answers."""
    ours, theirs = socket.socketpair()

    def send():
        theirs.sendall(lines)
        theirs.shutdown(socket.SHUT_WR)

    async def serve():
        sender = asyncio.get_running_loop().run_in_executor(None, send)
        await Guichet(run, lambda: NOW, seconds).serve(ours, who)
        await sender

    asyncio.run(serve())
    with theirs, theirs.makefile("rb") as received:
        return [json.loads(line) for line in received]


def line(**words):
    return json.dumps(words).encode() + b"\n"


def test_an_answer_is_made_for_who_the_server_says():
    (answer,) = exchange(line(id=7, op="session.qui"))
    assert answer["id"] == 7
    assert answer["result"]["nom"] == "jdupont"
    assert answer["error"] is None


def test_who_asks_is_looked_up_at_each_line():
    people = iter([JEAN, None])
    answers = exchange(line(id=1, op="session.qui") * 2, who=lambda: next(people))
    assert [answer["result"]["nom"] for answer in answers] == ["jdupont", None]


@pytest.mark.parametrize(
    "sent",
    [
        b"pas du json\n", b"[]\n", b"\xff\xfe\n", b"\n", b"null\n", b'{"id": 1}\n',
        line(id="x", op="session.qui"), line(id=1, op="session.qui", compte="autre"),
        line(id=1, op="session.qui", identity={"compte": "autre"}), line(id=1, op=5),
        line(id=1, op="session.qui", args=[1]), b"[" * 10_000 + b"\n",
        *(line(id=1, op="session.qui", trace=odd) for odd in ("a\nb", "", "0" * 41, "xyz", 5)),
    ],
)  # fmt: skip
def test_a_malformed_line_is_refused_and_the_next_one_is_answered(sent):
    bad, good = exchange(sent + line(id=2, op="session.qui"))
    assert bad["error"]["code"] == "arguments_invalides"
    assert good["result"]["nom"] == "jdupont"


class Lines(logging.Handler):
    """Keep what is logged, with the trace that the line would carry."""

    def __init__(self):
        super().__init__()
        self.said = []

    def emit(self, record):
        self.said.append((TRACE.get(), record.getMessage()))


@pytest.fixture
def lines():
    kept, log = Lines(), logging.getLogger("iprof_kit.server.guichet")
    log.addHandler(kept)
    log.setLevel(logging.INFO)
    yield kept.said
    log.removeHandler(kept)
    log.setLevel(logging.NOTSET)


def test_a_click_is_followed_from_its_page_to_its_operation(lines):
    token = TRACE.set("aaaaaaaa")  # the page's opening, which the server alone knows
    exchange(line(id=1, op="session.qui", trace="bbbbbbbb"))
    TRACE.reset(token)
    [(trace, said)] = lines
    assert trace == "aaaaaaaa-bbbbbbbb"
    assert said.startswith("opération session.qui : ")


def test_a_refusal_is_a_line_that_says_so(lines):
    """ASVS 5.0, V16.3.2: who asks for what is not hers is seen."""

    def refused(identity, op, args, now):
        raise Refused("ce dossier n’est pas le vôtre.")

    exchange(line(id=1, op="dossier.lire"), run=refused)
    [(_, said)] = lines
    assert said.startswith("opération dossier.lire : refuse, ")


def test_what_a_kernel_calls_an_operation_forges_no_line(lines):
    exchange(line(id=1, op="x\n\x1b[2J" + "y" * 1000))
    assert all("\n" not in said and "\x1b" not in said and len(said) < 80 for _, said in lines)
    assert lines


def test_the_kernel_s_end_says_which_message_it_answers():
    ours, theirs = socket.socketpair()
    token = TRACE.set("aaaaaaaa-cccccccc")
    with ours, theirs:
        theirs.settimeout(5)
        asking = threading.Thread(
            target=copy_context().run, args=(_quietly, KernelSide(ours, seconds=0.2))
        )
        asking.start()
        sent = json.loads(theirs.recv(1 << 16))
        asking.join()
    TRACE.reset(token)
    assert sent["trace"] == "cccccccc"


def _quietly(kernel):
    with suppress(Unavailable):
        kernel.ask("session.qui")


@pytest.mark.parametrize("size", [LONGEST_LINE + 1, 3 * LONGEST_LINE])
def test_a_line_that_is_too_long_is_forgotten(size):
    bad, good = exchange(b"x" * size + b"\n" + line(id=2, op="session.qui"))
    assert bad["error"]["code"] == "trop_long"
    assert good["id"] == 2


def test_the_largest_cv_passes():
    def measured(identity, op, args, now):
        return named(identity, op, args, now).model_copy(update={"prenom": str(len(args["cv"]))})

    sent = line(id=1, op="cv_enregistrer", args={"cv": "x" * LARGEST_CV})
    (answer,) = exchange(sent, run=measured)
    assert answer["result"]["prenom"] == str(LARGEST_CV)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Refused("non."), "refuse"),
        (InputError("non."), "arguments_invalides"),
        (Unavailable("non."), "indisponible"),
        (ZeroDivisionError("secret"), "erreur_interne"),
    ],
)
def test_an_error_keeps_its_kind_and_says_nothing_internal(error, code):
    def run(*_words):
        raise error

    (answer,) = exchange(line(id=1, op="session.qui"), run=run)
    assert answer["error"]["code"] == code
    assert "secret" not in json.dumps(answer)


def test_an_operation_that_does_not_end_is_given_up():
    never = threading.Event()
    try:
        (answer,) = exchange(
            line(id=1, op="session.qui"), run=lambda *_words: never.wait(20), seconds=0.05
        )
    finally:
        never.set()
    assert answer["error"]["code"] == "delai_depasse"


class Counter:
    """A guichet whose operations last until they are told to end; `order` tells who began."""

    def __init__(self, seconds=30.0, threads=1):
        self.order, self.ends = [], threading.Semaphore(0)
        self.guichet = Guichet(self.run, lambda: NOW, seconds, threads)

    def run(self, identity, op, args, now):
        self.order.append(args["who"])
        self.ends.acquire()
        return named(identity, op, args, now)

    def ask(self, who):
        """Ask for a person, named by the first letter."""
        sent = line(id=1, op="session.qui", args={"who": who})
        return asyncio.create_task(self.guichet.answer(sent, lambda: JEAN, who[0]))

    async def begun(self, count):
        while len(self.order) < count:
            await asyncio.sleep(0.01)


def test_a_session_that_sends_many_lets_another_have_its_turn_second():
    async def play():
        desk = Counter()
        asked = [desk.ask(f"a{number}") for number in range(4)]
        await desk.begun(1)
        asked.append(desk.ask("b0"))
        await asyncio.sleep(0)
        for number in range(5):
            await desk.begun(number + 1)
            desk.ends.release()
        answers = await asyncio.gather(*asked)
        assert all(answer.error is None for answer in answers)
        return desk.order

    assert asyncio.run(play()) == ["a0", "b0", "a1", "a2", "a3"]


def test_a_session_whose_former_request_still_runs_is_refused_at_once():
    async def play():
        desk = Counter(seconds=0.3, threads=2)
        late = await desk.ask("a0")
        refused, other = desk.ask("a1"), desk.ask("b0")
        await desk.begun(2)
        assert desk.guichet.late == 1
        for _ in range(2):
            desk.ends.release()
        found = [late, await refused, await other]
        while desk.guichet.late:
            await asyncio.sleep(0.01)
        return found

    late, refused, other = asyncio.run(play())
    assert late.error.code == "delai_depasse"
    assert refused.error.code == "indisponible"
    assert "demande précédente" in refused.error.message
    assert other.error is None


def elsewhere(works):
    """Return a `run` whose answers wait for one work after the other, then say who asked."""

    def run(identity, op, args, now):
        def then(done):
            return named(identity, op, args, now) if done.result() is None else run_on(done)

        def run_on(_done):
            return Later(works[1], then)

        long = args.get("who") == "long"
        return Later(works[0], then) if long else named(identity, op, args, now)

    return run


def test_w12_what_waits_elsewhere_holds_no_thread_of_anybody():
    work = Future()

    async def play():
        guichet = Guichet(elsewhere([work]), lambda: NOW, 30.0, threads=1)
        asked = {who: line(id=1, op="session.qui", args={"who": who}) for who in ("long", "short")}
        waiting = [
            asyncio.create_task(guichet.answer(asked["long"], lambda: JEAN, f"person {number}"))
            for number in range(9)
        ]
        await asyncio.sleep(0)
        for _ in range(3):
            quick = await guichet.answer(asked["short"], lambda: JEAN, "somebody else")
            same_person = await guichet.answer(asked["short"], lambda: JEAN, "person 0")
        assert not any(one.done() for one in waiting)
        work.set_result(None)
        return quick, same_person, *await asyncio.gather(*waiting)

    answers = asyncio.run(play())
    assert [one.result["nom"] for one in answers] == ["jdupont"] * 11


@pytest.mark.parametrize(
    ("failure", "code"),
    [(Unavailable("x."), "indisponible"), (InputError("x."), "arguments_invalides"),
     (ValueError("a secret"), "erreur_interne")],
)  # fmt: skip
def test_w12_what_fails_elsewhere_is_told_as_what_fails_here(failure, code):
    work = Future()
    work.set_exception(failure)
    (answer,) = exchange(line(id=4, op="x", args={"who": "long"}), elsewhere([work]))
    assert (answer["id"], answer["error"]["code"]) == (4, code)
    assert "secret" not in json.dumps(answer)


def test_w12_what_does_not_end_elsewhere_is_given_up_and_its_person_goes_on():
    never, asked = Future(), line(id=1, op="x", args={"who": "long"})
    late, next_one = exchange(asked + line(id=2, op="x"), elsewhere([never]), seconds=0.3)
    assert late["error"]["code"] == "delai_depasse"
    assert next_one["result"]["nom"] == "jdupont"


def test_w12_who_could_not_wait_to_the_end_is_told_what_goes_on():
    def run(_who, _op, _args, _now):
        return Later(Future(), lambda _: None, Unavailable("ceci dure.", remedy="Revenez."))

    (answer,) = exchange(line(id=1, op="x"), run, seconds=0.3)
    said = answer["error"]
    assert (said["code"], said["message"], said["remede"]) == (
        "indisponible", "ceci dure.", "Revenez.",
    )  # fmt: skip


def test_w12_a_session_closed_while_it_waits_is_answered_nothing():
    work = Future()
    work.set_result("x")
    people = iter([JEAN, None])
    (answer,) = exchange(
        line(id=1, op="x", args={"who": "long"}), elsewhere([work]), who=lambda: next(people)
    )
    assert answer["error"]["code"] == "non_connecte"
    assert answer["result"] is None


def test_w12_what_waits_twice_is_answered_once():
    works = [Future(), Future()]
    works[0].set_result("more")
    works[1].set_result(None)
    (answer,) = exchange(line(id=1, op="x", args={"who": "long"}), elsewhere(works))
    assert answer["result"]["nom"] == "jdupont"


def test_what_waits_is_bounded_for_each_session():
    async def play():
        desk = Counter()
        asked = [desk.ask(f"a{number}") for number in range(20)]
        await desk.begun(1)
        for _ in range(20):
            desk.ends.release()
        return [answer.error and answer.error.code for answer in await asyncio.gather(*asked)]

    codes = asyncio.run(play())
    assert codes[:17] == [None] * 17
    assert codes[17:] == ["indisponible"] * 3


def kernel_side(reply, seconds=5.0):
    """Return a kernel's end whose requests are answered by `reply`."""
    ours, theirs = socket.socketpair()

    def serve():
        with ours, ours.makefile("rwb") as lines:
            for sent in lines:
                lines.write(reply(json.loads(sent)))
                lines.flush()

    threading.Thread(target=serve, daemon=True).start()
    return KernelSide(theirs, seconds)


def who(number, name="Dupont"):
    academie = {"code": "06", "nom": "Clermont-Ferrand", "assistance_nom": "Assistance"}
    result = {"nom": name, "aujourdhui": "2026-11-25", "academie": academie}
    return line(id=number, result=result)


def failed(number, code):
    return line(id=number, error={"code": code, "message": "non.", "remede": "Ailleurs."})


def test_the_kernel_gets_a_typed_answer():
    answer = kernel_side(lambda sent: who(sent["id"])).ask("session.qui")
    assert isinstance(answer, Qui)
    assert answer.aujourdhui == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("refuse", Refused), ("non_connecte", Refused), ("indisponible", Unavailable),
        ("erreur_interne", Unavailable), ("trop_long", Unavailable),
    ],
)  # fmt: skip
def test_the_kernel_is_told_what_to_do(code, kind):
    with pytest.raises(kind) as told:
        kernel_side(lambda sent: failed(sent["id"], code)).ask("session.qui")
    assert told.value.remedy == "Ailleurs."


def test_an_answer_that_comes_too_late_is_not_taken_for_the_next():
    sent_numbers = []

    def reply(sent):
        sent_numbers.append(sent["id"])
        if len(sent_numbers) == 1:
            return b""
        return who(sent_numbers[0], "Retard") + who(sent["id"])

    guichet = kernel_side(reply, seconds=0.2)
    with pytest.raises(Unavailable):
        guichet.ask("session.qui")
    assert guichet.ask("session.qui").nom == "Dupont"


def test_a_server_that_is_gone_is_said_to_be():
    ours, theirs = socket.socketpair()
    ours.close()
    with pytest.raises(Unavailable, match="le serveur ne répond pas"):
        KernelSide(theirs).ask("session.qui")


def test_threads_take_turns():
    guichet = kernel_side(lambda sent: who(sent["id"], str(sent["args"]["n"])))
    found = {}
    threads = [
        threading.Thread(target=lambda n=n: found.update({n: guichet.ask("session.qui", n=n).nom}))
        for n in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {n: str(n) for n in range(20)}


def test_without_the_portal_there_is_no_guichet(monkeypatch):
    monkeypatch.delenv("IPROF_GUICHET_FD", raising=False)
    open_guichet.cache_clear()
    with pytest.raises(Unavailable, match="depuis le portail"):
        open_guichet()
