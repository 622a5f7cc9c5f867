"""Behind a proxy: who asks is whom a declared proxy names, whatever the client writes."""

import pytest
from portal_client import Client
from portal_server import Server, free_port, until
from proxy_programs import Caddy, Haproxy, Nginx
from tornado.httputil import HTTPHeaders

from iprof_kit.base.errors import InputError
from iprof_kit.server.proxies import Proxies

FORGED = "192.0.2.77"


def told(proxies, peer, *forwarded, **others):
    """What is left of the headers: a client may send several, and others that tornado reads."""
    headers = HTTPHeaders(others)
    for one in forwarded:
        headers.add("X-Forwarded-For", one)
    Proxies(proxies).tell(headers, peer)
    return headers


HEX, UUID = "0123456789abcdef0123456789abcdef", "5D1F3C1A-8f0e-4b53-9a55-0d7a4c1e2f3b"


@pytest.mark.parametrize("identifier", [HEX, UUID, "3f0a9c1e"])
def test_the_identifier_of_a_request_is_that_of_a_declared_proxy_alone(identifier):
    words = {"X-Request-Id": identifier}
    assert told(["10.0.0.0/24"], "10.0.0.1", **words)["X-Request-Id"] == identifier.lower()
    assert "X-Request-Id" not in told(["10.0.0.0/24"], "192.0.2.1", **words)
    assert "X-Request-Id" not in told([], "10.0.0.1", **words)


@pytest.mark.parametrize(
    "identifier",
    ["jdupont", "C0000207:9D1E_7F000001", "3f0a9c1\u0660", "3f0a9c1", "a" * 37, "", "3f0a9c1e, 0a"],
)
def test_an_identifier_of_another_form_is_not_taken(identifier):
    assert "X-Request-Id" not in told(["10.0.0.1"], "10.0.0.1", **{"X-Request-Id": identifier})


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("10.0.0.1", ["198.51.100.4"], "198.51.100.4"),
        ("10.0.0.1", [f"{FORGED}, 198.51.100.4"], "198.51.100.4"),
        ("10.0.0.1", [FORGED, "198.51.100.4"], "198.51.100.4"),
        ("10.0.0.1", [f"{FORGED}, 198.51.100.4, 10.0.0.9"], "198.51.100.4"),
        ("10.0.0.1", ["10.0.0.7"], "10.0.0.7"),  # a client inside, who is all there is
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["unknown"], "10.0.0.1"),
        ("10.0.0.1", [f"{FORGED}, <script>, 10.0.0.9"], "10.0.0.9"),
        ("::ffff:10.0.0.1", ["2001:db8::4"], "2001:db8::4"),
        ("198.51.100.4", [FORGED], None),
        ("0.0.0.0", [FORGED], None),  # another kind of socket
    ],
)
def test_w15_the_client_is_read_from_the_right(peer, forwarded, client):
    assert told(["10.0.0.0/24"], peer, *forwarded).get("X-Forwarded-For") == client


@pytest.mark.parametrize("peer", ["10.0.0.1", "198.51.100.4"])
def test_w15_no_other_header_tells_who_asks(peer):
    headers = told(["10.0.0.1"], peer, **{"X-Real-Ip": FORGED, "X-Scheme": "https"})
    assert "X-Real-Ip" not in headers
    assert "X-Scheme" not in headers


@pytest.mark.parametrize(
    ("peer", "said", "scheme"),
    [("10.0.0.1", "http, https", "https"), ("198.51.100.4", "https", None)],
)
def test_w15_the_scheme_is_the_declared_proxy_s(peer, said, scheme):
    headers = told(["10.0.0.1"], peer, **{"X-Forwarded-Proto": said})
    assert headers.get("X-Forwarded-Proto") == scheme


@pytest.mark.parametrize("text", ["proxy.example", "10.0.0.1/8", ""])
def test_w15_a_proxy_is_an_address_or_a_network(text):
    with pytest.raises(InputError, match="ni une adresse, ni un réseau"):
        Proxies([text])


