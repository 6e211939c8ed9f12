'use strict';

const twitter = require('twitter-native');
const exercise = require('./exercise.cjs');

exercise(twitter).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
