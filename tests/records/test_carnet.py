"""The carnet: what a person tries is kept by subject, for her alone, never over newer writing."""

import json
import sys
from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest
from backup_pieces import dies_before_it_answers, dies_before_it_is_kept, killed
from sqlalchemy import select, text, update

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.records import database as db
from iprof_kit.records.accounts import Account
from iprof_kit.records.journal import audit
from iprof_kit.records.repository import Write
from iprof_kit.services.access.accounts import close_session, open_session, session_of
from iprof_kit.services.contract.carnet import LARGEST_CARNET, Sujet
from iprof_kit.services.contract.operations import OPERATIONS
from iprof_kit.services.guichet.operations import NotLoggedIn, run

MINUTE = timedelta(minutes=1)
MINE = {"scenarios": [{"nom": "A", "evenements": []}], "note": "été"}
OTHER = {"scenarios": []}
SUBJECTS = get_args(Sujet)
ORDERS = {
    "carnet_lire": {"sujet": "scenarios"},
    "carnet_enregistrer": {
        "sujet": "scenarios", "contenu": OTHER, "revision": 1, "cle": "un-intrus",
    },
}  # fmt: skip


@pytest.fixture
def save(jean, now):
    """Return a function: Jean saves a document."""

    def saving(content, revision, cle, when=now, sujet="scenarios"):
        return jean(
            "carnet_enregistrer", when, sujet=sujet, contenu=content, revision=revision, cle=cle
        )

    return saving


@pytest.mark.parametrize(
    "content",
    [
        {"champs": {"sensible_greve_jours": "2"}},
        {"parts": [{"une": {"sensible_invalidite": "oui"}}]},
    ],
)
def test_p01_a_sensitive_field_is_refused_whole_and_nothing_is_written(jean, save, content):
    with pytest.raises(InputError, match="jamais enregistré"):
        save(content, 0, "sensible")
    assert jean("carnet_lire", sujet="scenarios").revision == 0


def test_before_the_first_save_there_is_nothing(jean):
    read = jean("carnet_lire", sujet="paie")
    assert (read.contenu, read.revision, read.enregistre_le) == (None, 0, None)


def test_what_is_saved_is_read_again_with_its_revision_and_its_moment(jean, save, now):
    saved = save(MINE, 0, "premiere")
    assert (saved.issue, saved.revision, saved.enregistre_le) == ("enregistre", 1, now)
    read = jean("carnet_lire", sujet="scenarios")
    assert (read.contenu, read.revision, read.enregistre_le) == (MINE, 1, now)


def test_each_subject_has_its_own_document(jean, save):
    for number, sujet in enumerate(SUBJECTS):
        assert save({"n": number}, 0, "la-meme-cle", sujet=sujet).revision == 1
    kept = [jean("carnet_lire", sujet=sujet).contenu["n"] for sujet in SUBJECTS]
    assert kept == list(range(len(SUBJECTS)))


def test_an_older_revision_writes_nothing_and_gives_the_other_writing(jean, save, now):
    save(MINE, 0, "premiere")
    save(OTHER, 1, "telephone", now + MINUTE)
    answer = save({"autre": 1}, 1, "ordinateur", now + 2 * MINUTE)
    assert (answer.issue, answer.revision, answer.autre) == ("conflit", 2, OTHER)
    assert answer.enregistre_le == now + MINUTE
    assert jean("carnet_lire", sujet="scenarios").contenu == OTHER


def test_the_same_order_sent_again_is_done_once(jean, save, now):
    first = save(MINE, 0, "meme-envoi")
    save(OTHER, 1, "autre-envoi")
    assert save(MINE, 0, "meme-envoi", now + MINUTE) == first
    assert jean("carnet_lire", sujet="scenarios").contenu == OTHER


@pytest.mark.parametrize(
    "wrong",
    [
        {"x": float("nan")},
        {"x": float("inf")},
        {"x": "\ud800"},
        {"x": object()},
    ],
)
def test_what_is_no_plain_json_is_refused_and_replaces_nothing(jean, save, wrong):
    save(MINE, 0, "premiere")
    with pytest.raises(InputError, match="n’a pas la forme attendue"):
        save(wrong, 1, "mauvaise")
    assert jean("carnet_lire", sujet="scenarios").contenu == MINE


def test_a_document_too_long_is_refused_with_what_to_do(jean, save):
    room = LARGEST_CARNET - len('{"x": ""}')
    assert save({"x": "a" * room}, 0, "tout-juste").issue == "enregistre"
    with pytest.raises(InputError, match=r"la limite est de 100.ko") as refused:
        save({"x": "a" * (room + 1)}, 1, "trop-long")
    assert "Retirez" in refused.value.remedy


@pytest.mark.parametrize("sujet", ["", "mon-cv", "D0003:paie", "Scenarios", None, 1])
def test_a_subject_that_is_none_is_refused(jean, sujet):
    with pytest.raises(InputError, match="arguments"):
        jean("carnet_lire", sujet=sujet)


def test_the_history_holds_no_content_and_a_reading_is_noted(jean, save, now):
    save(MINE, 0, "premiere")
    save(OTHER, 1, "seconde-fois")
    jean("carnet_lire", sujet="scenarios")
    with db.reading() as session:
        lines = session.scalars(select(Write).where(Write.subject == "carnets:D0001:scenarios"))
        assert [json.dumps(line.former).count("été") for line in lines] == [0, 0]
        (line,) = audit.lines(session, subject="carnet:D0001:scenarios")
    assert (line.actor, line.action, line.at) == ("jdupont", "carnet_lu", now)


def test_every_operation_on_the_carnet_is_examined_here():
    assert sorted(ORDERS) == sorted(name for name in OPERATIONS if name.startswith("carnet"))


