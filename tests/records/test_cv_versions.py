"""The versions: the draft as it was, under a name, whatever is written afterwards."""

from datetime import timedelta

import pytest

from iprof_kit.base.errors import Conflict, InputError, Refused
from iprof_kit.records import database as db
from iprof_kit.records.journal import audit
from iprof_kit.services.cv import versions as cv_versions

MINUTE = timedelta(minutes=1)


@pytest.fixture
def saved(jean, draft):
    jean("cv_enregistrer", cv=draft, revision=0, cle="brouillon-un")
    return draft


def test_a_version_is_the_stored_draft_with_its_name_and_its_date(jean, saved, now):
    made = jean("cv_version_creer", now + MINUTE, nom="Pour le poste", revision=1, cle="version-un")
    assert (made.nom, made.creee_le, made.revision) == ("Pour le poste", now + MINUTE, 1)
    read = jean("cv_version_lire", id=made.id)
    assert (read.version, read.cv) == (made, saved)


def test_a_version_does_not_change_with_the_draft_and_can_be_restored(jean, saved):
    made = jean("cv_version_creer", nom="Avant", revision=1, cle="version-un")
    jean("cv_enregistrer", cv={}, revision=1, cle="tout-efface")
    kept = jean("cv_version_lire", id=made.id).cv
    assert kept == saved
    restored = jean("cv_enregistrer", cv=kept, revision=2, cle="restauration")
    assert (restored.issue, restored.revision) == ("enregistre", 3)
    assert jean("cv").cv == saved


def test_versions_are_listed_newest_first(jean, saved):
    made = [
        jean("cv_version_creer", nom=f"Version {n}", revision=1, cle=f"version-{n}")
        for n in range(3)
    ]
    assert jean("cv").versions == made[::-1]
    assert len({one.id for one in made}) == 3


def test_the_same_order_sent_again_makes_one_version(jean, saved, now):
    first = jean("cv_version_creer", nom="Essai", revision=1, cle="version-un")
    again = jean("cv_version_creer", now + MINUTE, nom="Essai", revision=1, cle="version-un")
    assert again == first
    assert jean("cv").versions == [first]


def test_an_order_sent_again_after_a_newer_save_still_answers(jean, saved):
    first = jean("cv_version_creer", nom="Essai", revision=1, cle="version-un")
    jean("cv_enregistrer", cv={}, revision=1, cle="suite-saisie")
    assert jean("cv_version_creer", nom="Essai", revision=1, cle="version-un") == first


def test_a_draft_saved_elsewhere_in_the_meantime_gives_no_version(jean, saved):
    jean("cv_enregistrer", cv={}, revision=1, cle="autre-appareil")
    with pytest.raises(Conflict, match="entre-temps"):
        jean("cv_version_creer", nom="Essai", revision=1, cle="version-un")
    assert jean("cv").versions == []


def test_without_a_draft_there_is_nothing_to_keep(jean):
    with pytest.raises(InputError, match="aucun brouillon"):
        jean("cv_version_creer", nom="Essai", revision=0, cle="version-un")


@pytest.mark.parametrize(
    ("given", "kept"),
    [("  Mutation\t2027\n", "Mutation 2027"), ("a\x00b", "a b"), ("<b>x</b>", "<b>x</b>"),
     ("é" * 80, "é" * 80)],
)  # fmt: skip
def test_a_name_is_one_line_of_text(jean, saved, given, kept):
    assert jean("cv_version_creer", nom=given, revision=1, cle="version-un").nom == kept


@pytest.mark.parametrize(
    ("given", "why"), [("", "pas de nom"), (" \n\x00", "pas de nom"), ("é" * 81, "80 caractères")]
)
def test_a_name_that_is_none_is_refused(jean, saved, given, why):
    with pytest.raises(InputError, match=why):
        jean("cv_version_creer", nom=given, revision=1, cle="version-un")
    assert jean("cv").versions == []


def test_there_is_an_end_to_the_versions(jean, saved, monkeypatch):
    monkeypatch.setattr(cv_versions, "MOST_VERSIONS", 2)
    for number in range(2):
        jean("cv_version_creer", nom="Essai", revision=1, cle=f"version-{number}")
    with pytest.raises(Refused, match="déjà 2 versions"):
        jean("cv_version_creer", nom="Essai", revision=1, cle="version-de-trop")


@pytest.mark.parametrize("name", ["inconnue", "x" * 64, "' OR 1=1 --"])
def test_an_unknown_version_is_refused(jean, saved, name):
    with pytest.raises(Refused, match="n’est pas une version de votre CV"):
        jean("cv_version_lire", id=name)


@pytest.mark.parametrize("name", ["", "x" * 65, "a\x00b", 3, None])
def test_an_identifier_that_is_none_is_refused(jean, saved, name):
    with pytest.raises(InputError, match="arguments"):
        jean("cv_version_lire", id=name)


def test_the_making_of_a_version_is_in_the_journal(jean, saved):
    jean("cv_version_creer", nom="Pour le poste", revision=1, cle="version-un")
    with db.reading() as session:
        (line,) = audit.lines(session, subject="cv:D0001")
    assert (line.actor, line.action, line.detail) == (
        "jdupont",
        "cv_version_creee",
        "Pour le poste",
    )
