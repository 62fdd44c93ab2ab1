"""More than forty files that nobody can use as they are, each with words of what is then said of it."""

from __future__ import annotations

import gzip
import io
import re
import stat
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, NamedTuple

from intake.made_by_others import delimited, workbook

from geo.intake import Upload

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

HEADINGS = "place,date,claim,source\n"
ROW = "Kursk,2024-10-08,Troops came.,A paper\n"
TABLE = (HEADINGS + ROW).encode()
CLAIMS = b"claim_id,statement,claimant,source_id,modality\nc1,Troops came.,A,s1,happened\n"


class Bad(NamedTuple):
    """One of them.

    Attributes
    ----------
    words
        What must be said, whether the whole file is refused or some of its rows.
    is_big
        Whether it takes tens of megabytes.
    """

    what: str
    file: str
    make: Callable[[], bytes]
    words: tuple[str, ...]
    is_big: bool = False

    @property
    def upload(self) -> Upload:
        return Upload(self.file, self.make())


def zipped(members: Mapping[str | zipfile.ZipInfo, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data, compression)
    return content.getvalue()


def named(name: str) -> zipfile.ZipInfo:
    """Return a member of exactly that name; ``ZipInfo`` itself would tidy it up."""
    member = zipfile.ZipInfo("x" * len(name))
    member.filename = member.orig_filename = name
    return member


def link() -> bytes:
    member = zipfile.ZipInfo("claims.csv")
    member.create_system = 3
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    return zipped({member: b"/etc/passwd"})


def encrypted() -> bytes:
    content = bytearray(zipped({"claims.csv": CLAIMS}))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + place] |= 1
    return bytes(content)


def lying_about_its_size() -> bytes:
    """Return a ZIP that says that a member has 100 bytes, and unpacks to ten million."""
    content = bytearray(zipped({"claims.csv": b"," * 10_000_000}))
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, 100)
    return bytes(content)


def unpacking_to_300_mb() -> bytes:
    """Return a small ZIP that says that it is a big one: no member of it alone is."""
    content = bytearray(zipped({f"{i}.csv": b"a" for i in range(303)}))
    for place in (found.start() for found in re.finditer(rb"PK\x01\x02", bytes(content))):
        struct.pack_into("<I", content, place + 24, 990_000)
    return bytes(content)


def members(number: int) -> bytes:
    return zipped({f"{i}.csv": b"" for i in range(number)}, zipfile.ZIP_STORED)


