"""A kernel belongs to the cookie that opened it, and holds nothing of the server's."""

import asyncio
import ctypes
import json
import os
import platform
import sys
from types import SimpleNamespace

import pytest
import websocket
from portal_client import V1
from portal_server import family, until

from iprof_kit.kernel.turns import GIVES_WAY, SERVER_TURN, SESSION_TURN, Attributes
from iprof_kit.server.pages import door as pages
from iprof_kit.server.visitors import Visitor
from iprof_kit.services.contract.cv import CV_OPERATIONS

ABSENT = "3f0c0b62-4d4e-4d0c-9f0e-6a2b3b1d7a11"


def message(kind, content):
    """One message in the v1 framing: count of offsets, offsets, then the parts."""
    header = {
        "msg_id": "m1",
        "msg_type": kind,
        "session": "essai",
        "username": "",
        "version": "5.3",
    }
    parts = [b"shell", *(json.dumps(part).encode() for part in (header, {}, {}, content))]
    offsets = [8 * (len(parts) + 2)]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    return b"".join(n.to_bytes(8, "little") for n in (len(offsets), *offsets)) + b"".join(parts)


def kinds(socket, wanted):
    """Return the kinds of the messages received, up to the one that is wanted."""
    seen = []
    while wanted not in seen:
        raw = socket.recv()
        count = int.from_bytes(raw[:8], "little")
        at = [int.from_bytes(raw[8 * n : 8 * n + 8], "little") for n in range(1, count + 1)]
        seen.append(json.loads(raw[at[1] : at[2]])["msg_type"])
    return seen


@pytest.mark.parametrize("who", ["stranger", "teacher", "gone"])
def test_nobody_reaches_the_kernel_of_another(opened, others, who):
    kernel = opened[1].kernel
    client = others[who]
    xsrf = {"X-XSRFToken": client.cookies.get("_xsrf", "x"), "Accept": "application/json"}
    assert client.get(f"/api/kernels/{kernel}").status in {302, 403}
    assert client.ask("DELETE", f"/api/kernels/{kernel}", headers=xsrf).status in {403, 405}
    assert client.post(f"/voila/api/shutdown/{kernel}").status == 403
    assert client.ask("POST", f"/api/kernels/{kernel}/restart", headers=xsrf).status == 404
    assert client.ask("POST", f"/api/kernels/{kernel}/interrupt", headers=xsrf).status == 404
    assert client.socket_status(kernel) == 403
    assert opened[0].get(f"/api/kernels/{kernel}").status == 200


def test_a_kernel_that_does_not_exist_looks_like_the_one_of_another(opened):
    client = opened[0]
    assert client.get(f"/api/kernels/{ABSENT}").status == 403
    assert client.socket_status(ABSENT) == 403
    assert client.post(f"/voila/api/shutdown/{ABSENT}").status == 403


def test_who_asks_for_pages_of_another_role_is_counted_in_the_log(server, visit):
    """ASVS 5.0, V16.3.2: the first at once, then once a minute."""
    teacher = visit()
    teacher.log_in("jdupont")
    assert teacher.get("/atelier").status == 403
    assert teacher.get(f"/api/kernels/{ABSENT}").status == 403
    assert until(lambda: "réponses 403, " in server.log.read_text())


def test_its_owner_may_not_delete_a_kernel_by_the_api(opened):
    client = opened[0]
    headers = {"X-XSRFToken": client.cookies["_xsrf"]}
    path = f"/api/kernels/{opened[1].kernel}"
    assert client.ask("DELETE", path, headers=headers).status == 405
    assert client.ask("POST", "/api/kernels", headers=headers, body="{}").status == 404


@pytest.mark.parametrize("protocols", [(), ("v0.kernel.websocket.jupyter.org",), ("x" + V1,)])
def test_a_websocket_without_the_v1_framing_is_refused(opened, protocols):
    client, page = opened
    with pytest.raises(websocket.WebSocketBadStatusException) as refusal:
        client.socket(page.kernel, protocols=protocols)
    assert refusal.value.status_code == 400


@pytest.mark.parametrize("origin", ["http://ailleurs.example", "null", "http://127.0.0.1:1"])
def test_a_websocket_asked_for_by_another_site_is_refused(opened, origin):
    assert opened[0].socket_status(opened[1].kernel, origin=origin) == 403


