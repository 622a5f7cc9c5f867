"""A line of the dossier typed again is printed once: the person's own."""

from datetime import date

import pytest

from iprof_kit.cv.merge import merge
from iprof_kit.cv.model import Choix, Cible, Cv, Faits
from iprof_kit.cv.printing import layout
from iprof_kit.cv.sections.diplomes import Diplome
from iprof_kit.cv.sections.fonctions import Fonction
from iprof_kit.cv.twins import typed_again

TODAY = date(2026, 11, 25)
KNOWN = Fonction(
    id="dossier-1",
    source="dossier",
    nature="affectation",
    intitule="Enseignante",
    etablissement="École Pasteur",
    debut="2019-09-01",
    description="À titre définitif",
)


def typed(**fields):
    given = {"nature": "affectation", "etablissement": "ecole pasteur", "debut": "2019-09"}
    return Fonction(id="mine", **(given | fields))


def entries(modele, *fonctions, items=None):
    sections = (Choix(section="fonctions", items=items),)
    cible = Cible(id="c", modele=modele, sections=sections)
    made = layout.document(Cv(faits=Faits(fonctions=fonctions)), cible, TODAY)
    return [entry.key for s in made.sections for part in s.parts for entry in part.entries]


@pytest.mark.parametrize("modele", ["classique", "moderne", "une_page", "statutaire"])
def test_the_post_typed_again_is_printed_once(modele):
    assert entries(modele, typed(), KNOWN) == ["mine"]
    assert entries(modele, KNOWN) == ["dossier-1"]


def test_the_line_of_the_dossier_is_printed_where_the_other_is_hidden():
    assert entries("classique", typed(), KNOWN, items=("dossier-1",)) == ["dossier-1"]


@pytest.mark.parametrize(
    "other",
    [
        typed(debut="2018-09"),
        typed(fin="2021-08"),
        typed(etablissement="Collège Camus"),
        typed(nature="mission", intitule="Enseignante"),
        typed(nature="fonction", intitule="Directrice"),
        typed(etablissement="", intitule="Directrice"),
    ],
)
def test_another_post_is_another_line(other):
    assert typed_again((other, KNOWN)) == {}


@pytest.mark.parametrize("when", ["2019", "2019-09", "2019-09-01"])
def test_a_date_less_precise_is_the_same(when):
    assert typed_again((typed(debut=when), KNOWN)) == {"mine": "dossier-1"}


def test_a_diploma_typed_again_is_one():
    known = Diplome(id="dossier-2", source="dossier", intitule="Master MEEF", annee="2013")
    mine = Diplome(id="mine", intitule="master meef", annee="2013-06", mention="bien")
    assert typed_again((mine, known)) == {"mine": "dossier-2"}
    assert typed_again((mine.model_copy(update={"annee": "2015"}), known)) == {}


def put_together(mine, theirs, **more):
    found = merge(Cv(), Cv(faits=Faits(fonctions=mine)), Cv(faits=Faits(fonctions=theirs, **more)))
    return [one.id for one in found.faits.fonctions], found.faits.fonctions


def test_together_a_line_of_the_dossier_completed_on_one_side_is_one():
    completed = KNOWN.model_copy(update={"source": "saisie", "description": "Cours moyen"})
    for mine, theirs in (((completed,), (KNOWN,)), ((KNOWN,), (completed,))):
        ids, (kept,) = put_together(mine, theirs)
        assert ids == ["dossier-1"]
        assert kept.description == "Cours moyen"


def test_together_a_line_typed_on_both_sides_in_the_same_words_is_one():
    ids, _ = put_together((typed(), KNOWN), (typed().model_copy(update={"id": "autre"}), KNOWN))
    assert ids == ["mine", "dossier-1"]
    ids, _ = put_together((typed(),), (typed(quotite="50").model_copy(update={"id": "autre"}),))
    assert ids == ["mine", "autre"]


def test_together_a_line_of_the_dossier_deleted_on_one_side_stays_deleted():
    ids, _ = put_together((KNOWN,), (), ecartes=("dossier-1",))
    assert ids == []
