"""The part of « Tout emporter » that a person reads: her file, dates, letters, notes, as texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from iprof_kit.base.calendar import date_text
from iprof_kit.base.clock import paris
from iprof_kit.base.words import echelon_label, grade_words, hard_spaces
from iprof_kit.documents.model import Document
from iprof_kit.documents.text import text as plain_text
from iprof_kit.records.journal import audit
from iprof_kit.records.journal.audit import AuditRow
from iprof_kit.records.person import Person, rows_of
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.dossier.consultations import READINGS, lines_about, who_reads
from iprof_kit.services.own_data.column_names import column_name

Row = Mapping[str, Any]
FOLDER = "a-lire"
_SCREENS = {
    "scenarios": "Et si…",
    "voeux": "Autres affectations",
    "paie": "Ma paie",
    "retraite": "Retraite",
    "promotions": "Promotions",
    "cv": "CV",
    "courrier": "Votre courrier",
    "rendez_vous": "Rendez-vous de carrière",
    "services": "Les services",
    "demandes": "Demandes",
    "formation": "Formation",
    "concours": "Concours",
    "candidatures": "Candidature",
    "remplacement": "Remplacement",
    "carte_scolaire": "Carte scolaire",
}
"""The screen of each carnet."""
_TECHNICAL = frozenset({"cle", "id", "tour", "cles"})
"""Keys of a carnet that no person reads: its JSON holds them."""
_LETTER = 60
"""From how many characters on a text is read as a letter."""
_ISO = re.compile(r"\A\d{4}-\d{2}-\d{2}(?:T[\d:.+Z-]*)?\Z")
_NOTHING = "Rien n’est gardé ici."


def texts_to_read(
    session: Session, person: Person, dossier: Dossier | None, fiche: Document | None
) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each file that is read, all of them, empty ones said so."""
    carnets = {row["subject"]: row["content"] for row in rows_of(session, person, "carnets")}
    files = {
        "dossier": plain_text(fiche) if fiche else "",
        "dates": _dates(session, person, dossier, carnets),
        "lettres": _letters(carnets),
        "ce-que-vous-avez-saisi": _typed(carnets),
        "campagnes": _campaigns(session, person),
        "qui-a-consulte": _readings(session, person),
        "projets-d-avis": _projects(session, person),
    }
    for name, text in files.items():
        yield f"{FOLDER}/{name}.txt", f"{hard_spaces(text.strip()) or _NOTHING}\n"


def _dates(
    session: Session, person: Person, dossier: Dossier | None, carnets: Mapping[str, Any]
) -> str:
    """Return every date of hers, the oldest first, each in one line."""
    lines = [*_dates_of_file(dossier)] if dossier else []
    for subject, content in carnets.items():
        lines += [(day, f"{_screen(subject)}, {what}") for day, what in _dates_in(content)]
    for row in rows_of(session, person, "campaign_notes"):
        if isinstance(row["day"], date):
            lines.append((row["day"], f"Les services, {row['campaign']} : {row['step']}"))
    for row in rows_of(session, person, "case_events"):
        if isinstance(row["due"], date):
            lines.append((row["due"], "Votre courrier, réponse ou pièce attendue"))
    return "\n".join(f"{date_text(day)} : {what}" for day, what in sorted(lines))


def _dates_of_file(dossier: Dossier) -> Iterator[tuple[date, str]]:
    yield dossier.identite.date_naissance, "Date de naissance"
    for step in dossier.echelons:
        where = ", ".join(filter(None, (grade_words(step.grade), echelon_label(step.echelon))))
        yield step.date_effet, f"Échelon : {where}"
    for position in dossier.positions:
        yield position.debut, f"Début : {position.position}"
        if position.fin:
            yield position.fin, f"Fin : {position.position}"
    for posting in dossier.affectations:
        yield posting.debut, f"Début d’affectation : {posting.etablissement}"
        if posting.fin:
            yield posting.fin, f"Fin d’affectation : {posting.etablissement}"


