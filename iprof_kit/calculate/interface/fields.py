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
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from iprof_kit.base.reference import (
    academy_codes,
    academy_labels,
    codes_of,
    department_code,
)
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
GradeCible = Literal["hors_classe", "classe_exceptionnelle", "echelon_special"]
"""What a tableau leads to; the échelon spécial had one, until 2023, as a grade has."""


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
Phrase = Annotated[str, Field(max_length=int(longest("texte")))]
"""Words, which no list closes: a sentence, a name, a code that an academy's file may add."""
Identifiant = Annotated[str, Field(pattern=r"^[a-z0-9_]+$", max_length=100)]
AnneeScolaire = Annotated[str, Field(pattern=r"^\d{4}-\d{4}$")]
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
    if not value:
        raise ValueError("un nombre entier est attendu, par exemple « 7 »")
    return value


_departments = partial(codes_of, "departements", "code_insee")
_echelons = partial(codes_of, "grilles", "echelon")


def _numbered() -> tuple[str, ...]:
    return tuple(code for code in _echelons() if code.isdigit())


def _places() -> tuple[str, ...]:
    return (*_departments(), *academy_codes())


def _in_files() -> tuple[str, ...]:
    """Return the codes of the départements that files write otherwise: « 063 »."""
    return tuple(f"0{code}" for code in _departments() if department_code(f"0{code}") == code)


class Listed:
    """The codes that a field holds, which its schema lists as the tables have them that day.

    What is answered is listed, what is asked is checked too: `CodesOf`. A number that is read as a
    text has the bounds of an échelon beside.

    Parameters
    ----------
    known : callable
        Returns the codes; nothing is read before one is given, or a schema asked for.
    also : callable, optional
        Returns other writings of them, which an earlier validator reads.
    """

    def __init__(
        self, known: Callable[[], Iterable[str]], also: Callable[[], Iterable[str]] = tuple
    ) -> None:
        self.known = known
        self.also = also

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Add the codes, and the bounds of a number, to what pydantic wrote."""
        made = handler(core)
        for part in made.get("anyOf", [made]):
            if part.get("type") == "string":
                part["enum"] = list(dict.fromkeys([*self.known(), *self.also()]))
            elif part.get("type") == "integer":
                part["minimum"], part["maximum"] = bounds("echelon")
        return made


class CodesOf(Listed):
    """The codes that a field may hold: any other is refused.

    A field that may be left out may be empty too.
    """

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Refuse a code that the table has not."""
        return core_schema.no_info_after_validator_function(self._admitted, handler(source))

    def _admitted(self, code: str) -> str:
        known = self.known()
        if code and code not in known:
            raise PydanticCustomError("literal_error", "{expected}", {"expected": ", ".join(known)})
        return code


def or_empty(field: dict[str, Any]) -> None:
    """Say in the schema of a field that must be given that it may be empty."""
    field["enum"].append("")


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
    AfterValidator(department_code),
    CodesOf(_departments, also=_in_files),
    Field(description="Code du département : 63, 2A, 974… ; « 063 » est lu de même."),
]
"""A département, by one code in every subject, however a file writes it."""
Academie = Annotated[
    str,
    AfterValidator(lambda written: academy_labels().get(written, written)),
    CodesOf(academy_codes, also=academy_labels),
    Field(description="Nom de l’académie : Paris, La Réunion… ; son code est lu de même."),
]
CodeAcademie = Annotated[
    str,
    AfterValidator(lambda written: academy_codes().get(written, written)),
    CodesOf(academy_labels, also=academy_codes),
    Field(description="Code de l’académie : 01, 28… ; son nom est lu de même."),
]
"""An academy is asked by its name or by its code in every subject."""
Lieu = Annotated[
    str,
    AfterValidator(department_code),
    CodesOf(_places, also=lambda: (*_in_files(), *academy_labels())),
]
"""What a movement goes to: a département (first degree), or an academy (second)."""
Chevron = Annotated[
    str,
    CodesOf(partial(codes_of, "grilles", "chevron"), also=lambda: ("",)),
    Field(description="Chevron, où l’échelon en a ; vide ailleurs."),
]
_FROM_A_NUMBER = BeforeValidator(as_text, json_schema_input_type=str | int)
_ECHELON = Field(
    description="Échelon, un texte (« 7 ») ; le nombre 7 est lu de même.",
    json_schema_extra={"unite": "échelon"},
)
Echelon = Annotated[str, _FROM_A_NUMBER, CodesOf(_echelons), _ECHELON]
"""An échelon is a text in every subject; the number that a spreadsheet gives is read as one."""
EchelonNumero = Annotated[
    str, _FROM_A_NUMBER, CodesOf(_numbered), AfterValidator(_number), _ECHELON
]
"""An échelon that counts points by its number."""
