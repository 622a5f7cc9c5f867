"""What a target shows of the facts, in which order, and what it must never show."""

from dataclasses import replace

import pytest
from document_person import CLAIRE, LETTER, TODAY, target

from iprof_kit.cv.model import Choix, Cv, Faits
from iprof_kit.cv.person import Contact, Photo, Profil
from iprof_kit.cv.printing import annexe, layout, statutory
from iprof_kit.cv.sections.situation import Situation
from iprof_kit.documents import render
from iprof_kit.documents.model import Fact


def titles(document):
    return [section.title for section in document.sections]


def entries(document):
    return [e for s in document.sections for part in s.parts for e in part.entries]


def test_sections_come_in_the_order_of_the_target_hidden_ones_not_at_all(claire):
    cible = target(
        sections=(
            Choix(section="diplomes"),
            Choix(section="fonctions", visible=False),
            Choix(section="competences", titre="Mes langues"),
        )
    )
    assert titles(layout.document(claire, cible, TODAY)) == ["Diplômes et titres", "Mes langues"]


def test_chosen_items_come_in_the_order_chosen(claire):
    cible = target(sections=(Choix(section="fonctions", items=("f4", "f2")),))
    shown = [entry.title for entry in entries(layout.document(claire, cible, TODAY))]
    assert shown == ["Tutrice de stagiaires", "Professeure d’anglais"]


def test_section_without_content_is_not_printed():
    assert layout.document(Cv(), target(), TODAY).sections == ()


@pytest.mark.parametrize(
    ("own", "shown"), [(False, True), (True, False)], ids=["hidden by the target", "by the link"]
)
@pytest.mark.parametrize("modele", ["classique", "statutaire"])
def test_hidden_contact_is_nowhere_the_references_included(claire, own, shown, modele):
    document = layout.document(claire, target(modele, coordonnees=own), TODAY, shown)
    printed = render.text(document)
    for secret in ("06 39 98 12 34", "claire.vasseur@", "14 rue", "@cvasseur", "p.morel@", "63000"):
        assert secret not in printed


def test_photo_is_printed_only_if_chosen_and_never_in_the_statutory_cv(claire):
    assert layout.document(claire, target(), TODAY).picture is None
    assert layout.document(claire, target(photo=True), TODAY).picture is not None
    assert layout.document(claire, target("statutaire", photo=True), TODAY).picture is None


def test_photo_that_is_no_base64_is_left_out():
    photo = Photo(type_media="image/png", base64="ceci n’en est pas", largeur=1, hauteur=1)
    faits = Faits(identite=CLAIRE.identite.model_copy(update={"photo": photo}))
    assert layout.document(Cv(faits=faits), target(photo=True), TODAY).picture is None


def test_statutory_cv_has_the_five_rubriques_of_the_order_of_1999(claire):
    document = layout.document(claire, target("statutaire", campagne="2027"), TODAY)
    assert titles(document) == [
        "Situation individuelle",
        "Formation",
        "Mode d’accès au grade",
        "Itinéraire professionnel",
        "Activités assurées au sein du système éducatif",
    ]
    assert document.kind.endswith("campagne 2027")


def test_statutory_rubriques_stand_even_empty():
    document = layout.document(Cv(), target("statutaire"), TODAY)
    assert len(document.sections) == 5
    assert {part.text for s in document.sections for part in s.parts} == {"Non renseigné."}


def test_statutory_cv_sorts_each_line_into_its_rubrique(claire):
    document = layout.document(claire, target("statutaire", discipline="Anglais"), TODAY)
    found = {
        section.title: [entry.title for part in section.parts for entry in part.entries]
        for section in document.sections
    }
    assert found["Formation"] == ["Master MEEF", "CAFFA", "Évaluer l’oral"]
    assert found["Itinéraire professionnel"] == [
        "Professeure d’anglais",
        "Professeure d’anglais",
        "Formateur académique",
    ]
    assert found["Activités assurées au sein du système éducatif"] == [
        "Tutrice de stagiaires",
        "Différencier en langue",
        "Jury du CAPES",
        "Oser parler",
    ]
    facts = document.sections[0].parts[1].facts
    assert Fact("Discipline demandée", "Anglais") in facts
    assert document.sections[2].parts[0].facts == (
        Fact("Accès au corps", "concours externe, 2008"),
        Fact("Entrée dans le corps", "1er septembre 2008"),
        Fact("Titularisation", "1er septembre 2009"),
    )


