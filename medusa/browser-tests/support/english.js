// Which texts on a page are English ones of the plugin's.
const { en } = require('../../src/admin/i18n/english.ts');
const { de } = require('../../src/admin/i18n/german.ts');

const flat = (tree) => Object.values(tree).flatMap((value) => (typeof value === 'string' ? [value] : flat(value)));

/** A text as a pattern: what is filled in may be anything. */
function patternOf(text) {
  const parts = text.split(/\{\{.*?\}\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return parts.join('.+');
}

const german = new Set(flat(de));
const hasWords = (text) => /\p{L}{2}/u.test(text.replaceAll(/\{\{.*?\}\}/g, ''));
const english = flat(en).filter((text) => hasWords(text) && !german.has(text));

/** A whole text is English if it is one of them; so is what has one of several words in it. */
const PATTERNS = english.map((text) => {
  const isLong = text.split(' ').length > 2;
  return isLong ? patternOf(text) : `^${patternOf(text)}$`;
});

/** What people read and hear on the page, in the dashboard's menu, main part and dialogs. */
const readOn = (page) =>
  page.evaluate(() => {
    const texts = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode;
      // What X and the network say is under details, in their own words.
      const isTheirs = parentElement.closest('details') && !parentElement.closest('summary');
      if (!isTheirs && !parentElement.closest('script, style, textarea')) texts.push(textContent);
    }
    for (const element of document.querySelectorAll('[aria-label], [placeholder], [title], [alt], [aria-valuetext]')) {
      for (const name of ['aria-label', 'placeholder', 'title', 'alt', 'aria-valuetext']) {
        if (element.hasAttribute(name)) texts.push(element.getAttribute(name));
      }
    }
    return [...texts, document.title].map((text) => text.trim()).filter(Boolean);
  });

/** English texts of the plugin's on the page. */
async function englishOn(page) {
  const patterns = PATTERNS.map((pattern) => new RegExp(pattern, 'u'));
  return (await readOn(page)).filter((text) => patterns.some((pattern) => pattern.test(text)));
}

module.exports = { englishOn };
