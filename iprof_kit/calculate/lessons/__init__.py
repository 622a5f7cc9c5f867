"""Lessons: a file of a trainer becomes screens whose every answer the engine calculated."""

from iprof_kit.calculate.lessons.files import lessons
from iprof_kit.calculate.lessons.model import Lesson
from iprof_kit.calculate.lessons.playing import played

__all__ = ["Lesson", "lessons", "played"]
