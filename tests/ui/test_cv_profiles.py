"""Pages on networks: added, written, deleted, taken back, printed with the contact details."""

import pytest
from ui_cv import Hand

from iprof_kit.cv.model import Cv
from iprof_kit.cv.printing.layout import contact

ORCID = {"reseau": "ORCID", "identifiant": "0000-0002-1825-0097",
         "adresse": "https://orcid.org/0000-0002-1825-0097"}  # fmt: skip


@pytest.fixture
def hand():
    return Hand(path="/cv/edition/identite")


def profiles(hand):
    return Cv.model_validate(hand.kept.cv).faits.contact.profils


def test_a_profile_is_written_kept_and_printed(hand):
    assert "Aucun profil." in hand.page.text
    hand.do("cv_profil_ajouter")
    hand.type("profil:0", **ORCID)
    assert profiles(hand)[0].model_dump() == ORCID
    assert "Brouillon enregistré dans ce kit le" in hand.page.text
    printed = {fact.label: fact.value for fact in contact(hand.cv.faits.contact)}
    assert printed["ORCID"] == f"{ORCID['identifiant']}, {ORCID['adresse']}"


def test_an_empty_profile_is_not_printed(hand):
    hand.do("cv_profil_ajouter")
    assert "Profil" not in {fact.label for fact in contact(hand.cv.faits.contact)}


def test_an_address_that_is_none_is_said_beside_its_field_and_kept(hand):
    hand.do("cv_profil_ajouter")
    hand.type("profil:0", changed="adresse", reseau="HAL", adresse="hal")
    assert "n’est pas une adresse du web." in hand.page.text
    assert profiles(hand)[0].adresse == "hal"


def test_a_deleted_profile_comes_back_to_its_place(hand):
    for at, name in enumerate(("ORCID", "HAL", "Mastodon")):
        hand.do("cv_profil_ajouter")
        hand.type(f"profil:{at}", reseau=name)
    hand.do("cv_profil_supprimer", "profil:1")
    assert [one.reseau for one in profiles(hand)] == ["ORCID", "Mastodon"]
    assert "« HAL » : profil supprimé." in hand.page.text.replace("\u00a0", " ")
    hand.do("cv_annuler_suppression")
    assert [one.reseau for one in profiles(hand)] == ["ORCID", "HAL", "Mastodon"]


@pytest.mark.parametrize("of", ["profil:9", "profil:-1", "profil:x", "profil:", "profil:٣"])
def test_a_place_that_does_not_exist_changes_nothing(hand, of):
    hand.type(of, reseau="X")
    hand.do("cv_profil_supprimer", of)
    assert hand.cv.faits.contact.profils == ()


def test_what_a_page_opened_again_says_once_more_is_taken(hand):
    hand.type("profil:0", reseau="ORCID")
    assert [one.reseau for one in profiles(hand)] == ["ORCID"]


def test_there_are_no_more_profiles_than_a_page_holds(hand):
    for _ in range(25):
        hand.do("cv_profil_ajouter")
    assert len(hand.cv.faits.contact.profils) == 20
    assert "Ajouter un profil" not in hand.page.text
