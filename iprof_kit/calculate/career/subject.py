"""The whole career of one person as a subject of calculation."""

from __future__ import annotations

from iprof_kit.calculate.career.calculation import answer
from iprof_kit.calculate.career.question import CareerAnswer, CareerQuestion
from iprof_kit.calculate.interface.subject import Subject

SUBJECT = Subject(
    name="career",
    title="Projette une carrière sous un à quatre scénarios.",
    question=CareerQuestion,
    answer=CareerAnswer,
    one=answer,
)
