"""Plain data for questions and answers, and the units that their schema publishes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Confiance = Literal["A", "B", "C", "D"]


class Plain(BaseModel):
    """Plain, frozen data that refuses unknown fields, NaN and infinity."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def unit(name: str) -> dict[str, Any]:
    """Return what a field's JSON Schema says of its unit: `Field(json_schema_extra=unit(…))`."""
    return {"unite": name}


Euros = Annotated[float, Field(json_schema_extra={"unite": "euros"})]
EurosParMois = Annotated[float, Field(json_schema_extra={"unite": "euros par mois"})]
EurosParAn = Annotated[float, Field(json_schema_extra={"unite": "euros par an"})]
Pourcent = Annotated[float, Field(json_schema_extra={"unite": "pour cent"})]
Points = Annotated[float, Field(json_schema_extra={"unite": "points"})]
Jours = Annotated[int, Field(ge=0, json_schema_extra={"unite": "jours de l’année de 360 jours"})]
Mois = Annotated[int, Field(ge=0, json_schema_extra={"unite": "mois"})]
Annees = Annotated[int, Field(ge=0, json_schema_extra={"unite": "années"})]
Trimestres = Annotated[int, Field(ge=0, json_schema_extra={"unite": "trimestres"})]
