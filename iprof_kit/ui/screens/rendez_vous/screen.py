"""Les services › Rendez-vous de carrière: prepared here, held and decided elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from iprof_kit.base.calendar import date_of, rentree, school_year_text
from iprof_kit.base.errors import KitError
from iprof_kit.calculate.career.meetings import evaluations, items_of
from iprof_kit.calculate.career.rendez_vous import report_after
from iprof_kit.calculate.interface.official_texts import officials
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.evaluation import ProjetsLus
from iprof_kit.services.contract.standing import meetings_foreseen
from iprof_kit.ui.agenda.calendar_file import MEDIA_TYPE, agenda
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.screens.rendez_vous.answer import answer
from iprof_kit.ui.screens.rendez_vous.due import gaps, supposed_dues, tried
from iprof_kit.ui.screens.rendez_vous.events import coming_events
from iprof_kit.ui.screens.rendez_vous.figures import carried, steps_carried
from iprof_kit.ui.screens.rendez_vous.foreseen import Subject, forgotten, subject_of
from iprof_kit.ui.screens.rendez_vous.kept import DATES, GRID, LETTERS, Kept
from iprof_kit.ui.screens.rendez_vous.known import facts_of
from iprof_kit.ui.screens.rendez_vous.letters import fault_of, letter, letters
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
from iprof_kit.ui.visit.visiting import Shown, Visit

OFFICIAL = "SIAE"
FILE_NAME = "rendez-vous-de-carriere.ics"
_PREFIX = "lettre_"


class RendezVous:
    """One procedure: what is typed of it is kept, what follows from it is counted anew."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._kept = Kept(visit)
        self._wrong: dict[str, tuple[str, str]] = {}
        """What is wrong in each letter, until it is written again."""
        self._opened: frozenset[str] = frozenset()
        """What reasons are open of: they alone are calculated."""
        self._projects, self._unread = ProjetsLus(), ""
        self._read_at = -1

    def show(self, path: str) -> Shown:
        """Return the screen."""
        del path
        dossier, today = self._visit.dossier(), self._visit.who().aujourdhui
        subject = subject_of(dossier, meetings_foreseen(dossier, today), today)
        if subject is None:
            return "rendez_vous", self._with_projects(
                nothing(dossier, today, self._opened), dossier
            )
        facts = facts_of(subject, dossier, self._kept, today)
        return "rendez_vous", self._with_projects(self._view(facts, dossier), dossier)

    def _with_projects(self, view: RendezVousView, dossier: Dossier) -> RendezVousView:
        """Return the screen with what her evaluators prepare, read once an opening."""
        if self._read_at != self._visit.openings:
            self._projects, self._unread = ProjetsLus(), ""
            try:
                self._projects = self._visit.ask("projets_avis")
            except KitError as error:  # beside the procedure, which it never stops
                self._unread = text.french(
                    f"Ce que vos évaluateurs préparent n’a pas pu être lu : {error.message}"
                )
            self._read_at = self._visit.openings
        waiting = (self._unread,) if self._unread else self._being_written()
        shown = drafts(self._projects, dossier.corps or "")
        return replace(view, drafts=shown, being_written=waiting, official=OFFICIAL)

    def _being_written(self) -> tuple[str, ...]:
        return being_written(self._projects, self._visit.who().academie.donnees.delegue)

    def receive(self, intent: Intent) -> None:
        """Keep what is typed, give a file, or come back to nothing."""
        if self._kept.receive(intent):
            self._kept.settled()
            return
        if intent.name == "pourquoi":
            self._opened |= {str(intent.values.get("of", ""))}
            return
        dossier, today = self._visit.dossier(), self._visit.who().aujourdhui
        subject = subject_of(dossier, meetings_foreseen(dossier, today), today)
        if subject is None:
            return
        number = subject.meeting.number
        if intent.name == "rdv_dates":
            self._kept.keep(number, DATES, intent.values)
        elif intent.name == "rdv_dates_dossier":
            self._kept.forget(number, DATES)
        elif intent.name == "rdv_grille":
            self._kept.keep(number, GRID, intent.values)
        elif intent.name == "rdv_grille_effacer":
            self._kept.forget(number, GRID)
        elif intent.name == "rdv_brouillon":
            self._kept.keep(number, LETTERS, intent.values)
        elif intent.name.startswith(_PREFIX):
            self._write(intent, subject, dossier, today)
        elif intent.name in ("rdv_agenda", "rdv_preparation"):
            self._give(intent.name, subject, dossier, today)

    def _write(self, intent: Intent, subject: Subject, dossier: Dossier, today: date) -> None:
        """Give a letter as a page, or say what it lacks."""
        name = intent.name.removeprefix(_PREFIX)
        words = intent.values.get(name, "")
        self._kept.keep(subject.meeting.number, LETTERS, {name: words})
        self._wrong.pop(name, None)
        if fault := fault_of(name, words):
            self._wrong[name] = fault
            return
        facts = facts_of(subject, dossier, self._kept, today)
        head, lacking = self._visit.letterhead(), forgotten(dossier, today)
        self._visit.download = letter(name, facts, head, words, lacking)

    def _give(self, name: str, subject: Subject, dossier: Dossier, today: date) -> None:
        facts = facts_of(subject, dossier, self._kept, today)
        if name == "rdv_agenda":
            content = agenda(coming_events(facts), dossier.numero, today)
            self._visit.download = Download(FILE_NAME, MEDIA_TYPE, content)
        elif (view := self._grid(facts, dossier)).groups:
            title = f"{TITLE} : {heading(subject)}"
            self._visit.download = prepared_page(dossier, view, title, today)

    def _grid(self, facts: Facts, dossier: Dossier) -> GridView:
        meeting = facts.subject.meeting
        kinds = evaluations(dossier.corps or "", meeting.year)
        parts = items_of(kinds[0].model, meeting.year) if kinds else ()
        marks = self._kept.marks(meeting.number)
        return grid_view(parts, facts.evaluation, meeting.levels, marks)

    def _view(self, facts: Facts, dossier: Dossier) -> RendezVousView:
        subject, meeting = facts.subject, facts.subject.meeting
        postponed = report_after(meeting.year) if subject.state in ("called", "missed") else None
        man = dossier.identite.civilite == "Monsieur"
        strong, rest = answer(facts, postponed, man=man)
        typed = self._kept.dates(meeting.number)
        first = date_of(rentree(meeting.year + 1))
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
                self._kept.letters(meeting.number),
                self._wrong,
            ),
            has_dates=bool(coming_events(facts)),
            why_question=text.french("Pourquoi cette année-là ?"),
            why_answer=school_year_text(meeting.year),
            why_asks=YEAR,
            whys=whys_of(facts, self._opened),
            notes=NOTES,
            effect_answer=effect_answer(subject),
            counting=counted(facts, self._opened),
            counting_notes=COUNTING_NOTES,
            verify=any(one.a_verifier for one in facts.delays.values()) or meeting.to_verify,
            sources=_sources(facts),
            carnet=self._kept.view(),
            key=f"rdv-{meeting.number}-{self._kept.turn}",
        )


def _latest(notified: date | None) -> str:
    if notified is None:
        return ""
    return text.french(
        f"Au plus tard le {text.day(notified)}. Déplacez : les délais se comptent. En retard, "
        "votre délai court quand même de la notification."
    )


def _sources(facts: Facts) -> tuple[str, ...]:
    delays = facts.delays.values()
    cited = [one.texte for delay in delays for one in (delay.source, *delay.vacances)]
    return officials([*facts.subject.meeting.sources, *cited])
