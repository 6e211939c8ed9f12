// Runs the model checker over the rules of one post at its full bound: npm run test:model --
import { capture } from '../../tools/lib/steps.mjs';

const begun = performance.now();
// Optimised but checked; the dependencies are those that `cargo test` has compiled.
const env = { ...process.env, CARGO_PROFILE_DEV_OPT_LEVEL: '2' };
const { ok, output } = await capture(
  'cargo',
  [
    ...['test', '-p', 'twitter-native-core', '--locked', '--test', 'model'],
    ...['--', '--ignored', '--exact', '--nocapture', 'no_rule_is_broken_within_the_full_bounds'],
    'twins::of_two_intents_none_takes_the_others_post_within_the_full_bounds',
  ],
  { env },
);
const runs = [...output.matchAll(/(\d+) distinct states/g)].map(([, states]) => Number(states));
const states = runs.reduce((sum, one) => sum + one, 0);
const isWhole = ok && states >= 1_000_000;
if (ok && !isWhole) console.log('✗ fewer than a million distinct states: the bounds have shrunk');
const seconds = Math.round((performance.now() - begun) / 1000);
console.log(`\n${states} distinct states in ${runs.length} runs, ${seconds} s with the build`);
console.log(`Model: ${isWhole ? 'no rule is broken' : 'failed'}`);
process.exit(isWhole ? 0 : 1);
