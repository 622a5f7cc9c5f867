"""One position on every screen: a file that stops too early, the months of a school head."""

from datetime import date

import pytest
import ui_people as people
from ui_visitor import Visitor

from iprof_kit.calculate import ask
from iprof_kit.services.contract.dossier import AffectationTenue, EchelonTenu
from iprof_kit.services.contract.standing import situation_of

# Décret 90-680, art. 24: the 5e échelon lasts 2 years 6 months, the 6e 3 years, the 7e 3 years.
OLD = people.JEAN.model_copy(update={"echelons": people.JEAN.echelons[:3]})
"""Read when he was at the 5e échelon, since 1 March 2019: at the 7e since 1 September 2024."""
ON_THE_FILE = (
    "/accueil", "/dossier/synthese", "/dossier/carriere", "/perspectives/promotions",
    "/perspectives/ma-paie", "/perspectives/retraite",
)  # fmt: skip


def held(echelon, day, mode="anciennete"):
    return EchelonTenu(
        corps="pe",
        grade="classe_normale",
        echelon=echelon,
        date_effet=day,
        mode=mode,
        source="AGAPE",
        lu_le=people.READ,
    )


def at_the_head(since, *echelons, until=None):
    post = AffectationTenue(
        type="Affectation à titre définitif",
        etablissement="École de la Source",
        type_etablissement="École élémentaire",
        fonction="Directeur d’école",
        debut=since,
        fin=until,
        source="AGAPE",
        lu_le=people.READ,
    )
    return people.JEAN.model_copy(
        update={"echelons": echelons, "affectations": (post,), "positions": ()}
    )


HEAD = at_the_head(date(2016, 9, 1), held("10", date(2023, 3, 1)))
"""The 10e échelon lasts 4 years; three complete years since 2023-2024, three months each."""


def screen(dossier, at):
    visitor = type("Screen", (Visitor,), {"path": at})(dossier)
    return visitor.page.text.replace("\u00a0", " ")


@pytest.mark.parametrize("path", ON_THE_FILE)
def test_a_file_that_stops_too_early_is_said_old_with_the_position_of_today(path):
    said = screen(OLD, path)
    assert "Votre dossier semble ancien." in said
    assert "il s’arrête au 5e échelon, le 1er mars 2019" in said
    assert "vous seriez au 7e échelon depuis le 1er septembre 2024" in said
    assert "Votre dossier semble ancien." not in screen(people.JEAN, path)


def test_an_echelon_due_some_weeks_ago_does_not_make_a_file_old():
    recent = people.JEAN.model_copy(
        update={"echelons": (held("7", date(2023, 11, 1)),)}  # 3 ans : 8e au 1er novembre 2026
    )
    said = screen(recent, "/accueil")
    assert "Un échelon attendu n’est pas encore dans votre dossier." in said
    assert "vous seriez au 8e échelon depuis le 1er novembre 2026" in said
    assert "semble ancien" not in said
    older = recent.model_copy(update={"echelons": (held("7", date(2023, 5, 1)),)})
    assert "semble ancien" in screen(older, "/accueil")


def test_an_old_file_has_one_position_on_each_screen():
    home, now = screen(OLD, "/accueil"), screen(people.JEAN, "/accueil")
    assert home.partition("signalez-le. ")[2].startswith(now[:400].strip())
    supposed = screen(OLD, "/perspectives/ma-paie").partition("Ce que ce calcul suppose")[2]
    assert "Échelon 7e échelon Modifier" in supposed
    assert "Temps de travail 80 % Modifier" in supposed
    assert "7e échelon depuis le 1er septembre 2024." in screen(OLD, "/perspectives/promotions")


def test_the_echelons_that_the_kit_adds_are_told_from_those_of_the_file():
    career = screen(OLD, "/dossier/carriere")
    assert career.count("ancienneté, absent de votre dossier Calculé par ce kit") == 2
    recorded = screen(OLD, "/dossier/synthese")
    assert "Échelon5e échelondepuis le 1er mars 2019" in recorded


def test_the_months_of_a_school_head_give_the_effect_that_the_calculation_gives():
    situation = situation_of(HEAD, people.TODAY)
    assert situation.annees_direction == (2023, 2024, 2025)
    asked = {
        "corps": "pe",
        "grade": "classe_normale",
        "echelon": "10",
        "date_effet": date(2023, 3, 1),
        "aujourdhui": people.TODAY,
        "annees_direction": (2023, 2024, 2025),
    }
    answer = ask("echelon", asked)
    assert (answer.date_normale, answer.date_effet_suivant) == (date(2027, 3, 1), date(2026, 6, 1))
    effect = "effet au 1er juin 2026, avancé de 9 mois par la direction d’école"
    assert effect in screen(HEAD, "/accueil")
    promotions = screen(HEAD, "/perspectives/promotions")
    assert "effet avancé : date normale, le 1er mars 2027" in promotions
    assert "2023-2024, 2024-2025, 2025-2026" in promotions


def test_an_echelon_pronounced_later_is_not_held_yet():
    assert "passés depuis le 1er mars 2023" in screen(HEAD, "/accueil")


@pytest.mark.parametrize(
    ("dossier", "left"),
    [
        # décret 2023-777, art. 4 et 21: complete years only, since 2023-2024.
        (at_the_head(date(2024, 10, 1), held("10", date(2023, 3, 1))), (2025,)),
        (at_the_head(date(2023, 9, 1), held("10", date(2023, 3, 1)), until=date(2025, 8, 30)),
         (2023,)),
        # The months are used by the échelon that follows, whose effect they brought forward:
        # the 9e of 1 March 2021, 4 years, then three months of 2023-2024.
        (at_the_head(date(2023, 9, 1), held("9", date(2021, 3, 1)), held("10", date(2024, 12, 1))),
         (2024, 2025)),
    ],
)  # fmt: skip
def test_only_complete_years_that_no_echelon_has_used_count(dossier, left):
    assert situation_of(dossier, people.TODAY).annees_direction == left


def test_ones_own_date_uses_the_months_given_before_it():
    visitor = type("Screen", (Visitor,), {"path": "/perspectives/promotions"})(HEAD)
    page = visitor.do("ma_date", echelon="10", date_effet="01/09/2025")
    said = page.text.replace("\u00a0", " ")
    assert "dont les mois n’ont pas encore servi : 2025-2026." in said


def test_a_class_teacher_has_no_year_of_direction():
    assert situation_of(people.JEAN, people.TODAY).annees_direction == ()
