"""From what people have to a story's files: several tables, a ZIP, a workbook, or one table of their own."""

from geo.intake.fields import FIELDS
from geo.intake.model import Answers, ColumnGuess, Intake, Question, TableGuess, Upload
from geo.intake.taking import take_in

__all__ = ["FIELDS", "Answers", "ColumnGuess", "Intake", "Question", "TableGuess", "Upload", "take_in"]
