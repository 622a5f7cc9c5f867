"""What changed in Jean Dupont's file since his last visit."""

from datetime import UTC, datetime

from iprof_kit.services.contract.own_file import Changement, VisiteLue

VISIT = VisiteLue(
    precedente=datetime(2026, 10, 12, 9, 0, tzinfo=UTC),
    changements=[
        Changement(
            quand=datetime(2026, 11, 12, 23, 30, tzinfo=UTC),
            quoi="Position enregistrée : temps partiel accordé jusqu’au 31 août 2027.",
            adresse="/dossier/carriere",
        )
    ],
)
