"""Vos perspectives › Promotions: two scenarios, from the file or from one's own date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate import law_facts
from iprof_kit.calculate.questions import Situation
from iprof_kit.ui.forms import chosen, read_past_day
from iprof_kit.ui.messages import Intent, texts
from iprof_kit.ui.scenarios import Comparison
from iprof_kit.ui.tirages import exceptional_from, ranges
from iprof_kit.ui.views.ma_situation import date_fields
from iprof_kit.ui.views.promotions import no_corps, promotions
from iprof_kit.ui.views.promotions_when import when
from iprof_kit.ui.visit import OwnDate, Shown, Visit, situation_of


class Promotions:
    """Two scenarios compared; « Ma date est fausse » recalculates and keeps nothing."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._seed = 0
        """Number of the last draw asked for; 0: none yet."""

    def show(self, path: str) -> Shown:
        """Return the screen."""
        del path
        comparison = self._visit.comparison()
        if comparison is None:
            return "promotions", no_corps()
        own = self._visit.own_date
        fields = date_fields(
            comparison.situation, own.values if own else None, own.errors if own else {}
        )
        view = promotions(
            comparison.answer(),
            date_fields=fields,
            refusals=comparison.refusals,
            own_date=bool(own and own.applied),
        )
        found = ranges(comparison.situation, comparison.today, self._visit.dossier(), self._seed)
        after = exceptional_from(
            comparison.situation, comparison.today, found.premiere_campagne if found else None
        )
        said = when(found, comparison.answer(), after)
        return "promotions", replace(view, when=said)

    def receive(self, intent: Intent) -> None:
        """Move a control, take one's own date, or come back to that of the file."""
        visit = self._visit
        if intent.name == "scenarios" and visit.compared:
            visit.compared.change(intent.values, intent.changed)
        elif intent.name == "ma_date":
            self._take_date(texts(intent.values))
        elif intent.name == "date_du_dossier":
            visit.own_date = visit.compared = None
        elif intent.name == "tirer":
            self._seed += 1

    def _take_date(self, values: dict[str, str]) -> None:
        """Keep what was typed; use it only once it has been calculated without error."""
        visit, today = self._visit, self._visit.who().aujourdhui
        base = situation_of(visit.dossier(), today)
        if base is None:
            return
        visit.own_date = OwnDate(values, {})
        try:
            candidate = Comparison(_with_own(base, values, today), today, visit.calculate)
            candidate.answer()
        except KitError as error:
            visit.own_date.errors["date_effet"] = error
            visit.compared = None
        else:
            visit.own_date.applied = True
            visit.compared = candidate


def _with_own(base: Situation, values: Mapping[str, str], today: date) -> Situation:
    """Return the situation with the échelon and the date that the person typed."""
    echelons = law_facts.echelons(base.corps or "", base.grade or "")
    echelon = chosen(values, "echelon", echelons)
    chevrons = law_facts.chevrons(base.corps or "", base.grade or "", echelon)
    chevron = values.get("chevron") or None
    if chevrons and chevron not in chevrons:
        raise InputError("Cet échelon a des chevrons.", remedy=f"Choisissez {', '.join(chevrons)}.")
    return base.model_copy(
        update={
            "echelon": echelon,
            "chevron": chevron if chevrons else None,
            "date_effet": read_past_day(values.get("date_effet", ""), today),
            "reliquat_jours": 0,
        }
    )
