// Runs the model checker over the rules of one post at its full bound: node scripts/test-model.mjs
import { capture } from './lib/steps.mjs';

const begun = performance.now();
const { ok, output } = await capture('cargo', [
  ...['test', '-p', 'twitter-native-core', '--locked', '--profile', 'model', '--test', 'model'],
  ...['--', '--ignored', '--exact', '--nocapture', 'no_rule_is_broken_within_the_full_bounds'],
  'twins::of_two_intents_none_takes_the_others_post_within_the_full_bounds',
]);
const runs = [...output.matchAll(/(\d+) distinct states/g)].map(([, states]) => Number(states));
const states = runs.reduce((sum, one) => sum + one, 0);
const isWhole = ok && states >= 1_000_000;
if (ok && !isWhole) console.log('✗ fewer than a million distinct states: the bounds have shrunk');
const seconds = Math.round((performance.now() - begun) / 1000);
console.log(`\n${states} distinct states in ${runs.length} runs, ${seconds} s with the build`);
console.log(`Model: ${isWhole ? 'no rule is broken' : 'failed'}`);
process.exit(isWhole ? 0 : 1);
