import { test } from 'node:test';
import * as twitter from 'twitter-native';
import exercise from './exercise.cjs';

test('it publishes', () => exercise(twitter));