@pytest.fixture
def untouched(jean, save):
    """Return a function: Jean's carnet has not changed."""
    save(MINE, 0, "premiere")

    def check():
        read = jean("carnet_lire", sujet="scenarios")
        assert (read.contenu, read.revision) == (MINE, 1)

    return check


def test_a_stranger_and_who_has_logged_out_are_refused_the_carnet(untouched, now):
    token = open_session("jdupont", now)
    close_session(token, now)
    for op, args in ORDERS.items():
        for nobody in (None, session_of(token, now)):
            with pytest.raises(NotLoggedIn, match="un carnet ne s’ouvre qu’à la personne"):
                run(nobody, op, args, now)
    untouched()


def test_another_teacher_reads_and_writes_her_own_carnet_only(untouched, teachers, now):
    other = teachers["jdupont2"]
    assert run(other, "carnet_lire", ORDERS["carnet_lire"], now).contenu is None
    saved = run(other, "carnet_enregistrer", ORDERS["carnet_enregistrer"], now)
    assert (saved.issue, saved.revision, saved.autre) == ("enregistre", 1, None)
    untouched()


@pytest.mark.parametrize("less", [{"roles": ("gestionnaire",)}, {"numero_dossier": None}])
def test_who_has_no_file_of_her_own_has_no_carnet(untouched, teachers, now, less):
    for op, args in ORDERS.items():
        with pytest.raises(Refused, match="n’ouvre pas de dossier"):
            run(replace(teachers["jdupont"], **less), op, args, now)
    untouched()


NOTED = {
    "demandes": {"suivi": {"reclamation_paie": {"fait_le": "2026-11-20"}}},
    "rendez_vous": {"champs": {"notifie_le": "2026-11-20"}},
    "services": {"champs": {"2027.piece.demande": "oui"}},
    "formation": {"semaine": {"lundi": "8h-12h"}},
    "concours": {"champs": {"2027.inscription": "2026-11-20"}},
    "candidatures": {"posts": [{"titre": "Poste spécifique"}]},
    "remplacement": {"preferences": ["zone d’Aurillac"]},
    "carte_scolaire": {"champs": {"notifiee_le": "2026-11-20"}},
}
"""What a person notes of a request, of a rendez-vous, of a campaign, of a training, of a
competition, of a candidacy, of a zone or of a closed post: hers alone."""
ROLES = ("gestionnaire", "evaluateur", "analyste", "formateur", "administrateur")


@pytest.mark.parametrize("sujet", NOTED)
def test_what_she_notes_of_her_steps_is_read_and_written_by_nobody_else(
    jean, save, teachers, now, sujet
):
    save(NOTED[sujet], 0, "premiere", sujet=sujet)
    token = open_session("jdupont", now)
    close_session(token, now)
    orders = {
        "carnet_lire": {"sujet": sujet},
        "carnet_enregistrer": {"sujet": sujet, "contenu": OTHER, "revision": 1, "cle": "un-intrus"},
    }
    for op, args in orders.items():
        for nobody in (None, session_of(token, now)):
            with pytest.raises(NotLoggedIn):
                run(nobody, op, args, now)
        for role in ROLES:
            with pytest.raises(Refused):
                run(replace(teachers["jdupont"], roles=(role,)), op, args, now)
    other = teachers["jdupont2"]
    assert run(other, "carnet_lire", orders["carnet_lire"], now).contenu is None
    run(other, "carnet_enregistrer", orders["carnet_enregistrer"], now)
    read = jean("carnet_lire", sujet=sujet)
    assert (read.contenu, read.revision) == (NOTED[sujet], 1)


@pytest.mark.parametrize("sujet", NOTED)
def test_what_she_notes_of_her_steps_has_its_limit(jean, save, sujet):
    save(NOTED[sujet], 0, "premiere", sujet=sujet)
    with pytest.raises(InputError):
        save({"texte": "x" * LARGEST_CARNET}, 1, "trop-long", sujet=sujet)
    assert jean("carnet_lire", sujet=sujet).contenu == NOTED[sujet]


@pytest.mark.skipif(sys.platform != "linux", reason="killed on Linux only")
@pytest.mark.parametrize("sujet", NOTED)
def test_what_she_notes_survives_a_kill_and_is_never_half_written(jean, save, sujet):
    def step():
        return save(NOTED[sujet], 0, "premiere", sujet=sujet)

    killed(dies_before_it_is_kept(step))
    assert jean("carnet_lire", sujet=sujet).contenu is None
    killed(dies_before_it_answers(step))
    assert jean("carnet_lire", sujet=sujet).contenu == NOTED[sujet]
    assert step().revision == 1


def test_the_numen_must_be_replaced_before_the_carnet_opens(untouched, teachers, now):
    with db.writing() as session:
        session.execute(update(Account).values(first_password=True))
    for op, args in ORDERS.items():
        with pytest.raises(Refused, match="premier mot de passe"):
            run(teachers["jdupont"], op, args, now)


def test_going_below_the_carnet_loses_it_alone_and_up_again_it_can_be_written(jean, save, draft):
    save(MINE, 0, "premiere")
    jean("cv_enregistrer", cv=draft, revision=0, cle="brouillon-un")
    db.migrate("0003", down=True)
    with db.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM cvs")) == 1
    db.migrate("head")
    assert jean("cv").cv == draft
    assert jean("carnet_lire", sujet="scenarios").contenu is None
    assert save(OTHER, 0, "seconde-fois").revision == 1


def test_a_carnet_goes_with_its_file(save):
    save(MINE, 0, "premiere")
    with db.writing() as session:
        session.execute(text("UPDATE accounts SET agent_id = NULL"))
        session.execute(text("DELETE FROM agents WHERE numero = 'D0001'"))
    with db.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM carnets")) == 0
