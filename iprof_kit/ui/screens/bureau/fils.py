"""« Bureau »: the queue, one thread open, its answer; what is typed is kept as one types."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
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
    BUREAU_TRANSMETTRE,
    BureauLu,
    FilEnAttente,
    FilGere,
    Groupement,
    Modele,
)
from iprof_kit.services.contract.bureau.relectures import RELECTURES_LIRE, RelectureEnBref
from iprof_kit.services.contract.courrier import ON_A_PAGE, Evenement
from iprof_kit.ui.kit.parts import Notice, failed
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.screens.bureau import answering, glance, second_reading, together, view
from iprof_kit.ui.screens.bureau import thread as threads
from iprof_kit.ui.screens.bureau.answering import CLOSE, CONFIRM, CORRECT, TAKE, Answer
from iprof_kit.ui.screens.bureau.delays import histogram, median_words, most_words
from iprof_kit.ui.screens.bureau.thread import Passing, Thread
from iprof_kit.ui.screens.bureau.words import since
from iprof_kit.ui.shared.messages import Intent

OPEN, LEAVE, MORE, SEARCH = "bureau_ouvrir", "bureau_liste", "bureau_plus", "bureau_chercher"
OLDER, GROUP, INSIDE = "bureau_anciens", "bureau_grouper", "bureau_groupe"
FILTER, CLEAR = "bureau_filtrer", "bureau_tout_effacer"
DRAFT, ACT, SEND = "bureau_brouillon", "bureau_acte", "bureau_envoyer"
TEMPLATE, OTHER, DO, NOTE = "bureau_modele", "bureau_autre_modele", "bureau_faire", "bureau_noter"
HAND_ON = "bureau_transmettre"
AT_ONCE = 50
"""Threads that are shown before one asks for more: the list scrolls inside the screen."""
_WITHOUT_WORDS = frozenset({TAKE, CLOSE, CONFIRM})
_DONE = {
    "repondre": "Réponse envoyée",
    "attendre": "Date annoncée",
    "corriger": "Correction notée",
    "demander_piece": "Pièce demandée",
    "prendre": "Fil pris en charge",
    "clore": "Fil clos",
    "rouvrir": "Fil rouvert",
    "confirmer": "Correction confirmée : la personne la lit",
    "renvoyer": "Correction renvoyée",
    "admettre": "Noté recevable",
    "ecarter": "Noté irrecevable",
}


@dataclass
class Desk(State):
    """The queue as it was read, the thread that is open, what is written to each."""

    desk: BureauLu | None = None
    threads: list[FilEnAttente] = field(default_factory=list)
    shown: int = AT_ONCE
    asked: dict[str, str] = field(default_factory=dict)
    templates: list[Modele] = field(default_factory=list)
    open: FilGere | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    note: str = ""
    passing: Passing = field(default_factory=Passing)
    """What is typed to pass the open thread, and what is wrong in it."""
    acknowledged: str = ""
    relectures: list[RelectureEnBref] = field(default_factory=list)


class Fils(KitScreen[Desk]):
    """The threads that wait; nothing of a person is read before somebody opens her thread."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._together = together.Together(visit)

    def page(self) -> Shown:
        """Return the desk, and the thread that is open in it."""
        state, today = self.state, self._visit.who().aujourdhui
        desk, asked = state.desk or self._read(), state.asked
        shown = tuple(state.threads[: state.shown])
        narrowed, grouped = any(map(asked.get, view.SEARCHED)), bool(asked.get("dans"))
        strong, rest = view.lead(desk)
        away, who = view.absence(desk.absence, today)
        gere, name = state.open, state.open.lu.fil.id if state.open else ""
        return "bureau", view.BureauView(
            title="Bureau",
            lead_strong=strong,
            lead=rest,
            desk=desk,
            today=today,
            shown=shown,
            asked=asked,
            narrowed=narrowed or grouped,
            picked=self._together.picked,
            filters=glance.filters(desk, asked),
            states=view.states(desk, asked.get("etat", "")),
            waits=glance.waits(desk),
            median=median_words(desk.delais),
            most=most_words(desk.delais),
            figure=histogram(desk.delais, desk.delai_jours),
            absence=away,
            absence_words=who,
            oldest=shown[0] if shown and not narrowed else None,
            templates=tuple(state.templates),
            to_read=second_reading.in_brief(state.relectures, today),
            thread=self._thread(gere) if gere else None,
            together=None if gere else self._together.view(state.templates),
            note=state.note,
            receipt=state.acknowledged,
            address=f"/bureau?fil={name}" if name else "/bureau?" if state.turn else "",
        )

    def _thread(self, gere: FilGere) -> Thread:
        answer, wait = self._answer(gere), self._wait(gere)
        return threads.thread(gere, answer, self.state.templates, wait, self.state.passing)

    def arrive(self) -> None:
        """Read the desk anew, and the thread that the address names."""
        wanted = self._visit.query.get("fil", "")
        self.state.open = None
        self._together.forget()
        self.state.templates = self._modeles()
        self._read()
        self._read_relectures()
        if wanted:
            try:
                self._read_thread(wanted)
            except KitError as error:
                self.state.notices = (failed(error),)

    def _read_relectures(self) -> None:
        self.state.relectures = self._visit.ask(RELECTURES_LIRE).relectures

    def _read(self) -> BureauLu:
        desk = self._visit.ask(BUREAU_LIRE, **self.state.asked)
        self.state.desk, self.state.threads = desk, list(desk.fils)
        return desk

    def _modeles(self) -> list[Modele]:
        try:
            read = self._visit.ask(BUREAU_MODELES)
        except KitError as error:  # one answers without them
            self.state.notices = (failed(error),)
            return []
        return read.modeles

    def _read_thread(self, wanted: str) -> None:
        gere = self._visit.ask(BUREAU_FIL, id=wanted)
        self._take(gere)

    def _take(self, gere: FilGere) -> None:
        """Show a thread; its draft is that of this page, else the one that was kept."""
        self.state.open, self.state.acknowledged, self.state.note = gere, "", ""
        self.state.passing = Passing()
        name = gere.lu.fil.id
        if name not in self.state.answers:
            self.state.answers[name] = answering.begun(gere, self.state.templates, *self._dates())

    def _answer(self, gere: FilGere) -> Answer:
        return self.state.answers[gere.lu.fil.id]

    def _dates(self) -> tuple[date, date | None]:
        """Return today, and the last day of the delay that is announced."""
        today = self._visit.who().aujourdhui
        delay = self.state.desk.delai_jours if self.state.desk else None
        return today, today + timedelta(days=delay) if delay else None

    def _written(self, asked: Intent) -> bool:
        """Take the fields of the form; False where it is not the one that is shown."""
        gere = self.state.open
        if gere is None or asked.values.get("fil") != gere.lu.fil.id:
            return False
        answer = self._answer(gere)
        before = answer.act
        taken = answering.take(answer, asked.values)
        if answer.act != before:  # whichever message says so first shows its fields
            answering.propose_days(answer, *self._dates())
        return taken

    def _wait(self, gere: FilGere) -> str:
        """Return since when she has been waiting, where she is."""
        waiting = next((one for one in self.state.threads if one.id == gere.lu.fil.id), None)
        return f"attend {since(waiting.jours)}" if waiting else gere.lu.fil.libelle.lower()

    @intent(OPEN)
    def choose(self, asked: Intent) -> None:
        """Open a thread."""
        self._read_thread(asked.values.get("of", "") or "-")
        self.look_at("fil")

    @intent(OLDER)
    def older(self, _asked: Intent) -> None:
        """Read the page of the thread before what is shown of it."""
        gere = self.state.open
        if gere is None or not gere.lu.plus_anciens:
            return
        lu, name = gere.lu, gere.lu.fil.id
        read = self._visit.ask(BUREAU_FIL, id=name, page=len(lu.evenements) // ON_A_PAGE)
        older = [one for one in read.lu.evenements if one.rang < lu.evenements[0].rang]
        left = lu.plus_anciens - len(older)
        whole = {"evenements": [*older, *lu.evenements], "plus_anciens": left}
        self.state.open = gere.model_copy(update={"lu": lu.model_copy(update=whole)})
        self.look_at(f"avant-{lu.fil.numero}")

    @intent(LEAVE)
    def leave(self, _asked: Intent) -> None:
        """Come back to the queue."""
        left = self.state.open.lu.fil.id if self.state.open else ""
        self.state.open = None
        self.look_at(f"f-{left}" if left else "", "file")

    @intent(MORE)
    def more(self, _asked: Intent) -> None:
        """Show as many again; the next page is read where it is needed."""
        first = self.state.shown
        self.state.shown += AT_ONCE
        desk = self.state.desk
        if desk and self.state.shown > len(self.state.threads) < desk.trouves:
            page = len(self.state.threads) // max(len(desk.fils), 1)
            more = self._visit.ask(BUREAU_LIRE, **self.state.asked, page=page)
            known = {one.id for one in self.state.threads}
            self.state.threads += [one for one in more.fils if one.id not in known]
        if first < len(self.state.threads):
            self.look_at(f"f-{self.state.threads[first].id}")

    @intent(SEARCH)
    def search(self, asked: Intent) -> None:
        """Look for threads."""
        wanted = {name: asked.values.get(name, "").strip() for name in ("cherche", "etat")}
        self._ask({"cherche": wanted["cherche"][:200], "etat": wanted["etat"][:60], "dans": ""})

    def _ask(self, changed: Mapping[str, str]) -> None:
        """Read the queue as it is asked for now; what was picked of another one is forgotten."""
        asked = self.state.asked | dict(changed)
        self.state.asked = {name: one for name, one in asked.items() if one}
        self.state.shown = AT_ONCE
        self._together.forget()
        self._read()

    @intent(GROUP)
    def group(self, asked: Intent) -> None:
        """Group the threads."""
        wanted = asked.values.get("par", "")
        self._ask({"par": wanted if wanted in get_args(Groupement) else "", "dans": ""})

    @intent(INSIDE)
    def inside(self, asked: Intent) -> None:
        """List the threads of one group; again, and all of them are."""
        wanted = asked.values.get("of", "")[:200]
        self._ask({"dans": "" if wanted == self.state.asked.get("dans") else wanted})

    @intent(FILTER)
    def filter(self, asked: Intent) -> None:
        """Keep some threads of the queue."""
        if self.state.desk is not None:
            self._ask(glance.chosen(asked.values, self.state.desk, self.state.asked) | {"dans": ""})

    @intent(CLEAR)
    def clear(self, _asked: Intent) -> None:
        """Show all that waits again, grouped as it is."""
        self._ask(dict.fromkeys(("cherche", "etat", "dans", *glance.FILTERS), ""))
        self.look_at("f-echelon")

    def _ids(self) -> list[str]:
        return [one.id for one in self.state.threads[: self.state.shown]]

    @intent(together.PICK)
    def pick(self, asked: Intent) -> None:
        """Pick the threads ticked."""
        self._together.pick(asked, self._ids())
        self.state.open = None

    @intent(together.ALL)
    def pick_all(self, _asked: Intent) -> None:
        """Pick every thread shown."""
        self._together.pick_all(self._ids())
        self.state.open = None
        self.look_at("ensemble")

    @intent(together.NONE)
    def pick_none(self, _asked: Intent) -> None:
        """Pick none."""
        self._together.forget()
        self.look_at("file")

    @intent(together.FILL)
    def fill_together(self, asked: Intent) -> None:
        """Write a template to those picked."""
        self._together.fill(asked, self.state.templates)
        self.look_at(f"ensemble-{self._together.turn}-texte")

    @intent(together.SEE)
    def see_together(self, asked: Intent) -> None:
        """Ask what each would read."""
        self._together.see(asked)
        self.look_at("ensemble-erreurs", "apercu-t")

    @intent(together.TURN)
    def turn_together(self, asked: Intent) -> None:
        """Show the answer of another."""
        self._together.look(asked)
        self.look_at("apercu-t")

    @intent(together.SEND)
    def send_together(self, asked: Intent) -> None:
        """Send it to each."""
        done = self._together.send(asked)
        if not done.faites and not done.tenues:
            self.look_at("ensemble-erreurs")
            return
        self._read()
        self._read_relectures()
        self.state.notices = (Notice(view.sent(done, self._visit.who().aujourdhui), "", "ok"),)
        self.look_at("file")

    @intent(DRAFT)
    def draft(self, asked: Intent) -> None:
        """Keep what is typed; nothing of the screen moves under the fingers."""
        if self._written(asked):
            self._keep()

    def _keep(self) -> None:
        if self.state.open is None:
            return
        answer = self._answer(self.state.open)
        kept = self._visit.ask(BUREAU_BROUILLON, id=self.state.open.lu.fil.id, texte=answer.text)
        answer.kept = kept.le

    @intent(ACT)
    def change_act(self, asked: Intent) -> None:
        """Choose what is done with the text: by the form, or by « Noter corrigé »."""
        gere = self.state.open
        if gere is None:
            return
        answer, wanted = self._answer(gere), asked.values.get("of", "")
        if not self._written(asked) and wanted:
            answer.act = wanted
            answer.turn += 1  # another form: the choice is not that of the page's
        answer.faults = []
        answering.propose_days(answer, *self._dates())
        place = "valeur" if wanted == CORRECT else f"acte-{answer.act}"
        self.look_at(f"{self._form_key()}-{place}")

    def _form_key(self) -> str:
        gere = self.state.open
        if gere is None:
            return ""
        return f"reponse-{gere.lu.fil.numero}-{self._answer(gere).turn}"

    @intent(TEMPLATE)
    def template(self, asked: Intent) -> None:
        """Fill the text with the template of a button."""
        self._fill(asked.values.get("of", ""))

    @intent(OTHER)
    def other_template(self, asked: Intent) -> None:
        """Fill the text with the template of the list."""
        self._written(asked)
        self._fill(asked.values.get("modele", ""))

    def _fill(self, name: str) -> None:
        gere = self.state.open
        template = next((one for one in self.state.templates if one.nom == name), None)
        if gere is None or template is None:
            return
        answering.fill(gere, self._answer(gere), template, *self._dates())
        self._keep()
        self.look_at(f"{self._form_key()}-texte")

    @intent(SEND)
    def send(self, asked: Intent) -> None:
        """Do the act of the form."""
        gere = self.state.open
        if gere is None or not self._written(asked):
            return
        answer = self._answer(gere)
        days = answering.checked(gere, answer)
        if not answer.faults:
            self._run(gere, answer, answer.act, days)

    @intent(DO)
    def do(self, asked: Intent) -> None:
        """Do an act that needs no words."""
        gere, act = self.state.open, asked.values.get("of", "")
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
            puis_clore=written and answer.close and act in answering.CLOSING,
            vus=gere.lu.plus_anciens + len(gere.lu.evenements),
            cle=answer.key,
            **days,
        )
        answer.key = ""
        if outcome.entre_temps:
            self._came_meanwhile(gere, answer, outcome.entre_temps)
        elif outcome.erreurs or outcome.lu is None:
            answer.faults = outcome.erreurs
        else:
            self._done(outcome.lu, act, written=written)

    def _came_meanwhile(self, gere: FilGere, answer: Answer, meanwhile: list[Evenement]) -> None:
        """Show what came before the act; the text that was being written stays."""
        self._read_thread(gere.lu.fil.id)
        answer.meanwhile = meanwhile
        self._read()
        self.look_at("entre-temps")

    def _done(self, gere: FilGere, act: str, *, written: bool) -> None:
        """Say what was done, and send the focus to the next thread that waits."""
        name = gere.lu.fil.id
        following = self._following(name)
        if written:
            turn = self.state.answers[name].turn + 1
            self.state.answers[name] = Answer(value=gere.lu.indique, turn=turn)
        self.state.answers[name].meanwhile = []
        self._take(gere)
        self._read()
        proposed = act == CORRECT and gere.proposition is not None
        words = "Correction proposée : une autre personne la confirme" if proposed else ""
        self.state.acknowledged = f"{words or _DONE.get(act, 'Fait')}."
        self.look_at(f"f-{following}" if following and act != TAKE else "", "fil")

    def _following(self, name: str) -> str:
        """Return the thread after this one in the queue, else the first other."""
        names = [one.id for one in self.state.threads]
        place = names.index(name) if name in names else -1
        others = names[place + 1 :] + names[: max(place, 0)]
        return others[0] if others else ""

    @intent(HAND_ON)
    def pass_on(self, asked: Intent) -> None:
        """Pass the thread to another service; it then leaves the queue."""
        gere = self.state.open
        if gere is None or asked.values.get("fil") != gere.lu.fil.id:
            return
        to, words = asked.values.get("vers", "")[:150], asked.values.get("mot", "")
        done = self._visit.ask(
            BUREAU_TRANSMETTRE,
            id=gere.lu.fil.id,
            vers=to,
            texte=words,
            vus=gere.lu.plus_anciens + len(gere.lu.evenements),
            cle=self.key(HAND_ON),
        )
        self.answered(HAND_ON)
        if done.entre_temps:
            answer = self._answer(gere)
            self._came_meanwhile(gere, answer, done.entre_temps)
        elif done.le is None:
            self.state.passing = Passing(to, words, tuple(done.erreurs))
            self.look_at("transmettre-erreurs")
        else:
            following = self._following(gere.lu.fil.id)
            self.state.open = None
            self._read()
            words = view.passed(done, self._visit.who().aujourdhui)
            self.state.notices = (Notice(words, view.taken_back(gere), "ok"),)
            self.look_at(f"f-{following}" if following else "", "file")

    @intent(NOTE)
    def write_note(self, asked: Intent) -> None:
        """Keep an internal note."""
        gere = self.state.open
        if gere is None or asked.values.get("fil") != gere.lu.fil.id:
            return
        if asked.values.get("notes") != str(len(gere.notes)):  # sent twice: it is kept already
            return
        self.state.note = asked.values.get("note", "")
        written = self._visit.ask(
            BUREAU_NOTE, id=gere.lu.fil.id, texte=self.state.note, cle=secrets.token_hex(12)
        )
        self._take(written)
        self.state.acknowledged = "Note interne gardée."
        self.look_at("notes")
