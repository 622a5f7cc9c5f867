"""« Envois en nombre »: a message to many, kept as one types, proposed, confirmed, recalled."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from iprof_kit.base.words import counted
from iprof_kit.services.contract.bureau.envois import (
    ENVOI_AGIR,
    ENVOI_GARDER,
    ENVOI_LIRE,
    ENVOIS_LIRE,
    Envoi,
)
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.ui.screens.bureau import envois_view as view
from iprof_kit.ui.screens.bureau.desk_screen import Act, DeskScreen, page_of
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.shared.parts import Notice
from iprof_kit.ui.visit.visiting import Shown, Visit

BEGIN, OPEN, LIST = "envoi_commencer", "envoi_ouvrir", "envoi_liste"
KEEP, DRAFT, ACT = "envoi_garder", "envoi_brouillon", "envoi_agir"
TURN, OTHER = "envoi_page", "envoi_apercu"
_TEXTS = ("objet", "texte", "ou_demander", "finalite")
_DONE = {
    "proposer": "Envoi proposé. Rien n’est parti : un autre compte le confirme.",
    "confirmer": "Envoi confirmé. Chaque personne le reçoit une fois.",
    "renvoyer": "Envoi renvoyé à son auteur.", "reprendre": "Envoi repris.",
    "abandonner": "Envoi abandonné.", "rappeler": "Message rappelé.",
}  # fmt: skip


class Envois(DeskScreen):
    """The messages to many that somebody writes, confirms or recalls."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._one: Envoi | None = None
        self._typed: dict[str, str] = {}
        self._faults: list[ErreurChamp] = []
        self._page = self._rank = 0
        self._key = self._kept = ""

    def show(self, path: str) -> Shown:
        """Return the list, or the message that is open."""
        del path
        self._begin()
        today = self._visit.who().aujourdhui
        if self._one is None:
            read = self._visit.ask(ENVOIS_LIRE)
            return "bureau_envois", view.envois(read, today, notices=self._notices)
        return "bureau_envoi", view.envoi(
            self._one, self._typed, self._faults, today, page=self._page, rank=self._rank,
            key=f"envoi-{self._one.id}-{self._turn}", kept=self._kept, notices=self._notices,
            turn=str(self._turn), focus=self._focus,
        )  # fmt: skip

    def _acts(self) -> Mapping[str, Act]:
        return {
            BEGIN: self._write_one, OPEN: self._open, LIST: self._leave, KEEP: self._keep,
            DRAFT: self._keep, ACT: self._act, TURN: self._turn_to, OTHER: self._preview,
        }  # fmt: skip

    def _arrive(self) -> None:
        self._leave(None)

    def _leave(self, _intent: Intent | None) -> None:
        self._one, self._faults, self._typed = None, [], {}
        self._page = self._rank = 0
        self._kept = ""

    def _write_one(self, intent: Intent) -> None:
        del intent
        self._key = self._key or secrets.token_hex(12)  # the same one while no answer came
        answer = self._visit.ask(ENVOI_GARDER, cle=self._key)
        self._key = ""
        self._take(answer.lu, f"{self._form()}-objet")

    def _open(self, intent: Intent) -> None:
        self._leave(None)
        self._read(intent.values.get("of", "") or "-")
        self._move("retour")

    def _read(self, name: str) -> None:
        self._one = self._visit.ask(ENVOI_LIRE, id=name, page=self._page, rang=self._rank)

    def _keep(self, intent: Intent) -> None:
        """Keep what is typed; nothing of the screen moves under the fingers."""
        one = self._one
        if one is None or intent.values.get("envoi") != one.id:
            return
        self._typed |= {
            name: intent.values.get(name, "") for name in _TEXTS if name in intent.values
        }
        self._typed["reponse"] = intent.values.get("reponse", self._typed.get("reponse", "non"))
        filters = {name: intent.values.get(name, "").strip()[:60] for name in view.FACETS}
        kept = {name: getattr(one, name) for name in _TEXTS} | self._typed
        answer = self._visit.ask(
            ENVOI_GARDER,
            id=one.id,
            revision=one.revision,
            cle=secrets.token_hex(12),
            reponse=kept.pop("reponse") == "oui",
            **kept,
            **filters,
        )
        self._faults = list(answer.erreurs)
        if answer.lu is not None:
            self._one, self._page, self._rank = answer.lu, 0, 0
            number = counted(answer.lu.nombre, "destinataire")
            self._kept = text.french(f"Brouillon gardé : {number}.")

    def _act(self, intent: Intent) -> None:
        one, act = self._one, intent.values.get("of", "")
        if one is None or act not in one.actes or intent.values.get("envoi", one.id) != one.id:
            return
        count = "".join(intent.values.get("compte", "").split())
        self._typed |= {name: intent.values[name] for name in ("compte", "motif")
                        if name in intent.values}  # fmt: skip
        answer = self._visit.ask(
            ENVOI_AGIR,
            id=one.id,
            acte=act,
            revision=one.revision,
            cle=secrets.token_hex(12),
            compte=int(count) if count.isdecimal() and len(count) < 7 else None,
            motif=self._typed.get("motif", "") if "motif" in intent.values else "",
        )
        self._faults = list(answer.erreurs)
        if self._faults:
            self._move("erreurs")
            return
        self._typed = {}
        self._notices = (Notice(text.french(_DONE.get(act, "Fait.")), "", "ok"),)
        if answer.lu is None or act == "abandonner":
            self._leave(None)
        else:
            self._take(answer.lu, "retour")

    def _take(self, one: Envoi | None, focus: str) -> None:
        self._one, self._page, self._rank, self._faults = one, 0, 0, []
        self._move(focus)

    def _turn_to(self, intent: Intent) -> None:
        self._page = page_of(intent)
        if self._one:
            self._read(self._one.id)

    def _preview(self, intent: Intent) -> None:
        wanted = intent.values.get("of", "")
        self._rank = int(wanted) if wanted.isdecimal() and int(wanted) < 10_000 else 0
        if self._one:
            self._read(self._one.id)

    def _form(self) -> str:
        return f"envoi-{self._one.id if self._one else ''}-{self._turn + 1}"
