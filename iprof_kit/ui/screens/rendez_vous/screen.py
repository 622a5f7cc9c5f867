"""Les services › Rendez-vous de carrière: prepared here, held and decided elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from iprof_kit.base.calendar import rentree_day, school_year_text
from iprof_kit.base.errors import KitError
from iprof_kit.calculate.career.meetings import evaluations, items_of
from iprof_kit.calculate.career.rendez_vous.calculation import report_after
from iprof_kit.calculate.interface.official_texts import officials
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.evaluation import PROJETS_AVIS_LIRE, ProjetsLus
from iprof_kit.services.contract.standing import meetings_foreseen
from iprof_kit.ui.agenda.calendar_file import MEDIA_TYPE, agenda
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.screens.rendez_vous.answer import answer
from iprof_kit.ui.screens.rendez_vous.due import gaps, supposed_dues, tried
from iprof_kit.ui.screens.rendez_vous.events import coming_events
from iprof_kit.ui.screens.rendez_vous.figures import carried, steps_carried
from iprof_kit.ui.screens.rendez_vous.foreseen import forgotten, subject_of
from iprof_kit.ui.screens.rendez_vous.known import DATES, GRID, LETTERS, Kept, facts_of
from iprof_kit.ui.screens.rendez_vous.letters import NAMES, fault_of, letter, letters
from iprof_kit.ui.screens.rendez_vous.preparation import GridView, grid_view, prepared_page
from iprof_kit.ui.screens.rendez_vous.procedure import FINAL, Facts, stair
from iprof_kit.ui.screens.rendez_vous.projects import being_written, drafts
from iprof_kit.ui.screens.rendez_vous.reasons import YEAR, counted, whys_of
from iprof_kit.ui.screens.rendez_vous.view import (
    COUNTING_NOTES,
    NOTES,
    TITLE,
    RendezVousView,
    date_lines,
    effect_answer,
    heading,
    nothing,
)
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.counters import counter
from iprof_kit.ui.shared.messages import Intent

OFFICIAL = "SIAE"
FILE_NAME = "rendez-vous-de-carriere.ics"
_PREFIX = "lettre_"
_PARTS = {"rdv_dates": DATES, "rdv_grille": GRID, "rdv_brouillon": LETTERS}
_FORGOTTEN = {"rdv_dates_dossier": DATES, "rdv_grille_effacer": GRID}


@dataclass
class Written(State):
    """What is wrong in each letter, until it is written again."""

    wrong: dict[str, tuple[str, str]] = field(default_factory=dict)


class RendezVous(KitScreen[Written]):
    """One procedure: what is typed of it is kept, what follows from it is counted anew."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._kept = Kept(visit)
        self.carnets = (self._kept,)

    def page(self) -> Shown:
        """Return the screen."""
        dossier, today, facts = self._visit.dossier(), self._visit.who().aujourdhui, self._facts()
        if facts is None:
            return "rendez_vous", self._with_projects(
                nothing(dossier, today, self.state.opened), dossier
            )
        return "rendez_vous", self._with_projects(self._view(facts, dossier), dossier)

    def _with_projects(self, view: RendezVousView, dossier: Dossier) -> RendezVousView:
        """Return the screen with what her evaluators prepare, read once an opening."""
        projects, unread = self.once("projects", self._projects)
        delegue = self._visit.who().academie.donnees.delegue
        waiting = (unread,) if unread else being_written(projects, delegue)
        shown = drafts(projects, dossier.corps or "")
        return replace(view, drafts=shown, being_written=waiting, official=OFFICIAL)

    def _projects(self) -> tuple[ProjetsLus, str]:
        """Return what her evaluators prepare, or why it could not be read."""
        try:
            return self._visit.ask(PROJETS_AVIS_LIRE), ""
        except KitError as error:  # beside the procedure, which it never stops
            words = f"Ce que vos évaluateurs préparent n’a pas pu être lu : {error.message}"
            return ProjetsLus(), words

    def _facts(self) -> Facts | None:
        """Return what is known of her rendez-vous; None where there is none."""
        dossier, today = self._visit.dossier(), self._visit.who().aujourdhui
        subject = subject_of(dossier, meetings_foreseen(dossier, today), today)
        return facts_of(subject, dossier, self._kept, today) if subject else None

    @intent(*_PARTS)
    def keep(self, asked: Intent) -> None:
        """Keep what is typed."""
        if facts := self._facts():
            self._kept.keep(asked.values, str(facts.subject.meeting.number), _PARTS[asked.name])

    @intent(*_FORGOTTEN)
    def forget(self, asked: Intent) -> None:
        """Come back to nothing."""
        if facts := self._facts():
            self._kept.drop(str(facts.subject.meeting.number), _FORGOTTEN[asked.name])

    @intent(*(f"{_PREFIX}{name}" for name in NAMES))
    def write(self, asked: Intent) -> None:
        """Give a letter as a page, or say what it lacks."""
        before = self._facts()
        if before is None:
            return
        name = asked.name.removeprefix(_PREFIX)
        words = asked.values.get(name, "")
        self._kept.keep({name: words}, str(before.subject.meeting.number), LETTERS)
        self.state.wrong.pop(name, None)
        if fault := fault_of(name, words):
            self.state.wrong[name] = fault
        elif facts := self._facts():
            head, lacking = self._visit.letterhead(), forgotten(self._visit.dossier(), facts.today)
            self._visit.download = letter(name, facts, head, words, lacking)

    @intent("rdv_agenda")
    def give_dates(self, _asked: Intent) -> None:
        """Give the dates as a file for a calendar."""
        if facts := self._facts():
            content = agenda(coming_events(facts), self._visit.dossier().numero, facts.today)
            self._visit.download = Download(FILE_NAME, MEDIA_TYPE, content)

    @intent("rdv_preparation")
    def give_preparation(self, _asked: Intent) -> None:
        """Give the grid as a page."""
        facts, dossier = self._facts(), self._visit.dossier()
        if facts and (view := self._grid(facts, dossier)).groups:
            title = f"{TITLE} : {heading(facts.subject)}"
            self._visit.download = prepared_page(dossier, view, title, facts.today)

    def _grid(self, facts: Facts, dossier: Dossier) -> GridView:
        meeting = facts.subject.meeting
        kinds = evaluations(dossier.corps or "", meeting.year)
        parts = items_of(kinds[0].model, meeting.year) if kinds else ()
        marks = self._kept.of(meeting.number, GRID)
        return grid_view(parts, facts.evaluation, meeting.levels, marks)

    def _view(self, facts: Facts, dossier: Dossier) -> RendezVousView:
        subject, meeting = facts.subject, facts.subject.meeting
        postponed = report_after(meeting.year) if subject.state in ("called", "missed") else None
        man = dossier.identite.civilite == "Monsieur"
        strong, rest = answer(facts, postponed, man=man)
        typed = self._kept.of(meeting.number, DATES)
        first = rentree_day(meeting.year + 1)
        notified = facts.limit(FINAL)
        begun = subject.state != "ahead" or bool(typed)
        slider = tried(facts, first) if begun and not facts.day("notifiee") else ()
        return RendezVousView(
            TITLE,
            lead_strong=strong,
            lead=rest,
            subject=heading(subject),
            counter=counter(self._visit.who().academie, OFFICIAL),
            steps=steps_carried(stair(facts), facts),
            you=carried(f"aujourd’hui, {' '.join(text.short_day(facts.today))}", facts),
            gaps=gaps(facts),
            dues=supposed_dues(facts),
            tried=slider,
            tried_at=(notified - first).days + 1 if notified else 1,
            tried_words=carried(_latest(notified), facts),
            dates=date_lines(facts, typed, facts.entry, self._kept.labels),
            open=begun,
            grid=self._grid(facts, dossier),
            letters=letters(
                facts,
                dossier.corps or "",
                (postponed, forgotten(dossier, facts.today)),
                begun,
                self._kept.of(meeting.number, LETTERS),
                self.state.wrong,
            ),
            has_dates=bool(coming_events(facts)),
            why_question="Pourquoi cette année-là ?",
            why_answer=school_year_text(meeting.year),
            why_asks=YEAR,
            whys=whys_of(facts, self.state.opened),
            notes=NOTES,
            effect_answer=effect_answer(subject),
            counting=counted(facts, self.state.opened),
            counting_notes=COUNTING_NOTES,
            verify=any(one.a_verifier for one in facts.delays.values()) or meeting.to_verify,
            sources=_sources(facts),
            carnet=self._kept.view(),
            key=f"rdv-{meeting.number}-{self._kept.turn}",
        )


def _latest(notified: date | None) -> str:
    if notified is None:
        return ""
    return (
        f"Au plus tard le {text.day(notified)}. Déplacez : les délais se comptent. En retard, "
        "votre délai court quand même de la notification."
    )


def _sources(facts: Facts) -> tuple[str, ...]:
    delays = facts.delays.values()
    cited = [one.texte for delay in delays for one in (delay.source, *delay.vacances)]
    return officials([*facts.subject.meeting.sources, *cited])
