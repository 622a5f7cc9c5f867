"""Opinions and appréciation: who gives each, what it is worth, where it is read, what was noted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from iprof_kit.base.calendar import date_of, rentree
from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.calculate.career.meetings import Evaluation, evaluations
from iprof_kit.calculate.interface.aside import aside, decider
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.screens.services.reading import Campaigns, Noted, noted
from iprof_kit.ui.shared import text

READ = "consultation_avis"
"""The step of a campaign at which opinions are read."""
INSPECTION, HEAD = "Avis de l’inspection", "Avis du chef d’établissement ou de service"
AUTHORITY = "Appréciation de l’autorité"


@dataclass(frozen=True)
class Opinion:
    """One line: whose word it is, what it is, what is known of it here."""

    title: str
    who: str
    nature: str
    known: tuple[str, ...] = ()
    verify: bool = False


@dataclass(frozen=True)
class Opinions:
    """The opinions, which prepare, apart from the appréciation, which is the authority's."""

    lines: tuple[Opinion, ...]
    notes: tuple[Noted, ...]
    path: str = ""
    """Where she notes what she read; "" where no campaign has that step."""


def opinions_of(dossier: Dossier, campaigns: Sequence[CampagneVue], read: Campaigns) -> Opinions:
    """Return who says what of a person, and what she noted of it.

    Parameters
    ----------
    dossier : Dossier
    campaigns : sequence of CampagneVue
        Those of the year; she notes what she reads on the first that has opinions.
    read : Campaigns
        Her notes.
    """
    year = read.answer.annee
    with_opinions = [c for c in campaigns if any(e.etape == READ for e in c.etapes)]
    notes = tuple(noted(note) for one in with_opinions for note in read.notes_of(one.id, READ))
    return Opinions(
        (*_opinions(dossier, year - 1), _appreciation(dossier, year)),
        notes,
        f"{with_opinions[0].adresse}?campagne={with_opinions[0].id}#etapes"
        if with_opinions
        else "",
    )


def _opinions(dossier: Dossier, school_year: int) -> Iterator[Opinion]:
    kinds = evaluations(dossier.corps or "", school_year)
    one = kinds[0] if kinds else Evaluation("", "", "", "", to_verify=True)
    nature = text.french("Un avis : il prépare la décision, et ne se conteste pas seul.")
    for title, who in ((INSPECTION, one.inspection), (HEAD, one.head)):
        if who:
            yield Opinion(title, _capital(who), nature, verify=one.to_verify)


def _appreciation(dossier: Dossier, year: int) -> Opinion:
    decides, _ = aside(lambda: decider(dossier.corps or "", date_of(rentree(year))))
    known = []
    for meeting in dossier.rendez_vous:
        if not meeting.appreciation:
            continue
        when = f", notifiée le {text.day(meeting.notifiee_le)}" if meeting.notifiee_le else ""
        level = text.appreciation_label(meeting.appreciation)
        known.append(text.french(f"{level}, rendez-vous de {meeting.annee_scolaire}{when}"))
    return Opinion(
        AUTHORITY,
        _capital(decides or ""),
        text.french("Une décision : elle compte dans le barème de la hors classe, et se conteste."),
        tuple(known),
    )


def _capital(who: str) -> str:
    return text.sentence(who).removesuffix(".")
