"""The gazetteer: toponyms in, candidates out, and the rule by which one of them is settled on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.gazetteer.asking import Geocoder, ask
from geo.gazetteer.cache import Cached
from geo.gazetteer.candidate import Candidate
from geo.gazetteer.decisions import Chosen, Decision, LeftOff, Pinned, Reopened, decided_file, parse_point, point_of
from geo.gazetteer.doubts import Doubt, by_doubt
from geo.gazetteer.nominatim import Nominatim
from geo.gazetteer.offline import Offline
from geo.gazetteer.resolver import Resolution, candidates_for, resolve_sites

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "GEOCODERS",
    "Cached",
    "Candidate",
    "Chosen",
    "Decision",
    "Doubt",
    "Geocoder",
    "LeftOff",
    "Nominatim",
    "Offline",
    "Pinned",
    "Reopened",
    "Resolution",
    "ask",
    "by_doubt",
    "candidates_for",
    "decided_file",
    "parse_point",
    "point_of",
    "resolve_sites",
]

# By the name that the command line knows them by; the first is the default.
GEOCODERS: Mapping[str, type[Offline | Nominatim]] = {"offline": Offline, "nominatim": Nominatim}
