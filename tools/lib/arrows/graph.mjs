// Who uses whom, and the circles in it.

/** @typedef {Map<string, Set<string>>} Graph a file, or a room of files, and what it uses */

/**
 * Groups of which each member leads back to itself, by Tarjan's algorithm.
 * @param {Graph} graph
 * @returns {string[][]}
 */
export function circles(graph) {
  /** @type {Map<string, { index: number, low: number, isOpen: boolean }>} */
  const seen = new Map();
  /** @type {string[]} */
  const open = [];
  /** @type {string[][]} */
  const found = [];
  const visit = (/** @type {string} */ name) => {
    const own = { index: seen.size, low: seen.size, isOpen: true };
    seen.set(name, own);
    open.push(name);
    for (const next of graph.get(name) ?? []) {
      const other = seen.get(next) ?? visit(next);
      if (other.isOpen) own.low = Math.min(own.low, other.low);
    }
    if (own.low !== own.index) return own;
    const members = open.splice(open.indexOf(name));
    for (const member of members) /** @type {typeof own} */ (seen.get(member)).isOpen = false;
    if (members.length > 1) found.push(members.sort());
    return own;
  };
  for (const name of graph.keys()) if (!seen.has(name)) visit(name);
  return found;
}

/**
 * Arrows that point up: from a room to one that is not on a lower floor.
 * @param {Graph} files
 * @param {string[][]} floors rooms from the top down; `a/b` is a room in a room, and rooms of one floor do not know each other
 */
export function arrowsUp(files, floors) {
  const floorOf = (/** @type {string} */ room) => floors.findIndex((rooms) => rooms.includes(room));
  const roomOf = (/** @type {string} */ file) => {
    const parts = file.replace(/\.\w+$/, '').split('/');
    for (let end = parts.length; end > 0; end -= 1) {
      const room = parts.slice(0, end).join('/');
      if (floorOf(room) !== -1) return room;
    }
    return undefined;
  };
  const wrong = [];
  for (const [file, used] of files) {
    const from = roomOf(file);
    for (const target of from === undefined ? [] : used) {
      const to = roomOf(target);
      if (to === undefined || to === from || floorOf(to) > floorOf(/** @type {string} */ (from))) continue;
      wrong.push(`${file} uses ${target}, and ${from} is not above ${to}`);
    }
  }
  return wrong;
}

/**
 * Rooms that no floor has: a new one has to be given its place.
 * @param {Graph} files
 * @param {string[][]} floors
 */
export function roomsWithoutFloor(files, floors) {
  const known = new Set(floors.flat().map((room) => room.split('/')[0]));
  const rooms = [...files.keys()].map((file) => /** @type {string} */ (file.split('/')[0]).replace(/\.\w+$/, ''));
  return [...new Set(rooms)].filter((room) => !known.has(room)).sort();
}
