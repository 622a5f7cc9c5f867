"""One question, one answer: typed inputs and outputs of every subject.

`ask("pay", {…})` answers one question, `ask_table("pay", frame)` a table of them; the command line
says the same words: `iprof calculate pay --input question.json`.
"""

from iprof_kit.calculate.subjects import ask, ask_table, subject

__all__ = ["ask", "ask_table", "subject"]
