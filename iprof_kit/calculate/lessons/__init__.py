"""Lessons: a file of a trainer becomes screens whose every answer the engine calculated."""

# No number here is of the law: sizes of a file, places in what is read, seconds and minutes.

from iprof_kit.calculate.lessons.files import lessons
from iprof_kit.calculate.lessons.model import Lesson
from iprof_kit.calculate.lessons.playing import played

__all__ = ["Lesson", "lessons", "played"]
