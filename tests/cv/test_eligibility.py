"""The liste d'aptitude des agrégés: each condition with its reason, from the law and the CV.

Expected values: décret 72-580, art. 5-2 (40 years of age on 1 October, 10 years of teaching of
which 5 in the corps), counted by hand.
"""

from datetime import date

import pytest

from iprof_kit.calculate import ask
from iprof_kit.cv.eligibility import eligibility
from iprof_kit.cv.model import Cv, Faits, Fonction, Identite, Situation

TODAY = date(2026, 11, 25)
CERTIFIEE = Situation(corps="certifie", entree_corps="2011-09-01", titularisation="2012-09-01",
                      position="En activité")  # fmt: skip
POSTE = Fonction(nature="affectation", debut="2011-09-01")


def ask_for(birth="1984-05-20", situation=CERTIFIEE, fonctions=(POSTE,), today=TODAY):
    identite = Identite(prenom="Camille", nom="Martin", date_naissance=birth)
    faits = Faits(identite=identite, situation=situation, fonctions=tuple(fonctions))
    return eligibility(Cv(faits=faits), today, ask)


def conditions(found):
    return {one.libelle: one for one in found.conditions}


def test_who_meets_every_condition_is_told_so_with_each_reason_and_who_decides():
    found = ask_for()
    assert (found.etat, found.session) == ("ouvert", 2027)
    assert all(one.remplie for one in found.conditions)
    assert all(one.source for one in found.conditions)
    assert conditions(found)["âge"].il_faut == "40 ans"
    assert conditions(found)["âge"].au == "au 1er octobre 2027"
    assert "ministre" in found.decide_par
    assert "vous serez" not in found.phrase


@pytest.mark.parametrize(("birth", "met"), [("1987-10-01", True), ("1987-10-02", False)])
def test_the_age_is_looked_at_on_the_first_of_october(birth, met):
    age = conditions(ask_for(birth))["âge"]
    assert age.remplie is met
    assert age.a.startswith("39 ans")


def test_services_that_overlap_are_counted_once():
    found = ask_for(fonctions=(
        Fonction(nature="affectation", debut="2016-09-01", fin="2019-08-31"),
        Fonction(nature="affectation", debut="2018-09-01", fin="2020-08-31"),
    ))  # fmt: skip
    assert conditions(found)["services effectifs d’enseignement"].a == "4 ans"


def test_a_year_alone_counts_for_no_more_than_it_proves():
    found = ask_for(fonctions=(Fonction(nature="affectation", debut="2016", fin="2018"),))
    assert conditions(found)["services effectifs d’enseignement"].a == "1 an 2 jours"


def test_missions_and_unreadable_dates_are_not_services():
    found = ask_for(fonctions=(
        Fonction(nature="mission", debut="2000-09-01"),
        Fonction(nature="affectation", debut="un jour"),
        Fonction(nature="affectation", debut="2000-09-01", fin="plus tard"),
    ))  # fmt: skip
    assert conditions(found)["services effectifs d’enseignement"].remplie is None
    assert found.etat == "depend"


def test_how_the_services_were_counted_is_said_and_what_is_not_deducted():
    comptes = " ".join(ask_for().comptes)
    assert "15 ans 2 mois 24 jours" in comptes
    assert "ne sont pas déduits" in comptes


def test_a_corps_that_is_excluded_is_told_with_the_reason():
    found = ask_for(situation=CERTIFIEE.model_copy(update={"corps": "cpe"}))
    assert found.etat == "jamais"
    assert conditions(found)["corps détenu"].remplie is False


def test_a_corps_typed_by_its_name_is_recognised():
    typed = CERTIFIEE.model_copy(update={"corps": "", "libelle_corps": "professeur certifié"})
    assert conditions(ask_for(situation=typed))["corps détenu"].remplie is True


def test_an_empty_cv_depends_on_everything():
    found = eligibility(Cv(), TODAY, ask)
    assert found.etat == "depend"
    assert all(one.remplie is None for one in found.conditions)


def test_dates_that_contradict_each_other_are_told_and_not_fatal():
    found = ask_for(birth="2015-01-01")
    assert found.etat == "depend"
    assert "se contredisent" in found.phrase
