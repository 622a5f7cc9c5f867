"""The fields of « Ma paie » that no file answers: family, post, primes, deductions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from iprof_kit.base.calendar import MONTHS
from iprof_kit.base.reference import in_first_degree
from iprof_kit.calculate.pay import choices as pay_choices
from iprof_kit.ui.fields.typed_fields import IN_MEMORY, FieldMaker
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.own_situation.pay_entry import (
    HALF_PAY,
    PRIMES,
    SICK,
    STRIKE,
    WAITING,
    PayEntry,
    asked_absences,
    prime_value,
    priorities,
    zones,
)
from iprof_kit.ui.own_situation.pay_start import PayStart
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import worded

_FILE = "D’après votre dossier"


def unsaid_fields(made: FieldMaker, entry: PayEntry, start: PayStart) -> tuple[Field, ...]:
    """Return the fields, each with a hint."""
    return (
        *_family(made, entry, start),
        *_service(made, start),
        *_deductions(made, start),
        *_absences(made, start),
    )


def _absences(made: FieldMaker, start: PayStart) -> Iterable[Field]:
    """Yield the absences of the month, held in memory alone."""
    asked = {
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
    for name in asked_absences(start):
        label, hint = asked[name]
        yield made.typed(name, label, f"{hint} {IN_MEMORY}")


def _family(made: FieldMaker, entry: PayEntry, start: PayStart) -> tuple[Field, ...]:
    rates = {str(z.number): text.percent(z.percent) for z in pay_choices.zones(start.month)}
    offered = sorted(zones(start))
    fields = [
        made.listed(
            "zone",
            "Zone de l’indemnité de résidence",
            ((z, f"zone {z} ({rates[z]})") for z in offered),
            str(entry.question.zone),
            "Elle dépend de la commune de votre poste, que ce kit ne classe pas. Sans ligne "
            "« indemnité de résidence » sur votre bulletin, c’est celle dont le taux est nul",
        ),
        made.typed(
            "enfants",
            "Enfants ouvrant droit au SFT",
            "SFT : supplément familial de traitement, payé à un seul des deux parents",
        ),
        made.typed(
            "naissances_enfants",
            "Naissances de ces enfants",
            "Au lieu de leur nombre, qui s’en déduit chaque mois : 12/03/2015 ; 04/09/2018",
        ),
    ]
    priority = entry.question.education_prioritaire
    hint = (
        f"{_FILE} : {start.taught_at}"
        if start.priority != "aucune"
        else "REP : réseau d’éducation prioritaire ; REP+ : réseau d’éducation prioritaire renforcé"
    )
    order = sorted(priorities(start), key=("aucune", "REP", "REP+").index)
    fields.append(
        made.listed(
            "education_prioritaire",
            "Éducation prioritaire",
            ((p, p) for p in order),
            priority,
            hint,
        )
    )
    return tuple(fields)


def _service(made: FieldMaker, start: PayStart) -> tuple[Field, ...]:
    corps = start.standing.corps
    usual = pay_choices.usual_primes(corps, start.month)
    fields: list[Field] = []
    if usual:
        names = " ; ".join(choice.label for choice in usual)
        current = made.values.get("primes_usuelles", "oui") != "non"
        fields.append(
            made.yes_no(
                "primes_usuelles",
                "Primes de votre corps",
                current,
                f"{names}. « non » pour un poste qui n’y ouvre pas droit",
            )
        )
    if pay_choices.heads_schools(corps, start.month):
        hint = "Si vous dirigez une école : la bonification et l’indemnité en dépendent"
        if start.head:
            hint = "Votre dossier dit que vous dirigez une école : indiquez ses classes"
        fields.append(made.typed("direction_classes", "Classes de l’école dirigée", hint))
        if made.values.get("direction_classes", "").strip():
            interim = made.values.get("direction_interim") == "oui"
            fields.append(made.yes_no("direction_interim", "Direction par intérim", interim))
    fields.append(
        made.typed(
            "pacte",
            "Missions du Pacte",
            "Parts fonctionnelles : combien de missions dans l’année scolaire",
        )
    )
    if not in_first_degree(corps):
        fields += [
            made.typed("hsa", "Heures supplémentaires année (HSA)", "Par semaine", decimal=True),
            made.typed(
                "hse", "Heures supplémentaires effectives (HSE)", "Ce mois-ci", decimal=True
            ),
        ]
    fields.append(
        made.typed(
            "nbi", "Points de NBI", "NBI : nouvelle bonification indiciaire, hors direction d’école"
        )
    )
    return (*fields, *_other_primes(made, start))


def _other_primes(made: FieldMaker, start: PayStart) -> Iterable[Field]:
    known = pay_choices.other_primes(start.standing.corps, start.month)
    pairs = [("", "aucune"), *((prime_value(c), c.label) for c in known)]
    for number in PRIMES:
        name = f"prime_{number}"
        current = made.values.get(name, "")
        label = "Autre prime" if number == 1 else "Encore une prime"
        yield made.listed(name, label, pairs, current, "Celles que votre corps peut recevoir")
        if current:
            yield made.typed(
                f"nombre_{number}",
                f"Nombre ({label.lower()})",
                "Missions, étudiants ou jours ; 1 si rien n’est écrit",
                decimal=True,
            )
            months = ((str(n), name) for n, name in enumerate(MONTHS, 1))
            yield made.listed(
                f"mois_prime_{number}",
                f"Mois de versement ({label.lower()})",
                (("", "selon les textes"), *months),
                made.values.get(f"mois_prime_{number}", ""),
                "Pour une prime versée en une fois, si votre bulletin l’a portée un autre mois",
            )


def _deductions(made: FieldMaker, start: PayStart) -> tuple[Field, ...]:
    values = made.values
    before = start.before_2018
    if values.get("nomme_avant_2018") in ("oui", "non"):
        before = values["nomme_avant_2018"] == "oui"
    fields = []
    if pay_choices.cover_is_withheld(start.month):
        fields.append(
            made.yes_no(
                "psc",
                "Complémentaire santé de l’employeur",
                values.get("psc", "oui") != "non",
                "Contrat collectif : « non » si rien n’en est retenu sur votre bulletin",
            )
        )
        if values.get("psc", "oui") != "non":
            fields.append(
                made.typed(
                    "psc_retenue",
                    "Retenue pour la complémentaire santé",
                    "Total lu sur votre bulletin de ce mois : la part solidaire s’en déduit",
                    decimal=True,
                )
            )
    if pay_choices.transport_is_refunded(start.month):
        fields.append(
            made.typed(
                "abonnement_transport",
                "Abonnement aux transports",
                "Prix d’un mois, transports publics ou vélos en libre service : une part en est "
                "remboursée",
                decimal=True,
            )
        )
    since = pay_choices.compensated_since(start.month)
    if since is not None:
        fields += _compensated(made, since, before=bool(before))
    if pay_choices.tax_is_withheld(start.month):
        fields.append(
            made.typed(
                "taux_pas",
                "Votre taux de prélèvement à la source",
                "En pour cent, sur votre bulletin ou votre espace des impôts",
                decimal=True,
            )
        )
    return tuple(fields)


def _compensated(made: FieldMaker, since: date, *, before: bool) -> Iterable[Field]:
    """Yield what the indemnité compensatrice of the CSG depends on."""
    day = text.dated(since, "law.csg.compensated")
    yield made.yes_no(
        "nomme_avant_2018",
        worded("En poste avant le {}", day),
        before,
        "L’indemnité compensatrice de la CSG (contribution sociale généralisée) en dépend",
    )
    if not before:
        yield made.typed(
            "brut_premier_mois",
            "Brut de votre premier mois complet",
            "Sur votre premier bulletin d’un mois entier",
            decimal=True,
        )
        return
    yield made.typed(
        "brut_2017",
        "Rémunération brute de 2017",
        "Total de l’année, sur le bulletin de décembre 2017",
        decimal=True,
    )
    yield made.typed(
        "ces_2017",
        "Contribution de solidarité payée en 2017",
        "Total de l’année, retenu sur vos bulletins",
        decimal=True,
    )
