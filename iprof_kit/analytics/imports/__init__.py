"""Real-life extracts read into a population table: nothing dropped silently, each repair said.

A file goes through: its kind (`files`), its text (`encoding`, `delimited`, `fixed`, `sheets`,
`listing`), its columns (`mapping`), its cells (`cells`), its rows (`checks`), its own totals
(`totals`). `extract.read_extract` does it all and keeps a `report` of every row and column.
"""

# No number here is of the law: how files are written and recognised.
