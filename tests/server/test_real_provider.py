"""Entering and leaving by a provider that others wrote: npm's oidc-provider, on this machine."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from portal_client import Client
from portal_server import Server, free_port, listens, until

PROGRAM = Path(__file__).with_name("real_provider.mjs")
PACKAGE = "oidc-provider@9"
pytestmark = pytest.mark.soak


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """A folder with the provider; without node, or a registry, skipped by name but in CI."""
    if shutil.which("npm") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("node is missing: in CI nothing may be skipped")
        pytest.skip("node (npm) is missing")
    folder = tmp_path_factory.mktemp("provider")
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, PACKAGE]
    subprocess.run(command, check=True, timeout=240, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def pair(package, tmp_path_factory):
    """The portal and a provider that know each other."""
    port = free_port()
    named = {
        "name": "l’annuaire", "issuer": f"http://127.0.0.1:{port}", "client": "iprof",
        "secret": "secret du client", "userinfo": "signe", "signatures": ["RS256"],
        "link_claim": "identifiant",
    }  # fmt: skip
    portal = Server(tmp_path_factory.mktemp("portal"), sign_on=named)
    kit = f"http://127.0.0.1:{portal.port}"
    with subprocess.Popen(["node", PROGRAM, package, str(port), kit]) as provider:
        try:
            portal.wait()
            until(lambda: listens(port), 60)
            yield portal, f"http://127.0.0.1:{port}"
        finally:
            provider.terminate()
            portal.stop()


class Browser:
    """Somebody at the provider, who fills in each form that it shows."""

    def __init__(self, kit):
        self.kit = kit
        self.http = httpx.Client(follow_redirects=False, trust_env=False)

    def goes(self, address, **typed):
        """Follow an address until it leads to the kit; return that last one."""
        answer = self.http.get(address)
        for _ in range(20):
            if answer.is_redirect:
                address = urljoin(str(answer.url), answer.headers["Location"])
                if urlsplit(address).port == self.kit:
                    return address.partition(f":{self.kit}")[2]
                answer = self.http.get(address)
            else:
                assert answer.status_code == 200, answer.text
                form = re.search(r'action="([^"]+)"', answer.text)[1]
                hidden = re.findall(r'name="(\w+)" value="([^"]*)"', answer.text)
                answer = self.http.post(urljoin(str(answer.url), form), data=dict(hidden) | typed)
        raise AssertionError("the provider leads nowhere")


def signed_on(portal, compte):
    client, browser = Client(portal.port), Browser(portal.port)
    out = client.get("/connexion/fournisseur?suite=/courrier").place
    back = browser.goes(out, login=compte, password="peu importe")
    return client, browser, client.get(back)


def test_one_enters_by_a_real_provider_and_leaves_it_from_here(pair):
    portal, issuer = pair
    client, browser, answer = signed_on(portal, "jdupont")
    assert (answer.status, answer.place) == (303, "/courrier")
    assert "Jean Dupont" in client.get("/accueil").text
    leaving = client.post("/quitter").headers["Refresh"].removeprefix("0;url=")
    assert leaving.startswith(f"{issuer}/session/end?")
    assert browser.goes(leaving, logout="yes").startswith("/connexion?state=")
    assert client.get("/accueil").status == 302


def test_leaving_the_provider_ends_the_session_here(pair):
    portal, issuer = pair
    client, browser, answer = signed_on(portal, "jdupont2")
    other, _, _ = signed_on(portal, "ichevalier")
    assert answer.status == 303
    shown = browser.http.get(f"{issuer}/session/end")
    hidden = dict(re.findall(r'name="(\w+)" value="([^"]*)"', shown.text))
    form = re.search(r'action="([^"]+)"', shown.text)[1]
    browser.http.post(urljoin(issuer, form), data=hidden | {"logout": "yes"})
    assert client.get("/accueil").status == 302  # the provider told the kit before it answered
    assert other.get("/accueil").status == 200


def test_a_code_that_comes_back_twice_opens_nothing(pair):
    portal, _ = pair
    client, browser = Client(portal.port), Browser(portal.port)
    out = client.get("/connexion/fournisseur").place
    back = browser.goes(out, login="scohen", password="peu importe")
    kept = dict(client.cookies)
    assert client.get(back).status == 303
    client.cookies = kept
    assert client.get(back).status == 403
