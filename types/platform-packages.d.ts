// The packages with the binaries: at most one of them is installed.
declare module 'twitter-native-*';
