"""Files of other tools, bad files, tables of diplomas: all that can be kept is kept and shown."""

import json
from datetime import date
from pathlib import Path

import pytest

from iprof_kit.base.errors import InputError
from iprof_kit.cv.inputs import LARGEST_FILE, own_only, read
from iprof_kit.cv.model import Cible, Cv, Faits
from iprof_kit.cv.outputs import json_resume, own
from iprof_kit.cv.person import Contact, Identite, Profil
from iprof_kit.cv.sections import ITEMS
from iprof_kit.cv.sections.diplomes import Diplome
from iprof_kit.cv.sections.fonctions import Fonction
from iprof_kit.cv.sections.formations import Formation
from iprof_kit.cv.sections.situation import Situation

TODAY = date(2026, 11, 25)
SAMPLE = Path(__file__).with_name("json_resume_sample.json")
"""The example published with the schema."""


def load(given, current=None):
    content = given if isinstance(given, bytes) else json.dumps(given).encode()
    return read(content, current or Cv(), TODAY)


def faits(given):
    return load(given).cv_propose.faits


def texts_of(value):
    """Return every text inside plain data."""
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts_of(one)]
    if isinstance(value, list):
        return [text for one in value for text in texts_of(one)]
    return [str(value)] if value not in ("", None) else []


def test_nothing_of_the_published_example_is_lost():
    given = json.loads(SAMPLE.read_text(encoding="utf-8"))
    preview = load(given)
    assert preview.format == "JSON Resume"
    kept = json.dumps(preview.cv_propose.model_dump(), ensure_ascii=False)
    rewritten = {"US": "US", "Native speaker": "maternelle", "Richard Hendriks": "Hendriks",
                 "2011-06-01": "1er juin 2011"}  # fmt: skip
    of_the_file = {given["$schema"], *texts_of(given["meta"])}
    wanted = [rewritten.get(text, text) for text in texts_of(given) if text not in of_the_file]
    assert [text for text in wanted if json.dumps(text, ensure_ascii=False)[1:-1] not in kept] == []


def test_the_published_example_finds_its_places():
    found = faits(SAMPLE.read_bytes())
    assert (found.identite.prenom, found.identite.nom) == ("Richard", "Hendriks")
    assert found.contact.ville == "San Francisco"
    (job,) = found.fonctions
    assert (job.etablissement, job.debut, job.fin) == ("Pied Piper", "2013-12-01", "2014-12-01")
    assert "Techcrunch Disrupt" in job.description
    (language,) = [one for one in found.competences if one.nature == "langue"]
    assert (language.intitule, language.niveau) == ("English", "maternelle")
    assert {one.nature for one in found.diplomes} == {"diplome", "titre"}


def test_importing_another_tool_s_file_twice_adds_nothing_the_second_time():
    once = load(SAMPLE.read_bytes()).cv_propose
    again = load(SAMPLE.read_bytes(), once)
    assert again.changements == ()
    assert again.cv_propose == once
    assert again.deja == sum(len(getattr(once.faits, section)) for section in ITEMS)


def test_an_unknown_field_is_kept_and_shown_with_its_path():
    preview = load(
        {"basics": {"name": "A B", "age": 42}, "salary": {"min": 1}, "work": [{"boss": "X"}]}
    )
    assert {(one.chemin, one.valeur) for one in preview.inconnus} == {
        ("basics.age", "42"),
        ("salary", '{"min": 1}'),
        ("work.0.boss", '"X"'),
    }
    assert preview.cv_propose.faits.inconnus == preview.inconnus


@pytest.mark.parametrize(
    "given",
    [
        {"basics": "Camille Martin"},
        {"basics": {"name": ["Camille"], "profiles": "x", "location": 3, "image": 4}},
        {"work": "ancien métier", "education": [3, None, "x", []]},
        {"work": [{"name": {"x": 1}, "highlights": [{"y": 2}], "startDate": 2014}]},
        {"basics": None, "work": None, "iprof": 3},
        {"iprof": {"identite": 3, "cibles": "x", "ordre": []},
         "work": [{"iprof": {"section": "?"}}]},
        {"work": [{"iprof": {"section": "fonctions", "nature": "reine", "id": "a b"}}]},
    ],
)  # fmt: skip
def test_fields_of_the_wrong_type_are_kept_apart_and_the_rest_is_read(given):
    preview = load({**given, "awards": [{"title": "Palmes"}]})
    assert preview.cv_propose.faits.diplomes[0].intitule == "Palmes"
    wrong = [text for text in texts_of(given) if text not in ("?", "a b", "fonctions")]
    kept = json.dumps(preview.cv_propose.model_dump(), ensure_ascii=False)
    assert [text for text in wrong if text not in kept] == []


