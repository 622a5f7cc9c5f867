"""Hypotheses on a real payslip: each is a change of the question, to be calculated again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.calculate.pay import choices as pay_choices
from iprof_kit.calculate.pay.calculation import answer
from iprof_kit.calculate.pay.question import PayQuestion, Prime
from iprof_kit.calculate.pay.sheet import children_of
from iprof_kit.ui.shared import text

Amounts = Mapping[str, float | None]
_CHILDREN, _MISSIONS, _HOURS = range(6), range(4), (0.5, 1, 1.5, 2)
KINDS = {
    "échelon d’avant ou d’après": "traitement",
    "quotité": "traitement",
    "zone de l’indemnité de résidence": "brut",
    "nombre d’enfants": "brut",
    "primes du corps": "brut",
    "éducation prioritaire": "brut",
    "autres primes": "brut",
    "missions du Pacte": "brut",
    "heures supplémentaires": "brut",
    "surcotisation": "net",
    "complémentaire santé": "net",
    "plafond de la retraite additionnelle": "net",
    "taux de prélèvement": "paye",
}
"""What is tried, and the first line of `BULLETIN` that it may change."""
(
    _PLACE,
    _SHARE,
    _ZONE,
    _FAMILY,
    _USUAL,
    _PRIORITY,
    _OTHER,
    _PACT,
    _OVERTIME,
    _EXTRA,
    _COVER,
    _CAP,
    _TAX,
) = KINDS


@dataclass(frozen=True)
class Guess:
    """One hypothesis: what it says, and the question that it makes."""

    kind: str
    words: str
    question: PayQuestion


def guesses(question: PayQuestion, amounts: Amounts, read: Mapping[str, float]) -> Iterator[Guess]:
    """Yield every hypothesis on a payslip, most ordinary first; not yet calculated."""
    yield from _places(question)
    for share in law_facts.quotites(question.corps):
        if share != question.quotite:
            yield _guess(question, _SHARE, f"la quotité payée est de {share} %", quotite=share)
    for zone in pay_choices.zones(question.date):
        if zone.number != question.zone:
            words = f"l’indemnité de résidence est celle de la zone {zone.number}"
            yield _guess(question, _ZONE, words, zone=zone.number)
    for count in _CHILDREN:
        if count != children_of(question, question.date):
            words = f"le supplément familial est payé pour {_children(count)}"
            yield _guess(question, _FAMILY, words, enfants=count, naissances_enfants=())
    yield from _primes(question)
    yield from _hours(question)
    yield from _deductions(question, amounts, read)


def _guess(question: PayQuestion, kind: str, words: str, **changes: Any) -> Guess:
    return Guess(kind, words, question.model_copy(update=changes))


def _children(count: int) -> str:
    return "aucun enfant" if not count else f"{count} enfant{'s' if count > 1 else ''}"


def _places(question: PayQuestion) -> Iterator[Guess]:
    own = law_facts.Standing(
        str(question.corps), str(question.grade), str(question.echelon), question.chevron
    )
    before, after = pay_choices.neighbours(own, question.date)
    for place, words in ((before, "est encore payé"), (after, "est déjà payé")):
        if place:
            position = (
                f"le {text.position_label(place.grade, place.echelon, place.chevron)} {words}"
            )
            yield _guess(
                question,
                _PLACE,
                position.replace("le hors classe, ", "hors classe, le "),
                grade=place.grade,
                echelon=place.echelon,
                chevron=place.chevron,
            )


def _primes(question: PayQuestion) -> Iterator[Guess]:
    usual = pay_choices.usual_primes(str(question.corps), question.date)
    for missing in usual if question.primes_usuelles else ():
        kept = tuple(Prime(code=p.code) for p in usual if p.code != missing.code)
        yield _guess(
            question,
            _USUAL,
            f"« {missing.label} » n’est pas payée",
            primes_usuelles=False,
            primes=question.primes + kept,
        )
    if not question.primes_usuelles:
        yield _guess(question, _USUAL, "les primes du corps sont payées", primes_usuelles=True)
    for priority in ("aucune", "REP", "REP+"):
        if priority != question.education_prioritaire:
            words = (
                "aucune indemnité d’éducation prioritaire n’est payée"
                if priority == "aucune"
                else f"l’indemnité {priority} est payée"
            )
            yield _guess(question, _PRIORITY, words, education_prioritaire=priority)
    for prime in question.primes:
        kept = tuple(other for other in question.primes if other != prime)
        yield _guess(question, _OTHER, f"la prime « {prime.code} » n’est pas payée", primes=kept)
    received = {prime.code for prime in question.primes}
    for choice in pay_choices.other_primes(str(question.corps), question.date):
        if choice.code not in received:
            added = Prime(code=choice.code, variante=choice.variant)
            yield _guess(
                question, _OTHER, f"« {choice.label} » est payée", primes=(*question.primes, added)
            )


def _hours(question: PayQuestion) -> Iterator[Guess]:
    for count in _MISSIONS:
        if count != question.pacte:
            words = (
                "aucune mission du Pacte n’est payée"
                if not count
                else (
                    f"{count} mission{'s' if count > 1 else ''} du Pacte est payée"
                    if count == 1
                    else f"{count} missions du Pacte sont payées"
                )
            )
            yield _guess(question, _PACT, words, pacte=count)
    for hours in _HOURS:
        if hours != question.hsa:
            number = f"{hours:g}".replace(".", ",")
            words = f"{number} heure supplémentaire année par semaine est payée"
            yield _guess(question, _OVERTIME, words, hsa=hours)


def _deductions(
    question: PayQuestion, amounts: Amounts, read: Mapping[str, float]
) -> Iterator[Guess]:
    if question.quotite < 100:
        words = "la surcotisation pour la pension {} retenue"
        withheld = words.format("n’est pas" if question.surcotisation else "est")
        yield _guess(question, _EXTRA, withheld, surcotisation=not question.surcotisation)
    withheld = "n’est pas retenue" if question.psc else "est retenue"
    yield _guess(
        question, _COVER, f"la complémentaire santé obligatoire {withheld}", psc=not question.psc
    )
    yield _guess(
        question,
        _CAP,
        "le plafond de la retraite additionnelle (RAFP) ne joue pas ce mois-ci",
        rafp_plafonnee=not question.rafp_plafonnee,
    )
    rate = _rate(question, amounts, read)
    if rate is not None:
        shown = f"{rate:g}".replace(".", ",")
        yield _guess(
            question, _TAX, f"le taux de prélèvement à la source est de {shown} %", taux_pas=rate
        )


def _rate(question: PayQuestion, amounts: Amounts, read: Mapping[str, float]) -> float | None:
    """Return the tax rate that a net paid supposes, to the tenth; None where it is not one."""
    if "paye" not in read or not pay_choices.tax_is_withheld(question.date):
        return None
    taxable = answer(question).totaux.net_imposable
    if not taxable:
        return None
    rate = round((float(amounts["net"] or 0) - read["paye"]) / taxable * 100, 1)
    return rate if 0 <= rate <= 100 and rate != question.taux_pas else None
