"""« Campagnes »: what one's people have sent for a campaign, and one act on a group of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast, get_args

from iprof_kit.base.errors import InputError
from iprof_kit.services.contract.bureau.campagnes import (
    BUREAU_CAMPAGNE_AGIR,
    BUREAU_CAMPAGNE_APERCU,
    BUREAU_CAMPAGNES,
    ActeDeGroupe,
    ApercuActe,
    CampagnesGerees,
    Groupe,
)
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.ui.kit.fields import read_day
from iprof_kit.ui.kit.parts import Notice
from iprof_kit.ui.kit.screen import KitScreen, State, intent, page_of
from iprof_kit.ui.kit.visiting import Shown
from iprof_kit.ui.screens.bureau import campagnes_view as view
from iprof_kit.ui.screens.bureau.words import typed_count
from iprof_kit.ui.shared.messages import Intent

CHOOSE, GROUP, TURN = "campagne_choisir", "campagne_groupe", "campagne_page"
WRITE, PREVIEW, DO = "campagne_ecrire", "campagne_apercu", "campagne_faire"
_TYPED = ("acte", "texte", "avant", "compte")


@dataclass
class Watching(State):
    """What is looked at, and the act that is being prepared for a group."""

    asked: dict[str, object] = field(default_factory=dict)
    read: CampagnesGerees | None = None
    typed: dict[str, str] = field(default_factory=dict)
    seen: ApercuActe | None = None
    faults: list[ErreurChamp] = field(default_factory=list)


class Campagnes(KitScreen[Watching]):
    """The board of one campaign; what is being written to a group stays while she looks around."""

    def page(self) -> Shown:
        """Return the board."""
        doing, today = self.state, self._visit.who().aujourdhui
        doing.read = doing.read or self._visit.ask(BUREAU_CAMPAGNES, **doing.asked)
        page, seen = cast(int, doing.asked.get("page", 0)), doing.seen
        return "bureau_campagnes", view.board(
            doing.read, doing.typed, seen, doing.faults, today, page=page, turn=doing.turn
        )

    def arrive(self) -> None:
        """Look at the campaign that the address names."""
        self.state.asked = {}
        if wanted := self._visit.query.get("campagne", ""):
            self.state.asked["campagne"] = wanted
        self.again()
        self.state.typed, self.state.seen, self.state.faults = {}, None, []

    def again(self) -> None:
        """Read the board anew, where it is next shown."""
        self.state.read = None

    @intent(CHOOSE)
    def choose(self, asked: Intent) -> None:
        """Look at another campaign."""
        self.state.asked = {"campagne": asked.values.get("campagne", "")}
        self._forget_the_act()

    @intent(GROUP)
    def group(self, asked: Intent) -> None:
        """Look at one group."""
        wanted = asked.values.get("of", "")
        known = get_args(Groupe)
        self.state.asked |= {"groupe": wanted if wanted in known else "tous", "page": 0}
        self._forget_the_act()
        self.look_at(f"groupe-{wanted}")

    def _forget_the_act(self) -> None:
        """Forget what was prepared for another group, its words apart where she wrote them."""
        self.state.seen, self.state.faults, self.state.typed = None, [], {}
        self.state.turn += 1
        self.again()

    @intent(TURN)
    def turn_to(self, asked: Intent) -> None:
        """Show another page."""
        self.state.asked["page"] = page_of(asked)
        self.again()

    @intent(WRITE)
    def write(self, asked: Intent) -> None:
        """Take what is typed; a word put by the kit for an act gives way to another act's."""
        taken = {name: asked.values[name] for name in _TYPED if name in asked.values}
        before = self._chosen_act()
        if taken.get("acte", before) != before and self.state.read is not None:
            written = taken.get("texte", "")
            if not written.strip() or written == view.proposed(self.state.read, before):
                taken["texte"] = view.proposed(self.state.read, taken["acte"])
                self.state.turn += 1
                self.state.focus = ""
        self.state.typed |= taken
        self.state.seen = None

    @intent(PREVIEW)
    def preview(self, asked: Intent) -> None:
        """Ask what the act would do."""
        self.write(asked)
        self.state.typed.pop("compte", None)
        order = self._order()
        if order is None:
            return
        self.state.seen = self._visit.ask(BUREAU_CAMPAGNE_APERCU, **order)
        self.state.faults = list(self.state.seen.erreurs)
        if self.state.faults:
            self.state.seen = None
        self.look_at("erreurs" if self.state.faults else "apercu")

    @intent(DO)
    def do(self, asked: Intent) -> None:
        """Do the act that was seen."""
        seen, order = self.state.seen, self._order()
        if seen is None or order is None:
            return
        self.state.typed["compte"] = asked.values.get("compte", "")
        answer = self._visit.ask(
            BUREAU_CAMPAGNE_AGIR,
            **order,
            premier=seen.premier or "-",
            empreinte=seen.empreinte,
            cle=self.key(DO),
            compte=typed_count(asked),
        )
        self.answered(DO)
        self.state.faults = list(answer.erreurs)
        if self.state.faults:
            self.look_at("erreurs")
            return
        receipt = view.done(answer, self.state.typed.get("acte", ""))
        self.state.notices = (Notice(receipt, "", "ok"),)
        self._forget_the_act()
        self.state.focus = "groupes"

    def _chosen_act(self) -> str:
        """Return the act that the form shows: hers, else the one that the group calls for."""
        act = self.state.typed.get("acte", "")
        if act in get_args(ActeDeGroupe):
            return act
        return view.first_act(self.state.read.groupe if self.state.read else "tous")

    def _order(self) -> dict[str, object] | None:
        """Return the act as it is asked for; None where its day cannot be read."""
        read = self.state.read or self._visit.ask(BUREAU_CAMPAGNES, **self.state.asked)
        self.state.read, self.state.faults = read, []
        act = self._chosen_act()
        typed = self.state.typed.get("avant", "").strip() if act == view.ASK else ""
        try:
            due = read_day(typed) if typed else None
        except InputError as error:
            fault = ErreurChamp(champ="avant", message=error.message, remede=error.remedy)
            self.state.faults = [fault]
            self.look_at("erreurs")
            return None
        words = self.state.typed.get("texte", view.proposed(read, act))
        where = {"campagne": read.campagne, "groupe": read.groupe}
        return {**where, "acte": act, "avant": due, "texte": words}
