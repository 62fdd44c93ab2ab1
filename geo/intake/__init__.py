"""From what people have to a story's files: several tables, a ZIP, a workbook, or one table of their own."""

from geo.intake.fields import FIELDS
from geo.intake.limits import MAX_UPLOAD_MB
from geo.intake.model import DAY_FIRST, MONTH_FIRST, Answers, ColumnGuess, Intake, Question, TableGuess, Upload
from geo.intake.taking import take_in

__all__ = [
    "DAY_FIRST",
    "FIELDS",
    "MAX_UPLOAD_MB",
    "MONTH_FIRST",
    "Answers",
    "ColumnGuess",
    "Intake",
    "Question",
    "TableGuess",
    "Upload",
    "take_in",
]
