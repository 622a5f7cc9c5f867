"""Promotions: ranges with their basis, a draw when asked, no chance where there is no barème."""

import re

import pytest
import ui_people as people
from ui_html import check

from iprof_kit.calculate.career.question import CareerQuestion
from iprof_kit.ui.kit.asking import calculate
from iprof_kit.ui.kit.visiting import situation_of
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.desk.screen import sample_people
from iprof_kit.ui.screens.promotions.when import ranges, when

PATH = "/perspectives/promotions"


@pytest.fixture
def portal():
    guichet = people.FakeGuichet()
    return Portal(lambda: guichet, calculate)


def show(portal):
    return check(portal.handle({"kind": "route", "path": PATH}))


def draw(portal):
    message = {"kind": "intent", "name": "tirer", "values": {}, "changed": "", "path": PATH}
    return check(portal.handle(message))


def plain(page):
    return page.text.replace("\u00a0", " ")


def test_the_range_says_its_first_campaign_its_ratio_and_its_doubt(portal):
    text = plain(show(portal))
    assert "Première campagne : 2033." in text  # the mockup's first campaign
    assert "23 promus pour cent promouvables, celui de 2025, le dernier publié" in text
    assert "Ce sont des bornes, pas une promesse" in text
    assert "à vérifier Campagnes au plus tôt" in re.sub(r"\s+", " ", text)
    assert "Par les barres publiées" in text
    assert "Aucun acte de candidature n’est requis" in text


@pytest.mark.parametrize("known", ["file", "typed"])
def test_ones_own_appreciation_is_marked_among_the_four(known):
    third = people.RendezVous(numero=3, annee_scolaire="2025-2026", appreciation="excellent")
    lines = (third,) if known == "file" else ()
    guichet = people.FakeGuichet(people.JEAN.model_copy(update={"rendez_vous": lines}))
    if known == "typed":
        content = {"3": {"dates": {"appreciation": "excellent"}}}
        kept = people.CarnetLu(sujet="rendez_vous", contenu=content, revision=1)
        guichet.carnets["rendez_vous"] = kept
    text = plain(show(Portal(lambda: guichet, calculate)))
    assert text.count("votre appréciation") == 2  # the row, and the answer of its fold
    assert re.search(r"excellent\s+votre appréciation", text)


def test_without_a_third_rendez_vous_no_appreciation_is_ones_own(portal):
    assert "votre appréciation" not in plain(show(portal))


def test_a_rank_is_drawn_only_when_asked_and_another_draw_can_be_asked(portal):
    assert "Par tirage" not in show(portal).text
    first = draw(portal)
    assert "Tirer une autre population" in first.text
    assert re.search(r"rang \d+ sur \d+, \d+ places", plain(first))
    assert plain(draw(portal)) != plain(first)


def why(portal, of="quand"):
    message = {"kind": "intent", "name": "pourquoi", "values": {"of": of}, "changed": ""}
    return check(portal.handle(message | {"path": PATH}))


def test_the_reason_of_the_campaigns_is_calculated_when_it_is_opened(portal):
    closed = plain(show(portal))
    assert "Pourquoi ? Méthode et données" in closed
    assert "Barre de 2023, département 53" not in closed
    assert "Barre de 2023, département 53" not in plain(why(portal, "autre"))
    opened = plain(why(portal))
    assert "Barre de 2023, département 53" in opened
    assert "100 personnes par an" not in opened  # nothing is drawn yet
    draw(portal)
    assert "100 personnes par an" in plain(show(portal))


def test_the_last_line_of_the_reason_is_the_answer_of_its_fold(portal):
    why(portal)
    page = plain(show(portal))
    said = r"Quand passe-t-on[^?]*\?\s*(d’ordinaire entre \d{4} et \d{4}, selon l’appréciation)"
    answer = re.search(said, page)
    # beside the fold, at the head of its « Pourquoi ? », and on the last line of its calculation
    assert page.count(answer.group(1)) == 3


@pytest.mark.parametrize("drawn", [0, 3])
def test_the_campaigns_of_each_fictitious_person_are_the_last_line_of_their_reason(drawn):
    count = 0
    for person in list(sample_people().values())[:: 8 if drawn else 1]:
        situation = situation_of(person, people.TODAY)
        found = situation and ranges(situation, people.TODAY, person, drawn, explained=True)
        if not found or not found.lignes:
            continue
        career = calculate(CareerQuestion(situation=situation, aujourdhui=people.TODAY))
        shown = when(found, career)
        last = found.explication.lignes[-1]
        assert last.libelle == "Campagnes"
        if found.phrase:
            assert last.valeur == shown.answer
        count += 1
    assert count > 1


def test_the_classe_exceptionnelle_is_a_range_without_any_chance(portal):
    text = plain(show(portal))
    block = text.split("Et la classe exceptionnelle ?")[1].split("Si la promotion ne vient pas")[0]
    assert re.search(r"de la campagne 20\d\d, si la hors classe venait dès 2033", block)
    assert "de la hors classe au 31 août de la campagne." in block  # 2040 here, not the next one
    assert "ni barème ni rang" in block
    assert "%" not in block


def test_what_to_do_when_the_promotion_does_not_come(portal):
    text = plain(show(portal))
    assert "Dans les 2 mois de la publication du tableau d’avancement." in text
    assert "représentant désigné par l’organisation syndicale de votre choix" in text
    assert "CGFP, art. L216-1" in text


def test_a_person_of_the_last_grade_is_shown_no_range():
    top = people.JEAN.model_copy(
        update={
            "echelons": tuple(
                held.model_copy(update={"grade": "classe_exceptionnelle", "echelon": "3"})
                for held in people.JEAN.echelons[-1:]
            )
        }
    )
    guichet = people.FakeGuichet(top)
    text = show(Portal(lambda: guichet, calculate)).text
    assert "Quand passe-t-on à la hors classe" not in text
