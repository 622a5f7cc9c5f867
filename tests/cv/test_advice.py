"""What each use of a CV expects is named when it is missing, and is quiet when it is there."""

from datetime import date
from typing import get_args

import pytest
from hypothesis import given, settings
from strategies import cvs

from iprof_kit.cv import lists
from iprof_kit.cv.model import Choix, Cible, Cv, Faits, Lettre, Usage
from iprof_kit.cv.person import Contact, Identite
from iprof_kit.cv.remarks.advice import advice
from iprof_kit.cv.sections.activites import Activite
from iprof_kit.cv.sections.competences import Competence
from iprof_kit.cv.sections.diplomes import Diplome
from iprof_kit.cv.sections.engagements import Engagement
from iprof_kit.cv.sections.fonctions import Fonction
from iprof_kit.cv.sections.formations import Formation
from iprof_kit.cv.sections.situation import Situation

TODAY = date(2026, 11, 25)
FULL = Faits(
    identite=Identite(prenom="Camille", nom="Martin", date_naissance="1984-05-20", resume="Je…"),
    contact=Contact(courriel="camille@exemple.fr", telephone="06 39 98 00 00"),
    situation=Situation(corps="certifie", mode_acces="concours externe", annee_acces="2011"),
    fonctions=(Fonction(intitule="Enseignante en classe préparatoire et tutrice", debut="2011"),),
    diplomes=(Diplome(nature="titre", intitule="Certificat de formatrice (Caffa)", annee="2020"),),
    formations=(Formation(intitule="Différencier", role="formateur", debut="2021"),),
    activites=(Activite(intitule="Jury de baccalauréat", debut="2020"),),
    competences=(Competence(nature="langue", intitule="Anglais", niveau="C2"),),
)
LETTRE = Lettre(texte="Madame, Monsieur, …")


def places(usage, faits=FULL, **fields):
    cible = Cible(
        id="c", usage=usage, lettre=LETTRE, discipline="Anglais", campagne="2027", **fields
    )
    return {one.ou for one in advice(Cv(faits=faits), cible, TODAY)}


def told(usage, faits=FULL, **fields):
    cible = Cible(id="c", usage=usage, lettre=LETTRE, **fields)
    return " ".join(f"{one.message} {one.remede}" for one in advice(Cv(faits=faits), cible, TODAY))


QUIET = {"cibles.c.usage"}
"""What a use says in any case: who decides, which paper to join."""


@pytest.mark.parametrize("usage", get_args(Usage))
def test_a_full_cv_is_told_nothing_more_than_the_procedure(usage):
    modele = "statutaire" if usage == "liste_aptitude_agreges" else "classique"
    hidden = tuple(
        Choix(section=one.section, visible=one.section != "situation") for one in Cible().sections
    )
    silent = FULL.identite.model_copy(update={"resume": ""})
    five = FULL.model_copy(update={"identite": silent})
    faits = five if modele == "statutaire" else FULL
    shown = {"modele": modele, "sections": hidden, "date_naissance": True}
    assert places(usage, faits, **shown) <= QUIET


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        ("general", {"faits.identite.resume"}),
        ("liste_aptitude_agreges", {"cibles.c.modele", "faits.identite.date_naissance",
                                    "faits.situation.mode_acces", "faits.diplomes",
                                    "faits.fonctions", "faits.activites"}),
        ("chaires_superieures", {"faits.fonctions"}),
        ("poste_specifique", {"faits.contact.courriel", "faits.contact.telephone"}),
        ("formateur", {"faits.diplomes", "faits.formations", "faits.fonctions"}),
        ("mobilite", {"faits.identite.resume", "faits.competences"}),
        ("hors_education_nationale", {"cibles.c.sections.situation"}),
    ],
)  # fmt: skip
def test_an_empty_cv_is_told_what_its_use_expects(usage, expected):
    assert expected <= places(usage, faits=Faits())


@pytest.mark.parametrize(
    "usage", ["liste_aptitude_agreges", "poste_specifique", "formateur", "mobilite"]
)
def test_a_missing_letter_is_told_where_one_is_expected(usage):
    cible = Cible(id="c", usage=usage)
    assert "cibles.c.lettre.texte" in {one.ou for one in advice(Cv(faits=FULL), cible, TODAY)}


def test_a_letter_of_more_than_two_pages_is_told():
    cible = Cible(id="c", usage="mobilite", lettre=Lettre(texte="mot " * 2_000))
    assert any("deux pages" in one.message for one in advice(Cv(faits=FULL), cible, TODAY))


def test_the_letter_of_the_agreges_names_its_three_parts():
    cible = Cible(id="c", usage="liste_aptitude_agreges")
    words = " ".join(one.message for one in advice(Cv(faits=FULL), cible, TODAY))
    for part in lists.RUBRIQUES_LETTRE:
        assert part in words


def test_no_application_is_asked_for_hors_classe_and_classe_exceptionnelle():
    for usage in ("general", "chaires_superieures"):
        assert "aucune candidature n’est demandée" in told(usage)


def test_what_the_statutory_cv_leaves_out_is_named():
    more = FULL.model_copy(update={"engagements": (Engagement(intitule="Chorale"),)})
    assert "vos engagements" in told("liste_aptitude_agreges", more, modele="statutaire")


def test_a_rubrique_filled_by_trainings_alone_is_not_called_empty():
    followed = Formation(intitule="Évaluer l’oral", role="stagiaire")
    trained = FULL.model_copy(update={"diplomes": (), "competences": (), "formations": (followed,)})
    assert "resterait vide" not in told("liste_aptitude_agreges", trained, modele="statutaire")


def test_a_hidden_section_counts_as_missing():
    hidden = (Choix(section="fonctions"), Choix(section="competences", visible=False))
    assert "faits.competences" in places("mobilite", sections=hidden)


def test_acronyms_are_named_for_readers_of_other_trades():
    more = FULL.model_copy(update={"fonctions": (Fonction(intitule="PEMF en REP+, BTS"),)})
    words = told("hors_education_nationale", more)
    assert "PEMF, REP+" in words
    assert "BTS" not in words


@given(cv=cvs())
@settings(max_examples=40)
def test_advice_never_refuses_and_never_promises(cv):
    for cible in cv.cibles or (Cible(),):
        for one in advice(cv, cible, TODAY):
            assert one.gravite == "conseil"
            assert "vous serez" not in one.message.casefold()
