"""« Votre courrier »: the threads of one person with the service of her file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from iprof_kit.base.errors import KitError
from iprof_kit.services.contract.avis import AVIS_CHOISIR, AVIS_LIRE
from iprof_kit.services.contract.courrier import (
    COURRIER_AGIR,
    COURRIER_ECRIRE,
    COURRIER_FIL,
    COURRIER_LIRE,
    ActeFait,
    CourrierLu,
    FilLu,
    Vue,
)
from iprof_kit.services.contract.kit_messages import MESSAGES_KIT_CHOISIR, MESSAGES_KIT_LIRE
from iprof_kit.services.contract.own_file import PIECE_RETIRER, ErreurChamp, Piece
from iprof_kit.ui.kit.carnet import NEW, Draft, Drafts, new_key
from iprof_kit.ui.kit.fields.papers import deposit
from iprof_kit.ui.kit.parts import failed
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.screens.courrier import letter, rows, thread, view, writing
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.academies import academie_name
from iprof_kit.ui.shared.menu import MAIL, READ_HERE
from iprof_kit.ui.shared.messages import Intent

DRAFT, SEND = "courrier_brouillon", "courrier_envoyer"
LETTER = "courrier_lettre"
JOIN, WITHDRAW, ACT = "courrier_piece", "courrier_retirer", "courrier_acte"
SURE = "courrier_piece_autre"
LOOK, TURN = "courrier_chercher", "courrier_page"
TOLD, CHOOSE = "courrier_averti", "courrier_averti_choisir"
OF_KIT, CHOOSE_OF_KIT = "courrier_messages", "courrier_messages_choisir"
MOST_SOUGHT = 200
"""Characters of what is looked for."""
_FIELDS = ("texte", "nature", "objet", "donnee", "indique")
_NAMED = {"objet", "donnee", "indique", "pieces"}
"""Fields whose own faults stand beside them."""
_DONE = {
    "envoyer": "Envoyé au service",
    "completer": "Envoyé au service",
    "envoyer_piece": "Envoyé au service",
    "relancer": "Relance envoyée au service",
    "clore": "Fil clos",
    "rouvrir": "Fil rouvert",
}

_OF = "message-"
"""How the name of the box of each kind of messages begins."""


@dataclass
class Doing(State):
    """What is looked for, what is wrong, what was just done; `faults` by thread or « nouveau »."""

    chosen: Vue = "tous"
    sought: str = ""
    page: int = 0
    faults: dict[str, list[ErreurChamp]] = field(default_factory=dict)
    listed: CourrierLu | None = None
    thread: FilLu | None = None
    """Once it is read, nothing of it is new any more: it is shown as it was opened."""
    done: view.Receipt | None = None
    datum: str = ""
    """The datum that the address names, until the form is touched."""
    reason: str = ""
    mailing: view.Mailing | None = None
    kit_messages: view.KitMessages | None = None
    sure: set[str] = field(default_factory=set)
    """The papers called as health papers are, and that she said are none."""


class Courrier(KitScreen[Doing]):
    """The list, one thread of it, what she writes; what she types is on the server at once."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._drafts = Drafts(visit)
        self.carnets = (self._drafts,)

    @property
    def shown_turn(self) -> int:
        """Which turn of the forms is shown: the carnet changes them too."""
        return self.state.turn + self._drafts.turn

    def page(self) -> Shown:
        """Return the screen."""
        doing, today = self.state, self._visit.who().aujourdhui
        opened = self._opened_thread()  # first: what is read there is not new any more
        read = self._read()
        shown = self._found(read)
        strong, others = rows.sentence(read, today)
        self._visit.unread = read.comptes.nouveaux
        return "courrier", view.CourrierView(
            title="Votre courrier",
            lead_strong=strong,
            lead=others,
            banner="" if read.correspondant.mode == "lettre" else READ_HERE,
            read=read,
            shown=shown,
            today=today,
            named=self._named(),
            page=doing.page,
            sought=doing.sought,
            count=rows.count_words(shown),
            views=rows.view_options(read.comptes, doing.chosen),
            thread=thread.thread_view(opened, today, self._page()) if opened else None,
            form=self._form(read, opened),
            receipt=doing.done,
            service=writing.to_words(read.correspondant),
            reopening=doing.reason,
            reopening_error=self._fault_of(self._named(), "raison"),
            mailing=doing.mailing,
            kit_messages=doing.kit_messages,
            official=self._official(),
            address=self._address(),
        )

    # What is read: once an opening, and again after each act.

    def arrive(self) -> None:
        """Begin anew: what was said belongs to the opening before."""
        query, doing = self._visit.query, self.state
        doing.listed = doing.thread = doing.done = doing.mailing = doing.kit_messages = None
        doing.reason = ""
        doing.datum = query.get("donnee", "") or query.get("partie", "")

    def _read(self) -> CourrierLu:
        if self.state.listed is None:
            self.state.listed = self._visit.ask(COURRIER_LIRE)
        return self.state.listed

    def _found(self, read: CourrierLu) -> CourrierLu:
        doing = self.state
        if doing.chosen == "tous" and not doing.sought and not doing.page:
            return read
        return self._visit.ask(
            COURRIER_LIRE, vue=doing.chosen, cherche=doing.sought, page=doing.page
        )

    def _opened_thread(self) -> FilLu | None:
        """Return the thread that the address names; what is wrong with it is said."""
        name = self._named()
        if not name or name == NEW:
            return None
        if self.state.thread is None:
            try:
                self.state.thread = self._visit.ask(COURRIER_FIL, id=name, page=self._page())
            except KitError as error:
                self.state.notices = (*self.state.notices, failed(error))
                return None
        return self.state.thread

    def again(self) -> None:
        """Read all of it anew: something was done."""
        self.state.listed = self.state.thread = None

    # Where one is.

    def _named(self) -> str:
        """Return the thread that the address names, « nouveau », or nothing."""
        query = self._visit.query
        if "fil" in query:
            return query["fil"][:64]
        return NEW if query.get("nouveau") else ""

    def _page(self) -> int:
        page = self._visit.query.get("page", "")
        return int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 0

    def _address(self) -> str:
        """Return the address of what is shown, where an act has led there."""
        name = self._named()
        return f"{MAIL}?fil={name}" if self.state.done and name not in ("", NEW) else ""

    # What she does.

    @intent(DRAFT)
    def write(self, asked: Intent) -> None:
        """Keep what is typed."""
        self._typed(asked)

    @intent(SEND)
    def send(self, asked: Intent) -> None:
        """Send a new message, or an answer: with papers where the service waits for one."""
        name, draft = self._typed(asked)
        self.state.faults.pop(name, None)
        if (fault := writing.too_long(draft.texte)) is not None:
            self.state.faults[name] = [fault]
            return
        if (unsaid := writing.unanswered(self._papers(name), self.state.sure)) is not None:
            self.state.faults[name] = [unsaid]
            return
        done = self._send_new(draft) if name == NEW else self._send_answer(name, draft)
        if self._was_refused(name, done):
            return
        self._drafts.sent(name)
        self._after(done, "envoyer")

    def _papers(self, name: str) -> list[Piece]:
        """Return the papers that wait for a new message, or for an answer."""
        if name == NEW:
            return self._read().en_attente
        opened = self._opened_thread()
        return opened.en_attente if opened else []

    @intent(SURE)
    def say_sure(self, asked: Intent) -> None:
        """Take her word for it: this paper is none of health."""
        self.state.sure.add(asked.values.get("of", ""))
        self.state.faults.pop(self._named(), None)

    def _send_new(self, draft: Draft) -> ActeFait:
        read = self._read()
        return self._visit.ask(
            COURRIER_ECRIRE,
            nature=draft.nature or "question",
            objet=draft.objet,
            texte=draft.texte,
            donnee=draft.donnee,
            indique=draft.indique if draft.nature == "erreur" else "",
            pieces=[one.id for one in read.en_attente],
            cle=draft.cle,
        )

    def _send_answer(self, name: str, draft: Draft) -> ActeFait:
        opened, papers = self._opened_thread(), [one.id for one in self._papers(name)]
        open_acts = opened.actes if opened else []
        asked = "envoyer_piece" in open_acts and papers
        return self._visit.ask(
            COURRIER_AGIR,
            id=name,
            acte="envoyer_piece" if asked else "completer",
            texte=draft.texte,
            pieces=papers,
            cle=draft.cle,
        )

    @intent(LETTER)
    def give_letter(self, asked: Intent) -> None:
        """Give the draft as a letter to be signed: nobody reads in this kit."""
        name, draft = self._typed(asked)
        faults = [one for one in (writing.too_long(draft.texte),) if one] or letter.faults_of(draft)
        self.state.faults[name] = faults
        if faults:
            return
        read, visit = self._read(), self._visit
        datum = next((one for one in read.donnees if one.cle == draft.donnee), None)
        service, today = read.correspondant.service, visit.who().aujourdhui
        visit.download = letter.letter_of(
            visit.letterhead(), draft, service, read.en_attente, datum, today
        )

    @intent(ACT)
    def act(self, asked: Intent) -> None:
        """Remind, close, or open again with a reason."""
        name, act = self._named(), asked.values.get("of", "")
        if act not in ("relancer", "clore", "rouvrir"):
            return
        doing = self.state
        doing.faults.pop(name, None)
        doing.reason = asked.values.get("raison", "")
        key = self.key(f"{act} {name}")
        done = self._visit.ask(
            COURRIER_AGIR, id=name or "-", acte=act, texte=doing.reason, pieces=[], cle=key
        )
        self.answered(f"{act} {name}")
        if not self._was_refused(name, done, words="raison"):
            doing.reason = ""
            self._after(done, act)

    def _was_refused(self, name: str, done: ActeFait, words: str = "texte") -> bool:
        """Keep what is wrong; what is of no field of the form is said where the words are."""
        named = [
            one if one.champ in _NAMED else one.model_copy(update={"champ": words})
            for one in done.erreurs
        ]
        if named:
            self.state.faults[name] = named
        return done.lu is None

    def _after(self, done: ActeFait, act: str) -> None:
        """Show the thread with the receipt of what was done."""
        doing = self.state
        self.again()
        if done.lu is None:
            return
        self.state.thread, opened = done.lu, done.lu
        self._visit.query = {"fil": opened.fil.id}
        event = thread.last_own(opened.evenements)
        when = f" le {text.moment(event.le)}." if event else "."
        doing.done = view.Receipt(
            f"{_DONE[act]}{when}",
            f"Reçu n° {opened.fil.numero}-{event.rang}." if event else "",
            thread.receipt_path(opened.fil.id, event.rang) if event else "",
        )
        self.look_at("recu")

    @intent(JOIN)
    def join(self, asked: Intent) -> None:
        """Give a file to the server: what is too large, or no paper, is not kept."""
        name = asked.values.get("of") or self._named() or NEW
        salt = self._drafts.write_down(name, self._drafts.of(name)).cle
        faults = [one for one in self.state.faults.get(name, []) if one.champ != "pieces"]
        if (fault := deposit(self._visit, asked, name, salt)) is not None:
            faults.append(fault)
        self.state.faults[name] = faults
        self.again()

    @intent(WITHDRAW)
    def withdraw(self, asked: Intent) -> None:
        """Withdraw a paper that is not sent yet."""
        name = self._named() or NEW
        self.state.faults.pop(name, None)
        self._visit.ask(PIECE_RETIRER, id=asked.values.get("of", "") or "-", pour=name)
        self.again()

    @intent(LOOK)
    def look(self, asked: Intent) -> None:
        """Show the threads of one view, or those that hold some words."""
        chosen = asked.values.get("vue", "")
        self.state.chosen = next((one for one in rows.VIEWS if one == chosen), "tous")
        self.state.sought = asked.values.get("cherche", "").strip()[:MOST_SOUGHT]
        self.state.page = 0

    @intent(TURN)
    def turn_page(self, asked: Intent) -> None:
        """Show the threads before these, or after."""
        step = 1 if asked.values.get("of") == "1" else -1
        self.state.page = max(0, self.state.page + step)

    @intent(TOLD)
    def tell(self, asked: Intent) -> None:
        """Show when and where she is told by e-mail."""
        del asked
        self.state.mailing = view.Mailing(self._visit.ask(AVIS_LIRE))

    @intent(CHOOSE)
    def choose(self, asked: Intent) -> None:
        """Keep when and where she is told by e-mail; a choice made elsewhere is shown instead."""
        done = self._visit.ask(
            AVIS_CHOISIR,
            adresse=asked.values.get("adresse", "")[:254],
            rythme=asked.values.get("rythme") or "jamais",
            revision=_revision(asked),
            cle=new_key(),
        )
        receipt = _kept(done.issue, done.avis.choisi_le, done.numero)
        self.state.mailing = view.Mailing(done.avis, receipt, next(iter(done.erreurs), None))

    @intent(OF_KIT)
    def show_messages(self, asked: Intent) -> None:
        """Show which messages of the kit she wants."""
        del asked
        self.state.kit_messages = view.KitMessages(self._visit.ask(MESSAGES_KIT_LIRE))

    @intent(CHOOSE_OF_KIT)
    def choose_messages(self, asked: Intent) -> None:
        """Keep which messages of the kit she wants; a choice made elsewhere is shown instead."""
        done = self._visit.ask(
            MESSAGES_KIT_CHOISIR,
            voulues=[one.removeprefix(_OF) for one in asked.values if one.startswith(_OF)],
            revision=_revision(asked),
            cle=new_key(),
        )
        receipt = _kept(done.issue, done.choix.choisi_le, done.numero)
        self.state.kit_messages = view.KitMessages(done.choix, receipt)

    def _typed(self, asked: Intent) -> tuple[str, Draft]:
        """Keep what a form holds, and say for which thread."""
        name = asked.values.get("of") or NEW
        known = {one: asked.values[one] for one in _FIELDS if one in asked.values}
        if "donnee" in known:
            self.state.datum = ""
        return name, self._drafts.write_down(name, replace(self._drafts.of(name), **known))

    # What is shown.

    def _form(self, read: CourrierLu, opened: FilLu | None) -> writing.WritingView | None:
        name, doing = self._named(), self.state
        if not name:
            return None
        self._drafts.load()
        if name != NEW and (opened is None or set(opened.actes).isdisjoint(thread.ANSWERS)):
            return None
        draft = self._drafts.of(name)
        if name == NEW and (datum := writing.datum_of(read.donnees, doing.datum)):
            draft = replace(draft, donnee=datum)
        written = writing.Written(
            draft,
            opened.en_attente if opened and name != NEW else read.en_attente,
            doing.faults.get(name, []),
            key=f"{name}-{self.shown_turn}",
            kept=self._drafts.view(),
            doctor=read.correspondant.medecin or "",
            sure=doing.sure,
        )
        if name == NEW:
            return writing.new_form(written, read.donnees, read.correspondant)
        return writing.answer_form(name, written)

    def _fault_of(self, name: str, where: str) -> str:
        faults = self.state.faults.get(name, [])
        return next((one.message for one in faults if one.champ == where), "")

    def _official(self) -> tuple[str, str]:
        """Return what the official place is called, and its address where it is known."""
        academie = self._visit.who().academie
        link = academie.lien_officiel or ""
        safe = link if link.startswith(("https://", "http://")) else ""
        return f"I-Prof, académie {academie_name(academie)}", safe


def _revision(asked: Intent) -> int:
    """Return the revision of the choice that she was looking at."""
    revision = asked.values.get("revision", "")
    return int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 9 else 0


def _kept(issue: str, when: datetime | None, number: int | None) -> str:
    """Return what became of a choice: its receipt, or that another one stands."""
    if issue == "enregistre" and when:
        return f"Enregistré dans ce kit le {text.moment(when)}. Reçu n° {number}."
    if issue == "conflit":
        return "Changé ailleurs entre-temps : voici ce choix. Rien n’a été remplacé."
    return ""
