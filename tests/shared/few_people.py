"""A population of a few people, whose answers are counted by hand."""

import pandas as pd

DATES = ("date_", "entree_", "debut_")


def people(usual, **changed):
    """Return the table of a few people: their usual columns, some of them changed.

    Dates are written as texts in the usual columns; who has no number is given one.
    """
    table = pd.DataFrame(usual)
    for name in table:
        if name.startswith(DATES):
            table[name] = pd.to_datetime(table[name])
    if "numero" not in table:
        table["numero"] = [f"N{n}" for n in range(len(table))]
    return table.assign(**changed)
