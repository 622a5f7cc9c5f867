"""The subject reclassement: promotion of grade, change of corps, entry with services."""

from datetime import date
from functools import partial

import asking
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from iprof_kit.base.errors import InputError, KitError, LawError, PeriodNotCovered
from iprof_kit.base.explanation import explain
from iprof_kit.calculate import subjects
from iprof_kit.calculate.reclassement.calculation import answer, answers
from iprof_kit.calculate.reclassement.question import ReclassementQuestion as Question

DAY = date(2024, 9, 1)
PROMOTED = {
    "nature": "promotion_grade", "corps": "pe", "grade": "classe_normale", "echelon": "9",
    "anciennete_jours": 960, "grade_cible": "hors_classe", "date_effet": DAY,
}  # fmt: skip
MOVED = {
    "nature": "changement_corps", "corps": "certifie", "corps_cible": "agrege", "date_effet": DAY,
}  # fmt: skip
ENTERED = {"nature": "entree", "corps": "certifie", "date_effet": DAY}


ask = partial(asking.ask, "reclassement")


def test_a_promotion_on_the_text():
    # CAR31, décret 90-680 art. 25
    found = ask(PROMOTED)
    assert (found.grade, found.echelon, found.indice_majore) == ("hors_classe", "2", 629)
    assert (found.anciennete_jours, found.date_prochain_echelon) == (240, date(2026, 1, 1))
    assert found.regles == ("R4",)
    assert not found.a_verifier
    assert "fait foi" in found.phrase


@pytest.mark.parametrize(
    ("changes", "echelon", "index", "months"),
    [
        # CAR09 snes.edu ; CAR10 sgenplus.cfdt.fr ; CAR13 snuipp86.fr
        ({"corps": "cpe", "echelon": "11", "anciennete_jours": 1080}, "5", 768, 0),
        (
            {"corps": "agrege", "echelon": "10", "anciennete_jours": 900,
             "date_effet": date(2022, 9, 1)},
            "3", 830, 0,
        ),
        (
            {"grade": "hors_classe", "echelon": "6", "anciennete_jours": 600,
             "grade_cible": "classe_exceptionnelle", "date_effet": date(2021, 9, 1)},
            "4", 830, 0,
        ),
    ],
)  # fmt: skip
def test_published_promotions(changes, echelon, index, months):
    found = ask(PROMOTED, **changes)
    assert (found.echelon, found.indice_majore) == (echelon, index)
    assert found.anciennete_jours == months * 30


def test_a_doubtful_rule_is_marked_with_its_words():
    found = ask(PROMOTED, corps="plp")
    assert found.a_verifier
    assert found.motifs
    assert found.sources[0].confiance == "D"


def test_two_promotions_in_one_year_are_refused():
    with pytest.raises(LawError, match="R9") as error:
        ask(PROMOTED, annee_derniere_promotion=2024)
    assert error.value.where == "annee_derniere_promotion"
    assert ask(PROMOTED, annee_derniere_promotion=2023).echelon == "2"


HUGE = 10**30
LIKE_2017 = {
    "nature": "ppcr_2017", "corps": "certifie", "grade": "hors_classe", "echelon": "8",
    "anciennete_jours": 10, "date_effet": date(2017, 9, 1),
}  # fmt: skip


@pytest.mark.parametrize(
    ("question", "changes", "where"),
    [
        (PROMOTED, {"anciennete_jours": HUGE}, "anciennete_jours"),
        (PROMOTED, {"annee_derniere_promotion": HUGE}, "annee_derniere_promotion"),
        (LIKE_2017, {"anciennete_jours": HUGE}, "anciennete_jours"),
        (MOVED, {"anciennete_theorique_jours": HUGE}, "anciennete_theorique_jours"),
        (ENTERED, {"troisieme_concours_jours": HUGE}, "troisieme_concours_jours"),
        (ENTERED, {"indice_majore_detenu": HUGE}, "indice_majore_detenu"),
        (ENTERED, {"services": [{"nature": "aed", "duree_jours": HUGE}]}, "services.0.duree_jours"),
    ],
)  # fmt: skip
def test_a_number_that_nobody_has_is_refused_in_its_field(question, changes, where):
    with pytest.raises(InputError, match="au plus") as error:
        subjects.ask("reclassement", {**question, **changes})
    assert error.value.where == where


@pytest.mark.parametrize(
    ("question", "changes", "words"),
    [
        (PROMOTED, {"echelon": "3", "grade_cible": "classe_exceptionnelle"},
         "professeur des écoles de classe normale, 3e échelon"),
        (LIKE_2017, {}, "professeur certifié hors classe, 7e échelon"),
    ],
)  # fmt: skip
def test_a_refusal_of_the_law_names_the_place_in_words(question, changes, words):
    with pytest.raises(LawError) as error:
        ask(question, **changes)
    assert words in str(error.value)
    assert "_" not in error.value.message


def test_a_published_change_of_corps():
    # CAR16, lyon.sgen-cfdt.fr
    found = ask(MOVED, anciennete_theorique_jours=35 * 360, date_effet=date(2022, 9, 1))
    assert found.anciennete_convertie_jours == 27 * 360
    assert (found.corps, found.grade, found.echelon) == ("agrege", "classe_normale", "11")
    assert found.anciennete_jours == 360
    assert found.date_prochain_echelon is None


