"""Several CVs of the same facts: choose, retitle, order, hide; what a use expects; the letter."""

import pytest
from ui_cv import Hand

from iprof_kit.cv.model import Cv, shown_items
from iprof_kit.cv.sections import TITLES
from iprof_kit.cv.targets import choice_of


@pytest.fixture
def hand():
    hand = Hand()
    hand.add("formations", intitule="Première", debut__an="2020")
    hand.add("formations", intitule="Deuxième", debut__an="2021")
    hand.go("/cv/edition")
    return hand


def stored(hand):
    return Cv.model_validate(hand.kept.cv)


def order(cible):
    return [choice.section for choice in cible.sections]


def test_another_cv_is_made_of_the_same_facts_and_shown(hand):
    hand.do("cv_creer")
    assert [one.titre for one in stored(hand).cibles] == ["Mon CV", "Nouveau CV"]
    assert "Nouveau CV montré ici" in hand.page.text
    hand.type(
        "cible", titre="Pour le mouvement", usage="mobilite", modele="moderne", coordonnees="oui"
    )
    first, second = stored(hand).cibles
    assert (first.titre, second.titre, second.modele) == ("Mon CV", "Pour le mouvement", "moderne")
    hand.do("cv_choisir", first.id)
    assert "Mon CV montré ici" in hand.page.text


def test_a_box_not_ticked_is_taken_as_such(hand):
    hand.type("cible", titre="Mon CV", usage="general", modele="classique", photo="oui")
    cible = stored(hand).cibles[0]
    assert (cible.photo, cible.coordonnees) == (True, False)


def test_a_cv_deleted_comes_back_and_the_last_one_stays(hand):
    hand.do("cv_retirer", hand.cv.cibles[0].id)
    assert len(hand.cv.cibles) == 1
    hand.do("cv_copier", hand.cv.cibles[0].id)
    copy = hand.cv.cibles[1]
    hand.do("cv_retirer", copy.id)
    assert len(stored(hand).cibles) == 1
    hand.do("cv_annuler_suppression")
    assert stored(hand).cibles[1] == copy


def test_sections_move_and_are_left_out(hand):
    hand.do("cv_rubrique_monter", "formations")
    cible = stored(hand).cibles[0]
    assert order(cible).index("formations") == list(TITLES).index("formations") - 1
    hand.do("cv_rubrique_montrer", "formations")
    assert not choice_of(stored(hand).cibles[0], "formations").visible
    assert "Rubrique non imprimée" in hand.page.text


def test_a_section_takes_a_title_and_the_usual_one_is_not_stored(hand):
    hand.type("titres", **{"titre-formations": "Stages", "titre-diplomes": "Diplômes et titres"})
    cible = stored(hand).cibles[0]
    assert choice_of(cible, "formations").titre == "Stages"
    assert choice_of(cible, "diplomes").titre == ""


def test_lines_take_an_order_in_this_cv_only(hand):
    item = hand.cv.faits.formations[1]
    hand.do("cv_ligne_monter", f"formations:{item.id}")
    cv = stored(hand)
    shown = shown_items(cv.faits, choice_of(cv.cibles[0], "formations"))
    assert [one.intitule for one in shown] == ["Première", "Deuxième"]
    assert [one.intitule for one in cv.faits.formations] == ["Deuxième", "Première"]
    hand.do("cv_ordre_usuel", "formations")
    assert choice_of(stored(hand).cibles[0], "formations").items is None


def test_the_statutory_use_brings_its_model_and_states_each_condition(hand):
    hand.type("cible", titre="Agrégés", usage="liste_aptitude_agreges", modele="classique")
    assert stored(hand).cibles[0].modele == "statutaire"
    said = hand.page.text.replace("\u00a0", " ")
    # Décret 72-580, article 5: forty years on 1 October, ten years of services, five in the corps.
    for words in ("40 ans", "10 ans", "5 ans", "au 1er octobre 2027", "Décret 72-580"):
        assert words in said
    assert "Décide : " in said
    assert "vous serez" not in said.lower()


def test_no_application_is_asked_for_the_hors_classe(hand):
    assert "aucune candidature n’est demandée" in hand.page.text


def test_the_letter_goes_with_one_cv(hand):
    hand.go("/cv/edition/lettre")
    hand.type("lettre", texte="Madame,\n\nJe suis candidat.", destinataire="Le rectorat")
    assert stored(hand).cibles[0].lettre.texte == "Madame,\n\nJe suis candidat."
    assert "1 page" in hand.page.text
    hand.go("/cv/edition")
    hand.do("cv_creer")
    hand.go("/cv/edition/lettre")
    assert hand.cv.cibles[1].lettre.texte == ""


def test_the_identity_changed_here_changes_the_cv_and_its_mark(hand):
    hand.go("/cv/edition/identite")
    assert hand.page.text.count("repris de votre dossier") == 3
    hand.type(
        "identite",
        changed="date_naissance",
        prenom="Jean",
        nom="Dupond",
        date_naissance="31/02/1991",
    )
    kept = stored(hand).faits.identite
    assert (kept.nom, kept.date_naissance, kept.source) == ("Dupond", "1991-02-31", "saisie")
    assert hand.page.text.count("repris de votre dossier") == 2
    born = next(one for one in hand.page.all("input") if one.get("name") == "date_naissance")
    assert (born["value"], born["aria-invalid"]) == ("31/02/1991", "true")


def test_each_condition_says_its_own_day_what_is_missing_and_the_calendar(hand):
    hand.type("cible", titre="Agrégés", usage="liste_aptitude_agreges")
    said = hand.page.text.replace("\u00a0", " ")
    assert "Calendrier 2027 non trouvé ; dernier connu : session 2026" in said
    assert "Votre CV dit, à cette date" in said
    assert "vérifiez les règles de classement" in said  # before the field of the discipline
    assert hand.html.index("règles de classement") < hand.html.index('name="discipline"')


def test_the_corps_typed_in_the_identity_is_the_one_that_is_judged(hand):
    hand.go("/cv/edition/identite")
    hand.type("situation", libelle_corps="Professeure certifiée d’anglais")
    situation = stored(hand).faits.situation
    assert (situation.corps, situation.libelle_corps) == (
        "certifie",
        "Professeure certifiée d’anglais",
    )
    hand.type("situation", libelle_corps="Maître de conférences")
    assert stored(hand).faits.situation.corps == ""
    again = Hand(hand.kept, path="/cv/edition")  # the dossier fills in nothing behind the name
    assert again.cv.faits.situation.corps == ""
    again.type("cible", titre="Agrégés", usage="liste_aptitude_agreges")
    assert "ne reconnaît pas le corps" in again.page.text
