"""Fields of screens: described by `iprof_kit.base.asked`, shown here, and read."""

from iprof_kit.ui.kit.fields.reading import (
    Read,
    chosen,
    read_day,
    read_fields,
    read_number,
    read_numbers,
    read_past_day,
    read_past_days,
)
from iprof_kit.ui.kit.fields.shown import (
    DATE_HINT,
    IN_MEMORY,
    NO_YES,
    FieldGroup,
    field_groups,
    fields_of,
    left_out,
    shown,
    wrong_fields,
    yes_or_no,
)
from iprof_kit.ui.kit.fields.supposed import (
    Supposed,
    SupposedView,
    supposed_view,
    told_elsewhere,
)

__all__ = [
    "DATE_HINT",
    "IN_MEMORY",
    "NO_YES",
    "FieldGroup",
    "Read",
    "Supposed",
    "SupposedView",
    "chosen",
    "field_groups",
    "fields_of",
    "left_out",
    "read_day",
    "read_fields",
    "read_number",
    "read_numbers",
    "read_past_day",
    "read_past_days",
    "shown",
    "supposed_view",
    "told_elsewhere",
    "wrong_fields",
    "yes_or_no",
]
