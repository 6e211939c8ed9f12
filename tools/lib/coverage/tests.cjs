// In Jest's workers, before each file of tests. Not in the environment that Jest itself is begun with: its resolver is an
// addon of napi-rs, too, and would take ours for its own.
process.env.NAPI_RS_NATIVE_LIBRARY_PATH = process.env.COUNTING_ADDON;
