"""« Campagnes »: what one's people have sent for a campaign, and one act on a group of them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
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
from iprof_kit.ui.fields.forms import read_day
from iprof_kit.ui.screens.bureau import campagnes_view as view
from iprof_kit.ui.screens.bureau.desk_screen import Act, DeskScreen, page_of
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.shared.parts import Notice
from iprof_kit.ui.visit.visiting import Shown, Visit

CHOOSE, GROUP, TURN = "campagne_choisir", "campagne_groupe", "campagne_page"
WRITE, PREVIEW, DO = "campagne_ecrire", "campagne_apercu", "campagne_faire"
_TYPED = ("acte", "texte", "avant", "compte")


class Campagnes(DeskScreen):
    """The board of one campaign; what is being written to a group stays while she looks around."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._asked: dict[str, object] = {}
        self._read: CampagnesGerees | None = None
        self._typed: dict[str, str] = {}
        self._seen: ApercuActe | None = None
        self._faults: list[ErreurChamp] = []
        self._key = ""

    def show(self, path: str) -> Shown:
        """Return the board."""
        del path
        self._begin()
        if self._read is None:
            self._read = self._visit.ask(BUREAU_CAMPAGNES, **self._asked)
        return "bureau_campagnes", view.board(
            self._read, self._typed, self._seen, self._faults, self._visit.who().aujourdhui,
            page=cast(int, self._asked.get("page", 0)), turn=self._turn, focus=self._focus,
            notices=self._notices,
        )  # fmt: skip

    def _arrive(self) -> None:
        self._asked = {}
        if wanted := self._visit.query.get("campagne", ""):
            self._asked["campagne"] = wanted
        self._again()
        self._typed, self._seen, self._faults = {}, None, []

    def _acts(self) -> Mapping[str, Act]:
        return {
            CHOOSE: self._choose, GROUP: self._group, TURN: self._turn_to,
            WRITE: self._write, PREVIEW: self._preview, DO: self._do,
        }  # fmt: skip

    def _again(self) -> None:
        """Read the board anew, where it is next shown."""
        self._read = None

    def _choose(self, intent: Intent) -> None:
        self._asked = {"campagne": intent.values.get("campagne", "")}
        self._forget_the_act()

    def _group(self, intent: Intent) -> None:
        wanted = intent.values.get("of", "")
        known = get_args(Groupe)
        self._asked = {**self._asked, "groupe": wanted if wanted in known else "tous", "page": 0}
        self._forget_the_act()
        self._move(f"groupe-{wanted}")

    def _forget_the_act(self) -> None:
        """Forget what was prepared for another group, its words apart where she wrote them."""
        self._seen, self._faults, self._typed = None, [], {}
        self._turn += 1
        self._again()

    def _turn_to(self, intent: Intent) -> None:
        self._asked = {**self._asked, "page": page_of(intent)}
        self._again()

    def _write(self, intent: Intent) -> None:
        """Take what is typed; a word put by the kit for an act gives way to another act's."""
        taken = {name: intent.values[name] for name in _TYPED if name in intent.values}
        before = self._chosen_act()
        if taken.get("acte", before) != before and self._read is not None:
            written = taken.get("texte", "")
            if not written.strip() or written == view.proposed(self._read, before):
                taken["texte"] = view.proposed(self._read, taken["acte"])
                self._turn += 1
                self._focus = ""
        self._typed |= taken
        self._seen = None

    def _preview(self, intent: Intent) -> None:
        self._write(intent)
        self._typed.pop("compte", None)
        order = self._order()
        if order is None:
            return
        self._seen = self._visit.ask(BUREAU_CAMPAGNE_APERCU, **order)
        self._faults = list(self._seen.erreurs)
        if self._faults:
            self._seen = None
        self._move("erreurs" if self._faults else "apercu")

    def _do(self, intent: Intent) -> None:
        seen, count = self._seen, "".join(intent.values.get("compte", "").split())
        order = self._order()
        if seen is None or order is None:
            return
        self._typed["compte"] = intent.values.get("compte", "")
        self._key = self._key or secrets.token_hex(12)  # the same one while no answer came
        answer = self._visit.ask(
            BUREAU_CAMPAGNE_AGIR,
            **order,
            premier=seen.premier or "-",
            empreinte=seen.empreinte,
            cle=self._key,
            compte=int(count) if count.isdecimal() and len(count) < 7 else None,
        )
        self._key, self._faults = "", list(answer.erreurs)
        if self._faults:
            self._move("erreurs")
            return
        self._notices = (Notice(view.done(answer, self._typed.get("acte", "")), "", "ok"),)
        self._forget_the_act()
        self._focus = "groupes"

    def _chosen_act(self) -> str:
        """Return the act that the form shows: hers, else the one that the group calls for."""
        act = self._typed.get("acte", "")
        if act in get_args(ActeDeGroupe):
            return act
        return view.first_act(self._read.groupe if self._read else "tous")

    def _order(self) -> dict[str, object] | None:
        """Return the act as it is asked for; None where its day cannot be read."""
        read = self._read or self._visit.ask(BUREAU_CAMPAGNES, **self._asked)
        self._read, self._faults = read, []
        act = self._chosen_act()
        typed = self._typed.get("avant", "").strip() if act == view.ASK else ""
        try:
            due = read_day(typed) if typed else None
        except InputError as error:
            self._faults = [ErreurChamp(champ="avant", message=error.message, remede=error.remedy)]
            self._move("erreurs")
            return None
        return {
            "campagne": read.campagne, "groupe": read.groupe, "acte": act, "avant": due,
            "texte": self._typed.get("texte", view.proposed(read, act)),
        }  # fmt: skip
