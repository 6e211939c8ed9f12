const AXE = require.resolve('axe-core/axe.min.js');

/** What axe finds in Medusa's own components, on pages of its own as well: nothing that a plugin can name or colour. */
const MEDUSAS_OWN = [
  // The cross of a drawer, and the glass of a table's search field.
  { id: 'button-name', html: /^<button type="button" class="transition-fg inline/ },
  { id: 'role-img-alt', html: /^<div class="text-ui-fg-muted pointer-events-none absolute/ },
  // The parts of an empty date, in the dark.
  { id: 'color-contrast', html: /role="spinbutton"/ },
];

/**
 * What axe finds on the page, in the dashboard's main part and in an open dialog: rule, and where. Parts of Medusa's own
 * components that it finds on pages of its own too are not ours.
 */
async function findings(page, theirs = MEDUSAS_OWN) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.addScriptTag({ path: AXE });
  const violations = await page.evaluate(async () => {
    const place = document.querySelector('[role=dialog]') ?? document.querySelector('main');
    const { violations: found } = await window.axe.run(place, { resultTypes: ['violations'] });
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ html, any, all, none }) => ({
        id,
        html: html.slice(0, 300),
        why: [...any, ...all, ...none].map(({ message }) => message).join('; '),
      })),
    );
  });
  return violations.filter(({ id, html }) => !theirs.some((their) => their.id === id && their.html.test(html)));
}

module.exports = { findings };
