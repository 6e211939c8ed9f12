//! Runs the checker, and says how far it went.

use std::collections::BTreeSet;
use std::thread::available_parallelism;
use std::time::Instant;

use stateright::{Checker, Expectation, HasDiscoveries, Model, Property};

use super::bounds::Bounds;

/// Fails if a rule is broken in one of these runs, or if something of interest is reached in none.
pub(crate) fn check(runs: Vec<(&str, Bounds)>) {
    let mut missing: BTreeSet<&str> = Bounds::small()
        .properties()
        .into_iter()
        .filter(is_of_interest)
        .map(|property| property.name)
        .collect();
    for (name, bounds) in runs {
        println!("{name}: {}", bounds.words());
        for reached in run(name, bounds) {
            missing.remove(reached);
        }
    }
    assert!(missing.is_empty(), "never reached: {missing:?}");
}

/// What of interest was reached.
fn run(name: &str, bounds: Bounds) -> Vec<&'static str> {
    let begun = Instant::now();
    let threads = available_parallelism().map_or(1, usize::from);
    let checker =
        bounds.checker().threads(threads).finish_when(HasDiscoveries::AnyFailures).spawn_dfs().join();
    println!(
        "{name}: {} distinct states, depth {}, {:.0} s",
        checker.unique_state_count(),
        checker.max_depth(),
        begun.elapsed().as_secs_f64(),
    );
    let discoveries = checker.discoveries();
    for property in checker.model().properties().iter().filter(|property| !is_of_interest(property)) {
        if let Some(path) = discoveries.get(property.name) {
            panic!("broken: {}\n{path}{:#?}", property.name, path.last_state());
        }
    }
    assert!(checker.is_done(), "{name}: not all states were seen");
    discoveries.into_keys().collect()
}

fn is_of_interest(property: &Property<Bounds>) -> bool {
    property.expectation == Expectation::Sometimes
}

/// Whether the checker sees this rule broken.
pub(crate) fn is_broken(rule: &'static str, bounds: Bounds) -> bool {
    let all = HasDiscoveries::AllOf(BTreeSet::from([rule]));
    bounds.checker().finish_when(all).spawn_bfs().join().discovery(rule).is_some()
}
