"""« Tout emporter »: everything that is kept about a person, in one ZIP that any tool opens."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import LargeBinary, select
from sqlalchemy.orm import Session

from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.base.spreadsheets import TableWriter
from iprof_kit.base.words import dashed
from iprof_kit.cv.model import Cv
from iprof_kit.cv.printing import layout
from iprof_kit.documents.model import Document
from iprof_kit.documents.text import text as plain_text
from iprof_kit.records.cases import Case
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.records.person import Person, find_person, journal_of, rows_of, writes_of
from iprof_kit.records.repository import Write
from iprof_kit.records.tables import METADATA
from iprof_kit.services.access.own_file import Owner, absent_file
from iprof_kit.services.cv.draft import plain
from iprof_kit.services.dossier.contacts import written
from iprof_kit.services.dossier.storing import find_whole_dossier
from iprof_kit.services.own_data import threads
from iprof_kit.services.own_data.column_names import cell_text, column_name
from iprof_kit.services.own_data.papers import fiche_document, receipt_document
from iprof_kit.services.own_data.to_read import texts_to_read
from iprof_kit.services.reports.reporting import all_of
from iprof_kit.services.workers.typesetters import TYPESETTERS

CREDENTIALS = frozenset({"password_hash", "token_hash", "code_hash"})
"""Columns that no archive holds: whoever found it could not use them, nor does she need them."""
Row = Mapping[str, Any]
SHOWN_ONLY: Mapping[str, str] = {"opinion_projects": "shown"}
"""Tables of what somebody writes about her: a row is hers once this column shows it to her."""
UNSHOWN = frozenset({"content", "saved_at", "version"})
"""What such a row holds of writing that goes on: it is its author's alone until it is shown."""
_README = """Tout ce que ce kit garde à votre sujet.

a-lire/              en texte, à lire : dossier, dates, lettres, ce que vous avez saisi, campagnes,
                     qui a consulté, projets d’avis montrés
dossier.json         votre dossier, tel que ce kit le lit
fiche.pdf            le même, sur une page
tables/*.csv         chaque table de la base, les lignes qui vous concernent, colonnes en français
tables/*.json        les mêmes pour un programme, colonnes telles que la base les nomme
tables/audit.*       le journal : qui a lu ou fait quoi, quand (un compte, jamais un mot de passe)
tables/writes.*      les valeurs remplacées
cv/                  votre CV : un PDF pour chaque CV que vous avez arrangé
signalements/        le reçu de chaque signalement
courrier/            chaque fil, à lire (fil.pdf) et pour un programme (fil.json), et vos reçus
tables/case_notes.*  les notes internes du service à votre sujet
tables/opinion_projects.* ce que vos évaluateurs vous ont montré : ce n’est pas un avis
tables/answer_drafts.* ce qu’un service écrit et n’a pas envoyé : ce n’est pas sa réponse
pieces/              les pièces que vous avez jointes, telles qu’elles sont arrivées

Ce qu’un évaluateur écrit sans vous le montrer est sa note de travail : elle n’est pas ici, et elle
est effacée à la clôture. Pour demander à y accéder : le délégué à la protection des données, nommé
dans « Mes données ».

Un document trop long pour être mis en page y est en texte plutôt qu’en PDF.
Les empreintes des mots de passe et des liens n’y sont pas : elles ne servent qu’à les vérifier.
Kit libre, non officiel. Rien de ceci n’est transmis à l’administration.
"""


def write_archive(owner: Owner, out: IO[bytes], now: datetime) -> str:
    """Write the archive of one person and return its name; that she took it is noted.

    Raises
    ------
    Unavailable
        The database does not answer, or the file is not in it.
    """
    with writing() as session:
        person = find_person(session, owner.numero)
        if person is None:
            raise absent_file()
        audit.note(
            session,
            at=now,
            actor=owner.compte,
            action="donnees_emportees",
            subject=f"dossier:{owner.numero}",
        )
    today = paris(now).date()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        packed.writestr("LISEZ-MOI.txt", _README)
        with reading() as session:
            prints = [*_file(session, person, packed, today)]
            _pieces(session, person, packed)
            for table in person.keys:
                _table(packed, table, partial(_hers, session, person, table))
            _table(packed, "writes", lambda: _written(session, person))
            _table(packed, "audit", lambda: _journal(session, person))
            prints += _courrier(session, person, packed, today)
            prints += _cv(session, person, today)
        for one in prints:  # pages take seconds: no transaction waits for them
            _set_on_pages(packed, person, one)
    return archive_name(now)


def archive_name(now: datetime) -> str:
    """Return « mes-donnees-2026-11-26.zip »."""
    return f"mes-donnees-{paris(now).date().isoformat()}.zip"


@dataclass(frozen=True)
class _Print:
    """What is to be set on pages once everything has been read: its name without end, its words."""

    name: str
    made: Document
    template: str = "classique"


