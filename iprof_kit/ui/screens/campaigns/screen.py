"""One campaign’s page and what the person does on it: her notes, wishes, papers, letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.calculate.interface.local_time import LocalClock, place_of
from iprof_kit.services.contract.campagnes import (
    LONGEST_WORDS,
    SERVICES_NOTER,
    SERVICES_RETIRER,
    Nature,
    ServiceNote,
)
from iprof_kit.ui.kit.carnet import Carnet
from iprof_kit.ui.kit.screen import KitScreen, State, Takes, intent
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.screens.campaigns import ordering, sending
from iprof_kit.ui.screens.campaigns import page as pages
from iprof_kit.ui.screens.campaigns.acknowledgements import kept_words
from iprof_kit.ui.screens.campaigns.appeals import open_appeals
from iprof_kit.ui.screens.campaigns.last_hours import READ, closing_step, of_a_silent_site, prepare
from iprof_kit.ui.screens.campaigns.ordering import Ordering
from iprof_kit.ui.screens.campaigns.reading import Campaigns, read_campaigns
from iprof_kit.ui.screens.campaigns.scores import Looked, scores_view
from iprof_kit.ui.screens.campaigns.taken_away import contest_letter, digest, prepared_wishes, proof
from iprof_kit.ui.screens.campaigns.wishes_view import WishesView, wishes_view
from iprof_kit.ui.screens.demandes.notes import Notes
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent

P = TypeVar("P", bound=pages.CampaignView)
MOVEMENT = "/services/siam"
DONE, TRY, RESULT, TAKE_AWAY = "etape_faite", "essai_note", "resultat_note", "note_retirer"
SCORE, PAPERS, LETTER = "bareme_siam", "pieces_pretes", "lettre_bareme"
SHOWN, PREPARED, PROOF = "accuse_garder", "preparation_pdf", "preuve_pdf"
REREAD, MESSAGE = "liste_relue", "message_cellule"
_KINDS: dict[str, Nature] = {DONE: "fait", TRY: "essai", RESULT: "resultat"}
_AFTER = "Écrit après la clôture de l’étape : gardé à part, avec son moment."


@dataclass
class Noting(State):
    """What was typed in the form concerned, and the list that is shown."""

    form: pages.NoteForm = field(default_factory=pages.NoteForm)
    goes: str = ""
    """Where the page goes once this is shown."""
    only: str = ""
    """The only state of the list that is shown; empty: all of them."""


class CampaignScreen(KitScreen[Noting]):
    """Everything is read again at each opening; a note is dated by the server."""

    outcomes: tuple[str, ...] = pages.OUTCOMES
    """What a result may be."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._ordering = Ordering(visit)
        self._typed = Carnet(visit, "services")
        self._sending = sending.Sending(visit, self._typed)
        self._appeals = Notes(visit)

    def arrive(self) -> None:
        """Begin anew: what is open stays."""
        before = self.state
        self.state = Noting(before.opening, opened=before.opened, turn=before.turn + 1)
        self._ordering.opened()

    def before(self, asked: Intent) -> None:
        """Leave the page and the focus where they are."""
        del asked
        self.state.goes = ""
        self._ordering.settled()

    def _page(
        self, campaign: CampagneVue, read: Campaigns, here: LocalClock | None
    ) -> pages.CampaignView:
        """Return the page of a campaign, with what was just done on it."""
        wishes = self._wishes(campaign, here)
        page = pages.campaign_view(
            campaign, read, self._visit, here, wishes=wishes, opened=self.state.opened
        )
        return self._with_doing(replace(page, sending=self._sending.view(campaign, read)))

    def _with_doing(self, page: P) -> P:
        """Return a campaign's page with what was just done on it, and what is being noted."""
        doing = self.state
        return replace(
            page,
            form=doing.form,
            receipt=doing.receipt,
            goes=doing.goes,
            turn=str(doing.turn),
            carnet=self._typed.view(),
        )

    # What is read.

    def _campaigns(self) -> Campaigns:
        return self.once("campaigns", self._read)

    def _read(self) -> Campaigns:
        read = read_campaigns(self._visit, self._year())
        # a year that no campaign has
        return read if read.answer.campagnes else read_campaigns(self._visit)

    def _year(self) -> int | None:
        """Return the rentrée that the address names, by itself or by its campaign."""
        query = self._visit.query
        year = query.get("annee") or query.get("campagne", "").rpartition("_")[2]
        return int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None

    def _chosen(self, read: Campaigns) -> CampagneVue | None:
        """Return the campaign of the address; without one, the first movement that has a score."""
        name = self._visit.query.get("campagne", "")
        if not name:
            return next((one for one in read.answer.campagnes if one.adresse == MOVEMENT), None)
        return read.named(name)

    def _wishes(self, campaign: CampagneVue, here: LocalClock | None) -> WishesView | None:
        order, shelf = self._ordering, self._ordering.shelf(campaign)
        if shelf is None:
            return None
        order.keep_closing(campaign, shelf)
        ordered = order.ordered(campaign, shelf)
        scores = scores_view(
            campaign,
            shelf,
            ordered,
            order.carnet.load(),
            self._typed.typed(),
            Looked(self._visit.query.get("voeu", ""), self._visit.query.get("accuse", "")),
            self._visit.who().aujourdhui,
            here,
        )
        view = wishes_view(campaign, shelf, ordered, scores, order, self._campaigns())
        self._typed.labels |= view.labels
        return view

    def takers(self) -> Sequence[Takes]:
        """Return the carnets, that of the wishes first where two writings wait for a choice."""
        carnets = (self._typed, self._ordering.carnet)
        waits = self._ordering.carnet.other or self._ordering.carnet.trouble
        return carnets[::-1] if waits else carnets

    # What she does.

    @intent(DONE, TRY, RESULT)
    def note(self, asked: Intent) -> None:
        """Keep a note; what it lacks is said beside the form, which keeps its words."""
        doing, values = self.state, asked.values
        campaign = self._chosen(self._campaigns())
        if campaign is None:
            return
        step = values.get("etape", "")
        form = f"{asked.name}-{step}" if asked.name == DONE else asked.name
        kept = tuple((k, v) for k, v in values.items() if k in ("le", "texte", "etape", "issue"))
        doing.form = pages.NoteForm(form, typed=kept)
        try:
            day = _day(values.get("le", ""))
            words = _words(values, self.outcomes)
            where = (campaign.id, step or campaign.issue)
            answer = self._note(where, _KINDS[asked.name], words, self.key(form), day)
        except KitError as error:
            self._refused(error)
            return
        self.answered(form)
        self._noted()
        late = f" {_AFTER}" if answer.note.apres_cloture else ""
        when = text.moment(answer.note.note_le)
        doing.receipt = f"Reçu n° {answer.recu}, {when}.{late}"
        if asked.name == RESULT:
            self._open_appeals()

    def _note(
        self, where: tuple[str, str], nature: Nature, words: str, key: str, day: date | None = None
    ) -> ServiceNote:
        """Keep a note of a campaign and of one of its steps; the server dates it."""
        campaign, step = where
        return self._visit.ask(
            SERVICES_NOTER,
            campagne=campaign,
            etape=step,
            nature=nature,
            le=day,
            texte=words,
            cle=key,
        )

    def _refused(self, error: KitError) -> None:
        """Say beside the form what is wrong with it."""
        wrong = text.sentence(error.message)
        self.state.form = replace(self.state.form, error=wrong, remedy=error.remedy)

    def _open_appeals(self) -> None:
        """Give the day of a result that refuses to the letters of appeal, and say it."""
        read = self._campaigns()
        campaign = self._chosen(read)
        if campaign is None:
            return
        outcomes = campaign.avancement.issues if campaign.avancement else self.outcomes
        opened = open_appeals(campaign, read, outcomes, self._appeals)
        self.state.receipt = f"{self.state.receipt} {opened}".rstrip()

    def _noted(self) -> None:
        """Empty the form of what was noted, and read it."""
        self.state.form = pages.NoteForm()
        self.state.turn += 1
        self.again()

    @intent(TAKE_AWAY)
    def take_away(self, asked: Intent) -> None:
        """Take a note away."""
        answer = self._visit.ask(SERVICES_RETIRER, id=asked.values.get("of", "")[:90])
        self.again()
        self.state.turn += 1
        self.state.receipt = "Note retirée." if answer.retiree else "Cette note n’était plus là."

    @intent(SCORE, PAPERS)
    def keep(self, asked: Intent) -> None:
        """Keep the points of SIAM, or the papers that are ready, as they are typed."""
        values = {k: v for k, v in asked.values.items() if k[:4].isdigit()}
        self._typed.take_fields(replace(asked, values=values))

    @intent(*ordering.ACTS)
    def order(self, asked: Intent) -> None:
        """Change the wishes: the campaign is read anew, so that a closing meanwhile is seen."""
        self.again()
        campaign = self._chosen(self._campaigns())
        if campaign is not None:
            self._ordering.act(asked, campaign)

    def _looked_at(self) -> tuple[CampagneVue, WishesView]:
        campaign = self._chosen(self._campaigns())
        wishes = self._wishes(campaign, None) if campaign else None
        if campaign is None or wishes is None:
            raise InputError("cette campagne n’a pas de vœux ici.", remedy="Rechargez la page.")
        return campaign, wishes

    @intent(SHOWN)
    def keep_shown(self, asked: Intent) -> None:
        """Keep what an acknowledgement shows, in notes that the server dates."""
        campaign, wishes = self._looked_at()
        scores, doing = wishes.scores, self.state
        shown = scores.shown
        whole = scores.ranks or not scores.name
        wish = "" if whole else f"vœu {scores.rank}, {scores.name}"
        words = kept_words(shown.titre, wish, scores.comparison) if shown else ()
        doing.form = pages.NoteForm(SHOWN, typed=(("le", asked.values.get("le", "")),))
        try:
            if shown is None or not words:
                raise InputError(
                    "rien de cet accusé n’est encore recopié.",
                    remedy="Recopiez d’abord ce que l’accusé affiche.",
                )
            day = _day(asked.values.get("le", ""))
            for part, one in enumerate(words):
                key = self.key(f"{SHOWN}-{part}-{one}")
                where = (campaign.id, shown.contestation or shown.etape)
                answer = self._note(where, "accuse", one, key, day)
        except KitError as error:
            self._refused(error)
            return
        self._noted()
        late = f" {_AFTER}" if answer.note.apres_cloture else ""
        when = text.moment(answer.note.note_le)
        doing.receipt = f"Accusé gardé. Reçu n° {answer.recu}, {when}.{late}"

    @intent(sending.CHOOSE)
    def choose_paper(self, asked: Intent) -> None:
        """Keep which file is which paper, as she chooses."""
        read = self._campaigns()
        if campaign := self._chosen(read):
            self._sending.take(asked, campaign, read)

    @intent(sending.JOIN)
    def join(self, asked: Intent) -> None:
        """Give a paper to the server."""
        read = self._campaigns()
        if campaign := self._chosen(read):
            self._sending.join(asked, campaign, read)
        self.again()

    @intent(sending.WITHDRAW)
    def withdraw_paper(self, asked: Intent) -> None:
        """Withdraw a paper that is not sent yet."""
        self._sending.withdraw(asked)
        self.again()

    @intent(sending.SEND)
    def send(self, asked: Intent) -> None:
        """Send the papers chosen; what is wrong is said above the form, which keeps them."""
        self.choose_paper(asked)
        read = self._campaigns()
        campaign = self._chosen(read)
        receipt = self._sending.send(campaign, read) if campaign else ""
        if receipt:
            self.again()
            self.state.turn += 1
            self.state.receipt = receipt

    @intent(LETTER)
    def give_letter(self, _asked: Intent) -> None:
        """Give the letter that contests the score."""
        campaign, wishes = self._looked_at()
        if not wishes.scores.comparison.contested:
            raise InputError(
                "aucune ligne ne diffère de votre préparation.",
                remedy="Recopiez d’abord toutes les lignes du barème que "
                f"{campaign.application or 'l’administration'} affiche.",
            )
        self._visit.download = contest_letter(
            campaign, wishes.scores, self._visit.letterhead(), self._visit.who().aujourdhui
        )

    @intent(PROOF)
    def prove(self, _asked: Intent) -> None:
        """Give the page of her list and of her attempts."""
        self.again()
        read = self._campaigns()
        campaign = self._chosen(read)
        if campaign is None:
            return
        dossier = self._visit.dossier()
        wishes = self._wishes(campaign, None)
        tries = [one for one in read.notes_of(campaign.id) if one.nature == "essai"]
        here = place_of(dossier.departement)
        rows = wishes.rows if wishes else ()
        self._visit.download = proof(campaign, rows, tries, dossier, read.at, here)

    @intent(REREAD)
    def note_read_again(self, _asked: Intent) -> None:
        """Note that she read her list again on the official site, and that it is the same."""
        self.again()
        campaign, wishes = self._looked_at()
        step = closing_step(campaign, self._campaigns().at)
        if step is None or not wishes.rows:
            return
        mark = digest(campaign, wishes.rows)
        answer = self._note((campaign.id, step.etape), READ, mark, self.key(REREAD))
        self.answered(REREAD)
        self.again()
        when = text.moment(answer.note.note_le)
        self.state.receipt = f"Relecture notée. Reçu n° {answer.recu}, {when}."

    @intent(MESSAGE)
    def prepare_message(self, _asked: Intent) -> None:
        """Prepare a message to who runs the movement: she reads it, and sends it or not."""
        self.again()
        read, here = self._campaigns(), place_of(self._visit.dossier().departement)
        campaign = self._chosen(read)
        if campaign is None:
            return
        wishes = self._wishes(campaign, here)
        notes, rows = read.notes_of(campaign.id), wishes.rows if wishes else ()
        draft = of_a_silent_site(campaign, rows, notes, read.at, here)
        self.state.goes = prepare(self._visit, draft)

    @intent(PREPARED)
    def give_prepared(self, _asked: Intent) -> None:
        """Give her list and its points as a page."""
        campaign, wishes = self._looked_at()
        self._visit.download = prepared_wishes(
            campaign, wishes, self._visit.dossier(), self._visit.who().aujourdhui
        )


def _day(typed: str) -> date | None:
    """Return the day that was typed, as a calendar or a person writes it.

    Examples
    --------
    >>> _day("2026-11-24") == _day("24/11/2026")
    True
    """
    typed = typed.strip()
    if not typed:
        return None
    parts = typed.split("/")
    iso = "-".join((parts[2], parts[1].zfill(2), parts[0].zfill(2))) if len(parts) == 3 else typed
    try:
        return date.fromisoformat(iso)
    except ValueError:
        raise InputError(
            "cette date n’est pas un jour du calendrier.",
            where="date",
            remedy="Écrivez-la comme 24/11/2026.",
        ) from None


def _words(values: dict[str, str], outcomes: tuple[str, ...]) -> str:
    outcome = values.get("issue", "")
    typed = values.get("texte", "").strip()
    whole = " : ".join(part for part in (outcome if outcome in outcomes else "", typed) if part)
    if len(whole) > LONGEST_WORDS:
        raise InputError(
            f"ce texte a {len(whole)} caractères, {LONGEST_WORDS} au plus.",
            where="texte",
            remedy="Raccourcissez-le.",
        )
    return whole
