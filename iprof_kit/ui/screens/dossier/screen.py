"""Votre dossier: Synthèse and Carrière."""

from __future__ import annotations

from dataclasses import replace

from iprof_kit.base.errors import KitError
from iprof_kit.services.contract import facts
from iprof_kit.ui.kit.parts import Action, Notice, failed
from iprof_kit.ui.kit.screen import KitScreen, State
from iprof_kit.ui.kit.visiting import Shown, situation_of
from iprof_kit.ui.screens.dossier.carriere import PPCR, carriere
from iprof_kit.ui.screens.dossier.synthese import synthese
from iprof_kit.ui.shared.held import next_echelon
from iprof_kit.ui.visit.reported import marked, reportable

_CHANGE = Action("Modifier", "/dossier/perso", "votre adresse")


class Synthese(KitScreen[State]):
    """What the administration has on the person."""

    def page(self) -> Shown:
        """Return the screen."""
        read, today = self._visit.file(), self._visit.who().aujourdhui
        view = synthese(read.dossier, today, read.saisies, self._visit.dossier())
        parts = (facts.IDENTITY, facts.SITUATION, facts.POSTINGS)
        own = view.sections[len(parts) :]
        recorded = tuple(
            reportable(replace(one, facts=marked(one.facts, read.signalements)), part)
            for one, part in zip(view.sections, parts, strict=False)
        )
        changed = tuple(
            replace(one, facts=marked(one.facts, read.signalements), action=_CHANGE) for one in own
        )
        return "synthese", replace(view, sections=(*recorded, *changed))


class Carriere(KitScreen[State]):
    """Échelons, grade, positions, and the échelon that comes."""

    def page(self) -> Shown:
        """Return the screen."""
        dossier, today = self._visit.dossier(), self._visit.who().aujourdhui
        notices: tuple[Notice, ...] = ()
        coming = None
        try:
            start = situation_of(dossier, today)  # the file alone: nothing told moves an échelon
            coming = next_echelon(self._visit.comparison(start).answer(), today) if start else None
        except KitError as error:
            notices = (failed(error),)
        reports = self._visit.file().signalements
        view = carriere(dossier, today, coming, reports, explained=PPCR in self.state.opened)
        return "carriere", replace(view, notices=notices)
