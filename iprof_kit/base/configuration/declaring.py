"""How a setting is declared: its type, its bounds, its unit, what it is where nobody says, why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Field, StringConstraints
from pydantic.fields import FieldInfo

from iprof_kit.base.plain import Plain

_UNSEEN = re.compile(r"[\x00-\x1f\x7f]")
_SECRET = re.compile(r"fichier:/.+|variable:[A-Za-z_]\w*")


def _one_line(text: str) -> str:
    if _UNSEEN.search(text):
        raise ValueError("un texte d’une seule ligne est attendu")
    return text


def _place_of_a_secret(text: str) -> str:
    if text and not _SECRET.fullmatch(text):
        raise ValueError("ce n’est pas l’endroit d’un secret")
    return text


Line = Annotated[str, StringConstraints(max_length=500), AfterValidator(_one_line)]
"""A text that stands on one line."""
Lines = tuple[Line, ...]
SecretPlace = Annotated[Line, AfterValidator(_place_of_a_secret)]
"""Where a secret is, « fichier:/… » or « variable:NOM »: the secret itself is never in the file."""


class Section(Plain):
    """A table of the file of settings; its fields are made by `setting`.

    A check between fields is a `model_validator` that raises a ValueError in French.
    """

    TITLE: ClassVar[str] = ""
    """What a person reads above its settings, in French."""


def setting(
    default: Any,
    why: str,
    *,
    unit: str = "",
    variable: str = "",
    option: str = "",
    example: Any = None,
    **bounds: Any,
) -> Any:
    """Return the field of a setting.

    Parameters
    ----------
    default : object
        What it is where nobody says.
    why : str
        What it changes and why one would, in French: the file and the documentation show it.
    unit : str
        « secondes », « octets », in French.
    variable : str
        The variable of the environment that stands above the file, where it is not
        « IPROF_SECTION_KEY ». That of the place of a secret holds the secret itself.
    option : str
        That of `iprof serve` that stands above the variable, if there is one.
    example : object
        What the model of the file shows, where the default says nothing.
    **bounds
        `ge`, `le`, `pattern`…, as pydantic names them.
    """
    marks = {"unit": unit, "variable": variable, "option": option, "example": example}
    return Field(default, description=why, json_schema_extra=marks, **bounds)


@dataclass(frozen=True)
class Setting:
    """A setting as it is declared."""

    section: str
    key: str
    field: FieldInfo

    @property
    def name(self) -> str:
        """« places.en_tout »."""
        return f"{self.section}.{self.key}"

    @property
    def why(self) -> str:
        """What it changes, in French."""
        return self.field.description or ""

    @property
    def unit(self) -> str:
        """Of its value, in French; empty where it has none."""
        return str(self._marks["unit"])

    @property
    def variable(self) -> str:
        """The variable of the environment that stands above the file."""
        return str(self._marks["variable"]) or f"IPROF_{self.section}_{self.key}".upper()

    @property
    def option(self) -> str:
        """The option of `iprof serve` that stands above the variable; empty where there is none."""
        return str(self._marks["option"])

    @property
    def default(self) -> Any:
        """What it is where nobody says."""
        return self.field.get_default(call_default_factory=True)

    @property
    def example(self) -> Any:
        """What may be written there, where the default says nothing; else None."""
        return self._marks["example"]

    @property
    def type(self) -> Any:
        """What its value is validated by, bounds included."""
        kind, bounds = self.field.annotation, self.field.metadata
        return Annotated[kind, *bounds] if bounds else kind

    @property
    def secret(self) -> bool:
        """Whether it says where a secret is: a value that is refused is not repeated."""
        return any(
            getattr(mark, "func", None) is _place_of_a_secret for mark in self.field.metadata
        )

    @property
    def holder(self) -> bool:
        """Whether its variable holds a secret, and not the place of one."""
        return self.secret and bool(self._marks["variable"])

    @property
    def _marks(self) -> dict[str, Any]:
        marks = self.field.json_schema_extra
        return marks if isinstance(marks, dict) else {}


def settings_of(section: str, declared: type[Section]) -> Iterator[Setting]:
    """Yield the settings of a section, in their order."""
    for key, field in declared.model_fields.items():
        yield Setting(section, key, field)
