/**
 * What the example was started with: one argument for each name.
 * @param {...string} names
 */
export function argumentsOf(...names) {
  const given = process.argv.slice(2, 2 + names.length);
  const missing = names.filter((_, index) => !given[index]);
  if (missing.length === 0) return given;
  const command = process.argv[1].split(/[/\\]/).at(-1);
  console.error(`Give ${missing.join(' and ')}: node examples/${command} ${names.join(' ')}`);
  process.exit(1);
}
