"""The pay of a scenario: its time cut where the monthly amount changes, one payslip a piece."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal, NamedTuple

from iprof_kit.base.calendar import add_months_civil, axis_of
from iprof_kit.base.explanation import unexplained
from iprof_kit.base.names import words_in
from iprof_kit.calculate.career.steps import euros
from iprof_kit.calculate.et_si.answer import Etape, Tranche
from iprof_kit.calculate.et_si.question import EtSiQuestion, Evenement, PositionActuelle
from iprof_kit.calculate.et_si.words import POSITIONS, SINGLE, UNPAID
from iprof_kit.calculate.pay.calculation import answer as payslip
from iprof_kit.calculate.pay.calculation import answers as payslips
from iprof_kit.calculate.pay.question import (
    AbsencePaie,
    PayAnswer,
    PayQuestion,
    PaySituation,
)
from iprof_kit.law.payroll.tables import parameter

_A_DAY = timedelta(days=1)
_FULL, _A_MONTH = 100, 30


@dataclass(frozen=True)
class Post:
    """What a payslip depends on, besides the day of its law; quotité 0 where nothing is paid."""

    corps: str
    grade: str
    echelon: str
    chevron: str | None
    quotite: int
    kind: Literal["sur_autorisation", "de_droit"]
    zone: int
    enfants: int
    reseau: Literal["aucune", "REP", "REP+"] = "aucune"
    classes: int | None = None
    sick: Literal["", "plein", "demi"] = ""
    territory: str = ""
    beside: PaySituation | None = None
    """What today’s pay has besides: primes, NBI, births, what is withheld."""

    @staticmethod
    def of(question: EtSiQuestion) -> Post:
        """Return the post held today, as it will be without event."""
        situation, beside = question.situation, question.paie
        return Post(
            str(situation.corps),
            str(situation.grade),
            str(situation.echelon),
            situation.chevron,
            situation.quotite,
            situation.type_temps_partiel,
            question.zone,
            question.enfants,
            beside.education_prioritaire if beside else "aucune",
            beside.direction_classes if beside else None,
            territory=question.outre_mer,
            beside=beside,
        )

    def in_corps(self, step: Etape) -> Post:
        """Return the post at a step; in another corps what belonged to the first one is left."""
        place = replace(
            self, corps=step.corps, grade=step.grade, echelon=step.echelon, chevron=step.chevron
        )
        if step.corps == self.corps:
            return place
        return replace(place.elsewhere(), beside=self.beside and _of_any_corps(self.beside))

    def elsewhere(self) -> Post:
        """Return the post without what belonged to the school that is left."""
        return replace(self, reseau="aucune", classes=None)

    def with_event(self, event: Evenement) -> Post:
        """Return the post while an event lasts."""
        match event.nature:
            case "temps_partiel":
                return replace(self, quotite=event.quotite or _FULL)
            case "direction":
                return replace(self, classes=event.classes)
            case "education_prioritaire":
                return replace(self, reseau=event.reseau or "aucune")
            case "mutation":
                return replace(self.elsewhere(), zone=event.zone or self.zone, territory="")
        return replace(self, quotite=0) if event.nature in UNPAID else self


def slip_of(post: Post, law: date) -> PayAnswer:
    """Return an ordinary month of a post, primes by twelfths, at the law of one day.

    Raises
    ------
    InputError, LawError
        The payslip refuses this post, or its tables do not reach that day.
    """
    return payslip(asked(post, law))


def asked(post: Post, law: date) -> PayQuestion:
    """Return the question of an ordinary month of a post."""
    absence = None
    if post.sick == "plein":
        absence = AbsencePaie(cmo_trois_premiers_mois=_A_MONTH)
    elif post.sick == "demi":
        absence = AbsencePaie(cmo_neuf_mois_suivants=_A_MONTH)
    beside = post.beside or PaySituation(zone=post.zone, primes_usuelles=True)
    whole, extra = post.quotite == _FULL, beside.surcotisation and post.quotite < _FULL
    own = {
        "corps": post.corps,
        "grade": post.grade,
        "echelon": post.echelon,
        "chevron": post.chevron,
        "quotite": post.quotite,
        "type_temps_partiel": post.kind,
        "zone": post.zone,
        "enfants": 0 if beside.naissances_enfants else post.enfants,
        "education_prioritaire": post.reseau,
        "direction_classes": post.classes,
        "direction_interim": beside.direction_interim and post.classes is not None,
        "territoire": post.territory,
        "hsa": beside.hsa if whole else 0,
        "hse": beside.hse if whole else 0,
        "surcotisation": extra,
        "surcotisation_demande": beside.surcotisation_demande if extra else None,
        "absence": absence,
    }
    return PayQuestion(date=law, mode="annualise", **(vars(beside) | own))


def _of_any_corps(beside: PaySituation) -> PaySituation:
    """Return what a pay keeps in another corps: the family, what is withheld, the usual primes."""
    dropped = words_in("primes nbi hsa hse ors hsa_indices eps pacte direction_interim")
    first = PaySituation(zone=beside.zone)
    return beside.model_copy(update={name: getattr(first, name) for name in dropped})


_OF_THE_INDEX = frozenset({"TIB", "BI", "NBI"})
"""The lines of a payslip that come from an index."""
OF_THE_PRIMES = "TPP"
"""What is taken of the primes: the transfert primes/points."""


def index_pay(slip: PayAnswer) -> float:
    """Return the gross pay that comes from the index, less what is taken for absence."""
    gained = sum(line.montant for line in slip.lignes if line.code in _OF_THE_INDEX)
    absent = sum(
        line.montant
        for line in slip.lignes
        if line.nature == "a_deduire" and line.code != OF_THE_PRIMES
    )
    return round(gained - absent, 2)


_MOST_KEPT = 4096
_kept: dict[tuple[Post, date], PayAnswer] = {}
"""Payslips by post and day of the law: scenarios share most of their months."""


def paid_all(posts: Iterable[Post], law: date) -> list[PayAnswer]:
    """Return `slip_of` of each post; those not kept yet are calculated in one pass of columns."""
    posts = list(posts)
    lacking = [post for post in dict.fromkeys(posts) if (post, law) not in _kept]
    calculated: dict[tuple[Post, date], PayAnswer] = {}
    if lacking:
        with unexplained():
            slips = payslips([asked(post, law) for post in lacking])
        calculated = {(post, law): slip for post, slip in zip(lacking, slips, strict=True)}
    answered = [calculated.get((post, law)) or _kept[post, law] for post in posts]
    _kept.update(calculated)
    while len(_kept) > _MOST_KEPT:
        del _kept[next(iter(_kept))]
    return answered


def paid(post: Post, law: date) -> PayAnswer:
    """Return `slip_of`, kept."""
    return paid_all([post], law)[0]


class Owed(NamedTuple):
    """Days of 30 a month paid as one post, and due as another."""

    days: int
    paid: Post
    due: Post


@dataclass(frozen=True)
class Timeline:
    """A scenario's steps and events between today and its departure, and the law of its pay."""

    question: EtSiQuestion
    events: Sequence[tuple[int, Evenement]]
    steps: Sequence[Etape]
    end: date
    law: date

    def pieces(self) -> tuple[Tranche, ...]:
        """Return the pay, a piece for each time in which it does not change."""
        posts = {day: self.post(day) for day in self._days()[:-1]}
        worked = {day: post for day, (post, _) in posts.items() if post.quotite}
        slips = dict(zip(worked, paid_all(worked.values(), self.law), strict=True))
        return tuple(
            self._piece(begin, end, posts[begin], slips.get(begin))
            for begin, end in pairwise(self._days())
        )

    def paid_posts(self) -> list[Post]:
        """Return the posts for which something is paid, now or in arrears."""
        days = self._days()[:-1]
        owed = (one.due for day in days for one in self.owed(day))
        posts = (*(self.post(day)[0] for day in days), *owed)
        return [post for post in posts if post.quotite]

    def owed(self, day: date) -> tuple[Owed, ...]:
        """Return what an échelon pronounced that day is owed since its earlier effect.

        Before today the post is supposed to have been that of today.
        """
        today, spans = self.question.aujourdhui, []
        for step in self.steps:
            if step.prononcee_le != day or day <= today:
                continue
            inside = (one for one in self._days() if step.date < one < day)
            for begin, end in pairwise(sorted({step.date, *inside, day})):
                paid_post, _ = self.post(max(begin, today))
                due = replace(
                    paid_post, grade=step.grade, echelon=step.echelon, chevron=step.chevron
                )
                if due.quotite:
                    spans.append(Owed(axis_of(end) - axis_of(begin), paid_post, due))
        return tuple(spans)

    def _arrears(self, day: date, total: Callable[[PayAnswer], float]) -> float:
        """Return what is paid at once for all that is owed, in constant euros."""
        cents = 0
        for one in self.owed(day):
            was, due = paid_all((one.paid, one.due), self.law)
            cents += one.days * round((total(due) - total(was)) * 100)
        return euros(cents)

    def _days(self) -> list[date]:
        """Return the days on which the pay may change, from today to the departure."""
        cuts = sorted({self.question.aujourdhui, self.end, *self._cuts()})
        return [day for day in cuts if self.question.aujourdhui <= day <= self.end]

    def _cuts(self) -> set[date]:
        days = {step.payee_le for step in self.steps}
        if self.question.position is not None:
            days.add(self.question.position.fin + _A_DAY)
        for _, event in self.events:
            if event.nature in ("retraite", "droit_du") or event.debut is None:
                continue
            days.add(event.debut)
            if event.fin is not None and event.fin < self.end:
                days.add(event.fin + _A_DAY)
            if event.nature == "conge_maladie":
                days |= set(_sick_cuts(event.debut))
        return days

    def post(self, day: date) -> tuple[Post, tuple[int, ...]]:
        """Return the post held on a day, and the ranks of the events then under way."""
        step = self._paid_step(day)
        post = Post.of(self.question).in_corps(step)
        if self.position_on(day) is not None:
            post = replace(post, quotite=0)
        moved = step.corps != self.question.situation.corps
        under_way = []
        for rank, event in self.events:
            if not _lasts(event, day) or (moved and event.nature == "direction"):
                continue
            under_way.append(rank)
            post = post.with_event(event)
            if event.nature == "conge_maladie" and event.debut is not None:
                post = _sick_post(post, event.debut, day)
        return post, tuple(under_way)

    def position_on(self, day: date) -> PositionActuelle | None:
        """Return the position of today that changes the pay, while it lasts."""
        position = self.question.position
        if position is None or day > position.fin:
            return None
        chosen = any(event.nature in SINGLE and _lasts(event, day) for _, event in self.events)
        return None if chosen else position

    def _paid_step(self, day: date) -> Etape:
        """Return the step that a payslip shows: the last one pronounced."""
        return [one for one in self.steps if one.payee_le <= day][-1]

    def _piece(
        self,
        begin: date,
        end: date,
        post_of_day: tuple[Post, tuple[int, ...]],
        slip: PayAnswer | None,
    ) -> Tranche:
        post, ranks = post_of_day
        step, position = self._paid_step(begin), self.position_on(begin)
        doubts = [step.motif_a_verifier] if step.motif_a_verifier else []
        if slip is not None and slip.motif_a_verifier:
            doubts.append(slip.motif_a_verifier)
        return Tranche(
            debut=begin,
            fin=end - _A_DAY,
            corps=post.corps,
            grade=post.grade,
            echelon=post.echelon,
            chevron=post.chevron,
            indice_majore=step.indice_majore,
            quotite=post.quotite,
            situation=self._words(post, begin),
            non_calculee=bool(position and position.paie == "non_calculee"),
            brut=slip.totaux.brut if slip else 0.0,
            net=slip.totaux.net_avant_impot if slip else 0.0,
            traitement=index_pay(slip) if slip else 0.0,
            rappel_traitement=self._arrears(begin, index_pay),
            rappel_brut=self._arrears(begin, lambda slip: slip.totaux.brut),
            rappel_net=self._arrears(begin, lambda slip: slip.totaux.net_avant_impot),
            evenements=ranks,
            a_verifier=bool(doubts),
            motif_a_verifier=" ; ".join(dict.fromkeys(doubts)),
        )

    def _words(self, post: Post, day: date) -> str:
        for _, event in self.events:
            if event.nature in POSITIONS and _lasts(event, day):
                name, reason = POSITIONS[event.nature]
                return f"{name} ({reason})" if reason else name
        if position := self.position_on(day):
            return position.nom
        return "activité" if post.quotite == _FULL else f"activité à {post.quotite} %"


def _lasts(event: Evenement, day: date) -> bool:
    if event.debut is None or event.nature in ("retraite", "droit_du"):
        return False
    return event.debut <= day and (event.fin is None or day <= event.fin)


def _sick_cuts(begin: date) -> tuple[date, date]:
    """Return the days on which the full, then the half traitement of a congé de maladie end."""
    whole = int(parameter(begin, "cmo_plein_mois"))
    half = int(parameter(begin, "cmo_demi_mois"))
    return add_months_civil(begin, whole), add_months_civil(begin, whole + half)


def _sick_post(post: Post, begin: date, day: date) -> Post:
    """Return the post of a sick person: full, then half traitement, then nothing."""
    first, second = _sick_cuts(begin)
    if day >= second:
        return replace(post, quotite=0)
    return replace(post, sick="plein" if day < first else "demi")
