"""Synthèse, Carrière and Accueil of Jean Dupont: the words of the design's mockups."""

from datetime import date

import ui_people as people

from iprof_kit.ui.screens.dossier.carriere import carriere
from iprof_kit.ui.screens.dossier.synthese import synthese

COMING = people.COMMON[1]


def fact(sections, label):
    return next(f for s in sections for f in s.facts if f.label == label)


def test_each_fact_of_the_synthesis_has_value_since_and_source():
    view = synthese(people.JEAN, people.TODAY)
    assert [s.title for s in view.sections] == [
        "Vous êtes",
        "Votre situation administrative",
        "Vos affectations",
        "Votre adresse",
    ]
    said = {f.label: (f.value, *f.since, f.source) for s in view.sections for f in s.facts}
    assert said["Civilité, prénom, nom"] == ("Monsieur Jean Dupont", "")  # AGAPE: said at the head
    assert said["Né le"] == ("20 mai 1991", "35 ans", "")
    assert said["Grade"] == (
        "Professeur des écoles de classe normale",
        "depuis le 1er septembre 2014",
        "",
    )
    assert said["Échelon"] == ("7e échelon", "depuis le 1er septembre 2024", "")
    assert said["Ancienneté d’échelon"] == (
        "2 ans 2 mois",
        "au 25 novembre 2026",
        "Calculé par ce kit",
    )
    assert said["Position"] == ("En activité", "depuis le 16 janvier 2016", "")
    assert said["Modalité de service"][0] == "Temps partiel sur autorisation (80\u00a0%)"
    assert said["Type"][0] == "Affectation à titre définitif"


def test_the_two_emails_are_distinct_and_the_missing_one_is_said():
    view = synthese(people.JEAN, people.TODAY)
    assert fact(view.sections, "Courriel professionnel").value == "jean.dupont@ac-clermont.example"
    assert fact(view.sections, "Courriel personnel").value is None


def test_the_copy_says_where_it_comes_from():
    assert synthese(people.JEAN, people.TODAY).origin == (
        "AGAPE est la base de gestion des enseignants du premier degré. Ce kit en montre une "
        "copie, lue le 12 novembre 2026. Il ne la modifie pas. Une donnée venue d’ailleurs le dit."
    )


def test_without_corps_the_echelon_is_without_object():
    view = synthese(people.SANS_CORPS, people.TODAY)
    echelon = fact(view.sections, "Échelon")
    assert echelon.value == "Sans objet : pas de corps, donc pas d’échelon calculé"
    assert echelon.muted


def test_the_history_shows_length_and_kept_seniority_without_unfolding():
    view = carriere(people.JEAN, people.TODAY, COMING)
    rows = [(r.name, r.mode, r.day.long, r.spent, r.kept, r.index) for r in view.echelons]
    assert rows == [
        ("7e", "ancienneté", "1er septembre 2024", "2 ans 2 mois", "", "524"),
        ("6e", "ancienneté", "1er septembre 2021", "3 ans", "", "492"),
        ("5e", "ancienneté", "1er mars 2019", "2 ans 6 mois", "", "471"),
        (
            "4e",
            "reclassement PPCR",
            "1er septembre 2017",
            "1 an 6 mois",
            "et 6 mois conservés",
            "453",
        ),
        ("4e", "nomination, ancienne grille", "16 janvier 2017", "7 mois 15 jours", "", "453"),
    ]
    assert [r.day.verify for r in view.echelons] == [False, False, False, False, True]


def test_the_reclassement_of_2017_is_told():
    assert carriere(people.JEAN, people.TODAY, COMING).ppcr.endswith(
        "votre ancienneté n’a pas disparu : 6 mois ont été conservés. C’est pourquoi vous "
        "êtes passé au 5e échelon le 1er mars 2019, et non le 1er septembre 2019."
    )


def test_the_frise_ends_on_the_current_and_the_next_echelon():
    view = carriere(people.JEAN, people.TODAY, COMING)
    assert view.lead == (
        "Un corps, un grade, quatre échelons depuis 2017. Vous êtes au 7e échelon "
        "depuis 2 ans 2 mois ; il dure 3 ans."
    )
    assert [(s.name, s.months, s.state) for s in view.segments] == [
        ("4e", 18, ""),
        ("5e", 30, ""),
        ("6e", 36, ""),
        ("7e", 36, "now"),
        ("8e", 20, "next"),
    ]
    assert view.frise_label == "Échelons de 2017 à 2027"


def test_a_break_is_shown_without_deciding_what_it_costs():
    view = carriere(people.JEAN, people.TODAY, COMING)
    assert fact([view.corps], "Temps écoulé dans le corps").note == (
        "Dont 4 mois 15 jours de disponibilité. Selon son motif, cette période ne compte pas pour "
        "l’avancement."
    )


def test_someone_on_leave_today_is_said_so():
    lines = (
        *people.JEAN.positions[:-1],
        people.JEAN.positions[-1].model_copy(
            update={
                "position": "Disponibilité",
                "modalite": "Aucun service",
                "quotite": 0,
                "debut": date(2026, 9, 1),
            }
        ),
    )
    view = synthese(people.JEAN.model_copy(update={"positions": lines}), people.TODAY)
    assert fact(view.sections, "Position").value == "Disponibilité"
    assert fact(view.sections, "Position").since == ("depuis le 1er septembre 2026",)


def test_the_next_rendez_vous_is_read_in_the_windows_of_the_law():
    # 8e échelon on 1 September 2027: the second rendez-vous, in 2028-2029 (the mockup);
    # window of 2028-2029, March 2027 to February 2028: rendez_vous_carriere.csv, confidence A.
    rows = carriere(people.JEAN, people.TODAY, COMING).meetings.facts
    assert rows[-1].label == "Deuxième"
    assert rows[-1].value == "Prévu en 2028-2029"
    assert rows[-1].since == ("au 8e échelon",)
    assert not rows[-1].verify


def test_appreciations_are_written_as_people_say_them():
    rows = carriere(people.JEAN, people.TODAY, COMING).meetings.facts
    assert rows[0].value.endswith("très satisfaisant")


def test_the_synthesis_opens_on_grade_echelon_and_post_in_one_line():
    view = synthese(people.JEAN, people.TODAY)
    here = people.JEAN.affectations[-1]
    assert view.lead_strong == (
        f"Professeur des écoles de classe normale, 7e échelon ; {here.etablissement}, "
        f"{here.commune}."
    )
    assert len(view.lead_strong.split()) <= 25
    contract = synthese(people.SANS_CORPS, people.TODAY)
    assert "échelon" not in contract.lead_strong


def test_a_datum_that_comes_from_elsewhere_says_so_at_its_row():
    moved = people.JEAN.affectations[-1].model_copy(update={"source": "EPP"})
    jean = people.JEAN.model_copy(update={"affectations": (moved,)})
    view = synthese(jean, people.TODAY)
    assert fact(view.sections, "Établissement").source == "EPP"
    assert fact(view.sections, "Statut").source == ""


def test_a_step_of_the_frise_is_as_high_as_its_index():
    """grilles.csv, grid of today: 466, 481, 497, 524 from the 4e to the 7e, 562 for the 8e."""
    view = carriere(people.JEAN, people.TODAY, COMING)
    heights = [one.height for one in view.segments]
    low, high = heights[0], heights[-1]
    expected = [low + (high - low) * (i - 466) / (562 - 466) for i in (466, 481, 497, 524, 562)]
    assert heights == [round(one) for one in expected]
    assert low < high
