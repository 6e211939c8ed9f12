// A plot of lines on two logarithmic axes, as SVG.

/**
 * @typedef {object} Line
 * @property {string} name
 * @property {Array<[number, number]>} points
 */

const [WIDTH, HEIGHT] = [760, 420];
const [LEFT, RIGHT, TOP, BOTTOM] = [70, 190, 40, 50];
/** Told apart by people who see few colours: Okabe and Ito's palette. */
const COLOURS = ['#d55e00', '#0072b2', '#56b4e9', '#cc79a7', '#e69f00', '#009e73', '#7f7f7f', '#000000'];

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>]/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** @param {number} value */
const short = (value) => Number(value.toFixed(1));

/**
 * @param {{ title: string, x: string, y: string, ticks: Array<[number, string]>, lines: Line[] }} chart `ticks` are the
 *   places of the horizontal axis
 */
export function chart({ title, x, y, ticks, lines }) {
  const values = lines.flatMap(({ points }) => points.map(([, value]) => value));
  const [low, high] = [Math.min(...values), Math.max(...values)].map(Math.log10);
  const [bottom, top] = [Math.floor(low), Math.max(Math.ceil(high), Math.floor(low) + 1)];
  const places = ticks.map(([place]) => Math.log2(place));
  const [first, last] = [Math.min(...places), Math.max(...places, Math.min(...places) + 1)];
  const across = (/** @type {number} */ place) =>
    short(LEFT + ((Math.log2(place) - first) / (last - first)) * (WIDTH - LEFT - RIGHT));
  const down = (/** @type {number} */ value) =>
    short(HEIGHT - BOTTOM - ((Math.log10(value) - bottom) / (top - bottom)) * (HEIGHT - TOP - BOTTOM));

  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${LEFT}" y="22" font-size="15">${escaped(title)}</text>`,
    `<text x="${LEFT}" y="${HEIGHT - 12}">${escaped(x)}</text>`,
    `<text transform="translate(16 ${HEIGHT - BOTTOM}) rotate(-90)">${escaped(y)}</text>`,
  ];
  for (let power = bottom; power <= top; power += 1) {
    const at = down(10 ** power);
    parts.push(`<path d="M${LEFT} ${at}H${WIDTH - RIGHT}" stroke="#ddd"/>`);
    parts.push(`<text x="${LEFT - 6}" y="${at + 4}" text-anchor="end">${(10 ** power).toLocaleString('en-US')}</text>`);
  }
  for (const [place, label] of ticks) {
    parts.push(`<path d="M${across(place)} ${TOP}V${HEIGHT - BOTTOM}" stroke="#eee"/>`);
    parts.push(`<text x="${across(place)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${escaped(label)}</text>`);
  }
  for (const [index, { name, points }] of lines.entries()) {
    const colour = COLOURS[index % COLOURS.length];
    const path = points.map(([place, value]) => `${across(place)} ${down(value)}`).join('L');
    parts.push(`<path d="M${path}" fill="none" stroke="${colour}" stroke-width="${index === 0 ? 3 : 1.5}"/>`);
    for (const [place, value] of points) {
      parts.push(`<circle cx="${across(place)}" cy="${down(value)}" r="3" fill="${colour}"/>`);
    }
    const row = TOP + 12 + index * 20;
    parts.push(`<path d="M${WIDTH - RIGHT + 14} ${row - 4}h18" stroke="${colour}" stroke-width="3"/>`);
    parts.push(`<text x="${WIDTH - RIGHT + 38}" y="${row}">${escaped(name)}</text>`);
  }
  return `${parts.join('\n')}\n</svg>\n`;
}
