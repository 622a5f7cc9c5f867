"""An import line by line: what is not chosen stays as it was."""

import json
from datetime import date

import pytest

from iprof_kit.base.errors import InputError
from iprof_kit.cv.inputs import read
from iprof_kit.cv.inputs.choosing import accepted
from iprof_kit.cv.model import Choix, Cible, Cv, Faits
from iprof_kit.cv.outputs import own
from iprof_kit.cv.person import Contact, Identite
from iprof_kit.cv.sections.diplomes import Diplome
from iprof_kit.cv.sections.fonctions import Fonction
from iprof_kit.cv.sections.situation import Situation

TODAY = date(2026, 11, 25)
CURRENT = Cv(
    faits=Faits(
        identite=Identite(prenom="Camille", nom="Martin"),
        contact=Contact(ville="Lille", courriel="camille@exemple.fr"),
        situation=Situation(corps="certifie", libelle_corps="Professeur certifié"),
        diplomes=(Diplome(id="d1", intitule="Licence", annee="2006"),),
    )
)
GIVEN = Cv(
    faits=Faits(
        identite=Identite(prenom="Autre", nom="Personne"),
        contact=Contact(ville="Nice", telephone="06 39 98 00 00"),
        situation=Situation(corps="cpe", libelle_corps="Conseiller principal d’éducation"),
        diplomes=(
            Diplome(id="d1", intitule="Licence", annee="2007", mention="bien"),
            Diplome(id="d2", intitule="Master", annee="2008"),
        ),
    ),
    cibles=(Cible(id="c1", sections=(Choix(section="diplomes", items=("d1", "d2")),)),),
)


@pytest.fixture
def found():
    return read(own.dump(GIVEN), CURRENT, TODAY)


def test_nothing_chosen_changes_nothing(found):
    assert accepted(CURRENT, found, ()) == CURRENT


def test_everything_chosen_is_what_was_proposed(found):
    every = {one.ou for one in found.changements}
    assert accepted(CURRENT, found, every) == found.cv_propose


def test_what_is_added_is_taken_without_what_would_be_replaced(found):
    added = {one.ou for one in found.changements if one.genre == "ajout"}
    taken = accepted(CURRENT, found, added).faits
    assert (taken.identite, taken.situation) == (CURRENT.faits.identite, CURRENT.faits.situation)
    assert (taken.contact.ville, taken.contact.telephone) == ("Lille", "06 39 98 00 00")
    first, second = taken.diplomes
    assert (first.annee, first.mention) == ("2006", "")
    assert second.intitule == "Master"


def test_a_cv_taken_without_its_lines_names_none_that_is_not_there(found):
    (target,) = accepted(CURRENT, found, {"cibles.c1"}).cibles
    assert target.sections[0].items == ("d1",)


def test_the_corps_that_is_taken_is_one_datum(found):
    taken = accepted(CURRENT, found, {"faits.situation.libelle_corps"}).faits.situation
    assert (taken.corps, taken.libelle_corps) == ("cpe", "Conseiller principal d’éducation")


OLD = {
    "basics": {"name": "Camille Martin", "website": "https://martin.example",
               "picture": "https://martin.example/photo.png"},
    "work": [{"company": "Collège Camus", "website": "https://camus.example",
              "position": "Professeure", "startDate": "Sept 2010", "endDate": "août 2015"}],
    "education": [{"institution": "Lille", "studyType": "Master", "startDate": "2008-09",
                   "endDate": "2010-06", "gpa": "bien"}],
    "publications": [{"name": "Oser", "website": "https://oser.example"}],
}  # fmt: skip


def test_an_older_json_resume_finds_the_same_places():
    preview = read(json.dumps(OLD).encode(), Cv(), TODAY)
    faits = preview.cv_propose.faits
    assert faits.contact.site == "https://martin.example"
    (job,) = faits.fonctions
    assert (job.etablissement, job.debut, job.fin) == ("Collège Camus", "2010-09", "2015-08")
    assert job.description == "Site : https://camus.example"
    (study,) = faits.diplomes
    assert (study.annee, study.mention) == ("2010-06", "bien")
    assert study.description == "Début : septembre 2008"
    assert faits.publications[0].adresse == "https://oser.example"
    # A picture that is an address is not opened: it is kept and said, as it always was.
    assert [one.chemin for one in preview.inconnus] == ["basics.image"]


def test_a_field_under_both_names_loses_neither():
    both = {"work": [{"company": "Ancien", "name": "Nouveau", "position": "P"}]}
    preview = read(json.dumps(both).encode(), Cv(), TODAY)
    assert preview.cv_propose.faits.fonctions[0].etablissement == "Nouveau"
    assert [one.valeur for one in preview.inconnus] == ['"Ancien"']


@pytest.mark.parametrize(
    "given",
    [
        {"title": "Professeur", "company": "Lycée", "type": "Full-time", "skills": [],
         "responsibilities": ["Enseigner"], "meta": {}},
        {"@context": "https://schema.org", "@type": "JobPosting", "title": "Professeur"},
    ],
)  # fmt: skip
def test_a_job_offer_is_refused_as_what_it_is(given):
    with pytest.raises(InputError, match="offre d’emploi") as caught:
        read(json.dumps(given).encode(), CURRENT, TODAY)
    assert "JSON Resume" in caught.value.remedy


def test_a_resume_with_a_title_is_no_job_offer():
    given = {"title": "x", "company": "y", "salary": 1, "work": [{"name": "Collège"}]}
    preview = read(json.dumps(given).encode(), Cv(), TODAY)
    assert preview.cv_propose.faits.fonctions == (
        Fonction(id=preview.cv_propose.faits.fonctions[0].id, etablissement="Collège"),
    )
