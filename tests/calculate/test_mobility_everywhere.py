"""Every place at once scores what each would score as the next wish."""

from datetime import date

import pytest

from iprof_kit.calculate.interface.reading import question_of
from iprof_kit.calculate.mobility import places
from iprof_kit.calculate.mobility.calculation import SUBJECT
from iprof_kit.calculate.mobility.everywhere import bars_of, everywhere

FIRST = {
    "corps": "pe", "grade": "classe_normale", "echelon": 7, "departement": "63",
    "departement_depuis": date(2012, 9, 1),
    "famille": ({"demande": "rapprochement_conjoints", "departement": "44", "lien": "mariage",
                 "lien_depuis": date(2015, 6, 20), "enfants": ({"naissance": date(2019, 3, 1)},)},),
    "handicap": {"dossier": "agent", "voeux_ameliorant": ("33", "44")},
    "anciens_voeux": ({"campagne": 2026, "departement": "44"},),
    "cimm": {"departement": "974", "irreversibles": 3},
}  # fmt: skip
SECOND = {
    "corps": "certifie", "grade": "classe_normale", "echelon": 7, "statut": "titulaire",
    "academie": "Lille", "departement": "59", "anciennete_poste_annees": 3,
    "demandes": ("rapprochement_conjoints",), "lien": "mariage", "date_lien": date(2018, 7, 7),
    "conjoint": {"academie": "Rennes", "departement": "35"}, "naissances": (date(2019, 3, 1),),
    "demandes_consecutives": 3, "demandes_corse": 2, "cimm": "La Réunion",
}  # fmt: skip
CASES = [
    ("1d", "premier_degre", FIRST, "63", "44"),
    ("2d", "second_degre", SECOND, "Lille", "Rennes"),
]


@pytest.mark.parametrize(("degre", "name", "person", "here", "spouse"), CASES)
@pytest.mark.parametrize("ranked", ["none", "spouse", "other"])
def test_a_place_scores_what_it_would_as_the_next_wish(degre, name, person, here, spouse, ranked):
    asked = {"degre": degre, "campagne": 2026, name: person}
    keys = [place.key for place in places.places(degre, 2026) if place.key != here]
    other = next(key for key in keys if key != spouse)
    wishes = {"none": (), "spouse": (spouse,), "other": (other,)}[ranked]
    others = [key for key in keys if key not in wishes]
    scores = everywhere(question_of(SUBJECT.question, {**asked, "voeux": others}), wishes).scores
    assert list(scores) == others
    for key in others:
        question = question_of(SUBJECT.question, {**asked, "voeux": (*wishes, key)})
        alone = SUBJECT.one(question).voeux[-1]
        assert (scores[key].total, scores[key].complet, scores[key].rang) == (
            alone.total, alone.complet, alone.rang,
        ), key  # fmt: skip


def test_the_published_bars_are_88_entries_of_2021_one_more_of_2024_and_20_exits():
    """barres_mouvement.csv, read by hand: 89 places, those of 2024 before those of 2021."""
    bars = bars_of("1d", [place.key for place in places.places("1d", 2027)])
    entries = [place.entree for place in bars.values() if place.entree]
    assert len(entries) == 89
    assert {bar.annee for bar in entries} == {2021, 2024}
    assert sum(place.sortie is not None for place in bars.values()) == 20
