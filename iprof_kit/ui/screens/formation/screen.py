"""Les services › Formation: the plan, the list in order, what was followed; all in the carnet."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date

from iprof_kit.base.errors import InputError, KitError
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
from iprof_kit.ui.fields.carnet import Carnet
from iprof_kit.ui.fields.keeping import new_key
from iprof_kit.ui.own_situation.wishes import WishesCarnet
from iprof_kit.ui.screens.autres_affectations.start import FIRST_DEGREE
from iprof_kit.ui.screens.formation import entry, view
from iprof_kit.ui.screens.formation.figure import holidays_of, lanes_of
from iprof_kit.ui.screens.formation.finding import NAMES, asked_of, finding
from iprof_kit.ui.screens.formation.kept import (
    ANSWERS,
    OPINIONS,
    Closing,
    Intended,
    Kept,
    described,
    read_kept,
    slots_of,
)
from iprof_kit.ui.screens.formation.to_the_cv import add_to_cv
from iprof_kit.ui.screens.formation.year import Campaign, campaign_of, hours_of
from iprof_kit.ui.screens.services.reading import Campaigns, read_campaigns
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.shared.parts import Notice, failed
from iprof_kit.ui.visit.visiting import Shown, Visit

SEARCH, PAGE, CHOOSE, REMOVE = (
    "formation_chercher", "formation_page", "formation_choisir", "formation_retirer",
)  # fmt: skip
MOVE, CLOSE, ANSWER, FOLLOWED = (
    "formation_placer", "formation_clore", "formation_reponse", "formation_suivie",
)  # fmt: skip
NEW, FORGET, WEEK, TO_CV = (
    "formation_noter", "formation_oublier", "formation_semaine", "formation_cv",
)  # fmt: skip
_AGAIN = "Rechargez la page."
_OPINION_STEP, _ANSWER_STEP = "avis_hierarchique", "reponses"


@dataclass
class _Doing:
    """What was just done or refused, what is looked for, what was typed in the form."""

    notices: tuple[Notice, ...] = ()
    receipt: str = ""
    search: dict[str, str] = field(default_factory=dict)
    page: int = 1
    new: entry.Entry = field(default_factory=lambda: entry.Entry(entry.DEFAULTS, {}))
    keys: dict[str, str] = field(default_factory=dict)
    turn: int = 0
    explained: bool = False
    """Whether the reason of the hours was opened."""


class Formation:
    """The training of one person; nothing is sent to the administration."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._carnet = Carnet(visit, "formation", described)
        self._wishes = WishesCarnet(visit, lambda _: ())
        self._doing = _Doing()
        self._opening = -1
        self._campaigns: Campaigns | None = None

    def show(self, path: str) -> Shown:
        """Return the screen: hours, list, plan."""
        del path
        self._open()
        visit, doing, kept = self._visit, self._doing, self._kept()
        dossier, today = visit.dossier(), visit.who().aujourdhui
        campaign, read = self._campaign(), self._read(kept)
        year = hours_of(dossier, kept, self._wishes.load(), today, explained=doing.explained)
        week, errors = slots_of(kept.week)
        holidays = holidays_of(dossier.academie, today)
        results = view.results_of(year, kept, campaign)
        strong, rest = view.lead_of(year, kept, campaign)
        first_degree = year.heures_dues is not None
        still = frozenset(one.cle for one in read.relues)
        return "formation", view.FormationView(
            title=view.TITLE,
            lead_strong=strong,
            lead=rest,
            counter=view.place_of(visit.who(), campaign),
            results=results,
            hours=view.bar_of(year, kept),
            lanes=lanes_of(
                kept, campaign, holidays, week, today, marked=any(one.verify for one in results)
            ),
            finding=finding(read, doing.search, kept, week, holidays),
            wishes=tuple(
                view.wish_rows(kept, still, read.sessions > 0, week, holidays, today.isoformat())
            ),
            closed=_closed(kept),
            reopened=kept.closing is not None and not kept.is_closed and bool(kept.choices),
            may_close=campaign.campaign is not None
            and campaign.opens is None
            and bool(kept.choices),
            followed=tuple(view.followed_rows(kept)),
            followed_sum=counted(len(kept.followed), "notée") if kept.followed else "",
            new=view.FormState(
                entry.entry_fields(doing.new, first_degree=first_degree), bool(doing.new.errors)
            ),
            first_degree=first_degree,
            week=view.week_fields(kept, {day: error.message for day, error in errors.items()}),
            week_said="notée" if kept.week else "à noter",
            account=f"{year.heures_cpf_fin_annee}{text.NBSP}h"
            if year.heures_cpf_fin_annee is not None
            else "",
            steps=tuple(view.step_rows(campaign)),
            steps_said=text.sentence(campaign.campaign.coutume) if campaign.campaign else "",
            notes=view.note_lines(self._notes(campaign)),
            why_question=view.reason_asked(year),
            why=view.reason_of(year),
            doubts=tuple(map(text.sentence, year.motifs)),
            sources=view.sources_of(year, campaign, holidays),
            decides=text.sentence(campaign.campaign.decide_par) if campaign.campaign else "",
            carnet=self._carnet.view(),
            receipt=doing.receipt,
            turn=str(doing.turn),
            notices=doing.notices,
        )

    def receive(self, intent: Intent) -> None:
        """Do what is asked; a failure keeps what was typed."""
        self._open()
        if self._carnet.receive(intent):
            return
        acts: dict[str, Callable[[Intent], None]] = {
            SEARCH: self._search, PAGE: self._turn_page, CHOOSE: self._choose,
            REMOVE: self._remove, MOVE: self._move, CLOSE: self._close, ANSWER: self._answer,
            FOLLOWED: self._follow, NEW: self._note, FORGET: self._forget, WEEK: self._week,
            TO_CV: self._to_cv,
        }  # fmt: skip
        act = acts.get(intent.name)
        self._doing.explained |= intent.name == "pourquoi"
        if act is None:
            return
        self._doing.notices, self._doing.receipt = (), ""
        try:
            act(intent)
        except KitError as error:
            self._doing.notices = (failed(error),)

    # What is read.

    def _open(self) -> None:
        if self._opening != self._visit.openings:
            self._opening = self._visit.openings
            self._doing, self._campaigns = _Doing(turn=self._doing.turn + 1), None
            self._finish_closing()

    def _kept(self) -> Kept:
        return read_kept(self._carnet.load())

    def _write(self, kept: Kept) -> None:
        self._carnet.write(kept.document())

    def _all_campaigns(self) -> Campaigns:
        if self._campaigns is None:
            self._campaigns = read_campaigns(self._visit)
        return self._campaigns

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
        return "1d" if corps in FIRST_DEGREE else "2d"

    def _read(self, kept: Kept) -> FormationsLues:
        doing = self._doing
        asked = asked_of(doing.search, self._degree(), doing.page)
        return self._visit.ask(FORMATION_CHERCHER, **asked, cles=kept.order)

    # What she does.

    def _search(self, intent: Intent) -> None:
        doing = self._doing
        doing.search = {name: intent.values.get(name, "")[:120] for name in NAMES}
        doing.page = 1

    def _turn_page(self, intent: Intent) -> None:
        page = intent.values.get("of", "")
        self._doing.page = int(page) if page.isascii() and page.isdigit() and len(page) < 4 else 1

    def _choose(self, intent: Intent) -> None:
        key = intent.values.get("of", "")
        read = self._visit.ask(FORMATION_CHERCHER, cles=(key[:140] or "-",))
        if not read.relues:
            raise InputError("cette session n’est plus au plan.", remedy="Cherchez-la de nouveau.")
        self._write(self._kept().adding(read.relues[0]))

    def _remove(self, intent: Intent) -> None:
        self._write(self._kept().without(intent.values.get("of", "")))

    def _move(self, intent: Intent) -> None:
        by = intent.values.get("by", "")
        if by.lstrip("-").isascii() and by.lstrip("-").isdigit():
            self._write(self._kept().moving(intent.values.get("of", ""), int(by)))

    def _close(self, intent: Intent) -> None:
        """Close the list here: dated by the server, with its receipt; the act is made in GAIA.

        What is to be closed is kept first, with the key of its note: whatever stops in between,
        `_finish_closing` goes on from there.
        """
        del intent
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
                    self._closed_by(
                        self._visit.ask(
                            SERVICES_NOTER,
                            campagne=note.campagne,
                            etape=note.etape,
                            nature=note.nature,
                            le=note.le,
                            texte=note.texte,
                            cle=intended.key,
                        )
                    )

    def _closed_by(self, proof: ServiceNote) -> None:
        """Write that the list which was to be closed is, as its note proves."""
        kept = self._kept()
        if kept.intended is not None:
            closing = Closing(proof.recu, proof.note.note_le, kept.intended.order)
            self._write(replace(kept, closing=closing, intended=None))

    def _answer(self, intent: Intent) -> None:
        kept, campaign = self._kept(), self._campaign()
        choice = kept.choice(intent.values.get("of", ""))
        if choice is None:
            raise InputError("cette session n’est plus dans votre liste.", remedy=_AGAIN)
        changed, day = entry.answered(choice, intent.values, self._visit.who().aujourdhui)
        if changed.opinion not in OPINIONS or changed.answer not in ANSWERS:
            return
        if campaign.campaign is not None and changed != choice:
            step = _ANSWER_STEP if changed.answer else _OPINION_STEP
            nature: Nature = "resultat" if changed.answer else "fait"
            parts = (f"avis {OPINIONS[changed.opinion]}" if changed.opinion else "",
                     ANSWERS[changed.answer] if changed.answer else "")  # fmt: skip
            noted = ", ".join(part for part in parts if part) or "rien de connu"
            about = f"{choice.session.intitule} ({choice.session.module}) : {noted}"
            self._keep_note(campaign.campaign, step, nature, about, day)
        self._write(kept.noting(changed))

    def _follow(self, intent: Intent) -> None:
        kept = self._kept()
        choice = kept.choice(intent.values.get("of", ""))
        if choice is not None:
            followed = entry.followed_of(choice, self._visit.who().aujourdhui)
            self._write(kept.following(followed))
            self._doing.receipt = text.french(
                f"« {followed.title} » est notée comme suivie : {text.day(followed.day)}."
            )

    def _note(self, intent: Intent) -> None:
        doing = self._doing
        doing.new = entry.read_entry(intent.values, self._visit.who().aujourdhui)
        if doing.new.followed is None:
            return
        self._write(self._kept().following(doing.new.followed))
        doing.new = entry.Entry(entry.DEFAULTS, {})
        doing.turn += 1

    def _forget(self, intent: Intent) -> None:
        kept, gone = self._kept(), intent.values.get("of", "")
        left = tuple(one for one in kept.followed if one.id != gone)
        self._write(replace(kept, followed=left))

    def _week(self, intent: Intent) -> None:
        kept = self._kept()
        typed = {day: hours for day, hours in intent.values.items() if day in DAYS}
        week = {**kept.week, **{day: hours[:80] for day, hours in typed.items()}}
        self._write(replace(kept, week={day: hours for day, hours in week.items() if hours}))

    def _to_cv(self, intent: Intent) -> None:
        kept = self._kept()
        one = next((o for o in kept.followed if o.id == intent.values.get("of", "")), None)
        if one is None:
            raise InputError("cette formation n’est plus notée.", remedy=_AGAIN)
        saved = add_to_cv(self._visit, one)
        when = f", enregistré le {text.moment(saved)}" if saved else ""
        words = "est ajoutée à votre CV" if saved else "est déjà dans votre CV"
        self._doing.receipt = text.french(f"« {one.title} » {words}{when}.")

    def _keep_note(
        self, campaign: CampagneVue, step: str, nature: Nature, words: str, day: date | None,
        key: str = "",
    ) -> ServiceNote:  # fmt: skip
        """Note something of the campaign; the server dates it and gives a receipt."""
        doing = self._doing
        about = f"{step}:{nature}:{words}"
        answer = self._visit.ask(
            SERVICES_NOTER,
            campagne=campaign.id,
            etape=step,
            nature=nature,
            le=day,
            texte=words[:LONGEST_WORDS],
            cle=key or doing.keys.setdefault(about, new_key()),
        )
        doing.keys.pop(about, None)
        self._campaigns = None
        late = " Écrit après la clôture de l’étape." if answer.note.apres_cloture else ""
        when = text.moment(answer.note.note_le)
        doing.receipt = text.french(f"Reçu n° {answer.recu}, {when}.{late}")
        return answer


def _said_in_order(kept: Kept) -> str:
    """Return the list as its note tells it, in its order."""
    ranked = (
        f"{n}. {one.session.dispositif}/{one.session.module}"
        for n, one in enumerate(kept.choices, 1)
    )
    number = len(kept.choices)
    sentence = (
        f"Liste close ici, {number} session{'s' if number > 1 else ''} : {' ; '.join(ranked)}"
    )
    return sentence if len(sentence) <= LONGEST_WORDS else f"{sentence[: LONGEST_WORDS - 1]}…"


def _closed(kept: Kept) -> str:
    """Return when the list was closed here, "" where it was not."""
    if kept.closing is None or not kept.choices:
        return ""
    when = text.moment(kept.closing.at)
    return text.french(f"close ici le {when}, reçu n° {kept.closing.receipt}")
