"""Plain data for questions and answers, and the units that their schema publishes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

from iprof_kit.base.calendar import YEAR

LONGEST = 100
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
