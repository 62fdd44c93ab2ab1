"""Reading, checking and writing the tables of a story."""

from geo.tables.archive import zip_files
from geo.tables.editing import RawTable, csv_bytes, edited, new_id, new_problems, raw_table, typed_changes
from geo.tables.files import read_bytes, replace_file
from geo.tables.kept import kept_arrays
from geo.tables.package import data_package
from geo.tables.quotations import renew_quotations
from geo.tables.source_text import SourceText, read_source_text
from geo.tables.story import LARGE, Tables, folder_files, read_files, read_story
from geo.tables.writing import write_files, write_story, write_table

__all__ = [
    "LARGE",
    "RawTable",
    "SourceText",
    "Tables",
    "csv_bytes",
    "data_package",
    "edited",
    "folder_files",
    "kept_arrays",
    "new_id",
    "new_problems",
    "raw_table",
    "read_bytes",
    "read_files",
    "read_source_text",
    "read_story",
    "renew_quotations",
    "replace_file",
    "typed_changes",
    "write_files",
    "write_story",
    "write_table",
    "zip_files",
]
