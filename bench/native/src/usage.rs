//! What this process has used.

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// What a process has used so far.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// Time on a processor, in user code and in the kernel, in milliseconds.
    pub cpu_ms: f64,
    /// Most memory that was resident at once, in bytes.
    pub peak_bytes: u64,
}

/// What this process has used so far.
pub fn usage() -> anyhow::Result<Usage> {
    let used = getrusage(UsageWho::RUSAGE_SELF)?;
    let micros = used.user_time().num_microseconds() + used.system_time().num_microseconds();
    // Linux counts kibibytes, macOS bytes.
    let unit = if cfg!(target_os = "macos") { 1 } else { 1024 };
    let peak_bytes = u64::try_from(used.max_rss()).unwrap_or_default() * unit;
    Ok(Usage { cpu_ms: micros as f64 / 1000.0, peak_bytes })
}
