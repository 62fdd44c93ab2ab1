"""Make up a story of any size: a region's towns, and what is said of them; the same at every run.

Run it by hand: `.venv/bin/python benchmarks/generate.py 100000 .bench/stories/100000`.

The numbers of a claim are drawn for the whole story at once, its texts made for ``CHUNK`` rows after the other, so a
million claims need neither much time nor much memory. Their file stays just below the 200 MB that a story's table may
have. Every name is invented.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from vocabulary import CLAIMANT_KINDS, DETAILS, EXCERPTS, HEDGES, MODES, OFFICES, PAPERS, UNITS, VERBS, place_names

from geo.schema import CLAIMS, LOCATIONS, MODALITIES, PACKAGE_FILE, SOURCES, STANCES, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

CHUNK = 100_000
USUAL_DOUBT = 0.1
FIRST_DAY = np.datetime64("2020-01-01")
CORE = (49.5, 32.0)  # latitude and longitude round which most towns stand
MODALITY_SHARES = (0.70, 0.08, 0.05, 0.03, 0.06, 0.02, 0.02, 0.03, 0.01)
STANCE_SHARES = (0.25, 0.15, 0.25, 0.15, 0.15, 0.05)
# Of the claims of each kind of doubt; the rest name a day.
NO_DATE, A_YEAR, A_MONTH, A_SPAN, OPEN_END = 0.02, 0.01, 0.07, 0.05, 0.005


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a story is, and how doubtful.

    Attributes
    ----------
    claims, sites
        How many rows ``claims.csv`` and ``locations.csv`` have.
    years
        Over how many years it reaches, from 2020 on.
    movements
        Share of the claims that name an origin or a destination.
    doubt
        Factor on the shares of hedges, imprecise and missing dates, and responses; 0 for a story without doubt.
    """

    claims: int
    sites: int
    years: int
    movements: float
    doubt: float
    seed: int

    @property
    def sources(self) -> int:
        """Return how many rows ``sources.csv`` has."""
        return max(2, self.claims // 20)

    @property
    def claimants(self) -> int:
        """Return how many claimants there are: 500 at a million claims."""
        return max(3, round(self.claims**0.45))

    @property
    def publishers(self) -> int:
        """Return how many publishers there are."""
        return min(200, max(3, self.sources // 10))


@dataclass(frozen=True, slots=True)
class Claims:
    """The numbers of all claims, one element a claim, in the order in which they were said.

    Attributes
    ----------
    event, reported
        Days since ``FIRST_DAY``.
    place, other
        Site of the claim, and where a movement came from, by number; ``other`` is -1 for a claim at one place.
    strength
        What a movement's number is, before it is rounded; 0 for none.
    answers
        Number of the earlier claim that it is about, -1 for none.
    """

    event: np.ndarray
    reported: np.ndarray
    place: np.ndarray
    other: np.ndarray
    strength: np.ndarray
    answers: np.ndarray


def write_story(
    folder: Path,
    claims: int,
    *,
    sites: int | None = None,
    years: int = 5,
    movements: float = 0.1,
    doubt: float = USUAL_DOUBT,
    seed: int = 1,
) -> None:
    """Write a made-up story, which says so in its title, into a folder, which is made; the same for the same arguments.

    Parameters
    ----------
    claims, sites
        How many there are; a fifth as many sites as claims where no number is given.
    years
        Over how many years the events reach, from 2020 on.
    movements
        Share of the claims that name an origin or a destination.
    doubt
        How much there is of hedges, imprecise dates and responses: about the share of the claims with a date that is
        no single day; 0 for none.
    """
    sites = max(2, claims // 5 if sites is None else sites)
    shape = Shape(claims, sites, years, movements, doubt / USUAL_DOUBT, seed)
    chance = np.random.default_rng(shape.seed)
    folder.mkdir(parents=True, exist_ok=True)
    names = place_names(shape.sites, chance)
    _write(folder, LOCATIONS, _locations(shape, names, chance))
    published = np.sort(chance.integers(0, 365 * shape.years + 30, shape.sources))
    _write(folder, SOURCES, _sources(shape, published, chance))
    numbers = _numbers(shape, chance)
    for start in range(0, shape.claims, CHUNK):
        rows = np.arange(start, min(start + CHUNK, shape.claims))
        _write(folder, CLAIMS, _claims(shape, numbers, rows, names, published, chance), first=start == 0)
    title = {"title": f"Made up: {shape.claims:,} claims"}
    (folder / PACKAGE_FILE).write_text(json.dumps(title), encoding="utf-8")


def _write(folder: Path, table: Table, frame: pd.DataFrame, *, first: bool = True) -> None:
    """Write or append rows; columns that the frame lacks are blank."""
    frame.reindex(columns=list(table.names)).to_csv(
        folder / table.file, mode="w" if first else "a", header=first, index=False, lineterminator="\n"
    )


def _locations(shape: Shape, names: np.ndarray, chance: np.random.Generator) -> pd.DataFrame:
    """Return sites in clusters, neighbours in the table near to each other: a dense core, and a few far away."""
    count = shape.sites
    clusters = max(1, round(count**0.5) // 2)
    cluster = np.sort(np.minimum(chance.geometric(min(1.0, 4 / clusters), count) - 1, clusters - 1))
    centre = np.array(CORE) + chance.normal(0, 1, (clusters, 2)) * np.linspace(0.5, 6, clusters)[:, None]
    points = centre[cluster] + chance.normal(0, 0.35, (count, 2))
    far = chance.random(count) < 0.01
    points[far] = chance.uniform((-50, -170), (65, 175), (far.sum(), 2))
    points = np.clip(points, (-85, -180), (85, 180)).round(4)
    area = chance.random(count) < 0.01
    lat, lon = points.T
    box = [f"{y - 0.3:.2f} {x - 0.4:.2f} {y + 0.3:.2f} {x + 0.4:.2f}" for y, x in points[area].clip(-179, 179)]
    extent = np.full(count, "", dtype=object)
    extent[area] = box
    return pd.DataFrame(
        {
            "location_id": [f"p{number}" for number in range(count)],
            "name": names,
            "feature_type": np.where(area, "area", chance.choice(["city", "town", "village", "camp"], count)),
            "latitude": lat,
            "longitude": lon,
            "uncertainty_km": np.where(chance.random(count) < 0.3, chance.choice([1, 2, 5, 20], count), np.nan),
            "extent": extent,
            "coordinate_source": "made up",
            "aliases": _some(chance, 0.2, [f"{name[:-1]}o; {name}grad" for name in names]),
        }
    )


def _sources(shape: Shape, published: np.ndarray, chance: np.random.Generator) -> pd.DataFrame:
    count = shape.sources
    numbers = np.arange(count)
    original = numbers - chance.integers(1, 20, count)  # always an earlier one, so never in a circle
    copies = (chance.random(count) < 0.15) & (original >= 0)
    paper = chance.zipf(1.4, count) % shape.publishers
    papers = place_names(shape.publishers, np.random.default_rng(shape.seed + 1))
    days = _days(published)
    return pd.DataFrame(
        {
            "source_id": [f"s{number}" for number in numbers],
            "title": [f"Report {number} of {day}" for number, day in zip(numbers, days, strict=True)],
            "publisher": [f"The {papers[k]} {PAPERS[k % len(PAPERS)]}" for k in paper],
            "kind": chance.choice(["article", "statement", "post", "video"], count),
            "published": days,
            "url": [f"https://news.example/{number}" for number in numbers],
            "derived_from": np.where(copies, [f"s{number}" for number in original], ""),
            "language": chance.choice(["en", "uk", "ru", "ko"], count),
        }
    )


def _numbers(shape: Shape, chance: np.random.Generator) -> Claims:
    count, sites = shape.claims, shape.sites
    last = 365 * shape.years - 1
    busy = np.cumsum(np.exp(np.cumsum(chance.normal(0, 0.08, last + 1))))  # quiet months, and a few loud weeks
    event = np.searchsorted(busy, np.sort(chance.random(count)) * busy[-1]).clip(0, last)
    reported = event + chance.geometric(0.4, count) - 1
    weight = np.cumsum(chance.permutation(1 / (np.arange(sites) + 3.0)))  # few sites have most of the claims
    place = np.searchsorted(weight, chance.random(count) * weight[-1]).clip(0, sites - 1)
    other, strength = np.full(count, -1), np.zeros(count)
    moves = np.flatnonzero(chance.random(count) < shape.movements)
    if len(moves):
        ends, starts, size = _links(place[moves], sites, chance)
        place[moves], other[moves] = ends, starts
        says = chance.random(len(moves)) < 0.6
        strength[moves] = np.where(says, size * chance.choice([0.5, 1, 1, 1, 1.2, 2], len(moves)), 0)
    answers = np.arange(count) - chance.integers(1, 50, count)
    answers[(chance.random(count) >= 0.04 * shape.doubt) | (answers < 0)] = -1
    about = np.flatnonzero(answers >= 0)
    place[about], other[about] = place[answers[about]], other[answers[about]]
    return Claims(event, reported, place, other, strength, answers)


def _links(starts: np.ndarray, sites: int, chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return ends, starts and strengths: a third as many links as movements, some reported many times."""
    count = len(starts)
    pool = max(1, count // 3)
    near = starts[:pool] + chance.integers(1, 30, pool)
    ends = np.where(chance.random(pool) < 0.85, near, chance.integers(0, sites, pool)) % sites
    ends = np.where(ends == starts[:pool], (ends + 1) % sites, ends)
    link = np.minimum((pool * chance.random(count) ** 2.5).astype(int), pool - 1)
    return ends[link], starts[link], chance.lognormal(6, 1, pool)[link]


def _claims(
    shape: Shape,
    claims: Claims,
    rows: np.ndarray,
    names: np.ndarray,
    published: np.ndarray,
    chance: np.random.Generator,
) -> pd.DataFrame:
    count = len(rows)
    place, other = claims.place[rows], claims.other[rows]
    moves = other >= 0
    silent = moves & (chance.random(count) < 0.1)  # of the origin
    nowhere = ~moves & (chance.random(count) < 0.02)
    claimant = chance.zipf(1.3, count) % shape.claimants
    modality = chance.choice(MODALITIES, count, p=MODALITY_SHARES)
    least, most = _strengths(claims.strength[rows], chance)
    answers = claims.answers[rows]
    source = (np.searchsorted(published, claims.reported[rows]) + chance.integers(0, 4, count)) % shape.sources
    sites = np.array([f"p{number}" for number in range(shape.sites)], dtype=object)
    return pd.DataFrame(
        {
            "claim_id": [f"c{row}" for row in rows],
            "statement": _statements(rows, names[place], chance),
            "claimant": [f"{OFFICES[k % len(OFFICES)]} of {names[k % len(names)]}" for k in claimant],
            "claimant_kind": np.array(CLAIMANT_KINDS)[claimant % len(CLAIMANT_KINDS)],
            "source_id": [f"s{number}" for number in source],
            "locations": np.where(moves | nowhere, "", sites[place]),
            "origins": np.where(moves & ~silent, sites[other], ""),
            "destinations": np.where(moves, sites[place], ""),
            "event_date": _event_dates(claims.event[rows], shape.doubt, chance),
            "reported_date": _some(chance, 0.5, _days(claims.reported[rows])),
            "modality": modality,
            "hedge": _some(chance, 0.15 * shape.doubt, chance.choice(HEDGES, count)),
            "quantity_min": pd.array(least, dtype="Int64"),
            "quantity_max": pd.array(most, dtype="Int64"),
            "quantity_approximate": np.where((least > 0) & (chance.random(count) < 0.3), "yes", ""),
            "quantity_unit": np.where(least > 0, np.array(UNITS)[place % len(UNITS)], ""),
            "quantity_of": np.where(least > 0, "moved so far", ""),
            "mode": np.where(moves, chance.choice(MODES, count), ""),
            "excerpt": _some(chance, 0.05, chance.choice(EXCERPTS, count)),
            "responds_to": np.where(answers >= 0, [f"c{number}" for number in answers], ""),
            "stance": np.where(answers >= 0, chance.choice(STANCES, count, p=STANCE_SHARES), ""),
        }
    )


def _statements(rows: np.ndarray, places: np.ndarray, chance: np.random.Generator) -> list[str]:
    count = len(rows)
    parts = zip(
        rows,
        places,
        chance.choice(VERBS, count),
        chance.choice(DETAILS, count),
        chance.integers(2, 24, count),
        strict=True,
    )
    return [
        f"Entry {row}: a column of {vehicles} vehicles {verb} {place} {detail}."
        for row, place, verb, detail, vehicles in parts
    ]


def _strengths(size: np.ndarray, chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return lower and upper ends, three of ten of them apart; NaN for no number."""
    least = np.where(size > 0, np.ceil(size / 10) * 10, np.nan)
    return least, np.where(chance.random(len(size)) < 0.3, least + 50, least)


def _event_dates(event: np.ndarray, doubt: float, chance: np.random.Generator) -> np.ndarray:
    """Return imprecise dates round the days on which it happened, some of them blank."""
    days = pd.Series(_days(event), dtype="str")
    after = pd.Series(_days(event + chance.integers(1, 15, len(event))), dtype="str")
    forms = [("", NO_DATE), (days.str[:4], A_YEAR), (days.str[:7], A_MONTH)]
    forms += [(days + "/" + after, A_SPAN), ("../" + days, OPEN_END), (days + "/..", OPEN_END)]
    draw = chance.random(len(event))
    dates, upto = days, 0.0
    for form, share in forms:
        dates = dates.mask((draw >= upto) & (draw < upto + share * doubt), form)
        upto += share * doubt
    return dates.to_numpy(object)


def _days(days: np.ndarray) -> np.ndarray:
    return np.datetime_as_string(FIRST_DAY + days).astype(object)


def _some(chance: np.random.Generator, share: float, texts: Sequence[str] | np.ndarray) -> np.ndarray:
    """Return the texts where chance says so, else blank."""
    return np.where(chance.random(len(texts)) < share, np.asarray(texts, dtype=object), "")


if __name__ == "__main__":
    write_story(Path(sys.argv[2]), int(sys.argv[1]))
