"""What she typed of an illness, looked for on both engines: server, outbox, backup, restored place.

The portal is the one that a kernel runs; each mark is found in its page first. A backup holds its
base compressed: it is read restored. A word that is kept is looked for the same way, so that a scan
that reads nothing fails.
"""

import logging
from pathlib import Path

import psycopg
import pytest
from backup_pieces import files, fill, restore, rows, save
from sqlalchemy import make_url
from ui_database import InProcess

from iprof_kit.records.database import database_url
from iprof_kit.services.reports.answers import answer, take
from iprof_kit.ui.portal import Portal

MARK = "motmarque9924"
KEPT = "Dupond-Garde"
TYPED = {
    "/perspectives/ma-paie": ("paie", {"sensible_maladie_jours": MARK}),
    "/perspectives/retraite": ("retraite", {"sensible_incapacite": MARK}),
    "/perspectives/maladie": (
        "maladie",
        {"sensible_maladie_debut": "07/05/2032", "sensible_maladie_arrets": MARK},
    ),
    "/perspectives/trop-percu": (
        "trop_percu",
        {"sensible_trop_percu_changement": "conge_maladie", "sensible_trop_percu_fin": MARK},
    ),
}
LEAVE = {"nature": "conge_maladie", "debut": "07/03/2031", "fin": "19/04/2033"}
SECRETS = (MARK, "sensible_", "2032-05-07", "07/05/2032", "2031-03-07", "2033-04-19", "19/04/2033",
           "conge_maladie")  # fmt: skip
MAILS = "courriels: {expediteur: kit@academie.example, adresse: 'https://kit.example'}"


@pytest.fixture
def her_page(teachers, now):
    """The page of a teacher who types an illness everywhere it is asked, and stays open."""
    guichet = InProcess(teachers["jdupont"], now)
    return Portal(lambda: guichet)


def act(portal, path, name, **values):
    portal.handle({"kind": "route", "path": path})
    message = {"kind": "intent", "name": name, "values": values, "changed": "", "path": path}
    return portal.handle(message).html


def type_all(portal):
    for path, (name, values) in TYPED.items():
        assert MARK in act(portal, path, name, **values)
    act(portal, "/perspectives/et-si", "es_ajouter", of="1")
    assert "7 mars 2031" in act(portal, "/perspectives/et-si", "es_valider", **LEAVE)


def on_the_server(home):
    """Return every byte that PostgreSQL wrote: tables, indexes and the log of transactions."""
    with psycopg.connect(host=str(home), user="kit", dbname="postgres", autocommit=True) as link:
        link.execute("CHECKPOINT")
    places = [one for one in home.rglob("*") if one.is_file()]
    return b"".join(one.read_bytes() for one in places)


def all_that_is_kept(request, database):
    """Return what the database answers and every byte of its files and of those beside."""
    kept = repr(rows()).encode() + b"".join(files().values())
    if database == "postgres":
        return kept + on_the_server(request.getfixturevalue("postgres"))
    base = Path(make_url(database_url()).database)
    return kept + b"".join(one.read_bytes() for one in base.parent.glob(f"{base.name}*"))


def test_p01_a_day_of_illness_is_on_no_engine_in_no_outbox_no_backup_and_no_restored_place(
    request, database, her_page, jean, draft, mail, configured, now, tmp_path, elsewhere, caplog
):
    caplog.set_level(logging.DEBUG)
    configured(MAILS)
    fill(jean, draft, now)
    type_all(her_page)
    place = jean("avis").adresses[0]
    jean("avis_choisir", adresse=place, rythme="chaque", revision=0, cle="avis-choisir-1")
    made = jean("signaler", donnee="identite.nom", indique=KEPT, cle="signaler-garde")
    take(made.signalement.numero, "Équipe B", "ggestion", now)
    answer(made.signalement.numero, "Votre nom est corrigé", "ggestion", now)
    type_all(her_page)
    here, outbox = all_that_is_kept(request, database), rows()["mails"]
    archive = tmp_path / "sauvegarde"
    save(archive, now)
    with elsewhere(database):
        restore(archive, now)
        there = all_that_is_kept(request, database)
    assert outbox, "a notice waits to be sent"
    for kept in (here, there):
        assert KEPT.encode() in kept
        assert [one for one in SECRETS if one.encode() in kept] == []
    assert [one for one in SECRETS if one in repr(outbox) + caplog.text] == []