def test_dates_of_other_tools_are_read_and_bad_ones_are_kept_and_told():
    short = {"name": "A", "position": "P", "startDate": "09/2014", "endDate": "Present"}
    long = {
        "name": "B",
        "position": "P",
        "startDate": "2014-09-01T00:00:00Z",
        "endDate": "été 2015",
    }
    preview = load({"work": [short, long]})
    first, second = preview.cv_propose.faits.fonctions
    assert (first.debut, first.fin) == ("2014-09", "")
    assert (second.debut, second.fin) == ("2014-09-01", "été 2015")
    assert f"faits.fonctions.{second.id}.fin" in {one.ou for one in preview.remarques}


@pytest.mark.parametrize(
    ("study", "state"),
    [
        ({"endDate": "2006"}, "obtenu"),
        ({"endDate": "2028-06"}, "en_cours"),
        ({"startDate": "2025-09"}, "en_cours"),
        ({}, "obtenu"),
    ],
)
def test_a_study_without_a_past_end_is_in_progress(study, state):
    found = faits({"education": [{"institution": "Lille", "studyType": "Master", **study}]})
    assert found.diplomes[0].etat == state


def test_what_another_tool_changed_in_our_export_is_taken():
    held = Fonction(intitule="Tutrice", etablissement="Collège Camus", debut="2019", quotite="50")
    exported = json.loads(json_resume.dump(Cv(faits=Faits(fonctions=(held,)))))
    exported["work"][0]["position"] = "Tutrice de stagiaires"
    exported["basics"]["email"] = "camille@exemple.fr"
    found = faits(exported)
    assert found.fonctions == (held.model_copy(update={"intitule": "Tutrice de stagiaires"}),)
    assert found.contact.courriel == "camille@exemple.fr"


def test_an_import_adds_to_what_is_there_and_says_before_and_after():
    licence = Diplome(id="d1", intitule="Licence", annee="2006")
    current = Cv(
        faits=Faits(
            identite=Identite(prenom="Camille", nom="Martin"),
            contact=Contact(ville="Lille"),
            situation=Situation(corps="certifie"),
            diplomes=(licence,),
        )
    )
    master = Diplome(id="d2", intitule="Master", annee="2008")
    changed = licence.model_copy(update={"annee": "2007"})
    given = Cv(
        faits=Faits(contact=Contact(ville="Nice"), diplomes=(changed, master)),
        cibles=(Cible(id="c1", titre="Poste"),),
    )
    preview = load(own.dump(given), current)
    after = preview.cv_propose.faits
    assert (after.identite, after.situation) == (current.faits.identite, current.faits.situation)
    assert after.diplomes == (changed, master)
    assert {(one.genre, one.ou, one.avant, one.apres) for one in preview.changements} == {
        ("modification", "faits.contact.ville", "Lille", "Nice"),
        ("modification", "faits.diplomes.d1.annee", "2006", "2007"),
        ("ajout", "faits.diplomes.d2", "", "Master, 2008, obtenu"),
        ("ajout", "cibles.c1", "", "Poste"),
    }


def test_our_file_with_unknown_or_wrong_fields_loses_nothing():
    given = json.loads(own.dump(Cv(faits=Faits(diplomes=(Diplome(id="d1", intitule="L"),)))))
    given["faits"]["diplomes"][0] |= {"etat": "peut-être", "couleur": "bleu", "annee": 2006}
    given["faits"]["loisirs"] = ["échecs"]
    preview = load(given)
    (found,) = preview.cv_propose.faits.diplomes
    assert (found.intitule, found.etat, found.annee) == ("L", "obtenu", "2006")
    assert {one.chemin for one in preview.inconnus} == {
        "faits.diplomes.0.etat",
        "faits.diplomes.0.couleur",
        "faits.loisirs",
    }