def test_a_page_of_the_same_name_on_another_port_is_refused_and_the_log_says_why(server, opened):
    """As behind a proxy on 8443 whose `Host $host` leaves the port out."""
    client, page = opened
    assert client.socket_status(page.kernel, origin="https://127.0.0.1:8443") == 403
    assert "proxy_set_header Host $http_host" in server.log.read_text(encoding="utf-8")


def test_the_owner_is_answered_and_cannot_run_code(opened, tmp_path):
    client, page = opened
    proof = tmp_path / "proof"
    link = client.socket(page.kernel)
    code = {"code": f"open({str(proof)!r}, 'w')", "silent": False, "allow_stdin": False}
    link.send_binary(message("execute_request", code))
    link.send_binary(message("complete_request", {"code": "os.", "cursor_pos": 3}))
    link.send_binary(message("kernel_info_request", {}))
    seen = kinds(link, "kernel_info_reply")
    link.close()
    assert not {"execute_reply", "complete_reply", "execute_input"} & set(seen)
    assert not proof.exists()


def test_a_kernel_has_nothing_of_the_servers_environment(opened, server):
    environment = opened[1].seen["environment"]
    assert "IPROF_DATABASE_URL" in server.environment
    ours = {name for name in environment if name.startswith("IPROF_")}
    assert ours == {"IPROF_GUICHET_FD", "IPROF_LOG_FORM", "IPROF_LOG_LEVEL", "IPROF_SITE_CHEMIN"}
    text = json.dumps(environment)
    for secret in ("ne-pas-lire", "people.sqlite", server.environment["IPROF_VAR"] + "/iprof"):
        assert secret not in text
    cookies = opened[0].cookies
    assert cookies["iprof_session"] not in text
    for name in ("QUERY_STRING", "VOILA_REQUEST_URL", "SCRIPT_NAME", "HTTP_COOKIE"):
        assert name not in environment
    assert environment["HOME"] != os.environ.get("HOME")


def test_what_a_kernel_claims_about_who_it_is_does_not_count(opened):
    seen = opened[1].seen
    assert seen["who"]["result"]["nom"] == "Dupont"
    assert seen["file"]["result"]["dossier"]["identite"]["prenom"] == "Jean"
    assert [claim["error"]["code"] for claim in seen["claims"]] == ["arguments_invalides"] * 4
    assert seen["unknown"]["error"]["code"] == "operation_inconnue"
    assert seen["too_long"]["error"]["code"] == "trop_long"
    assert seen["afterwards"]["result"]["nom"] == "Dupont"


def test_each_person_reads_her_own_file_only(visit):
    client = visit()
    client.log_in("ichevalier")
    seen = client.get("/dossier/synthese").seen
    assert seen["file"]["result"]["dossier"]["identite"]["nom"] == "Chevalier"
    assert "Dupont" not in json.dumps(seen)


def test_a_kernel_of_nobody_is_refused_every_operation_on_a_cv(visit):
    answers = visit().get("/ma-situation").seen["cv"]
    assert set(answers) == set(CV_OPERATIONS)
    assert {answer["error"]["code"] for answer in answers.values()} == {"non_connecte"}


def test_a_kernel_of_a_teacher_reaches_her_own_cv_and_nothing_that_is_not_hers(visit):
    client = visit()
    client.log_in("ichevalier")
    answers = client.get("/accueil").seen["cv"]
    assert set(answers) == set(CV_OPERATIONS)
    assert answers["cv"]["result"]["cv"] is None
    assert answers["cv_enregistrer"]["error"]["code"] == "arguments_invalides"
    for op in ("cv_version_lire", "cv_lien_creer", "cv_lien_revoquer", "cv_lien_apercu"):
        assert answers[op]["error"]["code"] == "refuse"


def test_a_visitor_without_account_has_a_kernel_of_her_own_and_no_file(visit):
    one, two = visit(), visit()
    page = one.get("/ma-situation")
    two.get("/ma-situation")
    assert page.status == 200
    assert page.seen["file"]["error"]["code"] == "non_connecte"
    assert page.seen["who"]["result"]["nom"] is None
    assert one.socket_status(page.kernel) == 101
    assert two.socket_status(page.kernel) == 403
    assert two.post(f"/voila/api/shutdown/{page.kernel}").status == 403
    assert len(one.cookies["iprof_visiteur"]) > 40


def test_my_situation_reads_nothing_of_who_is_logged_in(visit):
    client = visit()
    client.log_in("jdupont2")
    seen = client.get("/ma-situation").seen
    assert seen["file"]["error"]["code"] == "non_connecte"


