"""What a person does to her scenarios: kept in her carnet, shared by a link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from iprof_kit.calculate.et_si.answer import EtSiAnswer
from iprof_kit.calculate.et_si.question import EtSiQuestion, ScenarioEtSi
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.ui.kit.carnet import Carnet, Document
from iprof_kit.ui.kit.visiting import Visit, situation_of
from iprof_kit.ui.own_situation.one import OwnSituation
from iprof_kit.ui.own_situation.reader import OwnReader
from iprof_kit.ui.screens.et_si.editor import Editing, Editor
from iprof_kit.ui.screens.et_si.essais import (
    FIRST,
    MOST_CHILDREN,
    ZONES,
    Essais,
    compare,
    described,
    document_of,
    essais_of,
    possible_departure,
    told_before,
    without_sensitive,
)
from iprof_kit.ui.screens.et_si.form import CHANGE, changes_of
from iprof_kit.ui.screens.et_si.ideas import proposed
from iprof_kit.ui.screens.et_si.instrument import compared, row_days, sum_label
from iprof_kit.ui.screens.et_si.reasons import PENSION, TOTAL, Opened, Opening
from iprof_kit.ui.screens.et_si.sharing import Sharing
from iprof_kit.ui.shared import text


class Acts(Editor, Sharing):
    """The scenarios of one person and what she does to them; `EtSi` shows them."""

    def __init__(self, visit: Visit) -> None:
        Sharing.__init__(self, visit)
        Editor.__init__(self)
        self._carnet = Carnet(visit, "scenarios", described)
        self._known = OwnReader(visit)
        self._told = self._known.typed
        self._in_memory: Essais | None = None
        """Her scenarios while one of them supposes a leave of health: the page alone holds them."""
        self._first: ScenarioEtSi | None = None
        """The scenario B proposed before any was kept."""

    def acts(self) -> dict[str, Callable[[dict[str, str]], None]]:
        """Return what each intent does."""
        return super().acts() | {
            "es_base": self._set_base,
            "es_partager": self._share,
            "es_lien": self._make_link,
            "es_recevoir": self._keep_received,
            "es_ignorer": self._ignore_received,
            "es_personne": self._choose_person,
        }

    def _essais(self) -> Essais:
        """Return her scenarios; before any is kept, B already supposes something."""
        if self._fictitious():
            return Essais()
        kept = self._load()
        if self._in_memory is not None:
            shown = self._tab if self._tab is not None else self._in_memory.vu
            return replace(self._in_memory, vu=min(shown, len(self._in_memory.scenarios) - 1))
        situation = None if kept.get("scenarios") else self._situation()
        if situation is None:
            essais = essais_of(kept)
        else:
            first = self._first or self._proposed(situation)
            essais = essais_of(kept, (FIRST[0], first))
        shown = self._tab if self._tab is not None else essais.vu
        return replace(essais, vu=min(shown, len(essais.scenarios) - 1))

    def _proposed(self, situation: Situation) -> ScenarioEtSi:
        today = self._today()
        return proposed(situation, today, possible_departure(situation, today))

    def _situation(self) -> Situation | None:
        return self._own().start

    def _answer(self, essais: Essais) -> EtSiAnswer | None:
        """Return the answer to the scenarios; None without corps."""
        asked = self._asked(essais)
        if asked is None:
            return None
        answer: EtSiAnswer = compare(asked)
        return answer

    def _asked(self, essais: Essais) -> EtSiQuestion | None:
        return self._own().supposing(essais.scenarios)

    def _own(self) -> OwnSituation:
        """Return who she is; a fictitious person has told nothing."""
        if self._fictitious():
            return OwnSituation(self._dossier(), self._today(), {}, {})
        return self._known.own()

    def _load(self) -> Document:
        """Return what is kept; what an older kit kept with it goes where it is told now."""
        kept = self._carnet.load()
        if self._carnet.other is not None:
            return kept
        if fields := told_before(kept):
            known = self._told.pay.typed()
            self._told.tell_pay({n: v for n, v in fields.items() if not known.get(n, "").strip()})
        read = essais_of(kept)
        clean = without_sensitive(read)
        if {"zone", "enfants"} & kept.keys() or clean != read:
            self._in_memory = read if clean != read else None
            self._carnet.write(document_of(clean) if kept.get("scenarios") else {})
        return self._carnet.load()

    def _why(self, essais: Essais, answer: EtSiAnswer) -> dict[str, Opened]:
        """Return the reasons that stand open, by how they are asked for."""
        asked = self._asked(essais)
        if asked is None or not self._opened:
            return {}
        two = compared(answer, essais.vu)
        ranks = (two.rank, 0) if two.rank else (0,)
        opening = Opening.of(asked, answer, ranks, self._opened, self.reasons_made)
        opened = opening.days(row_days(two))
        if two.gap is not None:
            total = opening.total(two.gap.jusqu_au, sum_label(two))
            opened |= {TOTAL: total} if total else {}
        pensions = opening.pensions()
        opened |= {PENSION: pensions} if pensions else {}
        return opened

    def _today(self) -> date:
        return self._visit.who().aujourdhui

    def _since(self) -> date | None:
        """Return the day from which past decisions may be supposed otherwise: the échelon's."""
        situation = situation_of(self._visit.dossier(), self._today())
        return situation.date_effet if situation else None

    def _close(self, values: dict[str, str]) -> None:
        super()._close(values)
        self._sharing, self._link = None, None

    def _open_change(self) -> None:
        """Open the form of a change of corps that an address names; nothing is added yet.

        A corps that the kit does not know, or a day that is none, leaves the screen as it is.
        """
        query = self._visit.query
        corps, day = query.pop("corps"), query.pop("le", "")
        try:
            begin = date.fromisoformat(day)
        except ValueError:
            return
        if self._corps() and corps in changes_of(self._corps()):
            rank = min(1, len(self._essais().scenarios) - 1)
            values = {"nature": CHANGE, "corps": corps, "debut": text.typed_day(begin)}
            self._editing, self._tab = Editing(rank, None, values), rank
            self._look_at("evenement-t")

    def _set_base(self, values: dict[str, str]) -> None:
        """Tell the zone and the children where Ma paie keeps them; what is unchanged stays."""
        if self._fictitious():
            return
        now, changed = self._asked(Essais()), {}
        zone, children = values.get("zone", ""), values.get("enfants", "")
        if now is None:
            return
        if zone.isdigit() and int(zone) in ZONES and int(zone) != now.zone:
            changed["zone"] = zone
        known = children.isdigit() and int(children) <= MOST_CHILDREN
        if known and int(children) != now.enfants:
            changed["enfants"] = children
        self._told.tell_pay(changed)

    def _keep(self, essais: Essais) -> None:
        clean = without_sensitive(essais)
        self._in_memory = essais if clean != essais else None
        self._carnet.write(document_of(clean))
