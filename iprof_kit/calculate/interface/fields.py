"""Plain data for questions and answers, and the units that their schema publishes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from iprof_kit.base.reference import codes_of
from iprof_kit.calculate.interface.bounds import (
    bounds,
    longest,
    within,
    within_days,
    within_moments,
)

LONGEST = int(longest("duree_annees"))
"""Years that no length of a life exceeds: a longer one is a typing error, refused as such."""
Confiance = Literal["A", "B", "C", "D"]


def unit(name: str) -> dict[str, Any]:
    """Return what a field's JSON Schema says of its unit: `Field(json_schema_extra=unit(…))`."""
    return {"unite": name}


def words_of_the_law(*tables: str) -> ConfigDict:
    """Return what a model says of itself: descriptions whose braces name values of the law.

    They are read in these tables, as the sentences of rules are, when the schema is asked for.

    Parameters
    ----------
    *tables : str
        Reference tables that the descriptions name.

    Examples
    --------
    >>> from iprof_kit.base.plain import Plain
    >>> class Asked(Plain):
    ...     model_config = words_of_the_law("parametres_pension")
    ...     handicap: bool = Field(description="Au moins {surcotisation_handicap_taux:%}.")
    >>> Asked.model_json_schema()["properties"]["handicap"]["description"].replace(chr(160), " ")
    'Au moins 80 %.'
    """

    def fill(schema: dict[str, Any]) -> None:
        # the tables of the law, which a process that only checks a question never opens
        from iprof_kit.law.tables.sentences import last_known, on_day

        for one in schema.get("properties", {}).values():
            if "description" in one:
                one["description"] = on_day(one["description"], tables, (), last_known(tables))

    return ConfigDict(json_schema_extra=fill)


Euros = Annotated[float, Field(json_schema_extra={"unite": "euros"})]
EurosParMois = Annotated[float, Field(json_schema_extra={"unite": "euros par mois"})]
EurosParAn = Annotated[float, Field(json_schema_extra={"unite": "euros par an"})]
Pourcent = Annotated[float, Field(json_schema_extra={"unite": "pour cent"})]
Points = Annotated[float, Field(json_schema_extra={"unite": "points"})]
Jours = Annotated[int, Field(ge=0, json_schema_extra={"unite": "jours de l’année de 360 jours"})]
Mois = Annotated[int, Field(ge=0, json_schema_extra={"unite": "mois"})]
Annees = Annotated[int, Field(ge=0, json_schema_extra={"unite": "années"})]
Trimestres = Annotated[int, Field(ge=0, json_schema_extra={"unite": "trimestres"})]
# What follows is asked, and never answered: an answer has the size that the law gives it.
Jour = Annotated[date, within_days()]
Moment = Annotated[AwareDatetime, within_moments()]
AnneeCivile = Annotated[int, within("annee")]
DureeJours = Annotated[int, within("duree_jours")]
DureeMois = Annotated[int, within("duree_mois")]
DureeAnnees = Annotated[int, within("duree_annees")]
TrimestresValides = Annotated[int, within("trimestres")]
Quotite = Annotated[float, within("quotite")]
Part = Annotated[float, within("part")]
Enfants = Annotated[int, within("enfants")]
Zone = Annotated[int, within("zone")]
IndiceMajore = Annotated[int, within("indice_majore")]
Effectif = Annotated[int, within("effectif")]
MontantMensuel = Annotated[float, within("euros_par_mois")]
MontantAnnuel = Annotated[float, within("euros_par_an")]


_DIGITS = 4


def as_text(value: object) -> object:
    """Return a number as the text that names the échelon: a spreadsheet turns « 7 » into 7.

    Examples
    --------
    >>> as_text(7), as_text("7"), as_text(7.5)
    ('7', '7', 7.5)
    """
    whole = isinstance(value, int) and not isinstance(value, bool)
    if isinstance(value, float) and value.is_integer():
        value, whole = int(value), True
    # a longer number is no échelon, and Python may refuse to write it
    return str(value) if whole and isinstance(value, int) and abs(value) < sys.maxsize else value


def _number(value: str) -> str:
    if not (value.isascii() and value.isdigit() and value.strip("0")):
        raise ValueError("un nombre entier est attendu, par exemple « 7 »")
    if len(value) > _DIGITS or int(value) > longest("echelon"):
        raise ValueError(f"le plus haut échelon est le {longest('echelon'):.0f}e")
    return value


class CodesOf:
    """The codes that a field may hold, which the schema lists as a table has them when it is asked.

    A number that is read as a text has the bounds of an échelon beside.

    Parameters
    ----------
    known : callable
        Returns the codes; nothing is read before a schema is asked for.
    """

    def __init__(self, known: Callable[[], Iterable[str]]) -> None:
        self.known = known

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Add the codes, and the bounds of a number, to what pydantic wrote."""
        made = handler(core)
        for part in made.get("anyOf", [made]):
            if part.get("type") == "string":
                part["enum"] = list(self.known())
            elif part.get("type") == "integer":
                part["minimum"], part["maximum"] = bounds("echelon")
        return made


Corps = Annotated[
    str,
    CodesOf(partial(codes_of, "corps", "corps")),
    Field(description="Code du corps : pe, certifie, agrege…"),
]
Grade = Annotated[
    str,
    CodesOf(partial(codes_of, "grilles", "grade")),
    Field(description="Code du grade : classe_normale, hors_classe…"),
]
Departement = Annotated[
    str,
    CodesOf(partial(codes_of, "departements", "code_insee")),
    Field(description="Code du département : 63, 2A, 974…"),
]
Academie = Annotated[
    str,
    CodesOf(partial(codes_of, "academies", "libelle_academie")),
    Field(description="Nom de l’académie : Paris, La Réunion…"),
]
Chevron = Annotated[
    str,
    CodesOf(partial(codes_of, "grilles", "chevron")),
    Field(description="Chevron, où l’échelon en a."),
]
Echelon = Annotated[
    str,
    BeforeValidator(as_text, json_schema_input_type=str | int),
    CodesOf(partial(codes_of, "grilles", "echelon")),
    Field(
        description="Échelon, un texte (« 7 ») ; le nombre 7 est lu de même.",
        json_schema_extra={"unite": "échelon"},
    ),
]
"""An échelon is a text in every subject; the number that a spreadsheet gives is read as one."""
EchelonNumero = Annotated[Echelon, AfterValidator(_number)]
"""An échelon that counts points by its number."""
