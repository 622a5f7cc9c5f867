"""One answer to the threads picked in the queue: its text, what each would read, their number."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

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
from iprof_kit.ui.kit.parts import Option
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.screens.bureau import second_reading
from iprof_kit.ui.screens.bureau.words import counted, desk_field
from iprof_kit.ui.screens.cv.fields import CvField
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.shared.part import Part

PICK, ALL, NONE = "bureau_choisir", "bureau_choisir_tout", "bureau_choisir_rien"
SEE, TURN, SEND = "bureau_ensemble_voir", "bureau_ensemble_autre", "bureau_ensemble_envoyer"
FILL = "bureau_ensemble_modele"
_ANSWER = "repondre"
_BOX = "c-"
"""What the name of a box of the queue begins with; the rest is its thread."""


@dataclass(frozen=True)
class TogetherView:
    """The form, and the preview once it was asked for."""

    key: str
    title: str
    words: CvField
    templates: tuple[Option, ...]
    faults: tuple[ErreurChamp, ...] = ()
    left: tuple[str, ...] = ()
    person: str = ""
    subject: str = ""
    preview: str = ""
    place: str = ""
    before: str = ""
    after: str = ""
    number: CvField | None = None
    button: str = "Envoyer à chacune"
    then: str = ""
    undo: str = ""


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
        typed = "".join(self._count.split())
        done = self._visit.ask(
            BUREAU_ENSEMBLE,
            ids=self.picked,
            texte=self._text,
            empreinte=self._seen.empreinte,
            compte=int(typed) if typed.isdecimal() and len(typed) < 7 else None,
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
        key = f"ensemble-{self.turn}"
        view = TogetherView(
            key=key,
            title=f"Une réponse, {counted(len(self.picked), 'fil')}",
            words=desk_field("texte", "Votre réponse", "long", self._text, self._faults,
                         f"Remplis pour chacune : {', '.join(f'{{{one}}}' for one in CHAMPS)}."),
            templates=tuple(
                Option(one.nom, one.nom) for one in templates
                if one.acte == _ANSWER and set(one.champs) <= set(CHAMPS)
            ),
            faults=tuple(self._faults),
            then=f"Rien ne part avant l’aperçu. Au-delà de {MOST_TOGETHER} fils, une seconde "
                "personne de votre service relit.",
        )  # fmt: skip
        return self._with_preview(view) if self._seen is not None else view

    def _with_preview(self, view: TogetherView) -> TogetherView:
        seen, rank = self._seen, self._rank
        if seen is None:
            return view
        number = len(seen.reponses)
        reasons = Counter(one.raison for one in seen.ecartes)
        left = tuple(
            f"{counted(many, 'fil reste', 'fils restent')} de côté : {why}."
            for why, many in reasons.items()
        )
        if not number:
            return replace(view, left=left)
        one = seen.reponses[rank]
        return replace(
            view,
            left=left,
            person=one.personne,
            subject=one.objet,
            preview=one.texte,
            place=f"Aperçu, {rank + 1} sur {number}",
            before=str(rank - 1) if rank else "",
            after=str(rank + 1) if rank + 1 < number else "",
            button="Demander la relecture" if seen.relue else "Envoyer à chacune",
            number=None if seen.erreurs else self._number(),
            undo=second_reading.undo(seen.annuler_minutes, read_first=seen.relue),
        )

    def _number(self) -> CvField:
        label = "Combien de personnes la reçoivent ?"
        hint = "Écrivez le nombre lu ci-dessus."
        return desk_field("compte", label, "text", self._count, self._faults, hint)

    def _changed(self) -> None:
        """Forget what was seen: it is no longer what would leave."""
        self._seen, self._faults = None, []
        self.turn += 1
