"""What only she knows of her pay: each number that she may type, described once.

Ma paie shows them, `entry` reads them; their bounds are those of the question.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from iprof_kit.base.asked import Asked, Kind
from iprof_kit.calculate.interface.bounds import longest
from iprof_kit.ui.kit.fields import IN_MEMORY

PRIMES = (1, 2)
STRIKE, WAITING, SICK, HALF_PAY = ABSENCES = (
    "sensible_greve_jours",
    "sensible_carence_jours",
    "sensible_maladie_jours",
    "sensible_demi_traitement_jours",
)
"""Days of the month shown, in thirtieths: in memory alone (`iprof_kit.ui.kit.sensitive`)."""
BULLETIN = ("traitement", "brut", "net", "paye")
"""The lines of the real payslip that may be typed, in its order."""


def _number(
    name: str, label: str, hint: str, bounds: str, empty: str = "aucun", kind: Kind = "number"
) -> Asked:
    return Asked(name, label, kind, hint, most=int(longest(bounds)), empty=empty)


def _euros(name: str, label: str, hint: str, empty: str = "aucun", unit: str = "") -> Asked:
    one = _number(name, label, hint, "euros_par_mois", empty, "decimal")
    return replace(one, unit=unit)


def _every() -> Iterator[Asked]:
    yield _number(
        "enfants",
        "Enfants ouvrant droit au SFT",
        "SFT : supplément familial de traitement, payé à un seul des deux parents",
        "enfants",
    )
    yield _number(
        "direction_classes",
        "Classes de l’école dirigée",
        "Si vous dirigez une école : la bonification et l’indemnité en dépendent",
        "classes",
        "aucune",
    )
    yield _number(
        "pacte",
        "Missions du Pacte",
        "Parts fonctionnelles : combien de missions dans l’année scolaire",
        "missions",
        "aucune",
    )
    yield _number(
        "nbi",
        "Points de NBI",
        "NBI : nouvelle bonification indiciaire, hors direction d’école",
        "nbi",
    )
    for name, label, hint in (
        (
            STRIKE,
            "Jours de grève",
            "De ce mois ; les jours sans service qui séparent des jours de grève comptent aussi.",
        ),
        (WAITING, "Jours de carence", "De ce mois : un par arrêt, sauf exceptions de la loi."),
        (
            SICK,
            "Jours de congé de maladie ordinaire",
            "De ce mois, jours de carence et de traitement réduit à part.",
        ),
        (
            HALF_PAY,
            "Jours à traitement réduit",
            "De ce mois, après les premiers mois du congé de maladie.",
        ),
    ):
        yield _number(name, label, f"{hint} {IN_MEMORY}", "trentiemes")
    for name, label, hint in (
        ("hsa", "Heures supplémentaires année (HSA)", "Par semaine"),
        ("hse", "Heures supplémentaires effectives (HSE)", "Ce mois-ci"),
    ):
        yield _number(name, label, hint, name, "aucune", "decimal")
    tax = _number(
        "taux_pas",
        "Votre taux de prélèvement à la source",
        "En pour cent, sur votre bulletin ou votre espace des impôts",
        "part",
        "non indiqué",
        "decimal",
    )
    yield replace(tax, unit="%")
    yield _euros(
        "psc_retenue",
        "Retenue pour la complémentaire santé",
        "Total lu sur votre bulletin de ce mois : la part solidaire s’en déduit",
        "non indiquée",
        "€",
    )
    yield _euros(
        "abonnement_transport",
        "Abonnement aux transports",
        "Prix d’un mois, transports publics ou vélos en libre service : une part en est remboursée",
        unit="€",
    )
    yield _euros(
        "brut_premier_mois",
        "Brut de votre premier mois complet",
        "Sur votre premier bulletin d’un mois entier",
        "non indiqué",
    )
    yield _euros(
        "brut_2017",
        "Rémunération brute de 2017",
        "Total de l’année, sur le bulletin de décembre 2017",
        "non indiquée",
        "€",
    )
    yield _euros(
        "ces_2017",
        "Contribution de solidarité payée en 2017",
        "Total de l’année, retenu sur vos bulletins",
        "non indiquée",
    )
    for number in PRIMES:
        yield _number(
            f"nombre_{number}",
            f"Nombre ({prime_label(number).lower()})",
            "Missions, étudiants ou jours ; 1 si rien n’est écrit",
            "unites_de_prime",
            kind="decimal",
        )


def prime_label(number: int) -> str:
    """Return what the list of one of her other primes is called."""
    return "Autre prime" if number == 1 else "Encore une prime"


NUMBERS = {one.name: one for one in _every()}
"""By name."""
LINES = {
    name: _euros(f"lu_{name}", label, hint)
    for name, label, hint in zip(
        BULLETIN,
        (
            "Traitement brut",
            "Total brut",
            "Net à payer avant impôt sur le revenu",
            "Net à payer",
        ),
        (
            "La première ligne de la colonne « à payer »",
            "Le total de la colonne « à payer »",
            "La ligne qui précède l’impôt",
            "Ce qui a été viré, une fois l’impôt prélevé",
        ),
        strict=True,
    )
}
"""The lines of the real payslip, by what they hold."""
