"""The log of a real portal at its most talkative: a click is followed in it, nobody is named."""

import json
import re

import pytest

from iprof_kit.base import logs
from iprof_kit.services.dossier.sample import demo_accounts, sample_dossiers

CAMPAIGN = "/services/siam?campagne=interdepartemental_1d_2027"
FROM_THE_PROXY = "0123456789abcdef0123456789abcdef"
TYPED = "Zyxombre 17E9907143ZQX"
VISITS = {
    "jdupont2": ("/accueil", "/dossier/synthese", "/perspectives/ma-paie", "/mes-donnees"),
    "jdupont": ("/courrier", "/consultations"),
    "ichevalier": ("/cv", "/services/demandes?demande=reclamation_paie"),
    "ggestionnaire": ("/bureau",),
    "iinspectrice": ("/evaluation",),
    "fformateur": ("/atelier",),
}  # fmt: skip


@pytest.fixture(scope="module")
def watched(open_portal):
    """A portal behind a proxy of this machine, whose log is whole and read by programs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(logs.FORM, "json")
        patch.setenv(logs.LEVEL, "debug")
        portal = open_portal(proxies=["127.0.0.1"])
    portal.get_warm()
    return portal


def lines(portal):
    """Return the lines of the log; what the tests print is none."""
    return [json.loads(line) for line in portal.log.read_text().splitlines() if line[:1] == "{"]


def note(page, words):
    """Note a step as done, with words of hers: a click that the guichet keeps."""
    page.get_by_text("Noter que c’est fait : Saisie des vœux").click()
    page.get_by_label("Numéro d’accusé, ou vos mots (facultatif)").first.fill(words)
    page.get_by_role("button", name="Noter", exact=True).first.click()
    page.get_by_text("Reçu n°").wait_for()


def test_a_click_has_one_name_from_the_proxy_to_the_session(watched, person):
    seat = person(watched)
    seat.context.set_extra_http_headers({"X-Request-Id": FROM_THE_PROXY})
    page = seat.open(CAMPAIGN)
    answered = seat.context.request.get(f"{watched.address}/connexion")
    assert answered.headers["x-request-id"] == FROM_THE_PROXY
    before = lines(watched)
    note(page, "accusé n° 12")
    of_page = [one["message"] for one in before if one["trace"] == FROM_THE_PROXY]
    [session] = [words.split()[1] for words in of_page if words.endswith("ouverte")]
    since = lines(watched)[len(before) :]
    kept = {one["trace"] for one in since if one["message"].startswith("opération services_noter")}
    assert kept
    for name in kept:
        assert re.fullmatch(f"{session}-[0-9a-f]{{8}}", name)
        steps = [f"{one['processus']} {one['message']}" for one in since if one["trace"] == name]
        assert steps[0] == "serveur message comm_msg"
        assert re.fullmatch(r"session message comm_msg : \d+ ms", steps[-1])


def of_people():
    """Return what says who somebody is: names, numbers, places, dates, accounts, passwords."""
    dossiers = [one.model_dump(mode="json") for one in sample_dossiers()]
    texts = {one["numero"] for one in dossiers}
    for one in dossiers:
        texts |= {*one["identite"].values(), *(one["adresse"] or {}).values()}
    for one in demo_accounts():
        texts |= {one.compte, one.secret}
    return {text for text in texts if isinstance(text, str) and len(text) > 3}


def test_of_a_whole_visit_of_several_roles_nothing_personal_is_in_it(watched, person):
    secrets = set(TYPED.split())
    for compte, places in VISITS.items():
        seat = person(watched, watched.logged_in(compte))
        for place in places:
            seat.open(place)
        secrets |= {one["value"] for one in seat.context.cookies() if one["name"] != "iprof_retour"}
        if compte == "jdupont2":
            note(seat.open(CAMPAIGN), TYPED)
    stranger = watched.visitor()
    stranger.log_in(TYPED, TYPED)
    stranger.get(f"/reinitialiser/{'s' * 20}-{TYPED.split()[1]}")
    person(watched, watched.visitor()).open("/ma-situation")
    text = "\n".join(line for line in watched.log.read_text().splitlines() if line[:1] == "{")
    said = {one["message"].split(" : ")[0] for one in lines(watched)}
    assert {"opération bureau", "opération dossier.lire", "message comm_msg"} <= said
    words = {word for word in of_people() | secrets | {"127.0.0.1"} if len(word) > 3}
    whole = r"(?<![\w-]){}(?![\w-])"
    assert [word for word in words if re.search(whole.format(re.escape(word)), text, re.I)] == []
