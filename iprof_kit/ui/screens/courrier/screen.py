"""« Votre courrier »: the threads of one person with the service of her file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from iprof_kit.base.errors import KitError
from iprof_kit.services.contract.avis import AVIS_CHOISIR, AVIS_LIRE
from iprof_kit.services.contract.courrier import (
    COURRIER_AGIR,
    COURRIER_ECRIRE,
    COURRIER_FIL,
    COURRIER_LIRE,
    ON_A_PAGE,
    ActeFait,
    CourrierLu,
    FilLu,
    Vue,
)
from iprof_kit.services.contract.kit_messages import (
    MESSAGES_KIT_CHOISIR,
    MESSAGES_KIT_LIRE,
)
from iprof_kit.services.contract.own_file import PIECE_RETIRER, ErreurChamp, Piece
from iprof_kit.ui.fields.keeping import new_key
from iprof_kit.ui.fields.message_drafts import NEW, Draft, Drafts
from iprof_kit.ui.fields.papers import deposit
from iprof_kit.ui.screens.courrier import kit_messages, letter, mailing, rows, thread, view, writing
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.academies import academie_name
from iprof_kit.ui.shared.menu import MAIL, READ_HERE
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.shared.parts import Notice, failed
from iprof_kit.ui.visit.visiting import Shown, Visit

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


@dataclass
class _Doing:
    """What is looked for, what is wrong, what was just done; `faults` by thread or « nouveau »."""

    chosen: Vue = "tous"
    sought: str = ""
    page: int = 0
    faults: dict[str, list[ErreurChamp]] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    receipt: view.Receipt | None = None
    datum: str = ""
    """The datum that the address names, until the form is touched."""
    reason: str = ""
    mailing: mailing.MailingView | None = None
    kit_messages: kit_messages.KitMessagesView | None = None
    keys: dict[tuple[str, str], str] = field(default_factory=dict)
    sure: set[str] = field(default_factory=set)
    """The papers called as health papers are, and that she said are none."""
    turn: int = 0
    focus: str = ""


class Courrier:
    """The list, one thread of it, what she writes; what she types is on the server at once."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._drafts = Drafts(visit)
        self._doing = _Doing()
        self._opening = -1
        self._all: CourrierLu | None = None
        self._thread: FilLu | None = None

    def show(self, path: str) -> Shown:
        """Return the screen."""
        del path
        self._open()
        doing, today = self._doing, self._visit.who().aujourdhui
        opened = self._opened()  # first: what is read there is not new any more
        read = self._read()
        shown = self._listed(read)
        strong, others = rows.sentence(read, today)
        by_letter = read.correspondant.mode == "lettre"
        self._visit.unread = read.comptes.nouveaux
        return "courrier", view.CourrierView(
            title="Votre courrier",
            lead_strong=strong,
            lead=others,
            banner="" if by_letter else READ_HERE,
            notices=doing.notices,
            rows=tuple(rows.row(one, today, self._named()) for one in shown.fils),
            count=rows.count_words(shown),
            views=rows.view_options(read.comptes, doing.chosen),
            sought=doing.sought,
            newer_list=doing.page > 0,
            older_list=shown.trouves > (doing.page + 1) * ON_A_PAGE,
            nothing=self._nothing(read),
            thread=thread.thread_view(opened, today, self._page()) if opened else None,
            form=self._form(read, opened),
            receipt=doing.receipt,
            service=writing.to_words(read.correspondant),
            is_new=self._named() == NEW,
            reopening=doing.reason,
            reopening_error=self._fault_of(self._named(), "raison"),
            folds=view.folds(read.correspondant, read.comptes),
            mailing=doing.mailing,
            kit_messages=doing.kit_messages,
            bare=not read.comptes.tous,
            letter=by_letter,
            proof=letter.PROOF if by_letter else "",
            official=self._official() if by_letter else ("", ""),
            address=self._address(),
            turn=str(doing.turn),
            focus=doing.focus,
        )

    def receive(self, intent: Intent) -> None:
        """Do what is asked; a failure keeps what was typed."""
        self._open()
        if self._drafts.receive(intent):
            self._doing.turn += 1
            return
        acts: dict[str, Callable[[Intent], None]] = {
            DRAFT: self._draft, SEND: self._send, JOIN: self._join, WITHDRAW: self._withdraw,
            SURE: self._say_sure, LETTER: self._letter, ACT: self._act, LOOK: self._look,
            TURN: self._turn, TOLD: self._tell, CHOOSE: self._choose,
            OF_KIT: self._show_messages, CHOOSE_OF_KIT: self._choose_messages,
        }  # fmt: skip
        act = acts.get(intent.name)
        if act is None:
            return
        self._doing.notices = ()
        try:
            act(intent)
        except KitError as error:
            self._doing.notices = (failed(error),)

    # What is read: once an opening, and again after each act.

    def _open(self) -> None:
        """Begin anew where a screen was opened: what was said belongs to the one before."""
        visit, doing = self._visit, self._doing
        if self._opening == visit.openings:
            return
        self._opening = visit.openings
        self._all = self._thread = None
        doing.notices, doing.receipt, doing.reason, doing.mailing = (), None, "", None
        doing.kit_messages = None
        doing.datum = visit.query.get("donnee", "") or visit.query.get("partie", "")

    def _read(self) -> CourrierLu:
        if self._all is None:
            self._all = self._visit.ask(COURRIER_LIRE)
        return self._all

    def _listed(self, read: CourrierLu) -> CourrierLu:
        doing = self._doing
        if doing.chosen == "tous" and not doing.sought and not doing.page:
            return read
        return self._visit.ask(
            COURRIER_LIRE, vue=doing.chosen, cherche=doing.sought, page=doing.page
        )

    def _opened(self) -> FilLu | None:
        """Return the thread that the address names; what is wrong with it is said."""
        name = self._named()
        if not name or name == NEW:
            return None
        if self._thread is None:
            try:
                self._thread = self._visit.ask(COURRIER_FIL, id=name, page=self._page())
            except KitError as error:
                self._doing.notices = (*self._doing.notices, failed(error))
                return None
        return self._thread

    def _again(self) -> None:
        """Read all of it anew: something was done."""
        self._all = self._thread = None

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
        return f"{MAIL}?fil={name}" if self._doing.receipt and name not in ("", NEW) else ""

    # What she does.

    def _draft(self, intent: Intent) -> None:
        self._typed(intent)

    def _send(self, intent: Intent) -> None:
        """Send a new message, or an answer: with papers where the service waits for one."""
        name, draft = self._typed(intent)
        self._doing.faults.pop(name, None)
        if (fault := writing.too_long(draft.texte)) is not None:
            self._doing.faults[name] = [fault]
            return
        if (asked := writing.unanswered(self._papers(name), self._doing.sure)) is not None:
            self._doing.faults[name] = [asked]
            return
        done = self._send_new(draft) if name == NEW else self._send_answer(name, draft)
        if self._was_refused(name, done):
            return
        self._drafts.forget(name)
        self._after(done, "envoyer")

    def _papers(self, name: str) -> list[Piece]:
        """Return the papers that wait for a new message, or for an answer."""
        if name == NEW:
            return self._read().en_attente
        opened = self._opened()
        return opened.en_attente if opened else []

    def _say_sure(self, intent: Intent) -> None:
        """Take her word for it: this paper is none of health."""
        self._doing.sure.add(intent.values.get("of", ""))
        self._doing.faults.pop(self._named(), None)

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
        opened, papers = self._opened(), [one.id for one in self._papers(name)]
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

    def _letter(self, intent: Intent) -> None:
        """Give the draft as a letter to be signed: nobody reads in this kit."""
        name, draft = self._typed(intent)
        faults = [one for one in (writing.too_long(draft.texte),) if one] or letter.faults_of(draft)
        self._doing.faults[name] = faults
        if faults:
            return
        read, visit = self._read(), self._visit
        datum = next((one for one in read.donnees if one.cle == draft.donnee), None)
        visit.download = letter.letter_of(
            visit.letterhead(), draft, read.correspondant.service, read.en_attente, datum,
            visit.who().aujourdhui,
        )  # fmt: skip

    def _act(self, intent: Intent) -> None:
        """Remind, close, or open again with a reason."""
        name, act = self._named(), intent.values.get("of", "")
        if act not in ("relancer", "clore", "rouvrir"):
            return
        doing = self._doing
        doing.faults.pop(name, None)
        doing.reason = intent.values.get("raison", "")
        key = doing.keys.setdefault((name, act), new_key())  # the same while no answer came
        done = self._visit.ask(
            COURRIER_AGIR, id=name or "-", acte=act, texte=doing.reason, pieces=[], cle=key
        )
        del doing.keys[name, act]
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
            self._doing.faults[name] = named
        return done.lu is None

    def _after(self, done: ActeFait, act: str) -> None:
        """Show the thread with the receipt of what was done."""
        doing = self._doing
        self._again()
        if done.lu is None:
            return
        self._thread, opened = done.lu, done.lu
        self._visit.query = {"fil": opened.fil.id}
        event = thread.last_own(opened.evenements)
        when = f" le {text.moment(event.le)}." if event else "."
        doing.receipt = view.Receipt(
            f"{_DONE[act]}{when}",
            f"Reçu n° {opened.fil.numero}-{event.rang}." if event else "",
            thread.receipt_path(opened.fil.id, event.rang) if event else "",
        )
        doing.turn += 1
        doing.focus = "recu"

    def _join(self, intent: Intent) -> None:
        """Give a file to the server: what is too large, or no paper, is not kept."""
        name = intent.values.get("of") or self._named() or NEW
        salt = self._drafts.keep(name, self._drafts.of(name)).cle
        faults = [one for one in self._doing.faults.get(name, []) if one.champ != "pieces"]
        if (fault := deposit(self._visit, intent, name, salt)) is not None:
            faults.append(fault)
        self._doing.faults[name] = faults
        self._again()

    def _withdraw(self, intent: Intent) -> None:
        name = self._named() or NEW
        self._doing.faults.pop(name, None)
        self._visit.ask(PIECE_RETIRER, id=intent.values.get("of", "") or "-", pour=name)
        self._again()

    def _look(self, intent: Intent) -> None:
        chosen = intent.values.get("vue", "")
        self._doing.chosen = next((one for one in rows.VIEWS if one == chosen), "tous")
        self._doing.sought = intent.values.get("cherche", "").strip()[:MOST_SOUGHT]
        self._doing.page = 0

    def _turn(self, intent: Intent) -> None:
        step = 1 if intent.values.get("of") == "1" else -1
        self._doing.page = max(0, self._doing.page + step)

    def _tell(self, intent: Intent) -> None:
        del intent
        self._doing.mailing = mailing.mailing_view(self._visit.ask(AVIS_LIRE), [], "")

    def _choose(self, intent: Intent) -> None:
        """Keep when and where she is told by e-mail; a choice made elsewhere is shown instead."""
        done = self._visit.ask(
            AVIS_CHOISIR,
            adresse=intent.values.get("adresse", "")[:254],
            rythme=intent.values.get("rythme") or "jamais",
            revision=_revision(intent),
            cle=new_key(),
        )
        receipt = _kept(done.issue, done.avis.choisi_le, done.numero)
        self._doing.mailing = mailing.mailing_view(done.avis, done.erreurs, receipt)

    def _show_messages(self, intent: Intent) -> None:
        del intent
        read = self._visit.ask(MESSAGES_KIT_LIRE)
        self._doing.kit_messages = kit_messages.kit_messages_view(read, "")

    def _choose_messages(self, intent: Intent) -> None:
        """Keep which messages of the kit she wants; a choice made elsewhere is shown instead."""
        done = self._visit.ask(
            MESSAGES_KIT_CHOISIR,
            voulues=kit_messages.wanted(intent.values),
            revision=_revision(intent),
            cle=new_key(),
        )
        receipt = _kept(done.issue, done.choix.choisi_le, done.numero)
        self._doing.kit_messages = kit_messages.kit_messages_view(done.choix, receipt)

    def _typed(self, intent: Intent) -> tuple[str, Draft]:
        """Keep what a form holds, and say for which thread."""
        name = intent.values.get("of") or NEW
        known = {one: intent.values[one] for one in _FIELDS if one in intent.values}
        if "donnee" in known:
            self._doing.datum = ""
        return name, self._drafts.keep(name, replace(self._drafts.of(name), **known))

    # What is shown.

    def _form(self, read: CourrierLu, opened: FilLu | None) -> writing.WritingView | None:
        name, doing = self._named(), self._doing
        if not name:
            return None
        self._drafts.load()
        kept = self._drafts.view()
        key = f"{name}-{doing.turn}"
        faults = doing.faults.get(name, [])
        if name == NEW:
            draft = self._drafts.of(NEW)
            if datum := writing.datum_of(read.donnees, doing.datum):
                draft = replace(draft, donnee=datum)
            return writing.new_form(
                draft, read.en_attente, faults, read.donnees, read.correspondant,
                key=key, kept=kept, sure=self._doing.sure,
            )  # fmt: skip
        if opened is None or set(opened.actes).isdisjoint(thread.ANSWERS):
            return None
        doctor = read.correspondant.medecin or ""
        papers, draft = opened.en_attente, self._drafts.of(name)
        return writing.answer_form(
            name, draft, papers, faults, key=key, kept=kept, doctor=doctor, sure=self._doing.sure
        )

    def _fault_of(self, name: str, where: str) -> str:
        faults = self._doing.faults.get(name, [])
        return next((one.message for one in faults if one.champ == where), "")

    def _nothing(self, read: CourrierLu) -> str:
        if self._doing.sought:
            return "Aucun fil ne contient ces mots."
        return "Aucun fil dans cette vue." if read.comptes.tous else "Aucun fil encore."

    def _official(self) -> tuple[str, str]:
        """Return what the official place is called, and its address where it is known."""
        academie = self._visit.who().academie
        link = academie.lien_officiel or ""
        safe = link if link.startswith(("https://", "http://")) else ""
        return f"I-Prof, académie {academie_name(academie)}", safe


def _revision(intent: Intent) -> int:
    """Return the revision of the choice that she was looking at."""
    revision = intent.values.get("revision", "")
    return int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 9 else 0


def _kept(issue: str, when: datetime | None, number: int | None) -> str:
    """Return what became of a choice: its receipt, or that another one stands."""
    if issue == "enregistre" and when:
        return text.french(f"Enregistré dans ce kit le {text.moment(when)}. Reçu n° {number}.")
    if issue == "conflit":
        return text.french("Changé ailleurs entre-temps : voici ce choix. Rien n’a été remplacé.")
    return ""
