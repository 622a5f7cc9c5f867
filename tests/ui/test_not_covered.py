"""Who is of a private school reads « non couvert » on each screen, and nobody else's rules."""

import re
from datetime import date

import pytest
import ui_people as people
from ui_cv import Hand
from ui_html import check

from iprof_kit.services.contract.dossier import AffectationTenue
from iprof_kit.ui.portal import RUBRIQUES, Portal
from iprof_kit.ui.screens.guides.screen import addresses
from iprof_kit.ui.shared.menu import CV, places
from iprof_kit.ui.visit.not_covered import is_closed, is_not_covered

MAITRE = people.JEAN.model_copy(
    update={
        "statut": "Maître contractuel de l’enseignement privé sous contrat",
        "corps": "plp",
        "libelle_corps": "Maître contractuel, échelle des PLP",
        "echelons": (people.JEAN.echelons[-1].model_copy(update={"corps": "plp", "echelon": "5"}),),
    }
)
OF_PUBLIC = re.compile(r"pension civile|\bSRE\b|décote|\d+ points|€", re.I)
ON_HERS = [path for path in RUBRIQUES if path.startswith(("/dossier", "/accueil", "/perspectives",
                                                          "/services"))]  # fmt: skip


def shown(person, path):
    screens = Portal(lambda: people.FakeGuichet(person), people.answer)
    return check(screens.handle({"kind": "route", "path": path}))


@pytest.mark.parametrize("path", ON_HERS)
def test_p11_each_screen_of_a_private_school_says_that_it_is_not_covered(path):
    page = shown(MAITRE, path).text
    assert "non couvert" in page.lower().replace("\u00a0", " ")
    if is_closed(path):
        assert not OF_PUBLIC.findall(page)


@pytest.mark.parametrize("path", ["/courrier", "/dossier/perso"])
def test_p11_the_courrier_of_a_private_school_says_it_too(path):
    assert "non couvert par ce kit" in shown(MAITRE, path).text.replace("\u00a0", " ")
    assert "non couvert" not in shown(people.JEAN, path).text


@pytest.mark.parametrize(("person", "says"), [(MAITRE, True), (people.JEAN, False)])
def test_p11_each_page_of_the_cv_says_it_too(person, says):
    hand = Hand(dossier=person)
    for path in (one.path for one in places().values() if one.notebook == CV):
        page = hand.go(path).text.replace("\u00a0", " ")
        assert ("non couvert par ce kit" in page) is says, path


def test_p11_an_intent_on_a_closed_screen_calculates_nothing():
    screens = Portal(lambda: people.FakeGuichet(MAITRE), people.answer)
    sent = {"kind": "intent", "name": "retraite", "values": {"depart_1": "01/09/2055"}}
    page = check(screens.handle(sent | {"path": "/perspectives/retraite"})).text
    assert "Non couvert" in page
    assert not OF_PUBLIC.findall(page)


def post(**more):
    usual = {
        "type": "Nomination", "etablissement": "Lycée des Tilleuls", "fonction": "Enseignement",
        "type_etablissement": "Lycée", "debut": date(2019, 9, 1), "source": "extrait",
        "lu_le": date(2026, 11, 1),
    }  # fmt: skip
    return AffectationTenue(**usual | more)


@pytest.mark.parametrize(
    ("update", "covered"),
    [
        ({"statut": "Fonctionnaire de l’Éducation nationale"}, True),
        ({"statut": "Agent contractuel"}, True),
        ({"statut": "MAITRE DELEGUE AUXILIAIRE"}, False),
        ({"statut": "Maître agréé"}, False),
        ({"statut": "Contrat définitif"}, False),
        ({"statut": "Enseignant, échelle de rémunération des certifiés"}, False),
        ({"statut": "Agent sous contrat"}, True),
        ({"affectations": (post(type_etablissement="Lycée sous contrat d’association"),)}, False),
        ({"affectations": (post(etablissement="OGEC Saint-Ombre"),)}, False),
        ({"affectations": (post(type_etablissement="Lycée privé"),)}, False),
        ({"affectations": (post(type_etablissement="LGT PR"),)}, False),
        ({"affectations": (post(etablissement="0639999A  CLG PR  Saint-Ombre"),)}, False),
        ({"affectations": (post(type_etablissement="CLG PU"),)}, True),
        ({"affectations": (post(etablissement="Collège Privat"),)}, True),
        ({"affectations": (post(type_etablissement="École privée", fin=date(2022, 8, 31)),)}, True),
    ],
)
def test_p11_it_is_read_in_the_status_and_in_the_posts_of_today(update, covered):
    person = people.JEAN.model_copy(update=update)
    assert is_not_covered(person, people.TODAY) is not covered


def test_p11_a_private_sector_that_the_import_gives_is_enough():
    post = people.JEAN.affectations[-1]
    for sector, covered in (("Privé", False), ("public", True), (None, True)):
        given = post.model_dump() | {"secteur": sector}
        dossier = people.JEAN.model_copy(
            update={"affectations": (AffectationTenue.model_validate(given),)}
        )
        assert is_not_covered(dossier, people.TODAY) is not covered


def test_p11_who_is_of_the_public_reads_nothing_of_it_and_guides_stay_open():
    assert "non couvert" not in shown(people.JEAN, "/perspectives/promotions").text.lower()
    assert "Non couvert" not in shown(MAITRE, "/guides/themes").text
    assert not [path for path in addresses() if is_closed(path)]
    assert {path for path in places() if is_closed(path)} > {"/accueil", "/services/siam"}
