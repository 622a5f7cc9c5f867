"""« À relire »: what a colleague would send to more than twenty people, read before it leaves."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from iprof_kit.services.contract.bureau.relectures import (
    RELECTURE_AGIR,
    RELECTURE_LIRE,
    RELECTURES_LIRE,
    Relecture,
)
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.ui.screens.bureau.desk_screen import Act, DeskScreen
from iprof_kit.ui.screens.bureau.second_reading import view
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.shared.parts import Notice
from iprof_kit.ui.visit.visiting import Shown, Visit

OPEN, LIST, LOOK, ACT = (
    "relecture_ouvrir", "relecture_liste", "relecture_autre", "relecture_agir",
)  # fmt: skip
_DONE = {view.BACK: "Renvoyé à qui l’a écrit.", view.TAKE: "Repris : rien n’est parti."}


class Relectures(DeskScreen):
    """What waits for a second person, and what she wrote herself."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._one: Relecture | None = None
        self._rank = 0
        self._typed: dict[str, str] = {}
        self._faults: list[ErreurChamp] = []
        self._key = ""

    def show(self, path: str) -> Shown:
        """Return the list, or the order that is open."""
        del path
        self._begin()
        today = self._visit.who().aujourdhui
        page = {"notices": self._notices, "turn": str(self._turn), "focus": self._focus}
        if self._one is None:
            read = self._visit.ask(RELECTURES_LIRE)
            return "bureau_relectures", view.listed(read, today, **page)
        return "bureau_relectures", view.opened(
            self._one, self._rank, self._typed, self._faults, today,
            key=f"relecture-{self._turn}", **page,
        )  # fmt: skip

    def _acts(self) -> Mapping[str, Act]:
        return {OPEN: self._open, LIST: self._leave, LOOK: self._look, ACT: self._act}

    def _arrive(self) -> None:
        self._leave(None)

    def _leave(self, _intent: Intent | None) -> None:
        self._one, self._rank, self._typed, self._faults = None, 0, {}, []

    def _open(self, intent: Intent) -> None:
        self._leave(None)
        self._one = self._visit.ask(RELECTURE_LIRE, id=intent.values.get("of", "") or "-")
        self._move("retour")

    def _look(self, intent: Intent) -> None:
        wanted = intent.values.get("of", "")
        if self._one is not None and wanted.isdecimal() and len(wanted) < 4:
            self._rank = min(int(wanted), max(len(self._one.reponses) - 1, 0))
            self._move("apercu-t")

    def _act(self, intent: Intent) -> None:
        one, act = self._one, intent.values.get("of", "")
        if one is None or act not in one.actes:
            return
        self._typed |= {name: intent.values[name] for name in ("compte", "motif")
                        if name in intent.values}  # fmt: skip
        count = "".join(self._typed.get("compte", "").split())
        self._key = self._key or secrets.token_hex(12)  # the same one while no answer came
        done = self._visit.ask(
            RELECTURE_AGIR,
            id=one.id,
            acte=act,
            empreinte=one.empreinte,
            cle=self._key,
            compte=int(count) if count.isdecimal() and len(count) < 7 else None,
            motif=self._typed.get("motif", "") if act == view.BACK else "",
        )
        self._key, self._faults = "", list(done.erreurs)
        if self._faults:
            self._move("erreurs")
            return
        sent = view.leaving(done.faites, done.part_le, self._visit.who().aujourdhui)
        self._leave(None)
        self._notices = (Notice(text.french(_DONE.get(act, sent)), "", "ok"),)
        self._move("liste")
