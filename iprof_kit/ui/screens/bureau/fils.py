"""« Bureau »: the queue, one thread open, its answer; what is typed is kept as one types."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import get_args

from iprof_kit.base.errors import KitError
from iprof_kit.services.contract.bureau.fils import (
    BUREAU_AGIR,
    BUREAU_BROUILLON,
    BUREAU_FIL,
    BUREAU_LIRE,
    BUREAU_MODELES,
    BUREAU_NOTE,
    ActeGere,
    BureauLu,
    FilEnAttente,
    FilGere,
    Groupement,
    Modele,
)
from iprof_kit.services.contract.bureau.relectures import RELECTURES_LIRE, RelectureEnBref
from iprof_kit.services.contract.courrier import ON_A_PAGE
from iprof_kit.ui.screens.bureau import answering, glance, together, view
from iprof_kit.ui.screens.bureau.answering import CLOSE, CONFIRM, CORRECT, TAKE, Answer
from iprof_kit.ui.screens.bureau.desk_screen import Act, DeskScreen
from iprof_kit.ui.screens.bureau.queue import AT_ONCE
from iprof_kit.ui.screens.bureau.words import since
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.shared.parts import Notice, failed
from iprof_kit.ui.visit.visiting import Shown, Visit

OPEN, LEAVE, MORE, SEARCH = "bureau_ouvrir", "bureau_liste", "bureau_plus", "bureau_chercher"
OLDER, GROUP, INSIDE = "bureau_anciens", "bureau_grouper", "bureau_groupe"
FILTER, CLEAR = "bureau_filtrer", "bureau_tout_effacer"
DRAFT, ACT, SEND = "bureau_brouillon", "bureau_acte", "bureau_envoyer"
TEMPLATE, OTHER, DO, NOTE = "bureau_modele", "bureau_autre_modele", "bureau_faire", "bureau_noter"
_WITHOUT_WORDS = frozenset({TAKE, CLOSE, CONFIRM})
_DONE = {
    "repondre": "Réponse envoyée", "attendre": "Date annoncée", "corriger": "Correction notée",
    "demander_piece": "Pièce demandée", "prendre": "Fil pris en charge", "clore": "Fil clos",
    "rouvrir": "Fil rouvert", "confirmer": "Correction confirmée : la personne la lit",
    "renvoyer": "Correction renvoyée", "admettre": "Noté recevable",
    "ecarter": "Noté irrecevable",
}  # fmt: skip


class Fils(DeskScreen):
    """The threads that wait; nothing of a person is read before somebody opens her thread."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._desk: BureauLu | None = None
        self._threads: list[FilEnAttente] = []
        self._shown = AT_ONCE
        self._asked: dict[str, str] = {}
        self._templates: list[Modele] = []
        self._open: FilGere | None = None
        self._answers: dict[str, Answer] = {}
        self._receipt = self._note = ""
        self._together = together.Together(visit)
        self._relectures: list[RelectureEnBref] = []

    def show(self, path: str) -> Shown:
        """Return the desk."""
        del path
        self._begin()
        desk = self._desk or self._read()
        gere, today = self._open, self._visit.who().aujourdhui
        return "bureau", view.bureau(
            desk,
            self._threads[: self._shown],
            self._asked,
            today,
            opened=gere,
            answer=self._answer(gere) if gere else None,
            picked=self._together.picked,
            together=self._together.view(self._templates),
            templates=self._templates,
            wait=self._wait(gere) if gere else "",
            note=self._note,
            receipt=self._receipt,
            notices=self._notices,
            turn=str(self._turn),
            focus=self._focus,
            relectures=self._relectures,
        )

    def _acts(self) -> Mapping[str, Act]:
        return {
            OPEN: self._choose, LEAVE: self._leave, MORE: self._more, SEARCH: self._search,
            DRAFT: self._draft, ACT: self._change_act, SEND: self._send, DO: self._do,
            OLDER: self._older, TEMPLATE: self._template, OTHER: self._other_template,
            NOTE: self._write_note, GROUP: self._group, INSIDE: self._inside,
            FILTER: self._filter, CLEAR: self._clear,
            together.PICK: self._pick, together.ALL: self._pick_all,
            together.NONE: self._pick_none, together.FILL: self._fill_together,
            together.SEE: self._see_together, together.TURN: self._turn_together,
            together.SEND: self._send_together,
        }  # fmt: skip

    def _arrive(self) -> None:
        """Read the desk anew, and the thread that the address names."""
        wanted = self._visit.query.get("fil", "")
        self._open = None
        self._together.forget()
        self._templates = self._modeles()
        self._read()
        self._read_relectures()
        if wanted:
            try:
                self._read_thread(wanted)
            except KitError as error:
                self._notices = (failed(error),)

    def _read_relectures(self) -> None:
        self._relectures = self._visit.ask(RELECTURES_LIRE).relectures

    def _read(self) -> BureauLu:
        desk = self._visit.ask(BUREAU_LIRE, **self._asked)
        self._desk, self._threads = desk, list(desk.fils)
        return desk

    def _modeles(self) -> list[Modele]:
        try:
            read = self._visit.ask(BUREAU_MODELES)
        except KitError as error:  # one answers without them
            self._notices = (failed(error),)
            return []
        return read.modeles

    def _read_thread(self, wanted: str) -> None:
        gere = self._visit.ask(BUREAU_FIL, id=wanted)
        self._take(gere)

    def _take(self, gere: FilGere) -> None:
        """Show a thread; its draft is that of this page, else the one that was kept."""
        self._open, self._receipt, self._note = gere, "", ""
        name = gere.lu.fil.id
        if name not in self._answers:
            self._answers[name] = answering.begun(gere, self._templates, *self._dates())

    def _answer(self, gere: FilGere) -> Answer:
        return self._answers[gere.lu.fil.id]

    def _dates(self) -> tuple[date, date | None]:
        """Return today, and the last day of the delay that is announced."""
        today = self._visit.who().aujourdhui
        delay = self._desk.delai_jours if self._desk else None
        return today, today + timedelta(days=delay) if delay else None

    def _written(self, intent: Intent) -> bool:
        """Take the fields of the form; False where it is not the one that is shown."""
        gere = self._open
        if gere is None or intent.values.get("fil") != gere.lu.fil.id:
            return False
        answer = self._answer(gere)
        before = answer.act
        taken = answering.take(answer, intent.values)
        if answer.act != before:  # whichever message says so first shows its fields
            answering.propose_days(answer, *self._dates())
        return taken

    def _wait(self, gere: FilGere) -> str:
        """Return since when she has been waiting, where she is."""
        waiting = next((one for one in self._threads if one.id == gere.lu.fil.id), None)
        return f"attend {since(waiting.jours)}" if waiting else gere.lu.fil.libelle.lower()

    def _choose(self, intent: Intent) -> None:
        self._read_thread(intent.values.get("of", "") or "-")
        self._move("fil")

    def _older(self, intent: Intent) -> None:
        """Read the page of the thread before what is shown of it."""
        del intent
        gere = self._open
        if gere is None or not gere.lu.plus_anciens:
            return
        lu, name = gere.lu, gere.lu.fil.id
        page = len(lu.evenements) // ON_A_PAGE
        read = self._visit.ask(BUREAU_FIL, id=name, page=page)
        first = lu.evenements[0].rang
        older = [one for one in read.lu.evenements if one.rang < first]
        whole = {
            "evenements": [*older, *lu.evenements],
            "plus_anciens": lu.plus_anciens - len(older),
        }
        self._open = gere.model_copy(update={"lu": lu.model_copy(update=whole)})
        self._move(f"avant-{lu.fil.numero}")

    def _leave(self, intent: Intent) -> None:
        del intent
        left = self._open.lu.fil.id if self._open else ""
        self._open = None
        self._move(f"f-{left}" if left else "", "file")

    def _more(self, intent: Intent) -> None:
        """Show as many again; the next page is read where it is needed."""
        del intent
        first = self._shown
        self._shown += AT_ONCE
        desk = self._desk
        if desk and self._shown > len(self._threads) < desk.trouves:
            page = len(self._threads) // max(len(desk.fils), 1)
            more = self._visit.ask(BUREAU_LIRE, **self._asked, page=page)
            known = {one.id for one in self._threads}
            self._threads += [one for one in more.fils if one.id not in known]
        if first < len(self._threads):
            self._move(f"f-{self._threads[first].id}")

    def _search(self, intent: Intent) -> None:
        wanted = {name: intent.values.get(name, "").strip() for name in ("cherche", "etat")}
        self._ask({"cherche": wanted["cherche"][:200], "etat": wanted["etat"][:60], "dans": ""})

    def _ask(self, changed: Mapping[str, str]) -> None:
        """Read the queue as it is asked for now; what was picked of another one is forgotten."""
        self._asked = {name: one for name, one in (self._asked | dict(changed)).items() if one}
        self._shown = AT_ONCE
        self._together.forget()
        self._read()

    def _group(self, intent: Intent) -> None:
        wanted = intent.values.get("par", "")
        self._ask({"par": wanted if wanted in get_args(Groupement) else "", "dans": ""})

    def _inside(self, intent: Intent) -> None:
        """List the threads of one group; again, and all of them are."""
        wanted = intent.values.get("of", "")[:200]
        self._ask({"dans": "" if wanted == self._asked.get("dans") else wanted})

    def _filter(self, intent: Intent) -> None:
        if self._desk is not None:
            self._ask(glance.chosen(intent.values, self._desk, self._asked) | {"dans": ""})

    def _clear(self, intent: Intent) -> None:
        """Show all that waits again, grouped as it is."""
        del intent
        self._ask(dict.fromkeys(("cherche", "etat", "dans", *glance.FILTERS), ""))
        self._move("f-echelon")

    def _ids(self) -> list[str]:
        return [one.id for one in self._threads[: self._shown]]

    def _pick(self, intent: Intent) -> None:
        self._together.pick(intent, self._ids())
        self._open = None

    def _pick_all(self, intent: Intent) -> None:
        del intent
        self._together.pick_all(self._ids())
        self._open = None
        self._move("ensemble")

    def _pick_none(self, intent: Intent) -> None:
        del intent
        self._together.forget()
        self._move("file")

    def _fill_together(self, intent: Intent) -> None:
        self._together.fill(intent, self._templates)
        self._move(f"ensemble-{self._together.turn}-texte")

    def _see_together(self, intent: Intent) -> None:
        self._together.see(intent)
        self._move("ensemble-erreurs", "apercu-t")

    def _turn_together(self, intent: Intent) -> None:
        self._together.look(intent)
        self._move("apercu-t")

    def _send_together(self, intent: Intent) -> None:
        done = self._together.send(intent)
        if not done.faites and not done.tenues:
            self._move("ensemble-erreurs")
            return
        self._read()
        self._read_relectures()
        self._notices = (Notice(view.sent(done, self._visit.who().aujourdhui), "", "ok"),)
        self._move("file")

    def _draft(self, intent: Intent) -> None:
        """Keep what is typed; nothing of the screen moves under the fingers."""
        if self._written(intent):
            self._keep()

    def _keep(self) -> None:
        if self._open is None:
            return
        answer = self._answer(self._open)
        kept = self._visit.ask(BUREAU_BROUILLON, id=self._open.lu.fil.id, texte=answer.text)
        answer.kept = kept.le

    def _change_act(self, intent: Intent) -> None:
        """Choose what is done with the text: by the form, or by « Noter corrigé »."""
        gere = self._open
        if gere is None:
            return
        answer, wanted = self._answer(gere), intent.values.get("of", "")
        if not self._written(intent) and wanted:
            answer.act = wanted
            answer.turn += 1  # another form: the choice is not that of the page's
        answer.faults = []
        answering.propose_days(answer, *self._dates())
        self._move(f"{self._form_key()}-{'valeur' if wanted == CORRECT else 'acte-' + answer.act}")

    def _form_key(self) -> str:
        gere = self._open
        if gere is None:
            return ""
        return f"reponse-{gere.lu.fil.numero}-{self._answer(gere).turn}"

    def _template(self, intent: Intent) -> None:
        """Fill the text with the template of a button."""
        self._fill(intent.values.get("of", ""))

    def _other_template(self, intent: Intent) -> None:
        self._written(intent)
        self._fill(intent.values.get("modele", ""))

    def _fill(self, name: str) -> None:
        gere = self._open
        template = next((one for one in self._templates if one.nom == name), None)
        if gere is None or template is None:
            return
        answering.fill(gere, self._answer(gere), template, *self._dates())
        self._keep()
        self._move(f"{self._form_key()}-texte")

    def _send(self, intent: Intent) -> None:
        gere = self._open
        if gere is None or not self._written(intent):
            return
        answer = self._answer(gere)
        days = answering.checked(gere, answer)
        if not answer.faults:
            self._run(gere, answer, answer.act, days)

    def _do(self, intent: Intent) -> None:
        """Do an act that needs no words."""
        gere, act = self._open, intent.values.get("of", "")
        if gere is not None and act in _WITHOUT_WORDS and act in gere.lu.actes:
            self._run(gere, self._answer(gere), act, {})

    def _run(
        self, gere: FilGere, answer: Answer, act: str, days: Mapping[str, date | None]
    ) -> None:
        written = act not in _WITHOUT_WORDS
        answer.key = answer.key or secrets.token_hex(12)  # the same one while no answer came
        outcome = self._visit.ask(
            BUREAU_AGIR,
            id=gere.lu.fil.id,
            acte=act,
            texte=answer.text if written else "",
            valeur=answer.value if act == CORRECT else "",
            puis_clore=written and answer.close and act in view.CLOSING,
            vus=gere.lu.plus_anciens + len(gere.lu.evenements),
            cle=answer.key,
            **days,
        )
        answer.key = ""
        if outcome.entre_temps:
            self._came_meanwhile(gere, answer, outcome)
        elif outcome.erreurs or outcome.lu is None:
            answer.faults = outcome.erreurs
        else:
            self._done(outcome.lu, act, written=written)

    def _came_meanwhile(self, gere: FilGere, answer: Answer, outcome: ActeGere) -> None:
        """Show what came before the act; the text that was being written stays."""
        self._read_thread(gere.lu.fil.id)
        answer.meanwhile = outcome.entre_temps
        self._read()
        self._move("entre-temps")

    def _done(self, gere: FilGere, act: str, *, written: bool) -> None:
        """Say what was done, and send the focus to the next thread that waits."""
        name = gere.lu.fil.id
        following = self._following(name)
        if written:
            turn = self._answers[name].turn + 1
            self._answers[name] = Answer(value=gere.lu.indique, turn=turn)
        self._answers[name].meanwhile = []
        self._take(gere)
        self._read()
        proposed = act == CORRECT and gere.proposition is not None
        words = "Correction proposée : une autre personne la confirme" if proposed else ""
        self._receipt = text.french(f"{words or _DONE.get(act, 'Fait')}.")
        self._move(f"f-{following}" if following and act != TAKE else "", "fil")

    def _following(self, name: str) -> str:
        """Return the thread after this one in the queue, else the first other."""
        names = [one.id for one in self._threads]
        place = names.index(name) if name in names else -1
        others = names[place + 1 :] + names[: max(place, 0)]
        return others[0] if others else ""

    def _write_note(self, intent: Intent) -> None:
        gere = self._open
        if gere is None or intent.values.get("fil") != gere.lu.fil.id:
            return
        if intent.values.get("notes") != str(len(gere.notes)):  # sent twice: it is kept already
            return
        self._note = intent.values.get("note", "")
        written = self._visit.ask(
            BUREAU_NOTE, id=gere.lu.fil.id, texte=self._note, cle=secrets.token_hex(12)
        )
        self._take(written)
        self._receipt = "Note interne gardée."
        self._move("notes")
