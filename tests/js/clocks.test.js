import assert from "node:assert/strict";
import test from "node:test";

import { columnsOf, seeded } from "./help.js";

test("a clock tells the ends of every span, be it long, open or of no date", () => {
  const below = seeded(41);
  for (let i = 0; i < 50; i += 1) {
    const far = [1, 1000][i % 2]; // days within two bytes, or beyond
    const spans = Array.from({ length: 1 + below(200) }, () => {
      const from = (below(20_000) - 5000) * far;
      return [below(9) ? from : null, below(9) ? from + [0, 1, 251, 252, 253, 254, 255, 256, 9000][below(9)] : null];
    });
    const { event, reported } = columnsOf(spans.map(([earliest, latest]) => ({ earliest, latest, saidFrom: latest, saidTo: latest }))).clocks;
    assert.deepEqual(spans.map((_, claim) => [event.earliest(claim), event.latest(claim)]), spans.map(([from, to]) => [from ?? event.start, to ?? event.end]));
    assert.deepEqual(spans.map((_, claim) => reported.latest(claim)), spans.map(([, to]) => to ?? reported.end));
  }
});
