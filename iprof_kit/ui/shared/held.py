"""What a file says of today, in words: the échelon and the position held, the grade, what comes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from iprof_kit.calculate.career.by_right import BY_RIGHT, pronounced_on
from iprof_kit.calculate.career.question import CareerAnswer, Step
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.calculate.interface.situation import Periode, Situation
from iprof_kit.services.contract.dossier import Dossier, EchelonTenu, PositionTenue
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import Worded, figure, placed, worded

BASES = {
    "AGAPE": "AGAPE est la base de gestion des enseignants du premier degré.",
    "EPP": "EPP est la base de gestion des enseignants du second degré.",
}
NO_CORPS = "Sans objet : pas de corps, donc pas d’échelon calculé"


def origin_text(dossier: Dossier) -> str:
    """Return where the copy comes from and that the kit does not change it."""
    known = BASES.get(dossier.source)
    read = text.dated(dossier.lu_le, "file.read")
    copied = worded("une copie, lue le {}. Il ne la modifie pas.", read)
    if known:
        return worded(f"{known} Ce kit en montre {{}}", copied)
    return worded("Ce kit montre de votre dossier ({}) {}", dossier.source, copied)


def grade_since(dossier: Dossier) -> date | None:
    """Return when the present grade was entered; None where the file does not tell."""
    last = dossier.echelons[-1]
    at = len(dossier.echelons) - 1
    while at and dossier.echelons[at - 1].grade == last.grade:
        at -= 1
    first = dossier.echelons[at]
    if at or first.mode in {"promotion", "changement_corps"}:
        return first.date_effet
    return dossier.entree_corps if last.grade == law_facts.grades(last.corps)[0] else None


def grade_label(dossier: Dossier, grade: str) -> str:
    """Return « Professeur des écoles de classe normale », or the corps where it has one grade."""
    name = dossier.libelle_corps or ""
    words = text.grade_words(grade)
    joined = {
        "classe normale": "de classe normale",
        "classe exceptionnelle": "de classe exceptionnelle",
        "hors classe": "hors classe",
        "": "",
    }
    return f"{name} {joined.get(words, words)}".strip()


def rank_words(dossier: Dossier, *, since: bool = False) -> str:
    """Return « Professeur des écoles de classe normale, 7e échelon », or the statut without corps.

    Of a file as it is recorded: what the kit counts by itself is in no letter.

    Parameters
    ----------
    dossier : Dossier
    since : bool
        Add the day on which the échelon took effect.
    """
    if not dossier.corps or not dossier.echelons:
        return dossier.libelle_corps or dossier.statut
    last = dossier.echelons[-1]
    chevron = f", chevron {last.chevron}" if last.chevron else ""
    day = f" depuis le {text.day(last.date_effet)}" if since else ""
    where = f"{text.echelon_label(last.echelon)}{chevron}{day}"
    return f"{grade_label(dossier, last.grade)}, {where}"


def kept_figure(words: str, line: EchelonTenu | Situation) -> Worded:
    """Return what an échelon kept on its first day, in these words, with its fact."""
    day = line.date_effet or ""
    return figure(words, f"echelon.kept.{place_of(line)}", line.reliquat_jours, day)


def place_of(line: EchelonTenu | Situation) -> str:
    """Return what names an échelon in a fact: two of one list may begin on one day."""
    places = (line.grade, line.echelon, line.chevron)
    return ".".join([place for place in places if place])


def with_open_position(words: str, positions: Iterable[Periode | PositionTenue]) -> Worded:
    """Return words about a position that has no end, with the fact of its first day."""
    days = [text.dated(p.debut, "position.since") for p in positions if p.fin is None]
    return placed(words, *days)


def modality(position: PositionTenue) -> str:
    """Return the modalité with its quotité: « Temps partiel sur autorisation (80 %) »."""
    words = capital(position.modalite)
    if 0 < position.quotite < 100 and "%" not in words:
        return f"{words} ({position.quotite}{text.NBSP}%)"
    return words


def capital(words: str) -> str:
    """Return the words with a capital first letter."""
    return words[:1].upper() + words[1:]


def next_echelon(answer: CareerAnswer | None, today: date) -> Step | None:
    """Return the next échelon or chevron reached by right, if any."""
    if answer is None:
        return None
    steps = answer.scenarios[0].etapes
    return next((s for s in steps if pronounced_on(s) > today and s.nature in BY_RIGHT), None)
