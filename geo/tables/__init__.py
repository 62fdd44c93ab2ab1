"""Reading, checking and writing the tables of a story."""

from geo.tables.files import read_bytes
from geo.tables.package import data_package
from geo.tables.quotations import renew_quotations
from geo.tables.source_text import SourceText, read_source_text
from geo.tables.story import Tables, folder_files, read_files, read_story
from geo.tables.writing import write_files, write_story, write_table

__all__ = [
    "SourceText",
    "Tables",
    "data_package",
    "folder_files",
    "read_bytes",
    "read_files",
    "read_source_text",
    "read_story",
    "renew_quotations",
    "write_files",
    "write_story",
    "write_table",
]