def changed_workbook(changes: Mapping[str, Callable[[bytes], bytes]], more: Mapping[str, bytes] | None = None) -> bytes:
    """Return a sound workbook with some of its parts changed."""
    records = [("place", "date", "claim", "source"), ("Kursk", "2024-10-08", "Troops came.", "A paper")]
    with zipfile.ZipFile(io.BytesIO(workbook({"Sheet1": records}))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped({name: changes.get(name, bytes)(part) for name, part in parts.items()} | dict(more or {}))


SHEET = "xl/worksheets/sheet1.xml"


def entity_bomb(part: bytes) -> bytes:
    """Declare an entity of 100 kB in a part's XML, and name it a thousand times."""
    head, tail = part.split(b"<worksheet", 1)
    bomb = b'<!DOCTYPE w [<!ENTITY a "' + b"a" * 100_000 + b'">]>'
    return head + bomb + b"<worksheet" + tail.replace(b"Kursk", b"&a;" * 1000)


def claimed_dimension(part: bytes) -> bytes:
    return part.replace(b'<dimension ref="A1:D2"', b'<dimension ref="A1:XFD1048576"')


def far_cell(part: bytes) -> bytes:
    return part.replace(b"</sheetData>", b'<row r="3"><c r="XFD3"><v>1</v></c></row></sheetData>')


def row_beyond_all(part: bytes) -> bytes:
    return part.replace(b"</sheetData>", b'<row r="99999999999"><c><v>1</v></c></row></sheetData>')


def geojson_of_others() -> bytes:
    return b'{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": null, "properties": {"a": 1}}]}'


def rows(*lines: str, headings: str = HEADINGS) -> Callable[[], bytes]:
    return lambda: (headings + "".join(f"{line}\n" for line in lines)).encode()


def of(content: bytes) -> Callable[[], bytes]:
    return lambda: content


POINTS = "place,latitude,longitude,claim,source\n"

BAD_INPUTS = (
    Bad("an empty file", "empty.csv", of(b""), ("an empty file",)),
    Bad("white space alone", "blank.csv", of(b"\xef\xbb\xbf \r\n\r\n"), ("an empty file",)),
    Bad("headings alone", "headings.csv", of(HEADINGS.encode()), ("no sound row below them",)),
    Bad("a truncated ZIP", "cut.zip", lambda: zipped({"claims.csv": CLAIMS * 50})[:-40], ("broken or cut off",)),
    Bad("a ZIP of nothing", "nothing.zip", lambda: zipped({}), ("holds no file",)),
    Bad("a ZIP with no story", "pictures.zip", lambda: zipped({"a.png": b"\x89PNG\r\n"}), ("none of the files",)),
    Bad(
        "a ZIP that climbs out",
        "climb.zip",
        lambda: zipped({named("../claims.csv"): CLAIMS}),
        ("outside of its folder",),
    ),
    Bad(
        "a ZIP with a root's path", "root.zip", lambda: zipped({named("/etc/claims.csv"): CLAIMS}), ("outside of its",)
    ),
    Bad(
        "a ZIP with a drive", "drive.zip", lambda: zipped({named("C:/claims.csv"): CLAIMS}), ("outside of its folder",)
    ),
    Bad("a ZIP with backslashes", "back.zip", lambda: zipped({named("..\\claims.csv"): CLAIMS}), ("outside of its",)),
    Bad("a ZIP with a link", "link.zip", link, ("a link instead of a file",)),
    Bad("a ZIP with a password", "secret.zip", encrypted, ("has a password",)),
    Bad(
        "a ZIP with one name twice",
        "twice.zip",
        lambda: zipped({"claims.csv": CLAIMS, "Claims.csv": CLAIMS}),
        ("twice",),
    ),
    Bad("a ZIP in a ZIP", "nested.zip", lambda: zipped({"inner.zip": zipped({"claims.csv": CLAIMS})}), ("a ZIP or a",)),
    Bad(
        "a ZIP that grows a thousandfold",
        "bomb.zip",
        lambda: zipped({"claims.csv": bytes(30_000_000)}),
        ("would grow",),
    ),
    Bad("a ZIP of 300 MB", "big.zip", unpacking_to_300_mb, ("300 MB",)),
    Bad("a ZIP of 5,000 files", "many.zip", lambda: members(5_000), ("5,000 members",)),
    Bad("a ZIP that lies about its size", "liar.zip", lying_about_its_size, ("can't be unpacked",)),
    Bad("a workbook with macros", "m.xlsm", lambda: changed_workbook({}, {"xl/vbaProject.bin": b"x"}), ("macros",)),
    Bad("a workbook with an entity bomb", "bomb.xlsx", lambda: changed_workbook({SHEET: entity_bomb}), ("XML",)),
    Bad(
        "a workbook with a cell in column XFD",
        "far.xlsx",
        lambda: changed_workbook({SHEET: far_cell}),
        ("500 columns",),
    ),
    Bad(
        "a workbook with an endless row", "row.xlsx", lambda: changed_workbook({SHEET: row_beyond_all}), ("more rows",)
    ),
    Bad(
        "a workbook that is cut off",
        "cut.xlsx",
        lambda: changed_workbook({SHEET: lambda part: part[:-90]}),
        ("broken",),
    ),
    Bad("a workbook without cells", "no.xlsx", lambda: workbook({"Sheet1": []}), ("holds nothing",)),
    Bad("an old workbook", "old.xls", of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)), (".xls", ".xlsx")),
    Bad("a Word document", "a.docx", lambda: zipped({"word/document.xml": b"<w/>"}), ("a Word document",)),
    Bad("a PDF", "report.csv", of(b"%PDF-1.7\n"), ("a PDF",)),
    Bad("a picture", "map.csv", of(b"\x89PNG\r\n\x1a\n" + bytes(64)), ("a PNG picture",)),
    Bad("a packed table", "table.csv.gz", lambda: gzip.compress(TABLE), ("packed with gzip",)),
    Bad("a web page", "table.csv", of(b"<!DOCTYPE html><table><tr><td>a"), ("a web page",)),
    Bad("JSON of somebody's", "a.geojson", geojson_of_others, ("doesn't come from this atlas", "claim_atlas")),
    Bad("JSON that never closes", "deep.json", of(b"[" * 100_000), ("JSON",)),
    Bad("bytes by chance", "noise.csv", lambda: zlib.compress(bytes(range(256)) * 400, 0), ("not UTF-8",)),
    Bad("100 MB of commas", "commas.csv", lambda: b"," * 100_000_000, ("50 MB",), True),
    Bad("49 MB of commas", "fewer.csv", lambda: b"," * 49_000_000, ("1,000,000 characters",), True),
    Bad("half a million columns", "wide.csv", lambda: b",".join([b"a"] * 499_000), ("500 columns",)),
    Bad("a million columns", "wider.csv", lambda: b",".join([b"a"] * 1_000_000), ("1,000,000 characters",)),
    Bad("one giant line", "line.csv", lambda: HEADINGS.encode() + b"a" * 5_000_000, ("1,000,000 characters",)),
    Bad("more rows than there may be", "long.csv", lambda: HEADINGS.encode() + b"a,,b,c\n" * 200_001, ("200,000",)),
    Bad("quotation marks that don't pair", "marks.csv", rows(*['"Kursk,2024,A claim.,b'] * 200), ("don't pair",)),
    Bad("NUL bytes", "nul.csv", rows("Ku\0rsk,2024,A claim.,b"), ("NUL",)),
    Bad("UTF-16 without its mark", "wide.csv", lambda: TABLE.decode().encode("utf-16-le"), ("UTF-16",)),
    Bad("half a character", "half.csv", of(TABLE + b"Kursk,2024,\xed\xa0\x80,b\n"), ("not UTF-8", "line 3")),
    Bad("a mark of UTF-16 before other bytes", "mark.csv", of(b"\xff\xfea,b,c"), ("UTF-16",)),
    Bad("no claims", "names.csv", rows("a,b", headings="Vorname,Nachname\n"), ("Which column holds the claim",)),
    Bad("a year 0", "zero.csv", rows("Kursk,0000-01-01,A claim.,b"), ("row 2", "'date'", "no year 0")),
    Bad("31 February", "feb.csv", rows("Kursk,31.02.2024,A claim.,b"), ("row 2", "no day 31")),
    Bad("a year of two digits", "two.csv", rows("Kursk,08/10/24,A claim.,b"), ("two digits",)),
    Bad("dates that could be two", "us.csv", rows("Kursk,03/04/2024,A claim.,b"), ("read in two ways",)),
    Bad("latitude 91", "91.csv", rows("Kursk,91,36,A claim.,b", headings=POINTS), ("'latitude'", "off the Earth")),
    Bad(
        "swapped coordinates",
        "swap.csv",
        rows("Vladivostok,131.87,43.1,A claim.,b", headings=POINTS),
        ("Swap the two",),
    ),
    Bad("half a point", "point.csv", rows("Kursk,51.7,,A claim.,b", headings=POINTS), ("'longitude'", "blank")),
    Bad(
        "minutes beyond 60",
        "dms.csv",
        rows("""Kursk,"51°75'13""N",36°11'14"E,A claim.,b""", headings=POINTS),
        ("no coordinate",),
    ),
    Bad("ids of 10 kB", "ids.csv", rows(f"{'i' * 10_000},A claim.,b", headings="id,claim,source\n"), ("too long",)),
    Bad(
        "ids given twice", "ids.csv", rows("1,A claim.,b", "1,Another.,b", headings="id,claim,source\n"), ("repeated",)
    ),
    Bad(
        "headings in the middle", "again.csv", rows(ROW.strip(), HEADINGS.strip(), ROW.strip()), ("the headings again",)
    ),
    Bad("a heading of 10 kB", "h.csv", lambda: b"a" * 10_000 + b"," + TABLE, ("a heading has more than 300",)),
    Bad(
        "a number that could be two",
        "n.csv",
        rows("1.500,A claim.,b", headings="troops,claim,source\n"),
        ("could be two",),
    ),
    Bad(
        "a script for an address",
        "s.csv",
        rows("A claim.,javascript:alert(1)", headings="claim,url\n"),
        ("web address",),
    ),
    Bad("a row without a claim", "no.csv", rows("Kursk,2024,,b", ROW.strip()), ("'claim'", "the cell is blank")),
    Bad("a story's places alone", "locations.csv", of(b"location_id,name\na,A\n"), ("locations.csv alone",)),
)
"""Of some the sound rows open: what is wrong with the others is said all the same."""

HARMLESS = (
    Bad("cells that begin like formulas", "f.csv", rows("=cmd()|' /C calc'!A0,2024,=1+1,@SUM(A1)"), ("=1+1",)),
    Bad(
        "right-to-left overrides in headings",
        "rtl.csv",
        rows(ROW.strip(), headings="\u202eplace,date,claim,source\n"),
        (),
    ),
    Bad("a sheet that claims to be huge", "dim.xlsx", lambda: changed_workbook({SHEET: claimed_dimension}), ()),
    Bad("markup and templates", "x.csv", rows("<script>alert(1)</script>,2024,{{7*7}} ${1},<img src=x>"), ("{{7*7}}",)),
    Bad(
        "degrees, minutes and seconds",
        "d.csv",
        lambda: delimited([POINTS.strip().split(","), ["A", "51°44'13\"N", "36°11'14\"E", "b", "c"]]),
        (),
    ),
)
"""Strange and welcome: each opens with its one row."""
