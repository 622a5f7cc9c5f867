"""The draft: saved as one types, never over another writing, never lost."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.cv.sections.fonctions import Fonction
from iprof_kit.records import database as db
from iprof_kit.records.accounts import Account
from iprof_kit.records.agents import Agent
from iprof_kit.records.journal import audit
from iprof_kit.records.repository import Write
from iprof_kit.services.contract.cv import LARGEST_CV

MINUTE = timedelta(minutes=1)
HOSTILE = [
    "<script>alert(1)</script>",
    '#read("/etc/passwd")',
    "\u202eabc",
    "\x00\x07",
    "\U0001f469" * 100,
    "é" * 1_000,
    "'; DROP TABLE cvs; --",
]


def named(draft, name):
    """Return the CV with another name of the person."""
    changed = json.loads(json.dumps(draft))
    changed["faits"]["identite"]["nom"] = name
    return changed


def test_before_the_first_save_there_is_no_cv(jean):
    read = jean("cv")
    assert (read.cv, read.revision, read.enregistre_le) == (None, 0, None)
    assert (read.versions, read.liens) == ([], [])


def test_what_is_saved_is_read_again_with_its_revision_and_its_moment(jean, draft, now):
    saved = jean("cv_enregistrer", cv=draft, revision=0, cle="premier-essai")
    assert (saved.issue, saved.revision, saved.enregistre_le) == ("enregistre", 1, now)
    read = jean("cv")
    assert (read.cv, read.revision, read.enregistre_le) == (draft, 1, now)


def test_each_save_is_one_revision_more(jean, draft, now):
    jean("cv_enregistrer", cv=draft, revision=0, cle="saisie-un")
    later = now + MINUTE
    saved = jean("cv_enregistrer", later, cv=named(draft, "Durand"), revision=1, cle="saisie-deux")
    assert (saved.revision, saved.enregistre_le) == (2, later)
    assert jean("cv").cv == named(draft, "Durand")


def test_an_older_revision_writes_nothing_and_gives_the_other_writing(jean, draft, now):
    jean("cv_enregistrer", cv=draft, revision=0, cle="saisie-un")
    other = named(draft, "Durand")
    jean("cv_enregistrer", now + MINUTE, cv=other, revision=1, cle="telephone")
    mine = named(draft, "Martin")
    answer = jean("cv_enregistrer", now + 2 * MINUTE, cv=mine, revision=1, cle="ordinateur")
    assert (answer.issue, answer.revision, answer.autre) == ("conflit", 2, other)
    assert answer.enregistre_le == now + MINUTE
    assert jean("cv").cv == other


def test_a_first_save_over_an_existing_cv_is_a_conflict(jean, draft):
    jean("cv_enregistrer", cv=draft, revision=0, cle="onglet-un")
    answer = jean("cv_enregistrer", cv=named(draft, "Durand"), revision=0, cle="onglet-deux")
    assert (answer.issue, answer.revision, answer.autre) == ("conflit", 1, draft)


def test_a_revision_that_never_was_is_a_conflict(jean, draft):
    jean("cv_enregistrer", cv=draft, revision=0, cle="saisie-un")
    answer = jean("cv_enregistrer", cv=named(draft, "Durand"), revision=7, cle="du-futur")
    assert (answer.issue, answer.revision, answer.autre) == ("conflit", 1, draft)


def test_over_a_database_begun_anew_the_open_screen_saves_what_it_holds(jean, draft):
    saved = jean("cv_enregistrer", cv=draft, revision=7, cle="base-perdue")
    assert (saved.issue, saved.revision) == ("enregistre", 1)
    assert jean("cv").cv == draft


def test_without_its_file_nothing_is_saved_and_it_is_said(jean, draft):
    with db.writing() as session:
        session.execute(update(Account).values(agent_id=None))
        session.execute(delete(Agent).where(Agent.numero == "D0001"))
    with pytest.raises(Unavailable, match="n’est pas dans cette base"):
        jean("cv_enregistrer", cv=draft, revision=0, cle="saisie-un")
    with pytest.raises(Unavailable, match="n’est pas dans cette base"):
        jean("cv")


def test_the_same_order_sent_again_is_done_once(jean, draft, now):
    first = jean("cv_enregistrer", cv=draft, revision=0, cle="meme-envoi")
    again = jean("cv_enregistrer", now + MINUTE, cv=draft, revision=0, cle="meme-envoi")
    assert again == first
    assert jean("cv").revision == 1


def test_an_order_sent_again_after_a_newer_save_does_not_bring_the_old_text_back(jean, draft):
    first = jean("cv_enregistrer", cv=draft, revision=0, cle="meme-envoi")
    newer = named(draft, "Durand")
    jean("cv_enregistrer", cv=newer, revision=1, cle="autre-envoi")
    assert jean("cv_enregistrer", cv=draft, revision=0, cle="meme-envoi") == first
    assert jean("cv").cv == newer


def test_another_text_under_the_same_key_is_not_taken_for_the_first(jean, draft):
    jean("cv_enregistrer", cv=draft, revision=0, cle="cle-reprise")
    saved = jean("cv_enregistrer", cv=named(draft, "Durand"), revision=1, cle="cle-reprise")
    assert saved.revision == 2
    assert jean("cv").cv == named(draft, "Durand")


def test_saving_what_is_already_stored_is_no_new_revision_and_no_conflict(jean, draft):
    jean("cv_enregistrer", cv=draft, revision=0, cle="saisie-un")
    for revision in (0, 1):
        saved = jean("cv_enregistrer", cv=draft, revision=revision, cle="encore-une")
        assert (saved.issue, saved.revision, saved.autre) == ("enregistre", 1, None)


def test_of_writers_at_the_same_moment_one_wins_and_the_others_are_told(jean, draft):
    jean("cv_enregistrer", cv=draft, revision=0, cle="saisie-un")

    def write(number):
        changed = named(draft, f"Dupont {number}")
        return jean("cv_enregistrer", cv=changed, revision=1, cle=f"ecrivain-{number}")

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(write, range(4)))
    assert sorted(answer.issue for answer in answers) == ["conflit"] * 3 + ["enregistre"]
    stored = jean("cv")
    assert stored.revision == 2
    winner = next(n for n, answer in enumerate(answers) if answer.issue == "enregistre")
    assert stored.cv == named(draft, f"Dupont {winner}")


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_comes_back_as_it_was(jean, draft, text):
    jean("cv_enregistrer", cv=named(draft, text), revision=0, cle="texte-hostile")
    assert jean("cv").cv["faits"]["identite"]["nom"] == text


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"faits": {"diplomes": [{"annee": 1999}]}}, r"faits\.diplomes\.0\.annee"),
        ({"faits": {"numen": "x"}}, r"faits\.numen"),
        ({"autre": 1}, "autre"),
        ({"faits": {"schema_version": 99}}, "faits"),
        ({"cibles": [{"id": "c", "modele": "rose"}]}, r"cibles\.0\.modele"),
    ],
)
def test_what_is_not_a_cv_is_refused_and_its_place_is_said(jean, draft, wrong, place):
    jean("cv_enregistrer", cv=draft, revision=0, cle="saisie-un")
    with pytest.raises(InputError, match=rf"n’a pas été enregistré : {place}"):
        jean("cv_enregistrer", cv=wrong, revision=1, cle="saisie-deux")
    assert jean("cv").cv == draft


def heavy_of(draft, size):
    """Return the CV with as much more, in texts each as long as one may be."""
    wanted = {"id": "", "intitule": "x", "description": "x" * 19_900}
    lines = [wanted | {"id": f"f{n}"} for n in range(size // 20_000)]
    changed = json.loads(json.dumps(draft))
    changed["faits"]["fonctions"] = [Fonction(**line).model_dump(mode="json") for line in lines]
    return changed


def test_a_cv_of_more_than_a_megabyte_is_refused_with_what_to_do(jean, draft):
    heavy = heavy_of(draft, LARGEST_CV + 220_000)
    with pytest.raises(InputError, match=r"1,2.Mo") as refused:
        jean("cv_enregistrer", cv=heavy, revision=0, cle="trop-lourd")
    assert "photo" in refused.value.remedy
    assert jean("cv").cv is None


def test_nearly_a_megabyte_is_saved(jean, draft):
    heavy = heavy_of(draft, LARGEST_CV - 20_000)
    assert jean("cv_enregistrer", cv=heavy, revision=0, cle="tout-juste").issue == "enregistre"


def test_a_text_that_is_too_long_is_refused_with_its_field_its_limit_and_what_to_do(jean, draft):
    jean("cv_enregistrer", cv=draft, revision=0, cle="saisie-un")
    with pytest.raises(InputError) as refused:
        jean("cv_enregistrer", cv=named(draft, "x" * 1_001), revision=1, cle="saisie-deux")
    assert "« Identité, nom » a 1\u202f001 caractères" in refused.value.message
    assert "la limite est de 1\u202f000" in refused.value.message
    assert "Raccourcissez ce texte" in refused.value.remedy
    assert refused.value.where == "faits.identite.nom"
    assert jean("cv").cv == draft


@pytest.mark.parametrize(
    "cle", ["", "court", "avec espace dedans", "x" * 65, "é" * 10, "a\x00bcdefgh"]
)
def test_a_key_that_is_none_is_refused(jean, draft, cle):
    with pytest.raises(InputError, match="arguments"):
        jean("cv_enregistrer", cv=draft, revision=0, cle=cle)


@pytest.mark.parametrize("revision", [-1, 2**31, "x", 1.5, None])
def test_a_revision_that_is_none_is_refused(jean, draft, revision):
    with pytest.raises(InputError, match="arguments"):
        jean("cv_enregistrer", cv=draft, revision=revision, cle="revision-fausse")


def test_the_history_says_when_and_by_whom_but_holds_no_content(jean, draft, now):
    jean("cv_enregistrer", cv=draft, revision=0, cle="saisie-un")
    jean("cv_enregistrer", cv=named(draft, "Durand"), revision=1, cle="saisie-deux")
    with db.reading() as session:
        lines = session.scalars(select(Write).where(Write.subject == "cvs:D0001")).all()
    assert [(line.by, line.version) for line in lines] == [("jdupont", 1), ("jdupont", 2)]
    assert "Dupont" not in json.dumps([line.former for line in lines])


def test_a_reading_is_noted_or_does_not_happen(jean, draft, now, monkeypatch):
    jean("cv")
    with db.reading() as session:
        (line,) = audit.lines(session, subject="cv:D0001")
    assert (line.actor, line.action, line.at) == ("jdupont", "cv_lu", now)

    def fails(*_arguments, **_named):
        raise Unavailable("le journal ne répond pas")

    monkeypatch.setattr(audit, "note", fails)
    with pytest.raises(Unavailable):
        jean("cv")


def test_p18_fields_that_wait_for_a_choice_are_kept_beside_the_cv_and_in_no_version(jean, draft):
    waiting = [{"ou": ["faits", "identite", "nom"], "ici": "Durand"}]
    jean("cv_enregistrer", cv=draft, deux_ecritures=waiting, revision=0, cle="saisie-un")
    read = jean("cv")
    assert ([one.model_dump() for one in read.deux_ecritures], read.cv) == (waiting, draft)
    older = jean("cv_enregistrer", cv=named(draft, "Petit"), revision=0, cle="saisie-deux")
    assert (older.issue, older.autre) == ("conflit", draft)
    made = jean("cv_version_creer", nom="Avant", revision=1, cle="version-un")
    assert jean("cv_version_lire", id=made.id).cv == draft
    jean("cv_enregistrer", cv=draft, revision=1, cle="saisie-trois")
    assert jean("cv").deux_ecritures == []


def test_p18_what_waits_for_a_choice_counts_in_the_size_of_a_cv(jean, draft):
    waiting = [{"ou": ["faits"], "ici": "é" * LARGEST_CV}]
    with pytest.raises(InputError, match="la limite est de 1"):
        jean("cv_enregistrer", cv=draft, deux_ecritures=waiting, revision=0, cle="trop-lourd")
    assert jean("cv").cv is None
