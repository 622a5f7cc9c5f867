"""What the pay of every scenario starts from: the zone, the children, what was told elsewhere."""

from __future__ import annotations

from iprof_kit.calculate.et_si.question import EtSiQuestion
from iprof_kit.ui.kit.parts import Field, Option
from iprof_kit.ui.screens.et_si.essais import MOST_CHILDREN, ZONES


def base_fields(asked: EtSiQuestion) -> tuple[Field, ...]:
    """Return what the file does not say: zone and children."""
    zones = tuple(Option(str(z), f"Zone {z}", z == asked.zone) for z in ZONES)
    children = tuple(
        Option(str(n), "Aucun" if n == 0 else str(n), n == asked.enfants)
        for n in range(MOST_CHILDREN + 1)
    )
    return (
        Field(
            "zone",
            "Votre zone d’indemnité de résidence aujourd’hui",
            options=zones,
            hint="Votre bulletin de paie la dit ; en zone 3, il n’y a pas d’indemnité.",
        ),
        Field("enfants", "Enfants ouvrant droit au supplément familial", options=children),
    )


def base_words(asked: EtSiQuestion) -> str:
    """Return « zone 3, sans enfant à charge »."""
    many = asked.enfants
    children = f"{many} enfant{'s' if many > 1 else ''}" if many else "sans enfant"
    return f"zone {asked.zone}, {children} à charge"


def base_told(asked: EtSiQuestion, where: str) -> str:
    """Return what today’s pay has besides, by the file or by what she told; "" for nothing."""
    paid = asked.paie
    counted = []
    if asked.outre_mer:
        counted.append(f"la majoration de votre poste ({asked.outre_mer.partition(' (')[0]})")
    if paid is not None and paid.education_prioritaire != "aucune":
        counted.append(f"l’indemnité {paid.education_prioritaire}")
    if paid is not None and paid.direction_classes:
        counted.append(f"la direction d’une école de {paid.direction_classes} classes")
    sentences = [f"Comptés aujourd’hui : {', '.join(counted)}."] if counted else []
    if where:
        sentences.append(f"Ce que vous avez indiqué dans {where} est compté, et se change là-bas.")
    return " ".join(sentences)
