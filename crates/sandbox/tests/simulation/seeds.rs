//! Many runs at once: a seed each, on all cores.

use crate::counts::Counts;
use crate::trace::Trace;
use crate::world::World;
use std::any::Any;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// After so many seeds that failed no further one is tried.
const ENOUGH: usize = 3;

/// What came of many runs.
#[derive(Default)]
pub struct Outcome {
    pub counts: Counts,
    /// Seeds that failed, and why.
    pub failures: Vec<(u64, String)>,
}

impl Outcome {
    /// Which seeds failed, why, and how each can be seen again; empty if none did.
    pub fn report(&self) -> String {
        let lines = self.failures.iter().map(|(seed, why)| {
            format!(
                "seed {seed}: {why}\n    SIMULATION_SEED={seed} cargo test --release -p sandbox --test simulation \
                 -- --nocapture\n"
            )
        });
        lines.collect()
    }
}

/// Runs one seed. A panic is a failure as any other.
pub fn run(seed: u64, trace: Trace) -> Result<Counts, String> {
    let run = AssertUnwindSafe(|| -> Result<Counts, String> {
        let mut world = World::new(seed, trace);
        world.run()?;
        Ok(world.counts().clone())
    });
    catch_unwind(run).unwrap_or_else(|panic| Err(format!("panic: {}", words(panic))))
}

fn words(panic: Box<dyn Any + Send>) -> String {
    match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => match panic.downcast::<&str>() {
            Ok(text) => (*text).to_owned(),
            Err(_) => "without words".to_owned(),
        },
    }
}

/// Runs seeds until all are done or enough have failed.
pub fn run_all(seeds: Range<u64>) -> Outcome {
    let next = AtomicU64::new(seeds.start);
    let outcome = Mutex::new(Outcome::default());
    let cores = std::thread::available_parallelism().map_or(2, |cores| cores.get().max(2));
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| work(&next, seeds.end, &outcome));
        }
    });
    let mut outcome = outcome.into_inner().expect("no worker panics");
    outcome.failures.sort_unstable();
    outcome
}

fn work(next: &AtomicU64, end: u64, outcome: &Mutex<Outcome>) {
    loop {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        if seed >= end {
            return;
        }
        let result = run(seed, Trace::Off);
        let mut outcome = outcome.lock().expect("no worker panics");
        match result {
            Ok(counts) => outcome.counts.merge(&counts),
            Err(why) => outcome.failures.push((seed, why)),
        }
        if outcome.failures.len() >= ENOUGH {
            return;
        }
    }
}
