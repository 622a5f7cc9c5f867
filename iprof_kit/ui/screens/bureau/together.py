"""One answer to the threads picked in the queue: its text, what each would read, their number."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from iprof_kit.services.contract.bureau.ensemble import (
    BUREAU_ENSEMBLE,
    BUREAU_ENSEMBLE_APERCU,
    CHAMPS,
    MOST_TOGETHER,
    ReponsesApercues,
    ReponsesFaites,
)
from iprof_kit.services.contract.bureau.fils import Modele
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.screens.bureau.words import desk_field, typed_count
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.shared.part import Part

PICK, ALL, NONE = "bureau_choisir", "bureau_choisir_tout", "bureau_choisir_rien"
SEE, TURN, SEND = "bureau_ensemble_voir", "bureau_ensemble_autre", "bureau_ensemble_envoyer"
FILL = "bureau_ensemble_modele"
_ANSWER = "repondre"
_FILLED = set(CHAMPS)
_BOX = "c-"
"""What the name of a box of the queue begins with; the rest is its thread."""


@dataclass(frozen=True)
class TogetherView:
    """The form, and what each would read once that was asked for."""

    turn: int
    count: int
    words: Field
    number: Field
    templates: tuple[Modele, ...]
    faults: list[ErreurChamp]
    seen: ReponsesApercues | None
    rank: int
    most: int = MOST_TOGETHER


class Together(Part):
    """The threads picked, and the answer that is being written to them all."""

    keeps = ("picked", "turn", "_text", "_count", "_key", "_seen", "_faults", "_rank")

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self.picked: list[str] = []
        self._text = self._count = self._key = ""
        self._seen: ReponsesApercues | None = None
        self._faults: list[ErreurChamp] = []
        self._rank = self.turn = 0

    def forget(self) -> None:
        """Begin anew: nothing is picked; what was written stays for the next picks."""
        self.picked, self._rank = [], 0
        self._changed()

    def pick(self, intent: Intent, shown: Sequence[str]) -> None:
        """Take the boxes that are ticked among the threads shown."""
        ticked = {name.removeprefix(_BOX) for name in intent.values if name.startswith(_BOX)}
        kept = [one for one in self.picked if one not in shown]
        self.picked = kept + [one for one in shown if one in ticked]
        self._changed()

    def pick_all(self, shown: Sequence[str]) -> None:
        """Pick every thread that is shown, besides those that were picked."""
        self.picked = list(dict.fromkeys([*self.picked, *shown]))
        self._changed()

    def fill(self, intent: Intent, templates: Sequence[Modele]) -> None:
        """Write the text of a template in place of what was there."""
        wanted = intent.values.get("modele", "")
        template = next((one for one in templates if one.nom == wanted), None)
        if template is not None:
            self._text = template.texte
            self._changed()

    def see(self, intent: Intent) -> None:
        """Ask what each person would read."""
        self._text, self._rank = intent.values.get("texte", ""), 0
        seen = self._visit.ask(BUREAU_ENSEMBLE_APERCU, ids=self.picked, texte=self._text)
        self._seen, self._faults = seen, list(seen.erreurs)
        self._key = secrets.token_hex(12)

    def look(self, intent: Intent) -> None:
        """Show the answer of another person."""
        wanted = intent.values.get("of", "")
        if self._seen is not None and wanted.isdecimal() and len(wanted) < 4:
            self._rank = min(int(wanted), max(len(self._seen.reponses) - 1, 0))

    def send(self, intent: Intent) -> ReponsesFaites:
        """Send what was seen, or keep it for a second person; nothing where something is wrong."""
        if self._seen is None:
            return ReponsesFaites()
        self._count = intent.values.get("compte", "")
        done = self._visit.ask(
            BUREAU_ENSEMBLE,
            ids=self.picked,
            texte=self._text,
            empreinte=self._seen.empreinte,
            compte=typed_count(intent),
            cle=self._key,
        )
        self._faults = list(done.erreurs)
        if done.faites or done.tenues:
            self._text = self._count = ""
            self.forget()
        return done

    def view(self, templates: Sequence[Modele]) -> TogetherView | None:
        """Return the form, None while fewer than two threads are picked."""
        if len(self.picked) < 2:
            return None
        filled = f"Remplis pour chacune : {', '.join(f'{{{one}}}' for one in CHAMPS)}."
        typed, asks = "Écrivez le nombre lu ci-dessus.", "Combien de personnes la reçoivent ?"
        usable = [one for one in templates if one.acte == _ANSWER and set(one.champs) <= _FILLED]
        return TogetherView(
            self.turn,
            len(self.picked),
            desk_field("texte", "Votre réponse", "long", self._text, self._faults, filled),
            desk_field("compte", asks, "text", self._count, self._faults, typed),
            tuple(usable),
            self._faults,
            self._seen,
            self._rank,
        )

    def _changed(self) -> None:
        """Forget what was seen: it is no longer what would leave."""
        self._seen, self._faults = None, []
        self.turn += 1
