"""JSON Resume as another tool reads it: written by hand from the published schema."""

import json
from datetime import date

import pytest

from iprof_kit.base.errors import InputError
from iprof_kit.cv.inputs import read
from iprof_kit.cv.model import Cv, Faits
from iprof_kit.cv.outputs import json_resume, own
from iprof_kit.cv.person import Contact, Identite, Profil
from iprof_kit.cv.sections.activites import Activite
from iprof_kit.cv.sections.competences import Competence
from iprof_kit.cv.sections.diplomes import Diplome
from iprof_kit.cv.sections.engagements import Engagement
from iprof_kit.cv.sections.fonctions import Fonction
from iprof_kit.cv.sections.formations import Formation
from iprof_kit.cv.sections.publications import Publication
from iprof_kit.cv.sections.references import Recommandation

FAITS = Faits(
    identite=Identite(prenom="Camille", nom="Martin", titre="Professeure", resume="Enseigner."),
    contact=Contact(
        courriel="c@exemple.fr",
        rue="1 rue Neuve",
        code_postal="63000",
        ville="Clermont-Ferrand",
        pays="France",
        site="https://exemple.fr",
        profils=(Profil(reseau="Mastodon", identifiant="camille"),),
    ),
    fonctions=(
        Fonction(
            intitule="Professeure",
            etablissement="Collège Camus",
            lieu="Riom",
            debut="2011-09",
            description="Cycle 4.",
        ),
    ),
    diplomes=(
        Diplome(intitule="Licence", specialite="Anglais", etablissement="UCA", annee="2006"),
        Diplome(nature="titre", intitule="CAFFA", etablissement="Rectorat", annee="2020-06"),
    ),
    formations=(
        Formation(intitule="Différencier", organisme="EAFC", debut="2021", heures="6"),
        Formation(role="formateur", intitule="Évaluer", organisme="EAFC", debut="2022"),
    ),
    activites=(
        Activite(intitule="Voyage à Cork", organisme="Collège", debut="2019-05"),
        Activite(nature="personnelle", intitule="Chorale"),
    ),
    competences=(
        Competence(nature="langue", intitule="Anglais", niveau="C2"),
        Competence(nature="numerique", intitule="Tableur", niveau="avancé"),
    ),
    publications=(Publication(titre="Lire", editeur="Cahiers", annee="2018"),),
    engagements=(Engagement(intitule="Trésorière", organisme="FSE", debut="2015", fin="2017"),),
    references=(Recommandation(nom="Anne Petit", texte="Je recommande."),),
)
EXPECTED = {
    "basics": {
        "name": "Camille Martin", "label": "Professeure", "summary": "Enseigner.",
        "email": "c@exemple.fr", "url": "https://exemple.fr",
        "location": {"address": "1 rue Neuve", "postalCode": "63000", "city": "Clermont-Ferrand",
                     "countryCode": "FR"},
        "profiles": [{"network": "Mastodon", "username": "camille"}],
    },
    "work": [
        {"name": "Collège Camus", "position": "Professeure", "location": "Riom",
         "startDate": "2011-09", "summary": "Cycle 4."},
        {"name": "EAFC", "position": "Évaluer", "startDate": "2022"},
    ],
    "education": [
        {"institution": "UCA", "area": "Anglais", "studyType": "Licence", "endDate": "2006"},
        {"institution": "EAFC", "area": "Différencier", "startDate": "2021",
         "studyType": "Formation continue"},
    ],
    "certificates": [{"name": "CAFFA", "issuer": "Rectorat", "date": "2020-06"}],
    "projects": [{"name": "Voyage à Cork", "entity": "Collège", "startDate": "2019-05"}],
    "interests": [{"name": "Chorale"}],
    "languages": [{"language": "Anglais", "fluency": "C2"}],
    "skills": [{"name": "Tableur", "level": "avancé"}],
    "publications": [{"name": "Lire", "publisher": "Cahiers", "releaseDate": "2018"}],
    "volunteer": [{"organization": "FSE", "position": "Trésorière", "startDate": "2015",
                   "endDate": "2017"}],
    "references": [{"name": "Anne Petit", "reference": "Je recommande."}],
}  # fmt: skip


def exported(faits):
    return json.loads(json_resume.dump(Cv(faits=faits)))


def test_every_fact_is_where_the_schema_puts_it():
    found = exported(FAITS)
    plain = {key: found[key] for key in EXPECTED}
    for key, lines in plain.items():
        if key != "basics":
            plain[key] = [{k: v for k, v in one.items() if k != "iprof"} for one in lines]
    assert plain == EXPECTED
    assert set(found) == {*EXPECTED, "$schema", "meta", "iprof"}


def test_another_tool_that_keeps_only_the_standard_fields_gives_the_facts_back():
    found = exported(FAITS)
    for lines in found.values():
        for one in lines if isinstance(lines, list) else ():
            one.pop("iprof")
    del found["iprof"]
    back = read(json.dumps(found).encode(), Cv(), date(2026, 11, 25)).cv_propose.faits
    assert (back.identite, back.contact) == (FAITS.identite, FAITS.contact)
    assert [one.intitule for one in back.fonctions] == ["Professeure", "Évaluer"]
    assert back.publications[0].titre == "Lire"
    assert back.engagements[0].fin == "2017"


def test_a_date_or_an_address_that_the_schema_refuses_stays_out_of_its_fields():
    faits = Faits(
        contact=Contact(courriel="sans arobase", site="javascript:alert(1)"),
        fonctions=(Fonction(intitule="F", debut="été 2014", fin="2014-13"),),
    )
    found = exported(faits)
    assert set(found["work"][0]) == {"position", "iprof"}
    assert found["work"][0]["iprof"]["debut"] == "été 2014"
    assert not {"email", "url"} & set(found["basics"])


@pytest.mark.parametrize(
    "resume",
    [
        {"basics": {"name": 3}},
        {"work": {}},
        {"work": [{"startDate": "hier"}]},
        {"skills": [{"keywords": [1]}]},
        [],
    ],
)
def test_what_does_not_follow_the_schema_is_refused(resume):
    with pytest.raises(InputError, match="de JSON Resume"):
        json_resume.validate(resume)


def test_exports_are_readable_text_and_always_the_same():
    cv = Cv(faits=FAITS)
    again = Cv.model_validate_json(cv.model_dump_json())
    assert own.dump(cv) == own.dump(again)
    assert "Différencier" in own.dump(cv).decode()
    assert json_resume.dump(cv) == json_resume.dump(again)
