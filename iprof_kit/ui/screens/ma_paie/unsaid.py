"""The fields of « Ma paie » that no file answers: family, post, primes, deductions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from iprof_kit.base.asked import Answers, Asked
from iprof_kit.base.calendar import MONTHS
from iprof_kit.base.reference import in_first_degree
from iprof_kit.calculate.pay import choices as pay_choices
from iprof_kit.ui.kit.fields import IN_MEMORY, yes_or_no
from iprof_kit.ui.own_situation.pay_entry import (
    HALF_PAY,
    PRIMES,
    SICK,
    STRIKE,
    WAITING,
    asked_absences,
    prime_value,
    priorities,
    zones,
)
from iprof_kit.ui.own_situation.pay_start import PayStart
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
        label, hint = _ABSENCES[name]
        yield Asked(name, label, "number", f"{hint} {IN_MEMORY}")


_ABSENCES = {
    STRIKE: (
        "Jours de grève",
        "De ce mois ; les jours sans service qui séparent des jours de grève comptent aussi.",
    ),
    WAITING: ("Jours de carence", "De ce mois : un par arrêt, sauf exceptions de la loi."),
    SICK: (
        "Jours de congé de maladie ordinaire",
        "De ce mois, jours de carence et de traitement réduit à part.",
    ),
    HALF_PAY: (
        "Jours à traitement réduit",
        "De ce mois, après les premiers mois du congé de maladie.",
    ),
}
"""The absences of the month, held in memory alone."""


def _family(start: PayStart) -> Iterator[Asked]:
    rates = {str(z.number): text.percent(z.percent) for z in pay_choices.zones(start.month)}
    yield Asked(
        "zone",
        "Zone de l’indemnité de résidence",
        hint="Elle dépend de la commune de votre poste, que ce kit ne classe pas. Sans ligne "
        "« indemnité de résidence » sur votre bulletin, c’est celle dont le taux est nul",
        choices=tuple((z, f"zone {z} ({rates[z]})") for z in sorted(zones(start))),
    )
    yield Asked(
        "enfants",
        "Enfants ouvrant droit au SFT",
        "number",
        "SFT : supplément familial de traitement, payé à un seul des deux parents",
    )
    yield Asked(
        "naissances_enfants",
        "Naissances de ces enfants",
        "days",
        "Au lieu de leur nombre, qui s’en déduit chaque mois : 12/03/2015 ; 04/09/2018",
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
        hint = "Si vous dirigez une école : la bonification et l’indemnité en dépendent"
        if start.head:
            hint = "Votre dossier dit que vous dirigez une école : indiquez ses classes"
        yield Asked("direction_classes", "Classes de l’école dirigée", "number", hint)
        if values.get("direction_classes", "").strip():
            yield yes_or_no("direction_interim", "Direction par intérim")
    yield Asked(
        "pacte",
        "Missions du Pacte",
        "number",
        "Parts fonctionnelles : combien de missions dans l’année scolaire",
    )
    if not in_first_degree(corps):
        yield Asked("hsa", "Heures supplémentaires année (HSA)", "decimal", "Par semaine")
        yield Asked("hse", "Heures supplémentaires effectives (HSE)", "decimal", "Ce mois-ci")
    yield Asked(
        "nbi",
        "Points de NBI",
        "number",
        "NBI : nouvelle bonification indiciaire, hors direction d’école",
    )
    yield from _other_primes(values, start)


def _other_primes(values: Answers, start: PayStart) -> Iterator[Asked]:
    known = pay_choices.other_primes(start.standing.corps, start.month)
    for number in PRIMES:
        label = "Autre prime" if number == 1 else "Encore une prime"
        yield Asked(
            f"prime_{number}",
            label,
            hint="Celles que votre corps peut recevoir",
            choices=(("", "aucune"), *((prime_value(one), one.label) for one in known)),
        )
        if not values.get(f"prime_{number}", ""):
            continue
        yield Asked(
            f"nombre_{number}",
            f"Nombre ({label.lower()})",
            "decimal",
            "Missions, étudiants ou jours ; 1 si rien n’est écrit",
        )
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
            yield Asked(
                "psc_retenue",
                "Retenue pour la complémentaire santé",
                "decimal",
                "Total lu sur votre bulletin de ce mois : la part solidaire s’en déduit",
            )
    if pay_choices.transport_is_refunded(start.month):
        yield Asked(
            "abonnement_transport",
            "Abonnement aux transports",
            "decimal",
            "Prix d’un mois, transports publics ou vélos en libre service : une part en est "
            "remboursée",
        )
    if since := pay_choices.compensated_since(start.month):
        yield from _compensated(values, since, start)
    if pay_choices.tax_is_withheld(start.month):
        yield Asked(
            "taux_pas",
            "Votre taux de prélèvement à la source",
            "decimal",
            "En pour cent, sur votre bulletin ou votre espace des impôts",
        )


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
        yield Asked(
            "brut_premier_mois",
            "Brut de votre premier mois complet",
            "decimal",
            "Sur votre premier bulletin d’un mois entier",
        )
        return
    yield Asked(
        "brut_2017",
        "Rémunération brute de 2017",
        "decimal",
        "Total de l’année, sur le bulletin de décembre 2017",
    )
    yield Asked(
        "ces_2017",
        "Contribution de solidarité payée en 2017",
        "decimal",
        "Total de l’année, retenu sur vos bulletins",
    )
