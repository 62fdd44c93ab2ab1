/** Which view shows places as near as may be and none of them under a control that lies over the map. */

const MARK_PX = 24; // of a site's mark, and a little beside it

/**
 * @typedef {{x: number, y: number}} Point in pixels
 * @typedef {{left: number, top: number, right: number, bottom: number}} Room pixels kept free at each side
 */

/**
 * Rooms to try, in this order: the one asked for, and those that leave out what lies left of, or above, a control in
 * the lower right corner.
 * @param {Room} room
 * @param {import("./labels.js").Box} cover the control, in pixels of the map
 * @param {Point} size of the map
 * @returns {Room[]}
 */
export function roomsBeside(room, cover, size) {
  return [room, { ...room, right: Math.max(room.right, size.x - cover.x + MARK_PX + 1) }, { ...room, bottom: Math.max(room.bottom, size.y - cover.y + MARK_PX + 1) }];
}

/**
 * @param {Point} point
 * @param {import("./labels.js").Box} cover
 * @returns {boolean} whether a mark at that point would be hidden, in part at least
 */
export function isUnder({ x, y }, cover) {
  return x > cover.x - MARK_PX && x < cover.x + cover.width + MARK_PX && y > cover.y - MARK_PX && y < cover.y + cover.height + MARK_PX;
}

/**
 * @param {object} L Leaflet
 * @param {object} map Leaflet's
 * @param {[number, number][]} corners
 * @param {{room: Room, maxZoom: number}} how
 * @param {import("./labels.js").Box} cover
 * @returns {{center: object, zoom: number}} the closest view in which no corner is under the control; as asked where there is none
 */
export function viewBeside(L, map, corners, { room, maxZoom }, cover) {
  const views = roomsBeside(room, cover, map.getSize()).map((each) => viewWithin(L, map, corners, each, maxZoom));
  const clear = views.filter((view) => !corners.some((corner) => isUnder(pixelIn(map, view, corner), cover)));
  if (clear.length === 0 || clear[0] === views[0]) return views[0];
  return clear.reduce((best, view) => (view.zoom > best.zoom ? view : best));
}

/** As Leaflet's fitBounds has it. */
function viewWithin(L, map, corners, { left, top, right, bottom }, maxZoom) {
  const bounds = L.latLngBounds(corners);
  const zoom = Math.min(maxZoom, map.getBoundsZoom(bounds, false, L.point(left + right, top + bottom)));
  const middle = map.project(bounds.getSouthWest(), zoom).add(map.project(bounds.getNorthEast(), zoom)).divideBy(2);
  return { center: map.unproject(middle.add([(right - left) / 2, (bottom - top) / 2]), zoom), zoom };
}

function pixelIn(map, { center, zoom }, corner) {
  return map.project(corner, zoom).subtract(map.project(center, zoom)).add(map.getSize().divideBy(2));
}
