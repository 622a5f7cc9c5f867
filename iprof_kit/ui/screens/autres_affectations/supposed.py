"""What the file does not say and the score supposes: six lines, the others in a drawer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from iprof_kit.ui.kit.fields import SupposedView, supposed_view
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.screens.autres_affectations.fields import COMING, FAMILY
from iprof_kit.ui.shared.worded import figure

_FIRST = (
    "departement_depuis", "poste_annees", FAMILY, "conjoint_lieu", "lien", "lien_depuis",
    "enfant-1", "conjoint_departement", "label", "label_depuis", "ancien_voeu", "demandes_avant",
    "cimm", "outre_mer", "origine", "doit_etre_affecte", "interruption",
)  # fmt: skip
_SHORT = {
    "pop_depuis": "poste à profil",
    "activite": "activité du conjoint",
    COMING: "enfants à naître",
    "label": "éducation prioritaire",
    "label_depuis": "éducation prioritaire depuis",
    "ancien_voeu": "vœu 1 déjà demandé",
    "cimm": "CIMM",
    "outre_mer": "outre-mer",
    "mayotte_annees": "années à Mayotte",
    "guyane_annees": "années en Guyane",
    "retour": "réintégration",
    "sportif_annees_atp": "sport de haut niveau",
    "demandes_corse": "Corse",
}


def places_supposed(
    fields: Iterable[Field], needed: Collection[str], filed: Mapping[str, str], counted_to: date
) -> SupposedView:
    """Return the lines.

    Parameters
    ----------
    fields : iterable of Field
    needed : collection of str
        Names of those without which something that was begun is not counted.
    filed : mapping of str to str
        What the file fills in.
    counted_to : date
        The last day whose years in the post the movement counts.
    """
    listed = tuple(fields)
    as_filed = {f.name: f.options[0].value for f in listed if f.options} | dict(filed)
    unchosen = {f.name for f in listed if f.options and f.options[0].label == "choisir"}
    typed = {f.name for f in listed if not f.options}

    def words(name: str, value: str) -> str:
        if name == "poste_annees" and value and value == filed.get(name):
            return figure(value, "post.years", int(value), counted_to)
        if value:
            return ""
        if name in needed:
            return "à préciser"
        return "aucun" if name in unchosen else "non indiqué" if name in typed else ""

    return supposed_view(listed, _FIRST, as_filed, words, _SHORT)
