"""Files of the CV: an import seen, chosen and undone; what is taken away, and what it warns of."""

import io
import json

import pytest
from PIL import Image
from ui_cv import Hand

from iprof_kit.cv.model import Cv


def trainings(cv):
    return [one.intitule for one in cv.faits.formations]


def stored(kept):
    return Cv.model_validate(kept.cv)


RESUME = {"basics": {"name": "Jean Dupont", "musique": "hautbois"},
          "education": [{"institution": "Université", "area": "Géographie",
                         "studyType": "Licence", "endDate": "2012"}]}  # fmt: skip


def test_an_import_is_seen_before_anything_changes():
    hand = Hand(path="/cv/edition/fichiers")
    hand.bring("cv_fichier", json.dumps(RESUME).encode())
    assert hand.cv.faits.diplomes == ()
    assert "Ce que ce fichier changerait" in hand.page.text
    assert "hautbois" in hand.page.text  # unknown, shown
    hand.do("cv_importer", **dict.fromkeys(ticked(hand), "oui"))
    assert len(stored(hand.kept).faits.diplomes) == 1
    assert any("hautbois" in one.valeur for one in stored(hand.kept).faits.inconnus)


def ticked(hand):
    boxes = [one for one in hand.page.all("input") if one.get("type") == "checkbox"]
    return {one["name"] for one in boxes if "checked" in one}


def test_what_an_import_would_replace_is_not_ticked_and_stays():
    hand = Hand(path="/cv/edition/fichiers")
    name = hand.cv.faits.identite.nom
    resume = {**RESUME, "basics": {"name": "Autre Personne", "url": "https://exemple.fr"}}
    hand.bring("cv_fichier", json.dumps(resume).encode())
    assert "2 ajouts, 2 remplacements" in hand.page.text
    hand.do("cv_importer", **dict.fromkeys(ticked(hand), "oui"))
    kept = stored(hand.kept).faits
    assert kept.identite.nom == name
    assert kept.contact.site == "https://exemple.fr"
    assert len(kept.diplomes) == 1


def test_an_import_keeps_a_version_first_and_one_act_brings_all_back():
    hand = Hand(path="/cv/edition/fichiers")
    before = hand.cv
    resume = {**RESUME, "basics": {"name": "Autre Personne"}}
    hand.bring("cv_fichier", json.dumps(resume).encode())
    every = [one["name"] for one in hand.page.all("input") if one.get("type") == "checkbox"]
    hand.do("cv_importer", **dict.fromkeys(every, "oui"))
    assert hand.cv.faits.identite.nom == "Personne"
    assert [one.nom for one in hand.kept.versions] == ["Avant d’importer un fichier"]
    assert Cv.model_validate(hand.kept.contents["v1"]) == before
    hand = Hand(hand.kept, path="/cv/diplomes")  # she looks at what it did, after a reload
    assert "Annuler l’import" in hand.page.button_words
    hand.do("cv_annuler_import")
    assert hand.cv == stored(hand.kept) == before
    assert "Annuler l’import" not in hand.page.button_words


def test_an_import_is_no_longer_undone_once_something_is_written_since():
    hand = Hand(path="/cv/edition/fichiers")
    hand.bring("cv_fichier", json.dumps(RESUME).encode())
    hand.do("cv_importer", **dict.fromkeys(ticked(hand), "oui"))
    hand.go("/cv/formations")
    hand.add("formations", intitule="Après", debut__an="2023")
    assert "Annuler l’import" not in hand.page.button_words
    hand.do("cv_annuler_import")
    assert trainings(hand.cv) == ["Après"]
    assert len(hand.cv.faits.diplomes) == 1


def test_an_import_without_a_tick_says_so_and_waits():
    hand = Hand(path="/cv/edition/fichiers")
    hand.bring("cv_fichier", json.dumps(RESUME).encode())
    hand.do("cv_importer")
    assert "Rien n’est coché." in hand.page.text
    assert "Ce que ce fichier changerait" in hand.page.text
    assert not hand.kept.writes


def test_an_import_whose_version_cannot_be_kept_changes_nothing():
    hand = Hand(path="/cv/edition/fichiers")
    before = hand.cv
    hand.bring("cv_fichier", json.dumps(RESUME).encode())
    chosen = dict.fromkeys(ticked(hand), "oui")
    hand.guichet.down = True
    hand.do("cv_importer", **chosen)
    assert hand.cv == before
    hand.guichet.down = False
    hand.do("cv_importer", **chosen)
    assert len(stored(hand.kept).faits.diplomes) == 1


