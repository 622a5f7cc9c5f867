"""« À relire »: what a colleague would send to more than twenty people, read before it leaves."""

from __future__ import annotations

from dataclasses import dataclass, field

from iprof_kit.services.contract.bureau.relectures import (
    RELECTURE_AGIR,
    RELECTURE_LIRE,
    RELECTURES_LIRE,
    Relecture,
)
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.ui.kit.parts import Notice
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Shown
from iprof_kit.ui.screens.bureau.second_reading import view
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent

OPEN, LIST, LOOK, ACT = (
    "relecture_ouvrir", "relecture_liste", "relecture_autre", "relecture_agir",
)  # fmt: skip
_DONE = {view.BACK: "Renvoyé à qui l’a écrit.", view.TAKE: "Repris : rien n’est parti."}


@dataclass
class Reading(State):
    """The order that is open, and what is typed of it."""

    one: Relecture | None = None
    rank: int = 0
    typed: dict[str, str] = field(default_factory=dict)
    faults: list[ErreurChamp] = field(default_factory=list)


class Relectures(KitScreen[Reading]):
    """What waits for a second person, and what she wrote herself."""

    def page(self) -> Shown:
        """Return the list, or the order that is open."""
        today = self._visit.who().aujourdhui
        page = {"turn": str(self.state.turn), "focus": self.state.focus}
        if self.state.one is None:
            read = self._visit.ask(RELECTURES_LIRE)
            return "bureau_relectures", view.listed(read, today, **page)
        return "bureau_relectures", view.opened(
            self.state.one, self.state.rank, self.state.typed, self.state.faults, today,
            key=f"relecture-{self.state.turn}", **page,
        )  # fmt: skip

    def arrive(self) -> None:
        """Begin with the list."""
        self._left()

    @intent(LIST)
    def leave(self, _asked: Intent) -> None:
        """Come back to the list."""
        self._left()

    def _left(self) -> None:
        self.state.one, self.state.rank, self.state.typed, self.state.faults = None, 0, {}, []

    @intent(OPEN)
    def open(self, asked: Intent) -> None:
        """Open an order."""
        self._left()
        self.state.one = self._visit.ask(RELECTURE_LIRE, id=asked.values.get("of", "") or "-")
        self.look_at("retour")

    @intent(LOOK)
    def look(self, asked: Intent) -> None:
        """Show the answer of another person."""
        wanted = asked.values.get("of", "")
        if self.state.one is not None and wanted.isdecimal() and len(wanted) < 4:
            self.state.rank = min(int(wanted), max(len(self.state.one.reponses) - 1, 0))
            self.look_at("apercu-t")

    @intent(ACT)
    def act(self, asked: Intent) -> None:
        """Let it leave, send it back or take it back."""
        one, act = self.state.one, asked.values.get("of", "")
        if one is None or act not in one.actes:
            return
        self.state.typed |= {name: asked.values[name] for name in ("compte", "motif")
                        if name in asked.values}  # fmt: skip
        count = "".join(self.state.typed.get("compte", "").split())
        done = self._visit.ask(
            RELECTURE_AGIR, id=one.id, acte=act, empreinte=one.empreinte, cle=self.key(ACT),
            compte=int(count) if count.isdecimal() and len(count) < 7 else None,
            motif=self.state.typed.get("motif", "") if act == view.BACK else "",
        )  # fmt: skip
        self.answered(ACT)
        self.state.faults = list(done.erreurs)
        if self.state.faults:
            self.look_at("erreurs")
            return
        sent = view.leaving(done.faites, done.part_le, self._visit.who().aujourdhui)
        self._left()
        self.state.notices = (Notice(text.french(_DONE.get(act, sent)), "", "ok"),)
        self.look_at("liste")
