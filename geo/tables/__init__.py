"""Reading, checking and writing the three tables of a story."""

from geo.tables.package import data_package
from geo.tables.story import Tables, read_digest, read_story
from geo.tables.writing import write_story, write_table

__all__ = ["Tables", "data_package", "read_digest", "read_story", "write_story", "write_table"]
