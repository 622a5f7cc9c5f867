"""What one takes of one's threads: receipts, a thread on pages or packed, all in the archive."""

import io
import json
from datetime import timedelta
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from record_pieces import image, slices

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.base.words import NBSP
from iprof_kit.records import database as db
from iprof_kit.records.journal import audit
from iprof_kit.services.academies import Conservation
from iprof_kit.services.access.own_file import Owner
from iprof_kit.services.cases.acting import CASES, Act, act
from iprof_kit.services.cases.life import SERVICE
from iprof_kit.services.own_data import erasure, retention, threads
from iprof_kit.services.own_data.archive import write_archive
from iprof_kit.services.own_data.papers import fiche

JEAN, OTHER = Owner("D0001", "jdupont"), Owner("D0003", "jdupont2")
SCHOOLS = "Division des enseignants du premier degré (fictive)"


@pytest.fixture
def name(jean, now):
    """A thread of Jean Dupont: his question with a paper, the answer, his thanks."""
    content = slices(image("PNG"))[0]
    piece = jean("piece_deposer", nom="arrêté.png", pour="nouveau", part=0, parts=1,
                 contenu=content, cle="piece-premiere").piece  # fmt: skip
    words = {"nature": "question", "objet": "Temps partiel", "texte": "Quand le demander ?"}
    lu = jean("courrier_ecrire", **words, pieces=[piece.id], cle="cle-premiere").lu
    with db.writing() as session:
        case = CASES.find(session, lu.fil.id, lock=True)
        done = Act("repondre", SERVICE, text="Avant le 31 mars.", service="Équipe B")
        act(session, case, done, now + timedelta(hours=1))
    later = now + timedelta(hours=2)
    jean(
        "courrier_agir",
        when=later,
        id=lu.fil.id,
        acte="completer",
        texte="Merci.",
        cle="cle-merci-1",
    )
    return lu.fil.id


def page(content):
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())


def test_each_message_that_she_sent_has_a_dated_receipt(name, now):
    file = threads.receipt(JEAN, name, 1, now)
    said = page(file.content)
    assert file.name == "recu-2026-0001-1.pdf"
    for words in ("2026-0001-1", "Enregistré dans ce kit le 25 novembre 2026 à 10 h 00, heure de",
                  SCHOOLS, "Quand le demander", "arrêté.png", "SHA-256", "Pas encore",
                  "ne vaut pas dépôt", "Kit libre, non officiel"):  # fmt: skip
        assert words in said, words
    assert "à 12 h 00" in page(threads.receipt(JEAN, name, 3, now).content)


def test_a_receipt_is_of_her_own_messages_alone(name, now):
    for owner, thread, rank in ((JEAN, name, 2), (JEAN, name, 4), (OTHER, name, 1),
                                (JEAN, "0" * 24, 1)):  # fmt: skip
        with pytest.raises(Refused):
            threads.receipt(owner, thread, rank, now)


def test_a_printed_thread_says_everything_and_what_it_shows_is_seen(jean, name, now):
    assert jean("courrier_comptes").nouveaux == 1
    file = threads.printed(JEAN, name, now + timedelta(hours=3))
    said = page(file.content)
    assert (file.name, file.media_type) == ("fil-2026-0001.pdf", "application/pdf")
    order = [said.index(words) for words in ("Quand le demander", "Avant le 31 mars", "Merci")]
    assert order == sorted(order)
    assert "Équipe B" in said
    assert jean("courrier_comptes").nouveaux == 0
    with db.reading() as session:
        assert audit.lines(session, subject="dossier:D0001")[0].action == "fil_emporte"
    with pytest.raises(Refused):
        threads.printed(OTHER, name, now)


def test_a_thread_too_long_for_pages_is_a_text_that_loses_nothing(name, now, monkeypatch):
    def too_long(*_):
        raise InputError("trop long")

    monkeypatch.setattr(threads.TYPESETTERS, "made", too_long)
    file = threads.printed(JEAN, name, now)
    assert file.name == "fil-2026-0001.txt"
    for words in ("Quand le demander", "Avant le 31 mars.", "Merci."):
        assert words in file.content.decode().replace(NBSP, " ")


def test_w12_no_transaction_is_open_while_pages_are_set(name, now, monkeypatch):
    held = []

    def made(_asker, _work):
        held.append(db.engine().pool.checkedout())
        return b"%PDF"

    monkeypatch.setattr(threads.TYPESETTERS, "made", made)
    write_archive(JEAN, io.BytesIO(), now)
    fiche(JEAN, now)
    threads.receipt(JEAN, name, 1, now)
    threads.printed(JEAN, name, now)
    assert set(held) == {0}


