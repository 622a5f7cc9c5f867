"""The refund of a season ticket between home and work."""

from __future__ import annotations

from datetime import date

import numpy as np

from iprof_kit.base.money import percent_in_euros
from iprof_kit.law.career.traitement import Euros
from iprof_kit.law.payroll.tables import PARAMETERS, parameter
from iprof_kit.law.tables.reading import in_euros
from iprof_kit.law.tables.rules import rule

TRANSPORT = "TRANSPORT"


@rule(
    sentence="L’employeur rembourse une part de l’abonnement aux transports publics ou à un "
    "service public de location de vélos, dans la limite d’un plafond mensuel ; au-dessous du "
    "mi-temps, ce remboursement est réduit.",
    source="décret 2010-676, art. 1, 3 et 7 ; décret 2023-812 ; service-public F12163",
    since="2023-09-01",
    tables=("parametres_paie",),
    reads=in_euros(ticket="Abonnement du mois"),
)
def transport_refund(ticket: Euros, worked: Euros, on: date) -> Euros:
    """Return the refund of a month.

    Parameters
    ----------
    ticket : array of float64
        Price of the season ticket, euros a month.
    worked : array of float64
        Quotité worked, in per cent.

    Returns
    -------
    array of float64
        Euros of the month.

    Raises
    ------
    PeriodNotCovered
        Before September 2023: no rate is in the tables.
    """
    share = PARAMETERS.read(on, "transport_taux", label="remboursement des transports")
    refunded = percent_in_euros(ticket, share.number("valeur", "part remboursée"))
    full = np.minimum(refunded, parameter(on, "transport_plafond"))
    below = np.asarray(worked) < parameter(on, "transport_mi_temps")
    return np.where(below, percent_in_euros(full, parameter(on, "transport_part_reduite")), full)
