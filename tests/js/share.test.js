import assert from "node:assert/strict";
import test from "node:test";

import { claimCitation, frameMarkup, movementCitation, siteCitation, viewCitation } from "../../geo/maps/assets/share.js";

const PLACE = { title: "A story", address: "https://example.org/a.html?claim=c1", today: 20_000 };
const NOBODY = { ...PLACE, address: "" };
const CARD = {
  claimant: "A ministry",
  statement: "Around 1,500 went.",
  sentence: "A ministry says that 1,500 went from A to B.",
  hedge: "around",
  excerpt: "some 1,500 went",
  chain: [
    { source_id: "first", publisher: "A ministry", title: "", published_words: "18 Oct 2024", url: "", archived_url: "" },
    { source_id: "paper", publisher: "The press", title: "They went", published_words: "19 Oct 2024", url: "https://example.org/p", archived_url: "https://archive.example.org/p" },
  ],
};
const SITE = { name: "Vladivostok", aliases: ["Владивосток"], lat: 43.10562, lon: 131.87353, uncertainty_km: 15, extent: null, provenance: "pinned from a map" };

test("a claim is cited with claimant, words, hedge, all documents and the link", () => {
  assert.equal(
    claimCitation(CARD, PLACE),
    "A ministry: Around 1,500 went. The source's own hedge: “around”. In the source's words: “some 1,500 went”. Source: A ministry, 18 Oct 2024 → The press, “They went”, 19 Oct 2024, https://example.org/p, archived: https://archive.example.org/p Read in Claim Atlas, “A story”, on 4 Oct 2024: https://example.org/a.html?claim=c1",
  );
});

test("what a claim doesn't have is not cited", () => {
  const bare = { ...CARD, hedge: "", excerpt: "", chain: [{ source_id: "x", publisher: "", title: "", published_words: "not dated", url: "", archived_url: "" }] };
  assert.equal(claimCitation(bare, NOBODY), "A ministry: Around 1,500 went. Source: x, not dated. Read in Claim Atlas, “A story”, on 4 Oct 2024.");
});

test("a movement is cited by its sentence", () => {
  assert.ok(movementCitation(CARD, PLACE).startsWith("A ministry says that 1,500 went from A to B. The source's own hedge: “around”. Source: A ministry"));
});

test("a site is cited with its names, where it is, how sure that is and how it is known", () => {
  assert.equal(siteCitation(SITE, NOBODY), "Vladivostok (Владивосток): 43.10562, 131.87353 (± 15 km), latitude before longitude, WGS 84. How the place is known: pinned from a map. Read in Claim Atlas, “A story”, on 4 Oct 2024.");
  assert.match(siteCitation({ ...SITE, uncertainty_km: null }, NOBODY), /131\.87353 \(how sure is not stated\)/);
  assert.match(siteCitation({ ...SITE, extent: [50, 34, 52, 38] }, NOBODY), /: an area from 50, 34 to 52, 38, latitude/);
});

test("a view is cited with what was selected and with the three numbers", () => {
  const visible = { counts: { shown: 2, filtered: 3, unplaced: 1 } };
  assert.equal(viewCitation(["said on 18 Oct 2024", "with “troops”"], visible, PLACE), "Selected: said on 18 Oct 2024; with “troops”. 2 on the map · 3 filtered out · 1 without a place = 6 claims. Read in Claim Atlas, “A story”, on 4 Oct 2024: https://example.org/a.html?claim=c1");
  assert.match(viewCitation([], visible, PLACE), /^The whole story\. 2 on the map/);
});

test("the markup of a frame holds title and address as text", () => {
  const markup = frameMarkup({ title: '"><script>alert(1)</script>&', address: 'https://example.org/a.html?q="x"&site=a' });
  assert.equal(
    markup,
    '<iframe src="https://example.org/a.html?q=&quot;x&quot;&amp;site=a" title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;" width="100%" height="640" loading="lazy" sandbox="allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads" allow="clipboard-write"></iframe>',
  );
});
