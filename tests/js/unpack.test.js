import assert from "node:assert/strict";
import test from "node:test";

import { atOnce } from "../../geo/maps/assets/turns.js";
import { unpack } from "../../geo/maps/assets/unpack.js";
import { packed, seeded } from "./help.js";

const ARRAYS = [Uint8Array, Uint16Array, Uint32Array, Int16Array, Int32Array, Float32Array];
const HEADER = { title: "청진 \u2028 🇰🇵 </script>", inside: { sites: [null, 1.5] } };

test("a header's length, the header, and of each column first all lowest bytes: so it is read", () => {
  const text = JSON.stringify({ title: "x", columns: { day: { array: "Int16Array", length: 3, beside: "" }, code: { array: "Uint8Array", length: 2, beside: "" } } });
  const bytes = Uint8Array.of(text.length, 0, 0, 0, ...new TextEncoder().encode(text), 0x01, 0xfe, 0x2c, 0x00, 0xff, 0x01, 7, 9);
  assert.deepEqual(atOnce(unpack(bytes)), { header: { title: "x" }, columns: { day: Int16Array.of(1, -2, 300), code: Uint8Array.of(7, 9) } });
});

test("numbers of every kind of array come out as they went in, to their limits", () => {
  const columns = Object.fromEntries(ARRAYS.map((Numbers) => [Numbers.name, Numbers.of(0, 1, -1, 127, 128, 255, 256, 32_767, -32_768, 65_535, 2 ** 31 - 1, -(2 ** 31), 2 ** 32 - 1, 0.1, NaN)]));
  assert.deepEqual(atOnce(unpack(packed(HEADER, columns))), { header: HEADER, columns });
});

test("a column that is written as the difference from another one comes out whole, even where the difference wraps round", () => {
  const below = seeded(13);
  const columns = { earliest: Int16Array.of(-32_768, 32_767, 5, 0), latest: Int16Array.of(32_767, -32_768, 7, -1), said: Int16Array.from({ length: 4 }, () => below(65_536) - 32_768) };
  assert.deepEqual(atOnce(unpack(packed(HEADER, columns, { latest: "earliest", said: "latest" }))), { header: HEADER, columns });
});

test("a column may be empty, and there may be none", () => {
  const columns = { none: new Int16Array(0), some: Uint8Array.of(3), nothing: new Int16Array(0) };
  assert.deepEqual(atOnce(unpack(packed(HEADER, columns, { nothing: "none" }))).columns, columns);
  assert.deepEqual(atOnce(unpack(packed(HEADER, {}))), { header: HEADER, columns: {} });
});

test("wherever in a buffer the bytes begin, they say the same", () => {
  const columns = { a: Uint32Array.of(1, 2 ** 31), b: Float32Array.of(0.5) };
  const bytes = packed(HEADER, columns);
  for (const start of [0, 1, 2, 3]) {
    const inside = new Uint8Array(bytes.length + 8).fill(0xaa);
    inside.set(bytes, start);
    assert.deepEqual(atOnce(unpack(inside.subarray(start, start + bytes.length))), { header: HEADER, columns });
  }
});