def eight_failures(port, source):
    """The status of eight wrong passwords, each from where its client says she is."""
    client = Client(port, source=source)
    client.get("/connexion")
    said = {"X-Real-Ip": FORGED, "X-Client-Ip": FORGED, "Forwarded": f"for={FORGED}"}
    return [
        client.ask(
            "POST", "/connexion",
            form={"_xsrf": client.cookies["_xsrf"], "compte": "jdupont", "mdp": "faux"},
            headers=said | {"X-Forwarded-For": f"192.0.2.{number}"},
        ).status
        for number in range(8)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def behind(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("behind"), proxies=["127.0.0.1"])
    try:
        running.wait()
        yield running
    finally:
        running.stop()


@pytest.fixture
def nginx(behind, tmp_path):
    with Nginx(tmp_path, behind.port, behind.port) as proxy:
        yield proxy.port


@pytest.fixture
def haproxy(behind, tmp_path):
    with Haproxy(tmp_path, behind.port, behind.port) as proxy:
        yield proxy.port


@pytest.fixture
def caddy(behind, tmp_path):
    with Caddy(tmp_path, behind.port, behind.port) as proxy:
        yield proxy.port


def delayed_and_noted(behind, port, source):
    """She is delayed, and the journal holds where she is: neither what she forges."""
    assert 429 in eight_failures(port, source)
    journal = behind.command("account", "journal")
    assert source in journal
    assert "192.0.2." not in journal


def test_w03_behind_a_real_nginx_who_guesses_is_delayed_whatever_she_forges(behind, nginx):
    delayed_and_noted(behind, nginx, "127.0.0.2")


@pytest.mark.soak
def test_w03_behind_a_real_haproxy_too(behind, haproxy):
    delayed_and_noted(behind, haproxy, "127.0.0.5")


@pytest.mark.soak
def test_w03_behind_a_real_caddy_too(behind, caddy):
    delayed_and_noted(behind, caddy, "127.0.0.6")


def test_w15_a_page_and_its_kernel_answer_through_nginx(nginx, tmp_path):
    client = Client(nginx, source="127.0.0.3")
    assert client.log_in("scohen").status == 303
    kernel = client.get("/ma-situation").kernel
    assert client.socket_status(kernel) == 101
    former = client.get("/cv/un-secret-que-personne-ne-lit")
    assert former.status == 303
    assert client.get(former.place).status == 404  # no CV has this secret
    log = tmp_path / "log"
    until(lambda: " GET /cv " in log.read_text())  # written once the answer has gone
    assert "un-secret" not in log.read_text()


def test_w03_who_comes_beside_the_proxy_is_not_believed(behind):
    assert 429 in eight_failures(behind.port, "127.0.0.4")


@pytest.mark.soak
@pytest.mark.parametrize("program", [Nginx, Haproxy, Caddy])
def test_a_page_calculates_on_the_copy_that_opened_it_and_the_other_goes_on_alone(
    program, tmp_path_factory, tmp_path
):
    """Visitors without a cookie yet: what brings a page back must come with its first answer."""
    first = Server(tmp_path_factory.mktemp("un"), proxies=["127.0.0.1"])
    first.wait()
    second = Server(tmp_path_factory.mktemp("deux"), beside=first, proxies=["127.0.0.1"])
    second.wait()
    try:
        with program(tmp_path, first.port, second.port) as proxy:
            visitors = [Client(proxy.port, source=f"127.0.1.{number}") for number in range(1, 13)]
            assert calculated(visitors, first, second) == {"un", "deux"}
            first.stop()
            assert calculated(visitors, second) == {"deux"}
    finally:
        for one in (first, second):
            if one.process.poll() is None:
                one.stop()


SOAKED = [Nginx, *(pytest.param(one, marks=pytest.mark.soak) for one in (Haproxy, Caddy))]


@pytest.mark.parametrize("program", SOAKED)
def test_where_no_copy_can_be_reached_the_proxy_says_it_in_french(program, tmp_path):
    with program(tmp_path, free_port(), free_port()) as proxy:
        for path in ("/connexion", "/cv/un-secret-que-personne-ne-lit"):
            answer = refused_in_french(proxy.port, path)
            assert "Ce que vous aviez enregistré est gardé." in answer.text
            assert answer.headers["Retry-After"] == "60"
            assert answer.headers["Content-Type"].lower() == "text/html; charset=utf-8"
            assert answer.headers["Cache-Control"] == "no-store"


def refused_in_french(port, path):
    answer = Client(port).get(path)
    assert answer.status == 503
    assert "e service est arrêté pour le moment" in answer.text
    return answer


@pytest.mark.soak
def test_copies_that_lack_something_say_it_themselves_behind_haproxy(behind, tmp_path):
    """None is ready, and each still answers: its page has the form, and says what is kept."""
    key = behind.people.parent / "var" / "journal" / "cle"
    apart = key.with_name("ailleurs")
    key.rename(apart)
    try:
        with Haproxy(tmp_path, behind.port, behind.port) as proxy:
            until(lambda: "has no server available" in proxy.said.read_text())
            assert 'name="compte"' in refused_in_french(proxy.port, "/connexion").text
            assert Client(proxy.port).get("/ma-situation").status == 200
            apart.rename(key)
            until(lambda: Client(proxy.port).get("/readyz").status == 200)
    finally:
        if apart.exists():
            apart.rename(key)


def calculated(visitors, *copies):
    """Open a page for each and speak to its kernel; return the copies that hold one."""
    holders = set()
    for visitor in visitors:
        kernel = visitor.get("/ma-situation").kernel
        assert visitor.socket_status(kernel) == 101
        for copy in copies:
            beside = Client(copy.port)
            beside.cookies = visitor.cookies
            if beside.get(f"/api/kernels/{kernel}").status == 200:
                holders.add(copy.log.parent.name[:-1])
    return holders
