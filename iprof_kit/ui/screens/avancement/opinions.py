"""Opinions and appréciation: who gives each, what it is worth, where it is read, what was noted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.calendar import rentree_day
from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.calculate.career.meetings import last_meeting
from iprof_kit.calculate.interface.aside import aside, decider
from iprof_kit.services.contract.dossier import Dossier, RendezVous
from iprof_kit.ui.screens.campaigns.reading import Campaigns, Noted, noted
from iprof_kit.ui.screens.rendez_vous.answer import ORDER
from iprof_kit.ui.screens.rendez_vous.known import evaluation_of
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import worded

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
    """The opinions, which prepare, apart from the appréciation, which is the authority's.

    No line for a corps that the tables know no evaluator of.
    """

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
    prepared = tuple(_opinions(dossier, year - 1, text.in_paris(read.at)))
    return Opinions(
        (*prepared, _appreciation(dossier, year)) if prepared else (),
        notes,
        f"{with_opinions[0].adresse}?campagne={with_opinions[0].id}#etapes"
        if with_opinions
        else "",
    )


def _opinions(dossier: Dossier, school_year: int, today: date) -> Iterator[Opinion]:
    one = evaluation_of(dossier, school_year, today)
    if one is None:
        return
    nature = "Un avis : il prépare la décision, et ne se conteste pas seul."
    for title, who in ((INSPECTION, one.inspection), (HEAD, one.head)):
        if who:
            yield Opinion(title, _capital(who), nature, verify=one.to_verify)


def _appreciation(dossier: Dossier, year: int) -> Opinion:
    decides, _ = aside(lambda: decider(dossier.corps or "", rentree_day(year)))
    last = ORDER.get(last_meeting(dossier.corps or "", year - 1), "dernier")
    return Opinion(
        AUTHORITY,
        _capital(decides or ""),
        (
            f"Une décision, qui se conteste. Celle du {last} rendez-vous compte dans "
            "le barème de la hors classe."
        ),
        tuple(_known(one) for one in dossier.rendez_vous if one.appreciation),
    )


def _known(meeting: RendezVous) -> str:
    """Return an appréciation with its rendez-vous: only that of the last one counts later."""
    when: str = ""
    if meeting.notifiee_le:
        day = text.dated(meeting.notifiee_le, "meeting.notified", f"{meeting.numero}")
        when = worded(", notifiée le {}", day)
    level = text.appreciation_label(meeting.appreciation or "")
    which = f"{ORDER.get(meeting.numero, '')} rendez-vous".strip()
    return worded("{}, {}, {}{}", level, which, meeting.annee_scolaire, when)


def _capital(who: str) -> str:
    return text.sentence(who).removesuffix(".")
