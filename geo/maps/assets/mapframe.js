/** What stands around the map: where it comes from, its role, its credits and its buttons. */

import { element } from "./dom.js";

/** Take the map out of the boxes that folium or streamlit-folium laid around it. */
export function takeOver(container, node) {
  node.prepend(container);
  container.classList.add("claims-map");
  container.dataset.testid = "claims-map";
  container.setAttribute("role", "region");
  container.setAttribute("aria-label", "Map of the claims. Every site on it is also a button in the list of places.");
}

/** Credits, and the buttons beside those that zoom. */
export function addControls(L, map, { home, save }) {
  map.attributionControl.setPrefix("Leaflet").addAttribution("Natural Earth; Ukraine and Western Sahara by UN resolutions | Places: GeoNames, CC BY 4.0");
  const Tools = L.Control.extend({
    onAdd: () => {
      const bar = element("div.leaflet-bar", {}, tool("home", "Back to the first view", "⌂", home), tool("save", "Save picture", "↓", save));
      L.DomEvent.disableClickPropagation(bar);
      return bar;
    },
  });
  new Tools({ position: "topleft" }).addTo(map);
}

function tool(name, words, sign, onclick) {
  return element(`button.${name}`, { type: "button", title: words, "aria-label": words, onclick }, sign);
}