def _file(session: Session, person: Person, packed: ZipFile, today: date) -> Iterator[_Print]:
    dossier = find_whole_dossier(session, person.numero)
    saisies = written(session, person.numero)
    fiche = fiche_document(dossier, saisies, today) if dossier else None
    for name, text in texts_to_read(session, person, dossier, fiche):
        packed.writestr(name, text.encode("utf-8", "replace"))
    if dossier is None or fiche is None:
        return
    whole = {
        "dossier": dossier.model_dump(mode="json"),
        "saisies": [one.model_dump(mode="json") for one in saisies],
    }
    packed.writestr("dossier.json", json.dumps(whole, ensure_ascii=False, indent=2))
    yield _Print("fiche", fiche, "une_page")
    name = f"{dossier.identite.prenom} {dossier.identite.nom}"
    for sent in all_of(session, person.numero):
        yield _Print(f"signalements/{sent.numero}", receipt_document(sent, name, today))


def _courrier(session: Session, person: Person, packed: ZipFile, today: date) -> Iterator[_Print]:
    """Write each thread for readers and for programs, with the receipts of what she sent."""
    name = threads.person_of(session, person.numero)
    query = select(Case).where(Case.numero == person.numero).order_by(Case.id)
    for case in session.scalars(query.execution_options(yield_per=20)):
        folder, events = threads.folder_of(case), threads.events_of(session, case)
        threads.write_thread(packed, case, events, folder)
        yield _Print(f"{folder}fil", threads.thread_document(case, events, name, today))
        for number, receipt in threads.receipts_of(case, events, name, today):
            yield _Print(f"{folder}recu-{number}", receipt)


def _cv(session: Session, person: Person, today: date) -> Iterator[_Print]:
    for row in rows_of(session, person, "cvs"):
        cv = Cv.model_validate(plain(row["content"]))
        for number, target in enumerate(cv.cibles, 1):
            made = layout.document(cv, target, today)
            yield _Print(f"cv/{number:02d}-{_plain(target.titre)}", made, target.modele)


def _set_on_pages(packed: ZipFile, person: Person, one: _Print) -> None:
    """Write a document as a PDF, or as a text where its pages cannot be set: nothing is lost."""
    try:
        content = TYPESETTERS.made(person.numero, lambda press: press.pdf(one.made, one.template))
    except InputError:
        packed.writestr(f"{one.name}.txt", plain_text(one.made))
    else:
        packed.writestr(f"{one.name}.pdf", content)


def _pieces(session: Session, person: Person, packed: ZipFile) -> None:
    """Write what is bytes as files of their own."""
    for table in person.keys:
        if any(isinstance(column.type, LargeBinary) for column in METADATA.tables[table].columns):
            for row in rows_of(session, person, table):
                for value in row.values():
                    if isinstance(value, bytes) and value:
                        packed.writestr(_path(row), value)


def _hers(session: Session, person: Person, table: str) -> Iterator[Row]:
    """Yield the rows of a table; a file's path stands for its bytes, a private note is left out."""
    shown = SHOWN_ONLY.get(table)
    left_out = CREDENTIALS | UNSHOWN if shown else CREDENTIALS
    for row in rows_of(session, person, table):
        if shown and row[shown] is None:
            continue
        yield {
            name: (_path(row) if value else "") if isinstance(value, bytes) else value
            for name, value in row.items()
            if name not in left_out
        }


def _path(row: Row) -> str:
    """Return where the bytes of a paper are in the archive, or of a slice while it is coming."""
    if "paper_id" in row:
        return f"pieces/{row['paper_id']:06d}-morceau-{row['part'] + 1}"
    return f"pieces/{row['id']:06d}-{row['file_name']}"


def _written(session: Session, person: Person) -> Iterator[Row]:
    query = select(Write).where(writes_of(person)).order_by(Write.id)
    for row in session.scalars(query.execution_options(yield_per=100)):
        yield {
            "at": row.at,
            "by": row.by,
            "subject": row.subject,
            "version": row.version,
            "former": row.former,
        }


def _journal(session: Session, person: Person) -> Iterator[Row]:
    """Yield the lines that name her; what another account did is told without its name."""
    for row in audit.readable_lines(session, journal_of(session, person)):
        own = row.actor in person.accounts
        known = own or row.actor.startswith(("iprof ", "lien:"))
        yield {
            "at": row.at,
            "actor": row.actor if known else "un autre compte",
            "action": row.action,
            "subject": row.subject,
            "address": row.address if own else None,
            "detail": row.detail,
        }


def _table(packed: ZipFile, name: str, rows: Callable[[], Iterator[Row]]) -> None:
    """Write the rows twice, as JSON and as CSV; they are read twice rather than held."""
    with packed.open(f"tables/{name}.json", "w", force_zip64=True) as made:
        made.write(b"[")
        for number, row in enumerate(rows()):
            text = json.dumps(row, ensure_ascii=False, default=_text)
            made.write((",\n" if number else "\n").encode() + text.encode("utf-8", "replace"))
        made.write(b"\n]\n")
    with (
        packed.open(f"tables/{name}.csv", "w", force_zip64=True) as raw,
        io.TextIOWrapper(raw, "utf-8-sig", errors="replace", newline="") as made_csv,
    ):
        table = TableWriter(made_csv)
        for number, row in enumerate(rows()):
            if not number:
                table.row(column_name(one) for one in row)
            table.row(_cell(value) for value in row.values())


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _cell(value: object) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return cell_text(value)


def _plain(title: str) -> str:
    """Return a title fit for the name of a file."""
    return dashed(title).strip("-")[:60] or "cv"
