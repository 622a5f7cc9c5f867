"""Vos perspectives › Et si… : ideas and events tried on up to four scenarios.

They are kept in her carnet at each change, and go from one person to another by a link.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.et_si.answer import EtSiAnswer
from iprof_kit.calculate.et_si.question import EtSiQuestion, ScenarioEtSi
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.links.scenario import (
    SCENARIO_LIEN,
    SCENARIO_OUVRIR,
    LienScenario,
    ScenarioOuvert,
)
from iprof_kit.ui.kit.carnet import Carnet, Document
from iprof_kit.ui.kit.parts import Notice, Option, failed
from iprof_kit.ui.kit.screen import intent
from iprof_kit.ui.kit.visiting import Shown, Visit, situation_of
from iprof_kit.ui.own_situation.one import OwnSituation
from iprof_kit.ui.own_situation.positions import resumed_note
from iprof_kit.ui.own_situation.reader import OwnReader
from iprof_kit.ui.screens.et_si import view as views
from iprof_kit.ui.screens.et_si.editor import Editor, ScenariosState
from iprof_kit.ui.screens.et_si.essais import (
    FIRST,
    MOST_CHILDREN,
    ZONES,
    Drafts,
    Editing,
    Essais,
    compare,
    described,
    document_of,
    essais_of,
    possible_departure,
    told_before,
    without_sensitive,
)
from iprof_kit.ui.screens.et_si.form import CHANGE, base_fields, base_told, base_words, changes_of
from iprof_kit.ui.screens.et_si.ideas import proposed
from iprof_kit.ui.screens.et_si.instrument import compared, row_days, sum_label
from iprof_kit.ui.screens.et_si.reasons import PENSION, TOTAL, Opened, Opening
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent

_NEVER = "Un congé de maladie ne part jamais dans un lien."
_RETIRE = "Retirez-le du scénario, ou envoyez un scénario qui ne le suppose pas."
_SCREEN = "et_si"


@dataclass
class EtSiState(ScenariosState):
    """What is kept of the scenarios, of the link made of one, of what a link brought."""

    sharing: int | None = None
    link: LienScenario | None = None
    received: ScenarioOuvert | None = None
    person: str = ""
    """The fictitious person whom an account without file of its own has chosen."""
    first: ScenarioEtSi | None = None
    """The scenario B proposed before any was kept."""


class EtSi(Editor[EtSiState]):
    """Scenarios of supposed events."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._carnet = Carnet(visit, "scenarios", described)
        self.carnets = (self._carnet,)
        self._known = OwnReader(visit)
        self._told = self._known.typed

    def arrive(self) -> None:
        """Read the link, or the change of corps, that the address brings."""
        if "lien" in self._visit.query:
            self._open_link(self._visit.query["lien"])
        if "corps" in self._visit.query:
            self._open_change()

    def page(self) -> Shown:
        """Return the scenarios, what may be done with them, and what they give."""
        own, state = self._essais(), self.state
        essais = self._with_received(own)
        asked = self._asked(essais)
        if asked is None:
            return "et_si", views.no_corps()
        essais, answer = self._parted(essais, compare(asked))
        unpaid = resumed_note(self._dossier(), answer.aujourdhui)
        return "et_si", views.EtSiView(
            title="Et si…",
            ideas=() if state.received else views.chips(self._ideas(answer), essais),
            tabs=views.tabs(essais),
            panel=views.panel(essais, answer, sharing=state.sharing, renaming=state.renaming),
            room=views.has_room(own.scenarios),
            form=self._form(),
            undo=self.drafts.before is not None,
            kept=self._carnet.view(),
            link=state.link,
            durations=views.durations(),
            received=self._received_view(own),
            base=base_fields(asked),
            base_words=base_words(asked),
            base_told=base_told(asked, self._told_where()),
            in_memory=self.drafts.unkept is not None,
            refusals=state.refusals,
            turn=state.turn,
            focus=state.focus,
            opened=self._why(essais, answer),
            **views.shown_answer(answer, essais.vu, unpaid),
        )

    @property
    def drafts(self) -> Drafts:
        """What is being written; of one’s health, in the memory of the page alone."""
        aside = self._visit.sensitive.aside(_SCREEN)
        return aside if isinstance(aside, Drafts) else self.state.drafts

    def draft(self, drafts: Drafts) -> None:
        """Take what is being written, where it may stand."""
        aside = drafts.of_health
        self._visit.sensitive.set_aside(_SCREEN, drafts if aside else None)
        self.state.drafts = Drafts() if aside else drafts

    @intent("es_base")
    def set_base(self, asked: Intent) -> None:
        """Tell the zone and the children where Ma paie keeps them; what is unchanged stays."""
        if self._fictitious():
            return
        now, changed = self._asked(Essais()), {}
        zone, children = asked.values.get("zone", ""), asked.values.get("enfants", "")
        if now is None:
            return
        if zone.isdigit() and int(zone) in ZONES and int(zone) != now.zone:
            changed["zone"] = zone
        known = children.isdigit() and int(children) <= MOST_CHILDREN
        if known and int(children) != now.enfants:
            changed["enfants"] = children
        self._told.tell_pay(changed)

    @intent("es_personne")
    def choose_person(self, asked: Intent) -> None:
        """Apply the scenario received to another fictitious person."""
        self.state.person = asked.values.get("personne", "")

    @intent("es_partager")
    def share(self, asked: Intent) -> None:
        """Open the choice of how long a link works."""
        self.state.sharing, self.state.link = self._rank(asked), None
        self.look_at("jours")

    @intent("es_lien")
    def make_link(self, asked: Intent) -> None:
        """Make a link of a scenario; a leave of health never goes in one."""
        rank, days = self._rank(asked), asked.values.get("jours", "")
        if rank is None or days not in {str(known) for known, _ in views.DURATIONS}:
            return
        essais = self._essais()
        events = without_sensitive(essais).scenarios[rank].evenements
        if events != essais.scenarios[rank].evenements:
            self.state.notices = (Notice(_NEVER, _RETIRE, "refused"),)
            return
        self.state.link = self._visit.ask(
            SCENARIO_LIEN,
            jours=int(days),
            evenements=[one.model_dump(mode="json", exclude_none=True) for one in events],
        )
        self.look_at("lien")

    @intent("es_recevoir")
    def keep_received(self, _asked: Intent) -> None:
        """Keep the scenario received among one’s own."""
        essais, received = self._essais(), self.state.received
        if received is None or self._fictitious() or not views.has_room(essais.scenarios):
            return
        self._write(essais.plus(_sent(received)))
        self.state.received = None
        self.look_at(f"s{len(essais.scenarios)}")

    @intent("es_ignorer")
    def ignore_received(self, _asked: Intent) -> None:
        """Leave the scenario received; an account without file sees nothing without it."""
        self.state.received = None
        self._visit.query.pop("lien", None)

    def _open_link(self, token: str) -> None:
        try:
            self.state.received = self._visit.ask(SCENARIO_OUVRIR, jeton=token)
        except KitError as error:
            self.state.notices = (failed(error),)

    def _open_change(self) -> None:
        """Open the form of a change of corps that an address names; nothing is added yet.

        A corps that the kit does not know, or a day that is none, leaves the screen as it is.
        """
        query = self._visit.query
        corps, day = query["corps"], query.get("le", "")
        try:
            begin = date.fromisoformat(day)
        except ValueError:
            return
        if self._corps() and corps in changes_of(self._corps()):
            rank = min(1, len(self._essais().scenarios) - 1)
            values = {"nature": CHANGE, "corps": corps, "debut": text.typed_day(begin)}
            self.state.tab = rank
            self._write_event(Editing(rank, None, values))

    def _dossier(self) -> Dossier:
        """Return her file; a fictitious one for a trainer who opens a shared scenario."""
        people = self._fictitious()
        return people[self._person(people)] if people else self._visit.dossier()

    def _fictitious(self) -> dict[str, Dossier]:
        """Return the fictitious people, where the account has no file and a scenario is open."""
        if self.state.received is None or self._visit.has_file():
            return {}
        from iprof_kit.ui.screens.desk.screen import sample_people

        return sample_people()

    def _person(self, people: dict[str, Dossier]) -> str:
        return self.state.person if self.state.person in people else next(iter(people))

    def _essais(self) -> Essais:
        """Return her scenarios; before any is kept, B already supposes something."""
        if self._fictitious():
            return Essais()
        kept = self._load()
        essais = self.drafts.unkept
        if essais is None:
            situation = None if kept.get("scenarios") else self._situation()
            first = situation and (self.state.first or self._proposed(situation))
            essais = essais_of(kept, (FIRST[0], first)) if first else essais_of(kept)
        shown = essais.vu if self.state.tab is None else self.state.tab
        return replace(essais, vu=min(shown, len(essais.scenarios) - 1))

    def _proposed(self, situation: Situation) -> ScenarioEtSi:
        today = self._today()
        return proposed(situation, today, possible_departure(situation, today))

    def _situation(self) -> Situation | None:
        return self._own().start

    def _answer(self, essais: Essais) -> EtSiAnswer | None:
        """Return the answer to the scenarios; None without corps."""
        asked = self._asked(essais)
        return None if asked is None else compare(asked)

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
        if {"zone", "enfants"} & kept.keys() or without_sensitive(read) != read:
            self._keep(read, written=bool(kept.get("scenarios")))
        return self._carnet.load()

    def _keep(self, essais: Essais, *, written: bool = True) -> None:
        """Keep the scenarios; those of health as the page alone holds them, without it else."""
        clean = without_sensitive(essais)
        self.draft(replace(self.drafts, unkept=essais if clean != essais else None))
        self._carnet.write(document_of(clean) if written else {})

    def _why(self, essais: Essais, answer: EtSiAnswer) -> dict[str, Opened]:
        """Return the reasons that stand open, by how they are asked for."""
        asked = self._asked(essais)
        if asked is None or not self.state.reasons:
            return {}
        two = compared(answer, essais.vu)
        ranks = (two.rank, 0) if two.rank else (0,)
        opening = Opening.of(asked, answer, ranks, self.state.reasons, self.reasons_made)
        opened = opening.days(row_days(two))
        if two.gap is not None:
            total = opening.total(two.gap.jusqu_au, sum_label(two))
            opened |= {TOTAL: total} if total else {}
        pensions = opening.pensions()
        return opened | ({PENSION: pensions} if pensions else {})

    def _today(self) -> date:
        return self._visit.who().aujourdhui

    def _since(self) -> date | None:
        """Return the day from which past decisions may be supposed otherwise: the échelon's."""
        situation = situation_of(self._visit.dossier(), self._today())
        return situation.date_effet if situation else None

    def _fold(self) -> None:
        super()._fold()
        self.state.sharing, self.state.link = None, None

    def _told_where(self) -> str:
        """Return the screens where she told what is counted here; "" where she told nothing."""
        return "" if self._fictitious() else text.listed(self._told.where())

    def _parted(self, essais: Essais, answer: EtSiAnswer) -> tuple[Essais, EtSiAnswer]:
        """Return a first visit whose B differs from A: the first idea that changes the pay."""
        untouched = not self.state.received and not self._carnet.load().get("scenarios")
        leaves = any(one.depart_choisi for one in answer.scenarios)
        if not untouched or leaves or any(gap.debut for gap in answer.ecarts):
            return essais, answer
        for idea in self._ideas(answer):
            tried = essais.with_events(1, (idea.event,))
            other = self._answer(tried)
            if other is not None and other.ecarts[0].debut and not other.scenarios[1].refus:
                self.state.first = tried.scenarios[1]
                return tried, other
        return essais, answer

    def _with_received(self, essais: Essais) -> Essais:
        received = self.state.received
        return essais if received is None else Essais((essais.scenarios[0], _sent(received)))

    def _received_view(self, essais: Essais) -> views.ReceivedLink | None:
        received, people = self.state.received, self._fictitious()
        if received is None:
            return None
        return views.ReceivedLink(
            text.moment(received.expire_le),
            views.has_room(essais.scenarios) and not people,
            tuple(Option(name, name, name == self._person(people)) for name in people),
        )


def _sent(received: ScenarioOuvert) -> ScenarioEtSi:
    return ScenarioEtSi(nom="Scénario reçu", evenements=received.evenements)
