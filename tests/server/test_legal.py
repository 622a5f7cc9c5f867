"""Who answers for this site: the page « Mentions légales » and security.txt, from the settings."""

from dataclasses import replace
from pathlib import Path

import pytest
from portal_client import Client
from portal_server import Server

from iprof_kit.base.configuration.sections import Mentions, Securite
from iprof_kit.server.pages import legal
from iprof_kit.server.settings import Settings
from iprof_kit.services.academies import Conservation
from iprof_kit.services.contract.dossier import Academie, Donnees

PAGE, FILE = "/mentions-legales", "/.well-known/security.txt"
UNSAID = "non indiqué par qui tient ce serveur"
CONTACT = {"contacts": ["mailto:s@a.example", "tel:+33-1"], "expire": "2027-12-01T00:00:00Z"}


def lines_of(kit=Settings(), academies=(), kept=None):  # noqa: B008  # frozen
    view = legal.legal_view(kit, academies, kept or Conservation())
    return {block.title: block.paragraphs for block in view.blocks}


def test_what_nobody_has_set_is_said_as_such():
    lines = lines_of()
    assert set(lines["Qui publie ce site"]) == {
        f"{what} : {UNSAID}."
        for what in ("Éditeur", "Adresse", "Contact", "Responsable de la publication")
    }
    assert lines["Qui répond de vos données"] == (f"Académie : {UNSAID}.",)
    assert f"Courrier et pièces : {UNSAID}." in lines["Combien de temps elles sont gardées"]
    assert lines["Signaler une faille"] == (f"Contact : {UNSAID}.",)


def test_what_is_set_is_said_where_it_belongs():
    kit = replace(
        Settings(),
        legal=Mentions(editeur="Rectorat", hebergeur="DSI", hebergeur_contact="04"),
        security=Securite(**CONTACT),
    )
    lines = lines_of(kit)
    assert lines["Qui publie ce site"][0] == "Éditeur : Rectorat."
    assert lines["Qui l’héberge"][::2] == ("Hébergeur : DSI.", "Contact : 04.")
    assert lines["Signaler une faille"] == ("Contact : s@a.example, +33-1.",)


def test_each_academy_says_who_answers_for_its_data_and_how_long():
    one, two = (
        Academie(code=code, nom=name, assistance_nom="A", donnees=Donnees(delegue=f"DPD {name}"))
        for code, name in (("06", "Clermont-Ferrand"), ("10", "Amiens"))
    )
    kept = Conservation(historique_mois=7)
    lines = lines_of(academies=(one, two), kept=kept)
    first = lines["Qui répond de vos données, académie de Clermont-Ferrand"]
    assert "Délégué à la protection des données : DPD Clermont-Ferrand." in first
    assert f"Base légale : {UNSAID}." in first
    assert "Qui répond de vos données, académie d’Amiens" in lines
    assert "Valeurs remplacées : 7 mois." in lines["Combien de temps elles sont gardées"]
    assert "Qui répond de vos données" in lines_of(academies=(one,))


def test_the_page_is_open_to_everybody_and_led_to_from_every_foot(opened, others):
    for client in (opened[0], *others.values()):
        answer = client.get(PAGE)
        assert (answer.status, "Mentions légales</h1>" in answer.text) == (200, True)
    for path in ("/connexion", "/nulle-part", PAGE, "/lecon", "/accessibilite"):
        assert f'href="{PAGE}"' in others["stranger"].get(path).text, path
    assert f'href="{PAGE}"' in opened[1].text


def test_the_page_says_who_is_there_and_nothing_more_to_a_stranger(opened, others):
    assert "Jean" in opened[0].get(PAGE).text
    for name in ("stranger", "gone"):
        text = others[name].get(PAGE).text
        assert "/quitter" not in text
        assert "Se connecter" in text


def test_without_a_contact_the_file_does_not_exist(visit):
    assert visit().get(FILE).status == 404


@pytest.fixture(scope="module")
def named(tmp_path_factory):
    settings = {
        "legal": {"editeur": "Rectorat & <b>fils</b>"},
        "security": CONTACT | {"canonique": ["https://a.example/.well-known/security.txt"]},
    }
    running = Server(tmp_path_factory.mktemp("named"), **settings)
    try:
        running.wait()
        yield running
    finally:
        running.stop()


def test_the_file_says_what_the_settings_say(named):
    answer = Client(named.port).get(FILE)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert answer.text.splitlines() == [
        "Contact: mailto:s@a.example",
        "Contact: tel:+33-1",
        "Expires: 2027-12-01T00:00:00Z",
        "Preferred-Languages: fr",
        "Canonical: https://a.example/.well-known/security.txt",
    ]
    assert not answer.headers.get_all("Set-Cookie")


def test_what_is_set_is_escaped(named):
    assert "Rectorat &amp; &lt;b&gt;fils&lt;/b&gt;" in Client(named.port).get(PAGE).text


def test_no_model_of_the_file_is_kept_beside():
    assert not (Path(__file__).parents[2] / "deploy" / "security.txt").exists()
