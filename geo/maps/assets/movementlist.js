/** The movements that are shown, each as a sentence: for the keyboard, for screen readers and for print. */

import { attention, element, plural } from "./dom.js";
import { OUT } from "./selection.js";

const MOST_SENTENCES = 100;
const listWords = new Intl.ListFormat("en-GB", { type: "conjunction" });
const DOUBT_LEADS = [["denies", "Denied by"], ["disputes", "Disputed by"], ["unverified", "Not verified, according to"]];

/**
 * @param {object} store
 * @param {{open: (patch: object) => void, focus: (kind: string, number: number, on: boolean) => void}} acts
 * @returns {{node: HTMLElement, show: (visible: object, chosen: number | null) => Promise<void>, print: (begins: boolean) => Promise<void>}}
 */
export function makeMovementList(store, { open, focus }) {
  const summary = element("summary");
  const list = element("ol");
  const node = element("details.movement-list", { "data-testid": "movement-list", ontoggle: () => latest && show(...latest) }, summary, list);
  let latest = null;
  let openOnScreen = false;

  async function show(visible, chosen) {
    latest = [visible, chosen];
    const { movements } = visible.counts;
    node.hidden = movements === 0;
    summary.textContent = `${plural(movements, "movement")} on the map, in words`;
    if (!node.open) return;
    const claims = visible.movements(MOST_SENTENCES);
    const cards = await store.text(claims);
    if (latest[0] !== visible) return; // a newer selection has overtaken this one
    const left = movements - claims.length;
    list.replaceChildren(...cards.map((card, i) => row(card, claims[i], visible, chosen)), left > 0 ? element("li", {}, `and ${left} more: the tab Movements has them`) : "");
  }

  function row(card, claim, visible, chosen) {
    const words = [card.sentence, ...doubtSentences(card, visible)].join(" ");
    const props = { type: "button", "data-claim": card.claim_id, "aria-pressed": claim === chosen, onclick: () => open({ claim: card.claim_id, site: "" }), ...attention((on) => focus("claim", claim, on)) };
    return element("li", {}, element("button.inline", props, words));
  }

  function doubtSentences({ responses }, { known }) {
    const said = responses.filter((response) => known(response.claim) !== OUT);
    return DOUBT_LEADS.flatMap(([stance, lead]) => {
      const who = [...new Set(said.filter((response) => response.stance === stance).map(({ claimant }) => claimant))];
      return who.length ? [`${lead} ${listWords.format(who)}.`] : [];
    });
  }

  /** Paper has the sentences, open or not; they are written at once, since the event of opening comes too late. */
  async function print(begins) {
    if (begins) openOnScreen = node.open;
    node.open = begins || openOnScreen;
    if (latest) await show(...latest);
  }

  return { node, show, print };
}
