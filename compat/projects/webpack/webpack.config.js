const target = { mode: 'production', target: 'node', output: { filename: 'bundle.cjs' } };

module.exports = { ...target, entry: './program.cjs', externals: { 'twitter-native': 'commonjs twitter-native' } };