def test_an_identifier_given_twice_keeps_both_lines():
    line = Diplome(id="d1", intitule="Licence").model_dump()
    found = faits({"faits": {"diplomes": [line, line | {"intitule": "Master"}]}})
    assert [one.intitule for one in found.diplomes] == ["Licence", "Master"]
    assert len({one.id for one in found.diplomes}) == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vide"),
        (b"{", "mal écrit"),
        (b"[1, 2]", "un objet était attendu"),
        (b'{"a": 1}', "ni un CV du kit ni un JSON Resume"),
        (b"%PDF-1.7 ...", "un PDF"),
        (b"PK\x03\x04....", "DOCX"),
        (b"\x89PNG\r\n\x1a\n", "une image"),
        (b"<html><body>", "page web"),
        (b'{"basics": {"name": "\xff"}}', "UTF-8"),
        (b'{"basics": ' + b"[" * 200_000, "niveaux"),
        (b'{"basics": ' + b"9" * 5_000 + b"}", "démesuré"),
        (b"{" + b" " * LARGEST_FILE, "dépasse 3 Mo"),
        (b'{"faits": {"schema_version": 99}}', "version 99"),
        (b'{"faits": {"diplomes": [' + b"{}," * 1_000 + b"{}]}}", "plus de 1000 lignes"),
        (json.dumps({"basics": {"summary": "x" * 1_200_000}}).encode(), "dépasserait 1 Mo"),
        (b"a\x00b", "du texte"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_french_with_what_to_do(content, words):
    with pytest.raises(InputError, match=words) as caught:
        load(content)
    assert caught.value.remedy
    assert caught.value.where


def test_control_characters_and_half_characters_do_not_enter():
    found = faits(b'{"basics": {"name": "A\\u0000B \\ud800C\\u001b[2J"}}')
    assert (found.identite.prenom, found.identite.nom) == ("AB", "C[2J")


def test_hostile_text_stays_text():
    hostile = '<script>alert(1)</script> #read("/etc/passwd") \u202eabc 🎓'
    assert faits({"basics": {"summary": hostile}}).identite.resume == hostile


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_table_of_diplomas_is_read_as_a_spreadsheet_writes_it(encoding, separator):
    rows = [["Intitulé", "Spécialité", "Niveau", "Université", "Date d’obtention", "État"],
            ["Licence", "Anglais", "6", "Université de Lille", "06/2006", "obtenu"],
            ["Master MEEF", "", "Doctorat (ancien niveau I)", "INSPÉ", "2028",
             "En cours"]]  # fmt: skip
    content = "\r\n".join(separator.join(row) for row in rows).encode(encoding)
    licence, master = faits(content).diplomes
    assert (licence.intitule, licence.specialite, licence.niveau) == ("Licence", "Anglais", "6")
    assert (licence.etablissement, licence.annee) == ("Université de Lille", "2006-06")
    assert (master.niveau, master.annee, master.etat) == ("8", "2028", "en_cours")


def test_a_column_that_the_kit_does_not_know_is_kept_line_by_line():
    preview = load(b"intitule;Jury\nLicence;M. Durand\nMaster;\nDoctorat;Mme Petit;trop\n")
    assert {(one.chemin, one.valeur) for one in preview.inconnus} == {
        ("ligne 2, Jury", '"M. Durand"'),
        ("ligne 4, Jury", '"Mme Petit"'),
        ("ligne 4, colonne 3", '"trop"'),
    }
    assert len(preview.cv_propose.faits.diplomes) == 3


def test_a_spreadsheet_formula_is_a_text():
    (found,) = faits(b"intitule\n\"=cmd|' /C calc'!A0\"\n").diplomes
    assert found.intitule == "=cmd|' /C calc'!A0"


@pytest.mark.parametrize("content", [b"nom de famille;age\nA;3\n", b'intitule\n"Licence'])
def test_a_table_without_titles_or_cut_is_refused(content):
    with pytest.raises(InputError, match="CSV"):
        load(content)


def test_a_file_that_receives_an_import_must_be_ours():
    with pytest.raises(InputError, match=r"moi\.json"):
        own_only(SAMPLE.read_bytes(), "moi.json")
    cv = Cv(faits=Faits(identite=Identite(nom="Martin")))
    assert own_only(own.dump(cv), "moi.json") == cv


def test_every_field_has_a_french_name_in_the_preview():
    for model in (Identite, Contact, Profil, Situation, *ITEMS.values()):
        asked = [spec.name for spec in model.form]
        assert len(asked) == len(set(asked))
        known = {*asked, *model.not_asked} - {"source"}
        assert known == set(model.model_fields) - {"id", "source"}, model
        assert not [name for name in model.model_fields if "_" in model.word(name)], model
    assert Diplome.word("annee") == "année"
    assert Situation.word("corps") == "code du corps"


@pytest.mark.parametrize("identifier", ["a b", "../x", "x.y", "", "é", "x" * 65, 3, None])
def test_an_identifier_that_could_break_a_path_is_replaced(identifier):
    line = {"intitule": "Licence", "id": identifier}
    (found,) = faits({"faits": {"diplomes": [line]}}).diplomes
    assert found.intitule == "Licence"
    assert found.id != identifier
    assert len(found.id) == 12


def test_the_dates_of_what_an_import_changes_are_said_in_words():
    before = Formation(id="f1", intitule="Stage", debut="2025-02", fin="2025-03-10")
    after = before.model_copy(update={"debut": "2024-09"})
    current = Cv(faits=Faits(formations=(before,)))
    preview = load(own.dump(Cv(faits=Faits(formations=(after,)))), current)
    assert [(one.avant, one.apres) for one in preview.changements] == [
        ("février 2025", "septembre 2024")
    ]
    added = load(own.dump(Cv(faits=Faits(formations=(before,)))), Cv()).changements[0].apres
    assert "février 2025, 10 mars 2025" in added
