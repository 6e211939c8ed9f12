//! The Node addon: types and crossings of the boundary, no logic.
