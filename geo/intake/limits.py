"""How much the intake takes: each limit is checked before the memory is spent, and stated in docs/importing.md."""

MAX_UPLOAD_MB = 50  # one file, and all files of one upload together
MAX_INFLATED_MB = 200  # all that a ZIP or a workbook holds, unpacked
MAX_RATIO = 100  # times that a ZIP's member of more than 1 MB may grow; tables grow about ten times
MAX_MEMBERS = 1_000  # of a ZIP or a workbook
MAX_ROWS = 200_000
MAX_COLUMNS = 500
MAX_CELLS = 5_000_000  # that are not blank
MAX_CELL_LENGTH = 32_767  # characters, as in Excel
MAX_ROW_LENGTH = 1_000_000  # characters
MAX_FIELD = 200_000_000  # characters; the csv module's own limit, one for the whole process: MAX_ROW_LENGTH is less
MAX_BAD_ROWS = 100  # with quotation marks that don't pair: each is read to MAX_ROW_LENGTH before that is known
MAX_HEADING_LENGTH = 300  # characters
MAX_NAME_LENGTH = 200  # characters of a file's name
MAX_ID_LENGTH = 200  # characters: ids stand in addresses
MEGABYTE = 1_000_000
