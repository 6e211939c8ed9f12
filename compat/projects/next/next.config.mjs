export default { serverExternalPackages: ['twitter-native'], output: 'standalone' };