def test_what_the_statutory_cv_leaves_out_is_named_and_only_that(claire):
    everything = statutory.left_out(claire.faits, target("statutaire", photo=True))
    assert everything == (
        "votre présentation",
        "votre photographie",
        "vos activités personnelles",
        "vos engagements",
        "vos références",
    )
    hidden = target("statutaire", sections=(Choix(section="diplomes"),))
    assert statutory.left_out(Faits(), hidden) == ()


def test_no_letter_without_text_and_its_parts_when_there_is_one(claire):
    assert layout.letter(claire, target(), TODAY) is None
    letter = layout.letter(claire, target(lettre=LETTER), TODAY).letter
    assert letter.recipient == ("Madame la rectrice", "3 avenue Vercingétorix")
    assert letter.place_and_date == "Clermont-Ferrand, le 2 novembre 2026"
    assert letter.signature == "Claire Vasseur-Lemoine"


def test_letter_without_a_date_bears_the_day_it_is_made(claire):
    undated = LETTER.model_copy(update={"date": "", "lieu": ""})
    letter = layout.letter(claire, target(lettre=undated), TODAY).letter
    assert letter.place_and_date == "Le 25 novembre 2026"


def test_annexe_exists_where_a_use_has_one_and_nowhere_else(claire):
    assert annexe.document(claire, target(usage="general"), TODAY) is None
    made = annexe.document(claire, target(usage="chaires_superieures"), TODAY)
    assert "chaires supérieures" in made.kind
    assert "Pièces à joindre" not in titles(made)  # no source says which
    post = annexe.document(claire, target(usage="poste_specifique"), TODAY)
    assert "lettre de motivation, une par mouvement" in post.sections[-1].parts[0].text


def test_private_name_of_a_target_is_not_printed(claire):
    made = layout.document(claire, target(titre="Pour fuir mon chef"), TODAY)
    assert "fuir" not in render.text(made) + made.title


@pytest.mark.parametrize(
    ("when", "said"),
    [("2024-09-01", "3e, depuis le 1er septembre 2024"), ("2024-09", "3e, depuis septembre 2024"),
     ("2024", "3e, depuis 2024"), ("", "3e")],
)  # fmt: skip
def test_echelon_says_since_when_as_precisely_as_it_was_typed(when, said):
    faits = Faits(situation=Situation(echelon="3", date_echelon=when))
    document = layout.document(Cv(faits=faits), target(), TODAY)
    assert document.sections[0].parts[0].facts == (Fact("Échelon", said),)


def test_profile_of_which_only_the_network_is_known_is_printed():
    contact = Contact(profils=(Profil(reseau="Mastodon"),))
    document = layout.document(Cv(faits=Faits(contact=contact)), target(), TODAY)
    assert document.contact == (Fact("Profil", "Mastodon"),)


@pytest.mark.parametrize(
    ("code", "label", "said"),
    [("certifie", "", "Professeur certifié"), ("inconnu", "", "inconnu"),
     ("certifie", "Professeure agrégée", "Professeure agrégée")],
)  # fmt: skip
def test_corps_prints_what_was_typed_else_the_name_of_its_code(code, label, said):
    faits = Faits(situation=Situation(corps=code, libelle_corps=label))
    document = layout.document(Cv(faits=faits), target(), TODAY)
    assert document.sections[0].parts[0].facts == (Fact("Corps", said),)


def test_document_without_a_name_has_a_title_all_the_same():
    document = layout.document(Cv(), target(), TODAY)
    assert document.title == "Curriculum vitae"
    assert render.pdf(replace(document, sections=()))