def _dates_in(value: Any, what: str = "") -> Iterator[tuple[date, str]]:
    for label, one in _inside(value):
        words = f"{what}, {label}" if what and label else what or label
        if isinstance(one, dict | list):
            yield from _dates_in(one, words)
        elif isinstance(one, str) and _ISO.match(one):
            yield date.fromisoformat(one[:10]), words


def _letters(carnets: Mapping[str, Any]) -> str:
    """Return each long text that she wrote, under the screen where she did."""
    parts = []
    for subject, content in carnets.items():
        for label, words in _long_texts(content):
            parts.append(f"{_screen(subject)} : {label}\n\n{words}")
    return "\n\n---\n\n".join(parts)


def _long_texts(value: Any, what: str = "") -> Iterator[tuple[str, str]]:
    for label, one in _inside(value):
        words = f"{what}, {label}" if what and label else what or label
        if isinstance(one, dict | list):
            yield from _long_texts(one, words)
        elif isinstance(one, str) and (len(one) >= _LETTER or "\n" in one.strip()):
            yield words, one.strip()


def _typed(carnets: Mapping[str, Any]) -> str:
    parts = []
    for subject, content in carnets.items():
        lines = list(_lines(content, 0))
        if lines:
            parts.append("\n".join([_screen(subject), *lines]))
    return "\n\n".join(parts)


def _lines(value: Any, deep: int) -> Iterator[str]:
    for label, one in _inside(value):
        start = f"{'  ' * deep}- {label}" if label else f"{'  ' * deep}-"
        if isinstance(one, dict | list):
            inside = list(_lines(one, deep + 1))
            if inside:
                yield start
                yield from inside
        elif (words := _said(one)) != "":
            yield f"{start} : {words}" if label else f"{start} {words}"


def _inside(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield what a document holds, each with what it is called; what no person reads is left."""
    if isinstance(value, dict):
        for name, one in value.items():
            if name not in _TECHNICAL:
                yield column_name(str(name)).replace("_", " "), one
    elif isinstance(value, list):
        for one in value:
            yield "", one


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, str) and _ISO.match(value):
        return date_text(date.fromisoformat(value[:10]))
    return str(value).replace(".", ",") if isinstance(value, float) else str(value).strip()


def _campaigns(session: Session, person: Person) -> str:
    lines = []
    for row in rows_of(session, person, "campaign_notes"):
        words = f" : {row['words']}" if row["words"] else ""
        lines.append(f"{row['campaign']}, {row['step']}, noté {_moment(row['noted_at'])}{words}")
    for row in rows_of(session, person, "campaign_sendings"):
        lines.append(f"{row['campaign']}, pièces envoyées : {_listed(row['papers'])}")
        if row["announced"]:
            lines.append(f"{row['campaign']}, pièces annoncées : {_listed(row['announced'])}")
    return "\n".join(lines)


def _listed(names: Any) -> str:
    values: Sequence[Any] = list(names) if isinstance(names, dict | list) else []
    return ", ".join(str(one).replace("_", " ") for one in values) or "aucune"


def _readings(session: Session, person: Person) -> str:
    lines = []
    roles: dict[str, str] = {}
    hers = (lines_about(session, person.numero), AuditRow.action.in_(READINGS))
    for line in audit.readable_lines(session, *hers):
        if line.actor not in roles:
            roles[line.actor] = who_reads(session, line.actor, person.accounts)
        what, why = READINGS[line.action]
        reason = why or line.detail
        motive = f", motif : {reason}" if reason else ""
        lines.append(f"{_moment(line.at)}, {roles[line.actor]} : {what}{motive}")
    return "\n".join(lines)


def _projects(session: Session, person: Person) -> str:
    parts = []
    for row in rows_of(session, person, "opinion_projects"):
        shown = row["shown"]
        if shown is None:
            continue
        head = f"{row['matter']}, {row['part']}, montré {_moment(row['shown_at'])}"
        parts.append("\n".join([head, *_lines(shown, 0)]))
    return "\n\n".join(parts)


def _moment(value: datetime) -> str:
    local = paris(value)
    return f"le {date_text(local.date())} à {local.hour} h {local.minute:02d}"


def _screen(subject: str) -> str:
    return _SCREENS.get(subject, subject)
