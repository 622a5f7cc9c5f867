"""Plain data for questions and answers, and the units that their schema publishes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from iprof_kit.base.calendar import YEAR

LONGEST = 100
"""Years that no length of a life exceeds: a longer one is a typing error, refused as such."""
Confiance = Literal["A", "B", "C", "D"]


def unit(name: str) -> dict[str, Any]:
    """Return what a field's JSON Schema says of its unit: `Field(json_schema_extra=unit(…))`."""
    return {"unite": name}


Euros = Annotated[float, Field(json_schema_extra={"unite": "euros"})]
EurosParMois = Annotated[float, Field(json_schema_extra={"unite": "euros par mois"})]
EurosParAn = Annotated[float, Field(json_schema_extra={"unite": "euros par an"})]
Pourcent = Annotated[float, Field(json_schema_extra={"unite": "pour cent"})]
Points = Annotated[float, Field(json_schema_extra={"unite": "points"})]
Jours = Annotated[
    int,
    Field(ge=0, le=LONGEST * YEAR, json_schema_extra={"unite": "jours de l’année de 360 jours"}),
]
Mois = Annotated[int, Field(ge=0, le=LONGEST * 12, json_schema_extra={"unite": "mois"})]
Annees = Annotated[int, Field(ge=0, le=LONGEST, json_schema_extra={"unite": "années"})]
Trimestres = Annotated[int, Field(ge=0, json_schema_extra={"unite": "trimestres"})]


def _as_text(value: object) -> object:
    """Read a number as the text that names the échelon: a spreadsheet turns « 7 » into 7."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if whole else value


def _number(value: str) -> str:
    if not (value.isascii() and value.isdigit() and int(value)):
        raise ValueError("un nombre entier est attendu, par exemple « 7 »")
    return value


EchelonNumero = Annotated[
    str,
    BeforeValidator(_as_text),
    AfterValidator(_number),
    Field(json_schema_extra={"unite": "échelon"}),
]
"""An échelon that counts points by its number: a text, as an échelon is in every subject."""
