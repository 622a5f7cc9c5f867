"""What every line of a section is."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from iprof_kit.cv.form import Source, Written, new_id


class Item(Written):
    """A line. `id` never changes, `source` says who wrote it first.

    An item prefilled from the dossier keeps `source="dossier"` as long as nobody changes it;
    `edits.change` turns it into « saisie » and keeps its id, so that it is never filled twice.
    """

    id: str = Field(default_factory=new_id)
    source: Source = "saisie"

    named_by: ClassVar[str] = "intitule"
    """The field that a line is called by."""
    latest_first: ClassVar[bool] = False
    """Whether a new line takes its place by its period, `debut` and `fin`, the latest first."""

    @property
    def is_written(self) -> bool:
        """Tell whether anything was written in it: a line just added holds nothing yet."""
        blank = type(self)(id=self.id, source=self.source)
        return self != blank
