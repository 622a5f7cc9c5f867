"""One competition's page: conditions, steps of the session, papers, RAEP file, what follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.calculate.paths.question import PathAnswer
from iprof_kit.ui.kit.carnet import CarnetView
from iprof_kit.ui.kit.fields import FieldGroup
from iprof_kit.ui.kit.parts import Option, Page, Result
from iprof_kit.ui.screens.autres_parcours.rows import NOT_COVERED, PathDetail
from iprof_kit.ui.screens.campaigns import words
from iprof_kit.ui.screens.campaigns.page import CampaignView, NoteForm
from iprof_kit.ui.screens.campaigns.reading import Noted
from iprof_kit.ui.screens.siac.listing import past_weeks, registration
from iprof_kit.ui.screens.siac.raep import RaepView
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.counters import Counter

OUTCOMES = ("Admissible", "Non admissible", "Admis", "Liste complémentaire", "Non admis")
PIECE = "piece."
_OWN = "condition-"
_ET_SI = "/perspectives/et-si"


@dataclass(frozen=True)
class PaperRow:
    """One thing to have ready, and whether it is."""

    name: str
    title: str
    ready: bool


@dataclass(frozen=True)
class CompetitionView(Page):
    """The page of one competition."""

    code: str = ""
    followed: bool = False
    detail: PathDetail | None = None
    session: int = 0
    sessions: tuple[Option, ...] = ()
    place: Counter | None = None
    results: tuple[Result, ...] = ()
    campaign: CampaignView | None = None
    papers: tuple[PaperRow, ...] = ()
    papers_source: str = ""
    raep: RaepView | None = None
    raep_place: str = ""
    """Where the model of the file is found, where the kit has no aid to write it."""
    outcomes: tuple[str, ...] = OUTCOMES
    effect: str = ""
    """Address of « Et si… » with the change of corps ready to be tried."""
    not_covered: bool = False
    """Whether the kit has no rule that places her in the corps of the competition."""
    verify: bool = False
    questions: tuple[FieldGroup, ...] = ()
    """What the conditions look at beside the file, with what was answered."""
    carnet: CarnetView = field(default_factory=CarnetView)
    form: NoteForm = field(default_factory=NoteForm)
    receipt: str = ""
    turn: str = ""
    file_key: str = ""


def lead_of(
    answer: PathAnswer, session: CampagneVue | None, results: Sequence[Noted] = ()
) -> tuple[str, str]:
    """Return the answer of the page: her result, else whether it is open, and when one registers.

    Parameters
    ----------
    answer : PathAnswer
    session : CampagneVue or None
    results : sequence of Noted
        What she noted of the result of this session, the oldest first.
    """
    if results:
        return f"Votre note : {results[-1].words}.", (
            "Le résultat qui compte est celui que l’administration publie."
        )
    if session is not None and session.etat == "close":
        return f"La session {session.annee} est close.", text.sentence(registration(session))
    strong = {
        "ouvert": "Vous remplissez les conditions connues.",
        "a_partir_du": "Vous rempliriez les conditions plus tard.",
        "depend": "Vos conditions dépendent de ce que vous direz.",
        "jamais": "Ce concours vous est fermé dans votre situation.",
    }[answer.etat]
    if answer.etat == "a_partir_du" and answer.a_partir_du:
        strong = f"Vous rempliriez les conditions le {text.day(answer.a_partir_du)}."
    if answer.etat == "jamais":
        return strong, text.sentence(next(iter(answer.manque), ""))
    when = (registration(session), past_weeks(session))
    return strong, " ".join(text.sentence(one) for one in when if one)


def results_of(
    answer: PathAnswer, session: CampagneVue | None, at: datetime, raep: RaepView | None
) -> tuple[Result, ...]:
    """Return what stands above the stair: conditions, the next deadline, the file."""
    met, every = _met(answer)
    results = [Result("Conditions remplies", f"{met} sur {every}")]
    results.append(_deadline(session, at))
    if raep is not None:
        results.append(Result("Dossier RAEP", raep.pages, "pages"))
    elif session is not None:
        results.append(Result("Session", str(session.annee)))
    return tuple(results)


def _met(answer: PathAnswer) -> tuple[int, int]:
    """Return how many conditions are met, and how many there are: an alternative is one."""
    groups: dict[str, bool] = {}
    for number, one in enumerate(answer.conditions):
        key = one.alternative or str(number)
        groups[key] = groups.get(key, False) or one.remplie is True
    return sum(groups.values()), len(groups)


def _deadline(session: CampagneVue | None, at: datetime) -> Result:
    if session is None:
        return Result("Inscription", "inconnue", "aucune date publiée ici")
    ahead = [(one, one.au) for one in session.awaited if one.au]
    if ahead:
        step, day = ahead[0]
        return Result(step.titre, words.left(step, at), f"au {text.day(day)}")
    if session.etat == "close":
        return Result("Prochaine échéance", "aucune", "session close")
    small = words.NOW if session.verifier_maintenant else "aucune date publiée ici"
    return Result("Prochaine échéance", "inconnue", small)


def papers_of(
    answer: PathAnswer, session: CampagneVue | None, ready: Iterable[str]
) -> tuple[PaperRow, ...]:
    """Return what to have ready: what the campaign asks, then a proof of each condition.

    A condition whose alternative is met needs no proof; nor does one that no paper says.
    """
    known = frozenset(ready)
    rows = [(one.piece, one.titre) for one in session.pieces] if session else []
    rows += [
        (f"{_OWN}{number}", f"De quoi prouver : {_lower(words_of)}")
        for number, words_of in _to_prove(answer)
    ]
    return tuple(PaperRow(f"{PIECE}{key}", title, key in known) for key, title in rows)


def _to_prove(answer: PathAnswer) -> Iterator[tuple[int, str]]:
    met = {one.alternative for one in answer.conditions if one.alternative and one.remplie}
    for number, one in enumerate(answer.conditions, 1):
        settled = one.alternative in met and not one.remplie
        if one.il_faut and not settled and "session" not in one.condition:
            asked = f" ({one.il_faut})" if one.il_faut[:1].isdigit() else ""
            yield number, f"{one.condition}{asked}"


def is_placed(detail: PathDetail) -> bool:
    """Tell whether a rule of the kit places her in the corps of the competition."""
    return not any(NOT_COVERED[1:] in line for line in detail.pay)


def effect_of(corps: str, session: int) -> str:
    """Return the address that tries a change of corps on the rentrée of a session."""
    day = f"{session}-09-01"
    return f"{_ET_SI}?corps={corps}&le={day}"


def session_options(years: Sequence[int], chosen: int) -> tuple[Option, ...]:
    """Return the sessions that may be looked at, the latest first."""
    every = sorted({*years, chosen}, reverse=True)
    return tuple(Option(str(year), f"Session {year}", year == chosen) for year in every)


def _lower(words_of: str) -> str:
    return f"{words_of[:1].lower()}{words_of[1:]}"
