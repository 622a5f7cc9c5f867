"""Les services › Formation: the plan, the list in order, what was followed; all in the carnet."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date

from iprof_kit.base.errors import InputError, KitError
from iprof_kit.base.reference import in_first_degree
from iprof_kit.base.words import counted
from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.calculate.training.conflicts import DAYS
from iprof_kit.services.contract.campagnes import (
    LONGEST_WORDS,
    SERVICES_NOTER,
    Nature,
    NoteLue,
    ServiceNote,
)
from iprof_kit.services.contract.formation import FORMATION_CHERCHER, Degre, FormationsLues
from iprof_kit.ui.kit.carnet import Carnet, new_key
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.own_situation.wishes import WishesCarnet
from iprof_kit.ui.screens.campaigns.reading import Campaigns, read_campaigns
from iprof_kit.ui.screens.formation import entry, view
from iprof_kit.ui.screens.formation.kept import (
    Closing,
    Intended,
    Kept,
    described,
    read_kept,
    slots_of,
)
from iprof_kit.ui.screens.formation.sessions import (
    ANSWERS,
    NAMES,
    OPINIONS,
    Beside,
    asked_of,
    finding,
)
from iprof_kit.ui.screens.formation.year import (
    Campaign,
    campaign_of,
    holidays_of,
    hours_of,
    lanes_of,
)
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent

_AGAIN = "Rechargez la page."
_OPINION_STEP, _ANSWER_STEP = "avis_hierarchique", "reponses"


@dataclass
class Looking(State):
    """What is looked for, what was typed in the form."""

    search: dict[str, str] = field(default_factory=dict)
    page: int = 1
    new: entry.Entry = field(default_factory=lambda: entry.Entry(entry.DEFAULTS, {}))


class Formation(KitScreen[Looking]):
    """The training of one person; nothing is sent to the administration."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._carnet = Carnet(visit, "formation", described)
        self._wishes = WishesCarnet(visit, lambda _: ())
        self.carnets = (self._carnet,)

    def arrive(self) -> None:
        """Begin anew; a closing whose note alone was kept is finished."""
        self.state = Looking(self.state.opening, turn=self.state.turn + 1)
        self._finish_closing()

    def page(self) -> Shown:
        """Return the screen: hours, list, plan."""
        visit, doing, kept = self._visit, self.state, self._kept()
        dossier, today = visit.dossier(), visit.who().aujourdhui
        campaign, read = self._campaign(), self._read(kept)
        year = hours_of(dossier, kept, self._wishes.load(), today, explained=bool(doing.opened))
        week, errors = slots_of(kept.week)
        beside = Beside(kept.choices, week, holidays_of(dossier.academie, today))
        results = view.results_of(year, kept, campaign)
        marked = any(one.verify for one in results)
        strong, rest = view.lead_of(year, kept, campaign)
        return "formation", view.FormationView(
            title=view.TITLE,
            lead_strong=strong,
            lead=rest,
            counter=view.place_of(visit.who(), campaign),
            year=year,
            kept=kept,
            campaign=campaign,
            results=results,
            bar=tuple(view.bar_of(year, kept)),
            lanes=lanes_of(kept, campaign, beside, today, marked=marked),
            finding=finding(read, doing.search, beside),
            wishes=tuple(view.wishes_of(beside, read, today.isoformat())),
            new=entry.entry_fields(doing.new, first_degree=year.heures_dues is not None),
            week=view.week_fields(kept, errors),
            steps=tuple(view.steps_of(campaign)),
            notes=self._notes(campaign)[::-1],
            why=view.reason_of(year),
            sources=view.sources_of(year, campaign, beside.holidays),
            carnet=self._carnet.view(),
            receipt=doing.receipt,
            turn=str(doing.turn),
        )

    # What is read.

    def _kept(self) -> Kept:
        return read_kept(self._carnet.load())

    def _write(self, kept: Kept) -> None:
        self._carnet.write(kept.document())

    def _all_campaigns(self) -> Campaigns:
        return self.once("campaigns", lambda: read_campaigns(self._visit))

    def _campaign(self) -> Campaign:
        return campaign_of(self._all_campaigns())

    def _notes(self, campaign: Campaign) -> tuple[NoteLue, ...]:
        if campaign.campaign is None:
            return ()
        return tuple(self._all_campaigns().notes_of(campaign.campaign.id))

    def _degree(self) -> Degre:
        corps = self._visit.dossier().corps
        if not corps:
            return ""
        return "1d" if in_first_degree(corps) else "2d"

    def _read(self, kept: Kept) -> FormationsLues:
        doing = self.state
        asked = asked_of(doing.search, self._degree(), doing.page)
        return self._visit.ask(FORMATION_CHERCHER, **asked, cles=kept.order)

    # What she does.

    @intent("formation_chercher")
    def search(self, asked: Intent) -> None:
        """Look for sessions of the plan."""
        doing = self.state
        doing.search = {name: asked.values.get(name, "")[:120] for name in NAMES}
        doing.page = 1

    @intent("formation_page")
    def turn_page(self, asked: Intent) -> None:
        """Show another page of what was found."""
        page = asked.values.get("of", "")
        self.state.page = int(page) if page.isascii() and page.isdigit() and len(page) < 4 else 1

    @intent("formation_choisir")
    def choose(self, asked: Intent) -> None:
        """Add a session to the list."""
        key = asked.values.get("of", "")
        read = self._visit.ask(FORMATION_CHERCHER, cles=(key[:140] or "-",))
        if not read.relues:
            raise InputError("cette session n’est plus au plan.", remedy="Cherchez-la de nouveau.")
        self._write(self._kept().adding(read.relues[0]))

    @intent("formation_retirer")
    def remove(self, asked: Intent) -> None:
        """Take a session from the list."""
        self._write(self._kept().without(asked.values.get("of", "")))

    @intent("formation_placer")
    def move(self, asked: Intent) -> None:
        """Move a session of the list."""
        by = asked.values.get("by", "")
        if by.lstrip("-").isascii() and by.lstrip("-").isdigit():
            self._write(self._kept().moving(asked.values.get("of", ""), int(by)))

    @intent("formation_clore")
    def close(self, asked: Intent) -> None:
        """Close the list here: dated by the server, with its receipt; the act is made in GAIA.

        What is to be closed is kept first, with the key of its note: whatever stops in between,
        `_finish_closing` goes on from there.
        """
        del asked
        kept, campaign = self._kept(), self._campaign()
        if not kept.choices:
            raise InputError("votre liste est vide.", remedy="Ajoutez d’abord une session du plan.")
        if campaign.campaign is None:
            return
        if campaign.opens is not None:
            raise InputError(
                f"la campagne n’ouvre que le {text.day(campaign.opens)}.",
                remedy="Votre liste est gardée. Vous la clorez quand les inscriptions seront "
                "ouvertes.",
            )
        steps = campaign.campaign.etapes
        step = campaign.step.etape if campaign.step else steps[0].etape
        before = kept.intended
        key = before.key if before and before.order == kept.order else new_key()
        self._write(replace(kept, intended=Intended(key, kept.order)))
        if self._carnet.unsaved:  # said by the carnet itself; nothing is to be proved yet
            return
        words = _said_in_order(kept)
        self._closed_by(self._keep_note(campaign.campaign, step, "fait", words, None, key))

    def _finish_closing(self) -> None:
        """Close the list of which only the note was kept: its key gives its receipt again.

        Where the server does not answer, the next reading does it.
        """
        with suppress(KitError):
            intended = self._kept().intended
            notes = self._all_campaigns().notes if intended else ()
            for note in notes:
                if intended and note.id.endswith(f":{intended.key}"):
                    again = note.model_dump(include={"campagne", "etape", "nature", "le", "texte"})
                    self._closed_by(self._visit.ask(SERVICES_NOTER, **again, cle=intended.key))

    def _closed_by(self, proof: ServiceNote) -> None:
        """Write that the list which was to be closed is, as its note proves."""
        kept = self._kept()
        if kept.intended is not None:
            closing = Closing(proof.recu, proof.note.note_le, kept.intended.order)
            self._write(replace(kept, closing=closing, intended=None))

    @intent("formation_reponse")
    def answer(self, asked: Intent) -> None:
        """Note the opinion, or the answer, that a session was given."""
        kept, campaign = self._kept(), self._campaign()
        choice = kept.choice(asked.values.get("of", ""))
        if choice is None:
            raise InputError("cette session n’est plus dans votre liste.", remedy=_AGAIN)
        changed, day = entry.answered(choice, asked.values, self._visit.who().aujourdhui)
        if changed.opinion not in OPINIONS or changed.answer not in ANSWERS:
            return
        if campaign.campaign is not None and changed != choice:
            step = _ANSWER_STEP if changed.answer else _OPINION_STEP
            nature: Nature = "resultat" if changed.answer else "fait"
            parts = (
                f"avis {OPINIONS[changed.opinion]}" if changed.opinion else "",
                ANSWERS[changed.answer] if changed.answer else "",
            )
            noted = ", ".join(part for part in parts if part) or "rien de connu"
            about = f"{choice.session.intitule} ({choice.session.module}) : {noted}"
            self._keep_note(campaign.campaign, step, nature, about, day)
        self._write(kept.noting(changed))

    @intent("formation_suivie")
    def follow(self, asked: Intent) -> None:
        """Note a session of the list as followed."""
        kept = self._kept()
        choice = kept.choice(asked.values.get("of", ""))
        if choice is not None:
            followed = entry.followed_of(choice, self._visit.who().aujourdhui)
            self._write(kept.following(followed))
            self.state.receipt = (
                f"« {followed.title} » est notée comme suivie : {text.day(followed.day)}."
            )

    @intent("formation_noter")
    def note(self, asked: Intent) -> None:
        """Note a training that the plan does not hold."""
        doing = self.state
        doing.new = entry.read_entry(asked.values, self._visit.who().aujourdhui)
        if doing.new.followed is None:
            return
        self._write(self._kept().following(doing.new.followed))
        doing.new = entry.Entry(entry.DEFAULTS, {})
        doing.turn += 1

    @intent("formation_oublier")
    def forget(self, asked: Intent) -> None:
        """Forget a training that was noted."""
        kept, gone = self._kept(), asked.values.get("of", "")
        left = tuple(one for one in kept.followed if one.id != gone)
        self._write(replace(kept, followed=left))

    @intent("formation_semaine")
    def keep_week(self, asked: Intent) -> None:
        """Keep the hours of her week."""
        kept = self._kept()
        typed = {day: hours for day, hours in asked.values.items() if day in DAYS}
        week = {**kept.week, **{day: hours[:80] for day, hours in typed.items()}}
        self._write(replace(kept, week={day: hours for day, hours in week.items() if hours}))

    @intent("formation_cv")
    def add_to_cv(self, asked: Intent) -> None:
        """Add a training to her CV."""
        kept = self._kept()
        one = next((o for o in kept.followed if o.id == asked.values.get("of", "")), None)
        if one is None:
            raise InputError("cette formation n’est plus notée.", remedy=_AGAIN)
        saved = entry.add_to_cv(self._visit, one)
        when = f", enregistré le {text.moment(saved)}" if saved else ""
        words = "est ajoutée à votre CV" if saved else "est déjà dans votre CV"
        self.state.receipt = f"« {one.title} » {words}{when}."

    def _keep_note(
        self, campaign: CampagneVue, step: str, nature: Nature, words: str, day: date | None,
        key: str = "",
    ) -> ServiceNote:  # fmt: skip
        """Note something of the campaign; the server dates it and gives a receipt."""
        about = f"{step}:{nature}:{words}"
        answer = self._visit.ask(
            SERVICES_NOTER,
            campagne=campaign.id,
            etape=step,
            nature=nature,
            le=day,
            texte=words[:LONGEST_WORDS],
            cle=key or self.key(about),
        )
        self.answered(about)
        self.again()
        late = " Écrit après la clôture de l’étape." if answer.note.apres_cloture else ""
        when = text.moment(answer.note.note_le)
        self.state.receipt = f"Reçu n° {answer.recu}, {when}.{late}"
        return answer


def _said_in_order(kept: Kept) -> str:
    """Return the list as its note tells it, in its order."""
    ranked = (
        f"{n}. {one.session.dispositif}/{one.session.module}"
        for n, one in enumerate(kept.choices, 1)
    )
    sentence = f"Liste close ici, {counted(len(kept.choices), 'session')} : {' ; '.join(ranked)}"
    return sentence if len(sentence) <= LONGEST_WORDS else f"{sentence[: LONGEST_WORDS - 1]}…"
