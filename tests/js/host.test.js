import assert from "node:assert/strict";
import test from "node:test";

import { isDark } from "../../geo/maps/assets/host.js";

test("dark colours are told from light ones in every form that a browser or Streamlit gives", () => {
  for (const dark of ["#0e1117", "#000000", "#000", "rgb(14, 17, 23)", "rgba(14, 17, 23, 1)", "rgb(14 17 23)"]) assert.equal(isDark(dark), true, dark);
  for (const light of ["#ffffff", "#fff", "#f0f2f6", "rgb(255, 255, 255)", "rgba(240, 242, 246, 0.9)"]) assert.equal(isDark(light), false, light);
});

test("a background that is see-through or no colour counts as light", () => {
  for (const nothing of ["rgba(0, 0, 0, 0)", "transparent", "", "inherit"]) assert.equal(isDark(nothing), false, nothing);
});

test("green looks lighter than blue", () => {
  assert.equal(isDark("#00ff00"), false);
  assert.equal(isDark("#0000ff"), true);
});
