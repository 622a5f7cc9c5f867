"""The fields of « Ma paie » that no file answers: family, post, primes, deductions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from iprof_kit.base.asked import Answers, Asked
from iprof_kit.base.calendar import MONTHS
from iprof_kit.base.reference import in_first_degree
from iprof_kit.calculate.pay import choices as pay_choices
from iprof_kit.ui.kit.fields import yes_or_no
from iprof_kit.ui.own_situation.pay.entry import (
    asked_absences,
    prime_value,
    priorities,
    zones,
)
from iprof_kit.ui.own_situation.pay.fields import NUMBERS, PRIMES, prime_label
from iprof_kit.ui.own_situation.pay.start import PayStart
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import worded

_FILE = "D’après votre dossier"
_PRIORITY = "REP : réseau d’éducation prioritaire ; REP+ : réseau d’éducation prioritaire renforcé"


def unsaid(values: Answers, start: PayStart) -> Iterator[Asked]:
    """Yield the fields, each with a hint."""
    yield from _family(start)
    yield from _service(values, start)
    yield from _deductions(values, start)
    for name in asked_absences(start):
        yield NUMBERS[name]


def _family(start: PayStart) -> Iterator[Asked]:
    rates = {str(z.number): text.percent(z.percent) for z in pay_choices.zones(start.month)}
    yield Asked(
        "zone",
        "Zone de l’indemnité de résidence",
        hint="Elle dépend de la commune de votre poste, que ce kit ne classe pas. Sans ligne "
        "« indemnité de résidence » sur votre bulletin, c’est celle dont le taux est nul",
        choices=tuple((z, f"zone {z} ({rates[z]})") for z in sorted(zones(start))),
    )
    yield NUMBERS["enfants"]
    yield Asked(
        "naissances_enfants",
        "Naissances de ces enfants",
        "days",
        "Au lieu de leur nombre, qui s’en déduit chaque mois : 12/03/2015 ; 04/09/2018",
        empty="non indiquées",
    )
    order = sorted(priorities(start), key=("aucune", "REP", "REP+").index)
    yield Asked(
        "education_prioritaire",
        "Éducation prioritaire",
        hint=f"{_FILE} : {start.taught_at}" if start.priority != "aucune" else _PRIORITY,
        choices=tuple((p, p) for p in order),
    )


def _service(values: Answers, start: PayStart) -> Iterator[Asked]:
    corps = start.standing.corps
    if usual := pay_choices.usual_primes(corps, start.month):
        names = " ; ".join(choice.label for choice in usual)
        yield yes_or_no(
            "primes_usuelles",
            "Primes de votre corps",
            f"{names}. « non » pour un poste qui n’y ouvre pas droit",
            yes=True,
        )
    if pay_choices.heads_schools(corps, start.month):
        led = NUMBERS["direction_classes"]
        if start.head:
            hint = "Votre dossier dit que vous dirigez une école : indiquez ses classes"
            led = replace(led, hint=hint)
        yield led
        if values.get("direction_classes", "").strip():
            yield yes_or_no("direction_interim", "Direction par intérim")
    yield NUMBERS["pacte"]
    if not in_first_degree(corps):
        yield NUMBERS["hsa"]
        yield NUMBERS["hse"]
    yield NUMBERS["nbi"]
    yield from _other_primes(values, start)


def _other_primes(values: Answers, start: PayStart) -> Iterator[Asked]:
    known = pay_choices.other_primes(start.standing.corps, start.month)
    for number in PRIMES:
        label = prime_label(number)
        yield Asked(
            f"prime_{number}",
            label,
            hint="Celles que votre corps peut recevoir",
            choices=(("", "aucune"), *((prime_value(one), one.label) for one in known)),
        )
        if not values.get(f"prime_{number}", ""):
            continue
        yield NUMBERS[f"nombre_{number}"]
        yield Asked(
            f"mois_prime_{number}",
            f"Mois de versement ({label.lower()})",
            hint="Pour une prime versée en une fois, si votre bulletin l’a portée un autre mois",
            choices=(
                ("", "selon les textes"),
                *((str(month), name) for month, name in enumerate(MONTHS, 1)),
            ),
        )


def _deductions(values: Answers, start: PayStart) -> Iterator[Asked]:
    if pay_choices.cover_is_withheld(start.month):
        yield yes_or_no(
            "psc",
            "Complémentaire santé de l’employeur",
            "Contrat collectif : « non » si rien n’en est retenu sur votre bulletin",
            yes=True,
        )
        if values.get("psc", "oui") != "non":
            yield NUMBERS["psc_retenue"]
    if pay_choices.transport_is_refunded(start.month):
        yield NUMBERS["abonnement_transport"]
    if since := pay_choices.compensated_since(start.month):
        yield from _compensated(values, since, start)
    if pay_choices.tax_is_withheld(start.month):
        yield NUMBERS["taux_pas"]


def _compensated(values: Answers, since: date, start: PayStart) -> Iterator[Asked]:
    """Yield what the indemnité compensatrice of the CSG depends on."""
    asked = yes_or_no(
        "nomme_avant_2018",
        worded("En poste avant le {}", text.dated(since, "law.csg.compensated")),
        "L’indemnité compensatrice de la CSG (contribution sociale généralisée) en dépend",
        yes=bool(start.before_2018),
    )
    yield asked
    typed = values.get(asked.name, "")
    before = typed == "oui" if typed in ("oui", "non") else start.before_2018
    if not before:
        yield NUMBERS["brut_premier_mois"]
        return
    yield NUMBERS["brut_2017"]
    yield NUMBERS["ces_2017"]