def test_too_many_kernels_of_one_visitor_end_the_oldest(visit):
    client = visit()
    client.log_in("scohen")
    kernels = [client.get("/accueil").kernel for _ in range(4)]
    alive = [client.get(f"/api/kernels/{kernel}").status == 200 for kernel in kernels]
    assert alive == [False, True, True, True]


def test_a_page_that_goes_away_ends_its_own_kernel(visit):
    client = visit()
    client.log_in("aanalyste")
    kernel = client.get("/accueil").kernel
    assert client.ask("POST", f"/voila/api/shutdown/{kernel}").status == 403  # without the token
    assert client.post(f"/voila/api/shutdown/{kernel}").status == 204
    assert client.get(f"/api/kernels/{kernel}").status == 403


@pytest.mark.parametrize("who", ["stranger", "teacher", "gone"])
def test_who_has_the_id_of_a_kernel_whose_person_has_left_learns_that_it_is_closed(
    visit, others, who
):
    person = visit()
    person.log_in("scohen")
    kernel = person.get("/accueil").kernel
    assert others[who].get(f"/api/kernels/{kernel}").status in {302, 403}  # not while it lives
    secrets = [word for word in person.cookies.values() if word]
    person.post("/quitter")
    closed = others[who].get(f"/api/kernels/{kernel}")
    assert closed.status == 410
    assert "Cette page n’est plus ouverte." in closed.text
    for personal in (kernel, "scohen", "Cohen", "Sarah", *secrets):
        assert personal not in closed.text + str(closed.headers)
    assert others[who].socket_status(kernel) == 403
    assert others[who].post(f"/voila/api/shutdown/{kernel}").status == 403


def test_a_page_that_hears_of_its_end_finds_the_session_closed(monkeypatch):
    done = []

    async def ended(_owner):
        done.append("kernels")

    async def closed(*_words):
        done.append("session")

    page = object.__new__(pages.Leave)
    page.application = SimpleNamespace(
        settings={"kernel_manager": SimpleNamespace(end_all_of=ended)}
    )
    page.from_database = closed
    monkeypatch.setattr(pages, "visitor_of", lambda _page: Visitor("compte:1", "jeton"))
    asyncio.run(page.end_session())
    assert done == ["session", "kernels"]


def test_leaving_ends_the_session_then_the_kernels(visit, holders):
    client = visit()
    client.log_in("ggestionnaire")
    pages = [client.get("/accueil"), client.get("/ma-situation")]
    link = client.socket(pages[0].kernel)
    before = dict(client.cookies)
    answer = client.post("/quitter")
    assert (answer.status, answer.place) == (303, "/connexion")
    assert not client.cookies["iprof_session"].strip('"')
    client.cookies = before
    assert client.get("/accueil").place == "/connexion?suite=/accueil"
    for page in pages:
        assert client.socket_status(page.kernel) == 403
        until(lambda kernel=page.kernel: not holders(kernel), seconds=10)
    link.close()


def manners(pid):
    """Return the niceness of a process."""
    return os.getpriority(os.PRIO_PROCESS, pid)


def test_a_session_gives_way_to_the_server(server, opened):
    """A session that calculates without end would otherwise weigh as much as who serves all."""
    _, page = opened
    assert page.status == 200
    own = manners(server.process.pid)
    assert own + GIVES_WAY in {manners(pid) for pid in family(server.process.pid)}


def turn_of(pid):
    """Return the length of the turns that a process asked for, 0 where Linux knows none."""
    found, number = Attributes(), {"x86_64": 315, "aarch64": 275}[platform.machine()]
    size = ctypes.sizeof(found)
    ctypes.CDLL(None).syscall(number, pid, ctypes.byref(found), size, 0)
    return found.turn


@pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in {"x86_64", "aarch64"},
    reason="turns are those of Linux, asked here on two architectures",
)
def test_the_server_asks_for_short_turns_and_a_session_for_long_ones(server, opened):
    """All as long as each other, a session that calculates held the server up in mid-answer."""
    _, page = opened
    assert page.status == 200
    own = manners(server.process.pid)
    sessions = [pid for pid in family(server.process.pid) if manners(pid) == own + GIVES_WAY]
    turns = turn_of(server.process.pid), {turn_of(pid) for pid in sessions}
    known = tuple(map(int, platform.release().split(".")[:2])) >= (6, 12)
    assert turns == ((SERVER_TURN, {SESSION_TURN}) if known else (0, {0}))