def test_a_change_of_corps_from_the_classe_normale():
    # 7e and 6 months: 12 years × 135/175 = 3333 days, 6e agrégé after 8 years and a half
    found = ask(MOVED, grade="classe_normale", echelon="7", anciennete_jours=180)
    assert (found.anciennete_theorique_jours, found.anciennete_convertie_jours) == (4320, 3333)
    assert (found.echelon, found.anciennete_jours) == ("6", 273)
    assert found.regles == ("R10",)
    assert not found.a_verifier


def test_a_change_of_corps_from_a_higher_grade_is_marked():
    exceptional = ask(MOVED, grade="classe_exceptionnelle", echelon="4", anciennete_jours=0)
    assert exceptional.regles == ("R10", "X1")
    assert exceptional.a_verifier
    hors_classe = ask(MOVED, grade="hors_classe", echelon="4", anciennete_jours=0, jours_11e=1200)
    assert hors_classe.anciennete_theorique_jours == 9660
    assert hors_classe.a_verifier


def test_an_index_above_the_new_one_is_kept():
    found = ask(
        MOVED, grade="classe_exceptionnelle", echelon="5", chevron="HEA3", anciennete_jours=0
    )
    assert (found.indice_avant, found.indice_majore, found.indice_personnel) == (977, 835, 977)


def test_to_the_chaires_superieures_at_the_same_index():
    # T13, nancy.snes.edu 2023
    found = ask(
        MOVED,
        corps="agrege",
        corps_cible="chaire_sup",
        grade="classe_exceptionnelle",
        echelon="2",
        chevron="HEA3",
        anciennete_jours=180,
    )
    assert (found.corps, found.echelon, found.chevron) == ("chaire_sup", "7", "HEB1")
    assert found.anciennete_jours == 180


@pytest.mark.parametrize(
    "changes",
    [
        {"corps": "pe", "corps_cible": "agrege"},
        {"corps": "certifie", "corps_cible": "pe"},
        {"corps": "pe", "corps_cible": "certifie"},
    ],
)
def test_a_change_without_rule_is_refused(changes):
    with pytest.raises(LawError, match="règle non couverte"):
        ask(MOVED, grade="classe_normale", echelon="7", anciennete_jours=0, **changes)


def test_a_published_entry():
    # CAR19, snes.edu 4-1-3-1
    found = ask(ENTERED, services=({"nature": "aed", "duree_jours": 360},))
    assert found.services_repris[0].jours_repris == 267
    assert (found.echelon, found.anciennete_jours) == ("1", 267)


def test_several_services_add_up():
    # 267 days, then three school years of contractuel (1080): 3e échelon after 2 years
    services = (
        {"nature": "aed", "debut": date(2019, 9, 1), "fin": date(2020, 8, 31)},
        {"nature": "contractuel_enseignant", "debut": date(2020, 9, 1), "fin": date(2023, 8, 31)},
    )
    found = ask(ENTERED, services=services)
    assert [one.duree_jours for one in found.services_repris] == [360, 1080]
    assert found.anciennete_convertie_jours == 1347
    assert (found.echelon, found.anciennete_jours) == ("3", 627)
    assert found.date_prochain_echelon == date(2024, 12, 4)


def test_without_services_the_first_echelon():
    found = ask(ENTERED)
    assert (found.echelon, found.anciennete_jours) == ("1", 0)


def test_the_private_sector_is_marked_and_so_is_what_is_added_to_it():
    alone = ask(ENTERED, services=({"nature": "prive", "duree_jours": 1080},))
    assert alone.anciennete_convertie_jours == 720
    assert alone.a_verifier
    both = ask(
        ENTERED,
        services=({"nature": "prive", "duree_jours": 1080}, {"nature": "aed", "duree_jours": 360}),
    )
    assert any("cumul" in reason for reason in both.motifs)


def test_the_third_concours_is_not_confirmed():
    found = ask(ENTERED, troisieme_concours_jours=7 * 360)
    assert (found.anciennete_convertie_jours, found.echelon) == (720, "3")
    assert any("non confirmé" in reason for reason in found.motifs)


def test_a_civil_servant_of_category_a():
    service = {"nature": "fonctionnaire_a", "duree_jours": 3600}
    found = ask(ENTERED, services=(service,), indice_majore_detenu=454)
    assert (found.echelon, found.indice_majore, found.anciennete_jours) == ("4", 466, None)
    assert any("règle non trouvée" in reason for reason in found.motifs)
    with pytest.raises(InputError) as error:
        ask(ENTERED, services=(service,))
    assert error.value.where == "indice_majore_detenu"
    with pytest.raises(LawError, match="règle non couverte"):
        ask(ENTERED, services=(service, service), indice_majore_detenu=454)
    above = ask(ENTERED, services=(service,), indice_majore_detenu=900)
    assert any("au-dessus de la grille" in reason for reason in above.motifs)


