"""Behind a proxy: who asks is whom a declared proxy names, whatever the client writes."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from portal_client import Client
from portal_server import Server, free_port, listens, until
from tornado.httputil import HTTPHeaders

from iprof_kit.base.errors import InputError
from iprof_kit.server.proxies import Proxies

FORGED = "192.0.2.77"
DEPLOY = Path(__file__).parents[2] / "deploy"
WHOLE = """
pid {folder}/pid; error_log {folder}/error;
events {}
http {
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/kept;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  {site}
}
"""
"""What Debian's own file says around ours."""


def here(file, *others, without=()):
    """A file of `deploy/` but for addresses of this machine; `without` are lines of TLS."""
    words = (DEPLOY / file).read_text(encoding="utf-8")
    for line in without:
        assert line in words
        words = words.replace(line, "")
    for there, instead in others:
        assert there in words
        words = words.replace(there, instead)
    return words


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


def serving(program, config, folder, *options):
    """Run a proxy on its configuration, until the test is done."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    port, file = free_port(), folder / "configuration"
    file.write_text(config.replace("{port}", str(port)))
    running = subprocess.Popen([program, *options, str(file)])
    try:
        until(lambda: listens(port))
        yield port
    finally:
        running.terminate()
        running.wait(timeout=30)


def site_of_nginx(folder, *replicas):
    """The site of `deploy/nginx` in front of these ports, without TLS, which is tried apart."""
    site = here(
        "nginx/iprof.conf",
        ("listen 443 ssl;", "listen 127.0.0.1:{port};"),
        ("listen 80;", f"listen unix:{folder}/80;"),
        ("/var/log/nginx/iprof.log", f"{folder}/log"),
        *((f"127.0.0.1:{8866 + rank}", f"127.0.0.1:{port}") for rank, port in enumerate(replicas)),
        without=[
            "ssl_certificate     /etc/ssl/iprof/chaine.pem;",
            "ssl_certificate_key /etc/ssl/iprof/cle.pem;",
            "ssl_protocols       TLSv1.2 TLSv1.3;",
        ],
    )
    return WHOLE.replace("{site}", site).replace("{folder}", str(folder))


def run_nginx(folder, *replicas):
    return serving(
        "nginx", site_of_nginx(folder, *replicas), folder,
        "-e", str(folder / "error"), "-g", "daemon off;", "-c",
    )  # fmt: skip


def run_haproxy(folder, *replicas):
    site = here(
        "haproxy/haproxy.cfg",
        ("bind :443 ssl crt /etc/ssl/iprof/site.pem", "bind 127.0.0.1:{port}"),
        *((f"127.0.0.1:{8866 + rank}", f"127.0.0.1:{port}") for rank, port in enumerate(replicas)),
        without=[
            "bind :80",
            "http-request redirect scheme https code 301 unless { ssl_fc }",
            "log /dev/log local0 notice",
            *(f"{who} haproxy" for who in ("user", "group") if os.getuid()),
        ],
    )
    return serving("haproxy", site, folder, "-db", "-f")


def run_caddy(folder, *replicas):
    site = here(
        "caddy/Caddyfile",
        ("carriere.example.fr {", "http://127.0.0.1:{port} {"),
        *((f"127.0.0.1:{8866 + rank}", f"127.0.0.1:{port}") for rank, port in enumerate(replicas)),
    )
    alone = "{\n\tadmin off\n}\n"
    return serving("caddy", alone + site, folder, "run", "--adapter", "caddyfile", "--config")


@pytest.fixture
def nginx(behind, tmp_path):
    yield from run_nginx(tmp_path, behind.port, behind.port)


@pytest.fixture
def haproxy(behind, tmp_path):
    yield from run_haproxy(tmp_path, behind.port, behind.port)


@pytest.fixture
def caddy(behind, tmp_path):
    yield from run_caddy(tmp_path, behind.port, behind.port)


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
    client.get("/cv/un-secret-que-personne-ne-lit")
    log = tmp_path / "log"
    until(lambda: " GET /cv 404 " in log.read_text())  # written once the answer has gone
    assert "un-secret" not in log.read_text()


def test_w03_who_comes_beside_the_proxy_is_not_believed(behind):
    assert 429 in eight_failures(behind.port, "127.0.0.4")


@pytest.mark.soak
@pytest.mark.parametrize("run", [run_nginx, run_haproxy, run_caddy])
def test_a_page_calculates_on_the_copy_that_opened_it_and_the_other_goes_on_alone(
    run, tmp_path_factory, tmp_path
):
    """Visitors without a cookie yet: what brings a page back must come with its first answer."""
    first = Server(tmp_path_factory.mktemp("un"), proxies=["127.0.0.1"])
    first.wait()
    second = Server(tmp_path_factory.mktemp("deux"), beside=first, proxies=["127.0.0.1"])
    second.wait()
    try:
        for port in run(tmp_path, first.port, second.port):
            visitors = [Client(port, source=f"127.0.1.{number}") for number in range(1, 13)]
            assert calculated(visitors, first, second) == {"un", "deux"}
            first.stop()
            assert calculated(visitors, second) == {"deux"}
    finally:
        for one in (first, second):
            if one.process.poll() is None:
                one.stop()


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