def test_w12_who_waits_for_another_process_with_a_transaction_open_is_stopped(name):
    with db.reading(), pytest.raises(RuntimeError, match="a transaction is open"):
        threads.TYPESETTERS.made("somebody", lambda _press: b"")


def test_a_packed_thread_holds_its_papers_as_they_came(name, now):
    out = io.BytesIO()
    assert threads.packed(JEAN, name, out, now) == "fil-2026-0001.zip"
    with ZipFile(out) as packed:
        whole = json.loads(packed.read("fil.json"))
        assert [one["texte"] for one in whole["evenements"]] == [
            "Quand le demander ?", "Avant le 31 mars.", "Merci.",
        ]  # fmt: skip
        assert [one["rang"] for one in whole["evenements"]] == [1, 2, 3]
        (paper,) = [one for one in packed.namelist() if one.startswith("pieces/")]
        assert packed.read(paper) == image("PNG")
    with pytest.raises(Refused):
        threads.packed(OTHER, name, io.BytesIO(), now)


def test_the_archive_holds_every_thread_and_every_receipt(name, now):
    out = io.BytesIO()
    write_archive(JEAN, out, now)
    with ZipFile(out) as packed:
        folder = "courrier/2026-0001-temps-partiel/"
        hers = {one for one in packed.namelist() if one.startswith("courrier/")}
        files = ("fil.json", "fil.pdf", "recu-2026-0001-1.pdf", "recu-2026-0001-3.pdf")
        assert hers == {f"{folder}{one}" for one in files}
        assert "Avant le 31 mars" in page(packed.read(f"{folder}fil.pdf"))
        assert "courrier/" in packed.read("LISEZ-MOI.txt").decode()
    other = io.BytesIO()
    write_archive(OTHER, other, now)
    with ZipFile(other) as packed:
        assert not [one for one in packed.namelist() if one.startswith("courrier/")]


def test_what_a_service_writes_is_hers_to_take_before_it_is_sent_and_said_to_be_no_answer(
    name, manager, now
):
    """RGPD, article 15: what is kept about her, whatever it is to become (docs/bureau.md)."""
    manager()("bureau_brouillon", id=name, texte="Je propose le 31 mars.")
    archives = {who.numero: io.BytesIO() for who in (JEAN, OTHER)}
    for who in (JEAN, OTHER):
        write_archive(who, archives[who.numero], now)
    with ZipFile(archives[JEAN.numero]) as packed:
        (draft,) = json.loads(packed.read("tables/answer_drafts.json"))
        assert draft["text"] == "Je propose le 31 mars."
        whole = packed.read("courrier/2026-0001-temps-partiel/fil.json").decode()
        assert "Je propose" not in whole
        assert "n’a pas envoyé : ce n’est pas sa réponse" in packed.read("LISEZ-MOI.txt").decode()
    with ZipFile(archives[OTHER.numero]) as packed:
        assert "tables/answer_drafts.json" not in packed.namelist()


def test_a_thread_goes_after_its_time_and_with_the_person(jean, name, now):
    jean("courrier_agir", id=name, acte="clore", cle="cle-clore-1")
    kept = Conservation(signalements_mois=6)
    retention.sweep(kept, "iprof retention", now + timedelta(days=100))
    assert jean("courrier").trouves == 1
    retention.sweep(kept, "iprof retention", now + timedelta(days=200))
    assert jean("courrier").trouves == 0
    words = {"nature": "question", "objet": "Un objet", "texte": "Un texte secret"}
    jean("courrier_ecrire", **words, cle="cle-seconde")
    erasure.erase("D0001", "demande", "iprof effacer", now)
    with db.reading() as session:
        assert CASES.find(session, name) is None
        rows = session.connection().exec_driver_sql("SELECT * FROM case_events").all()
    assert rows == []


def test_what_happened_to_a_thread_is_told_at_the_next_visit(jean, name, now):
    from iprof_kit.services.access.accounts import open_session

    jean("visite")
    with db.writing() as session:
        case = CASES.find(session, name, lock=True)
        at = now + timedelta(hours=3)
        act(session, case, Act("demander_piece", SERVICE, text="L’arrêté ?"), at)
    open_session("jdupont", now + timedelta(hours=4))
    (change,) = jean("visite", when=now + timedelta(hours=5)).changements
    assert change.quoi == "Votre fil « Temps partiel » attend une pièce de vous."
    assert change.adresse == f"/courrier?fil={name}"