def test_before_2023_the_private_sector_is_not_covered():
    with pytest.raises(PeriodNotCovered):
        ask(
            ENTERED,
            services=({"nature": "prive", "duree_jours": 360},),
            date_effet=date(2022, 9, 1),
        )


def test_services_that_overlap_or_come_late_are_refused():
    one = {"nature": "aed", "debut": date(2020, 9, 1), "fin": date(2021, 8, 31)}
    again = one | {"debut": date(2021, 8, 31), "fin": date(2022, 8, 31)}
    late = one | {"debut": date(2023, 9, 1), "fin": DAY}
    for services, words in (((one, again), "chevauchent"), ((late,), "après")):
        with pytest.raises(InputError, match=words) as error:
            ask(ENTERED, services=services)
        assert error.value.where == "services"


@pytest.mark.parametrize(
    "question",
    [
        PROMOTED | {"grade_cible": None},
        PROMOTED | {"corps_cible": "agrege"},
        MOVED,
        MOVED | {"grade": "classe_normale", "echelon": "7"},
        ENTERED | {"grade": "classe_normale"},
        ENTERED | {"services": ({"nature": "aed"},)},
        ENTERED | {"services": ({"nature": "aed", "debut": DAY},)},
        ENTERED | {"services": ({"nature": "aed", "debut": DAY, "fin": date(2020, 1, 1)},)},
        ENTERED | {"services": ({"nature": "aed", "debut": DAY, "fin": DAY, "duree_jours": 1},)},
    ],
)
def test_missing_and_contradictory_fields_are_refused(question):
    with pytest.raises(ValidationError):
        Question(**question)


def test_an_outer_explanation_receives_the_rules_applied():
    with explain() as trace:
        ask(MOVED, grade="classe_normale", echelon="7", anciennete_jours=180)
    names = {step.rule for step in trace.steps}
    assert {"theoretical_seniority", "converted_seniority", "placed_by_seniority"} <= names


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["pe", "certifie", "agrege"]),
            st.sampled_from(["9", "10", "11"]),
            st.integers(0, 2000),
        ),
        min_size=1,
        max_size=10,
    )
)
def test_one_row_equals_many(rows):
    questions = [
        Question(**(PROMOTED | {"corps": corps, "echelon": step, "anciennete_jours": days}))
        for corps, step, days in rows
    ]
    questions.append(Question(**ENTERED))
    found = answers(questions)
    assert found == [answer(question) for question in questions]
    assert answers(questions[::-1]) == found[::-1]


def test_a_refused_question_names_its_field():
    with pytest.raises(KitError) as error:
        ask(PROMOTED, echelon="special")
    assert error.value.where == "echelon"


REFORM = {
    "nature": "ppcr_2017", "corps": "certifie", "grade": "classe_normale", "echelon": "5",
    "date_effet": date(2017, 9, 1),
}  # fmt: skip


def test_the_reform_of_2017_in_two_steps():
    # snes.edu le reclassement (CAR29) : 5e, deux ans six mois : directement au 6e, sans ancienneté
    found = ask(REFORM, echelon_depuis=date(2015, 3, 1))
    assert (found.echelon, found.anciennete_jours) == ("6", 0)
    assert (found.echelon_intermediaire, found.date_prochain_echelon) == ("5", date(2020, 9, 1))
    assert ask(REFORM, anciennete_jours=900) == found
    once = ask(REFORM, anciennete_jours=720)
    assert (once.echelon, once.anciennete_jours, once.echelon_intermediaire) == ("5", 720, None)
    assert once.date_prochain_echelon == date(2018, 3, 1)


def test_the_reform_of_2017_has_its_own_day():
    with pytest.raises(InputError) as error:
        ask(REFORM, anciennete_jours=900, date_effet=date(2018, 9, 1))
    assert error.value.where == "date_effet"
    with pytest.raises(ValidationError, match="echelon_depuis"):
        ask(REFORM)
    with pytest.raises(InputError, match="après l’ancienne grille"):
        ask(REFORM, echelon_depuis=date(2017, 9, 1))


def test_a_promotion_in_two_steps_names_the_first():
    # snes.edu « après la promotion » : certifié, 11e avec 2 ans 6 mois, 5e sans ancienneté ; le 4e
    # avec l'ancienneté conservée, dont la durée est de 2 ans 6 mois, est quitté le jour même
    eleventh = {"corps": "certifie", "echelon": "11", "anciennete_jours": 900}
    found = ask(PROMOTED, **eleventh)
    assert (found.echelon, found.echelon_intermediaire) == ("5", "4")
    assert ask(PROMOTED, **{**eleventh, "anciennete_jours": 870}).echelon_intermediaire is None


def test_a_refusal_names_the_day_that_was_given():
    # the axis has no 31st
    last = {"grade": "classe_exceptionnelle", "echelon": "5", "chevron": "HEA1"}
    with pytest.raises(LawError, match="au 31 août 2023"):
        ask(PROMOTED, **last, date_effet=date(2023, 8, 31), grade_cible="classe_exceptionnelle")
    with pytest.raises(PeriodNotCovered, match="31 août 2017"):
        ask(PROMOTED, date_effet=date(2017, 8, 31))
