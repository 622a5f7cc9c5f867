"""The liste d'aptitude des agrégés: each condition with its reason, from the law and the CV.

Expected values: décret 72-580, art. 5-2 (40 years of age on 1 October, 10 years of teaching of
which 5 in the corps), counted by hand.
"""

from datetime import date

import pytest

from iprof_kit.calculate import ask
from iprof_kit.cv.model import Cv, Faits
from iprof_kit.cv.person import Identite
from iprof_kit.cv.remarks.eligibility import eligibility
from iprof_kit.cv.sections.fonctions import Fonction
from iprof_kit.cv.sections.situation import Situation

TODAY = date(2026, 11, 25)
CERTIFIEE = Situation(
    corps="certifie", entree_corps="2011-09-01", titularisation="2012-09-01", position="En activité"
)
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
    assert age.a == ("40 ans" if met else "39 ans 11 mois 29 jours")
    assert age.manque == (
        "" if met else "Il manque 1 jour, remplie le 2 octobre 2027, à partir de la liste 2028"
    )


def test_services_that_overlap_are_counted_once():
    found = ask_for(
        fonctions=(
            Fonction(nature="affectation", debut="2016-09-01", fin="2019-08-31"),
            Fonction(nature="affectation", debut="2018-09-01", fin="2020-08-31"),
        )
    )
    assert conditions(found)["services effectifs d’enseignement"].a == "4 ans"


def post(debut, fin="", **more):
    return Fonction(nature="affectation", debut=debut, fin=fin, **more)


def teaching(*posts, today=TODAY):
    found = ask_for(fonctions=posts, today=today)
    return conditions(found)["services effectifs d’enseignement"]


def test_years_alone_are_school_years():
    assert teaching(post("2016", "2018")).a == "2 ans"
    years = [post(str(year), str(year + 1)) for year in range(2016, 2026)]
    assert teaching(*years).a == "10 ans"


def test_ten_posts_from_september_to_august_are_ten_whole_years():
    posts = [post(f"{year}-09", f"{year + 1}-08") for year in range(2016, 2025)]
    assert teaching(*posts, post("2025-09"), today=date(2026, 11, 1)).remplie is True
    told = " ".join(ask_for(fonctions=(*posts, post("2025-09")), today=date(2026, 11, 1)).comptes)
    assert "10 ans 2 mois à ce jour" in told


def test_where_the_days_decide_both_bounds_are_said_and_to_be_verified():
    found = teaching(post("2016-09", "2026-08"))
    assert (found.a, found.remplie) == ("10 ans", True)
    # At the shortest from 30 September 2016 to 1 August 2026.
    assert found.bornes == "de 9 ans 10 mois 2 jours à 10 ans selon les jours exacts"
    assert teaching(post("2006-09", "2026-08")).bornes == ""
    assert teaching(post("2016-09-01", "2026-08-31")).bornes == ""


def test_a_year_that_says_nothing_of_a_school_year_counts_for_what_it_proves():
    assert teaching(post("2016", "2016")).a == "0 jour"
    assert "de 0 jour à 1 an" in " ".join(ask_for(fonctions=(post("2016", "2016"),)).comptes)


def test_the_dossier_knows_the_days_of_a_post_typed_again():
    mine = post("2016-09", "2017-06", etablissement="Collège Camus")
    known = post("2016-09-15", "2017-06-10", etablissement="collège camus", source="dossier")
    assert teaching(mine, known).a == teaching(known).a == "8 mois 26 jours"


def test_services_are_those_of_the_reference_day_if_they_go_on():
    found = conditions(ask_for(fonctions=(post("2018-10-01"),)))
    (teaching,) = [one for name, one in found.items() if "enseignement" in name]
    assert (teaching.au, teaching.a) == ("au 1er octobre 2027", "9 ans")
    assert (
        teaching.manque == "Il manque 1 an, remplie le 1er octobre 2028, à partir de la liste 2028"
    )


def test_the_corps_is_looked_at_on_the_day_that_its_text_fixes():
    # Décret 72-580, article 5-2: le corps détenu au 31 décembre de l'année précédente.
    found = conditions(ask_for())
    assert found["corps détenu"].au == "au 31 décembre 2026"


def test_the_calendar_of_the_campaign_is_said_or_that_it_is_not_known():
    assert ask_for().calendrier.startswith("Calendrier 2027 non trouvé")
    assert "19 janvier 2026" in ask_for().calendrier


def test_the_corps_typed_is_the_one_that_is_judged():
    typed = CERTIFIEE.model_copy(update={"libelle_corps": "Conseillère principale d’éducation"})
    assert conditions(ask_for(situation=typed))["corps détenu"].remplie is False
    unknown = CERTIFIEE.model_copy(update={"libelle_corps": "maître de conférences"})
    assert conditions(ask_for(situation=unknown))["corps détenu"].remplie is None


@pytest.mark.parametrize(
    "label",
    ["Professeur certifié", "Professeure certifiée d’anglais", "PROFESSEURS CERTIFIES",
     "professeure  certifiée"],
)  # fmt: skip
def test_a_corps_is_recognised_in_either_gender_and_number(label):
    typed = CERTIFIEE.model_copy(update={"corps": "cpe", "libelle_corps": label})
    assert conditions(ask_for(situation=typed))["corps détenu"].remplie is True


def test_missions_and_unreadable_dates_are_not_services():
    found = ask_for(
        fonctions=(
            Fonction(nature="mission", debut="2000-09-01"),
            Fonction(nature="affectation", debut="un jour"),
            Fonction(nature="affectation", debut="2000-09-01", fin="plus tard"),
        )
    )
    assert conditions(found)["services effectifs d’enseignement"].remplie is None
    assert found.etat == "depend"
    assert any("Fonctions et missions ne s’ajoutent pas" in one for one in found.comptes)


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