def test_as_many_lines_as_a_file_has_are_chosen_one_by_one():
    hand = Hand(path="/cv/edition/fichiers")
    studies = [{"studyType": f"Diplôme {n}", "endDate": "2010"} for n in range(90)]
    hand.bring("cv_fichier", json.dumps({"education": studies}).encode())
    hand.do("cv_importer", **dict.fromkeys(ticked(hand) - {"l7", "l85"}, "oui"))
    names = {one.intitule for one in stored(hand.kept).faits.diplomes}
    assert len(names) == 88
    assert not names & {"Diplôme 7", "Diplôme 85"}


def test_the_dates_of_an_import_are_read_in_words():
    hand = Hand(path="/cv/edition/fichiers")
    resume = {"education": [{"studyType": "Master", "endDate": "2010-06-30"}]}
    hand.bring("cv_fichier", json.dumps(resume).encode())
    assert "Master, 30 juin 2010, obtenu" in hand.page.text.replace("\u00a0", " ")


def test_an_import_may_be_left_aside():
    hand = Hand(path="/cv/edition/fichiers")
    hand.bring("cv_fichier", json.dumps(RESUME).encode())
    hand.do("cv_ne_pas_importer")
    assert "Ce que ce fichier changerait" not in hand.page.text
    assert not hand.kept.writes


def test_exporting_then_importing_changes_nothing():
    hand = Hand()
    hand.add("formations", intitule="Stage", debut__an="2020")
    hand.go("/cv/edition/fichiers")
    hand.do("cv_telecharger", "json")
    file = hand.answer.download
    assert file.name == "jean-dupont-cv.json"
    hand.bring("cv_fichier", file.content)
    assert "Rien ne changerait" in hand.page.text


@pytest.mark.parametrize(
    ("name", "content", "size", "said"),
    [("cv_fichier", b"\x89PNG....", None, "que le kit ne lit pas"),
     ("cv_fichier", b"{", None, "incomplet"), ("cv_fichier", None, 20_000_000, "20,0 Mo"),
     ("cv_photo", b"%PDF-1.7", None, "un PDF"), ("cv_photo", None, 20_000_000, "20,0 Mo"),
     ("cv_photo", b"", None, "vide")],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_said_and_changes_nothing(name, content, size, said):
    hand = Hand(path="/cv/edition/fichiers")
    hand.bring(name, content, size)
    assert said in hand.page.text.replace("\u00a0", " ")
    assert not hand.kept.writes


def test_a_photo_is_kept_and_taken_away():
    out = io.BytesIO()
    Image.new("RGB", (40, 50), "teal").save(out, "PNG")
    hand = Hand(path="/cv/edition/identite")
    hand.bring("cv_photo", out.getvalue())
    assert 'alt="Votre photo"' in hand.html
    assert stored(hand.kept).faits.identite.photo.largeur == 40
    hand.do("cv_retirer_photo")
    assert stored(hand.kept).faits.identite.photo is None


@pytest.mark.parametrize(
    ("of", "start"),
    [("docx", b"PK"), ("texte", "Jean".upper().encode()), ("json", b"{"), ("json_resume", b"{")],
)
def test_a_file_is_given(of, start):
    hand = Hand(path="/cv/edition/fichiers")
    hand.do("cv_telecharger", of)
    assert hand.answer.download.content.startswith(start)


def test_a_letter_that_is_not_written_is_not_given():
    hand = Hand(path="/cv/edition/lettre")
    hand.do("cv_telecharger", "lettre")
    assert hand.answer.download is None
    assert "Il n’y a rien à imprimer." in hand.page.text


def test_the_conditions_of_the_liste_d_aptitude_are_a_file_of_that_use_alone():
    hand = Hand()
    hand.go("/cv/edition/fichiers")
    assert "Les conditions de la liste d’aptitude" not in hand.page.text
    hand.type("cible", titre="Agrégés", usage="liste_aptitude_agreges")
    assert "Les conditions de la liste d’aptitude" in hand.page.text
    hand.do("cv_telecharger", "conditions")
    assert hand.answer.download.content.startswith(b"%PDF")
    assert hand.answer.download.name.endswith("conditions.pdf")


def test_what_json_resume_gives_away_is_said():
    hand = Hand()
    hand.go("/cv/edition/fichiers")
    assert "Il dit tout, coordonnées comprises" in hand.page.text


def test_a_pdf_of_more_than_its_page_says_so_where_no_preview_is_shown():
    hand = Hand(path="/cv/edition/fichiers")
    studies = [{"studyType": f"Diplôme {n} 中", "endDate": "2010"} for n in range(70)]
    hand.bring("cv_fichier", json.dumps({"education": studies}).encode())
    hand.do("cv_importer", **dict.fromkeys(ticked(hand), "oui"))
    hand.type("cible", titre="Mon CV", modele="une_page")
    hand.do("cv_telecharger", "pdf")
    said = hand.page.text.replace("\u00a0", " ")
    assert "Ce CV ne tient pas sur une page" in said
    assert "Le caractère « 中 » ne peut pas être imprimé" in said
