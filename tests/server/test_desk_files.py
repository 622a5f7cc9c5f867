"""A paper that a person sent, on the real server: for who follows her, and for nobody else."""

import base64

import pytest
from portal_client import PASSWORD, Client
from test_own_files import GIF, SAMPLE, fetch

from iprof_kit.base.clock import utc_now
from iprof_kit.services.access.accounts import authenticate
from iprof_kit.services.guichet.operations import run


@pytest.fixture(scope="module")
def path(server):
    """The address of a paper that Jean Dupont sent in a thread."""
    with pytest.MonkeyPatch.context() as patch:
        for name in SAMPLE:
            if (value := server.environment[name]) is not None:
                patch.setenv(name, value)
            else:
                patch.delenv(name, raising=False)
        who = authenticate("jdupont", PASSWORD, "192.0.2.9", utc_now()).identity
        slice_ = {
            "nom": "arrêté.gif", "pour": "nouveau", "part": 0, "parts": 1, "cle": "piece-bureau",
            "contenu": base64.b64encode(GIF).decode(),
        }  # fmt: skip
        piece = run(who, "piece_deposer", slice_, utc_now()).piece
        message = {
            "nature": "pieces", "objet": "Arrêté", "texte": "Voici.", "pieces": [piece.id],
            "cle": "fil-bureau",
        }  # fmt: skip
        assert run(who, "courrier_ecrire", message, utc_now()).lu is not None
        return f"/bureau/piece/{piece.id}"


def logged(server, compte):
    client = Client(server.port)
    assert client.log_in(compte).status == 303
    return client


def test_the_service_that_follows_her_takes_it_as_it_came(server, path):
    status, headers, content = fetch(logged(server, "ggestionnaire"), path)
    assert (status, content) == (200, GIF)
    assert headers["Content-Type"] == "image/gif"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Disposition"].startswith("attachment; filename=")


def test_nobody_else_takes_it(server, others, path):
    for who in ("stranger", "gone"):
        status, headers, content = fetch(others[who], path)
        assert (status, headers["Location"], content) == (302, "/connexion", b"")
    for compte in ("ggestionnaire2", "aanalyste", "aadministrateur", "fformateur", "jdupont"):
        status, _, content = fetch(logged(server, compte), path)
        assert (status, GIF in content) == (400, False), compte
    assert fetch(others["teacher"], path)[0] == 400


def test_another_site_fetches_nothing_and_another_name_opens_nothing(server, path):
    client = logged(server, "ggestionnaire")
    assert fetch(client, path, **{"Sec-Fetch-Site": "cross-site"})[0] == 403
    assert fetch(client, f"/bureau/piece/{'0' * 24}")[0] == 400
    assert fetch(client, "/bureau/piece/../x")[0] == 404


def test_it_is_read_and_never_changed(server, path):
    client = logged(server, "ggestionnaire")
    assert client.post(path).status in {403, 405}
