"""What the dossier knows is filled once, marked, and never against the person."""

import json

import pytest

from iprof_kit.base.paths import SAMPLE
from iprof_kit.cv import edits
from iprof_kit.cv.dossier import DiplomeSource, DossierSource
from iprof_kit.cv.model import Cv, Faits
from iprof_kit.cv.person import Contact
from iprof_kit.cv.prefill import prefill
from iprof_kit.cv.sections.situation import Situation, corps_code
from iprof_kit.services.contract.dossier import Dossier


def dossier(number="D0001", **changes):
    lines = (SAMPLE / "dossiers.jsonl").read_text(encoding="utf-8").splitlines()
    found = next(one for one in map(json.loads, lines) if one["numero"] == number)
    return Dossier.model_validate(found | changes).model_dump()


@pytest.fixture
def jean():
    file = dossier()
    return DossierSource.of(file, academie="Clermont-Ferrand", poste=file["affectations"][-1])


@pytest.fixture
def filled(jean):
    return prefill(Cv(), jean)


def test_the_dossier_fills_who_and_where_the_person_is(filled):
    faits = filled.faits
    assert (faits.identite.prenom, faits.identite.nom) == ("Jean", "Dupont")
    assert faits.identite.date_naissance == "1991-05-20"
    assert faits.contact.courriel == "jean.dupont@ac-clermont.example"
    assert faits.contact.telephone == "06 39 98 47 63"
    assert faits.situation.corps == "pe"
    assert faits.situation.libelle_corps == "Professeur des écoles"
    assert (faits.situation.grade, faits.situation.echelon) == ("classe normale", "7")
    assert faits.situation.date_echelon == "2024-09-01"
    assert faits.situation.academie == "Clermont-Ferrand"
    assert faits.situation.quotite == "80"
    assert faits.situation.etablissement == "École élémentaire Les Ormeaux"
    assert faits.situation.annee_acces == "2014"


def test_each_affectation_is_a_marked_line(filled):
    (line,) = filled.faits.fonctions
    assert line.source == "dossier"
    assert line.id.startswith("dossier-")
    assert (line.nature, line.debut, line.fin) == ("affectation", "2019-09-01", "")
    assert line.etablissement == "École élémentaire Les Ormeaux"
    assert line.lieu == "Clermont-Ferrand"


def test_filling_twice_changes_nothing(filled, jean):
    assert prefill(filled, jean) == filled


def test_a_line_that_the_person_changed_is_left_alone(filled, jean):
    identifier = filled.faits.fonctions[0].id
    faits = edits.change(filled.faits, "fonctions", identifier, intitule="Maîtresse de CP")
    again = prefill(filled.model_copy(update={"faits": faits}), jean)
    assert again.faits.fonctions == faits.fonctions


def test_a_line_that_the_person_deleted_does_not_come_back(filled, jean):
    faits = edits.remove(filled.faits, "fonctions", filled.faits.fonctions[0].id)
    assert prefill(filled.model_copy(update={"faits": faits}), jean).faits.fonctions == ()


def test_a_line_that_nobody_touched_follows_the_dossier(filled):
    ended = dossier()
    ended["affectations"][0]["fin"] = "2026-08-31"
    new = {"debut": "2026-09-01", "fin": None, "etablissement": "École élémentaire Les Tilleuls"}
    ended["affectations"] = (*ended["affectations"], ended["affectations"][0] | new)
    again = prefill(filled, DossierSource.of(ended, poste=ended["affectations"][-1]))
    latest, former = again.faits.fonctions
    assert (former.id, former.fin) == (filled.faits.fonctions[0].id, "2026-08-31")
    assert latest.etablissement == "École élémentaire Les Tilleuls"
    assert again.faits.situation.etablissement == "École élémentaire Les Tilleuls"


def test_an_address_that_the_person_wrote_is_not_completed(jean):
    own = Contact(courriel="jean@exemple.fr")
    again = prefill(Cv(faits=Faits(contact=own)), jean)
    assert again.faits.contact == own


def test_a_title_that_the_person_wrote_stays_while_the_name_follows(filled, jean):
    mine = filled.faits.identite.model_copy(update={"titre": "Professeur des écoles"})
    cv = filled.model_copy(update={"faits": filled.faits.model_copy(update={"identite": mine})})
    married = jean.model_copy(update={"nom": "Dupont-Martin"})
    again = prefill(cv, married).faits.identite
    assert (again.titre, again.nom) == ("Professeur des écoles", "Dupont-Martin")


def test_a_diploma_that_the_dossier_knows_is_a_marked_line():
    known = DiplomeSource(intitule="Licence de lettres", annee="2012", niveau="6")
    source = DossierSource.of(dossier(), diplomes=[known])
    (line,) = prefill(Cv(), source).faits.diplomes
    assert (line.intitule, line.source, line.niveau) == ("Licence de lettres", "dossier", "6")


def test_every_sample_dossier_fills_a_cv_that_stays_the_same():
    lines = (SAMPLE / "dossiers.jsonl").read_text(encoding="utf-8").splitlines()
    numbers = [json.loads(line)["numero"] for line in lines]
    assert len(numbers) > 10
    for number in numbers:
        source = DossierSource.of(dossier(number))
        cv = prefill(Cv(), source)
        assert Cv.model_validate(cv.model_dump()) == cv
        assert len(cv.faits.fonctions) == len(source.affectations)
        assert prefill(cv, source) == cv


def test_a_corps_is_read_in_both_genders():
    for name, code in (("Professeure certifiée", "certifie"), ("Institutrice", "instituteur"),
                       ("Conseillère principale d’éducation", "cpe")):  # fmt: skip
        assert corps_code(Situation(libelle_corps=name)) == code
