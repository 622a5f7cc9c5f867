"""The columns of a plan of training: the kit's own, and those of two published plans.

A published file has its own names; each is read as the column of the kit that says the same, and
what says nothing that the kit shows is left aside. `docs/formation.md` tells where they come from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iprof_kit.base.names import words_in
from iprof_kit.services.given_tables import Layout

HELP = "docs/formation.md"
COLUMNS = words_in(
    "dispositif parcours module intitule groupe session theme niveau degre nature debut fin "
    "heure_debut heure_fin heures lieu modalite public precision inscription_du inscription_au"
)
REQUIRED = ("dispositif", "module", "intitule")
_SOFIA = {
    "Dispositif : code": "dispositif",
    "Dispositif : libellé": "parcours",
    "Module : code": "module",
    "Module : libellé": "intitule",
    "Groupe : identifiant": "groupe",
    "Session": "session",
    "Début": "debut",
    "Fin": "fin",
    "Durée": "heures",
    "Modalité": "modalite",
    "Lieu": "lieu",
    "Préinscriptions : Publication : début": "inscription_du",
    "Préinscriptions : Publication : fin": "inscription_au",
}
_MON_PAF = {
    "dispositif": "dispositif",
    "code": "module",
    "libelle": "intitule",
    "theme_code": "theme",
    "public_cible": "niveau",
    "periode": "precision",
    "duree": "heures",
}


@dataclass(frozen=True)
class PlanLayout:
    """What a header was recognised as: its name, the kit's column of each of its own."""

    name: str
    layout: Layout
    read_as: Mapping[str, str]
    left_aside: tuple[str, ...] = ()


def recognised(header: Sequence[str]) -> PlanLayout:
    """Return what the headings of a file are; any other is read as the kit's own.

    Examples
    --------
    >>> recognised(["code", "libelle", "dispositif", "modalite", "duree"]).name
    'mon-paf'
    >>> recognised(["dispositif", "module", "intitule"]).name
    'kit'
    """
    for name, signature, read_as in (
        ("sofia-fmo", ("Dispositif : code", "Module : code", "Module : libellé"), _SOFIA),
        ("mon-paf", ("code", "libelle", "dispositif"), _MON_PAF),
    ):
        if set(signature) <= set(header):
            layout = Layout(tuple(dict.fromkeys((*header, *signature))), signature, HELP)
            aside = tuple(one for one in header if one not in read_as)
            return PlanLayout(name, layout, read_as, aside)
    return PlanLayout("kit", Layout(COLUMNS, REQUIRED, HELP), {one: one for one in COLUMNS})
