//! Frames read by our parser, compiled for this machine, and by the peer's in Node.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use super::comparison::{Comparison, figure};
use crate::paths::Context;
use crate::sh::{self, Failure};
use crate::{files, table};

/// How many times faster than the peer reading frames shall be.
const GOAL: f64 = 10.0;

/// Who reads the same frames.
const PEER: &str = "@stomp/stompjs 7.5.0";

/// Reads the corpora with our parser and the peer's, round by round in turn, so that both meet the same machine.
pub fn compare(ctx: &Context, rounds: usize) -> Result<Vec<Comparison>, Failure> {
    let corpora = corpora(ctx)?;
    sh::run(sh::cargo(ctx).args([
        "build",
        "--locked",
        "--release",
        "--package",
        "agent",
        "--example",
        "read_frames",
    ]))?;
    let program = ctx
        .target
        .join("release")
        .join("examples")
        .join(format!("read_frames{}", std::env::consts::EXE_SUFFIX));
    let mut ours = Runner::start(Command::new(program).current_dir(&ctx.root).args(&corpora))?;
    let mut peer = Runner::start(
        Command::new("node")
            .current_dir(ctx.tests())
            .arg("bench/stompjs-node.mjs")
            .args(&corpora),
    )?;
    let mut files: Vec<Rounds> = corpora
        .iter()
        .map(|path| Rounds {
            file: files::name(path),
            ours: Vec::new(),
            peer: Vec::new(),
        })
        .collect();
    for round in 0..=rounds {
        // Whoever is second finds warmer caches: take turns.
        let (our_rates, peer_rates) = if round.is_multiple_of(2) {
            let first = ours.round(files.len())?;
            (first, peer.round(files.len())?)
        } else {
            let first = peer.round(files.len())?;
            (ours.round(files.len())?, first)
        };
        if round == 0 {
            continue;
        }
        for (file, (our, peer)) in files.iter_mut().zip(our_rates.into_iter().zip(peer_rates)) {
            file.ours.push(our);
            file.peer.push(peer);
        }
    }
    print_rounds(&files);
    Ok(files
        .iter()
        .map(|file| {
            let (ours, peer) = (median(&file.ours), median(&file.peer));
            let bytes = file.file.trim_end_matches(".txt");
            Comparison {
                group: "events".to_owned(),
                what: json!({
                    "en": format!("frames of {bytes} B read outside a browser"),
                    "zh-CN": format!("浏览器之外读取 {bytes} B 的帧"),
                }),
                peer: PEER.to_owned(),
                unit: "/s".to_owned(),
                ours,
                theirs: peer,
                ratio: ours / peer,
                goal: Some(GOAL),
            }
        })
        .collect())
}

/// Makes the corpora anew; gives their files.
fn corpora(ctx: &Context) -> Result<Vec<PathBuf>, Failure> {
    let folder = ctx.target.join("bench").join("corpus");
    files::remove_dir(&folder)?;
    files::make_dir(&folder)?;
    sh::run(
        Command::new("node")
            .current_dir(ctx.tests())
            .arg("bench/corpus.mjs")
            .arg(&folder),
    )?;
    let found = files::list(&folder)?;
    if found.is_empty() {
        return Err(Failure::new(
            "tests/bench/corpus.mjs wrote no corpus, so there is nothing to measure",
        ));
    }
    Ok(found)
}

/// The rates of one corpus, a figure a round.
struct Rounds {
    file: String,
    ours: Vec<f64>,
    peer: Vec<f64>,
}

/// Prints what every round gave.
fn print_rounds(files: &[Rounds]) {
    let rows: Vec<Vec<String>> = files
        .iter()
        .flat_map(|file| {
            file.ours
                .iter()
                .zip(&file.peer)
                .enumerate()
                .map(|(round, (&ours, &peer))| {
                    vec![
                        file.file.clone(),
                        (round + 1).to_string(),
                        figure(ours),
                        figure(peer),
                        format!("{:.2}x", ours / peer),
                    ]
                })
        })
        .collect();
    println!();
    table::print(
        &["frames a second", "round", "ours", "peer", "ratio"],
        &rows,
    );
    println!();
}

/// The middle value; the mean of both where there are two.
fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let upper = sorted.len() / 2;
    match (sorted.get(upper), sorted.len() % 2) {
        (Some(&middle), 1) => middle,
        (Some(&above), _) => (sorted.get(upper - 1).copied().unwrap_or(above) + above) / 2.0,
        (None, _) => 0.0,
    }
}

/// A program that reads all corpora each time it is told `run`, and says how fast.
struct Runner {
    name: String,
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Runner {
    /// Starts the program.
    fn start(command: &mut Command) -> Result<Self, Failure> {
        let name = files::name(std::path::Path::new(command.get_program()));
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| Failure::new(format!("cannot start {name} to measure it: {error}")))?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Failure::new(format!(
                "cannot talk to {name}, so it cannot be measured"
            )));
        };
        Ok(Self {
            name,
            child,
            input,
            output: BufReader::new(output),
        })
    }

    /// Has one round run; gives the frames a second of each corpus, in their order.
    fn round(&mut self, corpora: usize) -> Result<Vec<f64>, Failure> {
        let lost = |error: std::io::Error| {
            Failure::new(format!("lost {} while measuring: {error}", self.name))
        };
        self.input
            .write_all(b"run\n")
            .and_then(|()| self.input.flush())
            .map_err(lost)?;
        let mut rates = Vec::with_capacity(corpora);
        for _ in 0..corpora {
            let mut line = String::new();
            self.output.read_line(&mut line).map_err(lost)?;
            let rate = serde_json::from_str::<Value>(&line)
                .ok()
                .and_then(|answer| answer.get("framesPerSecond").and_then(Value::as_f64))
                .ok_or_else(|| {
                    Failure::new(format!(
                        "{} answered `{}` instead of a JSON line with framesPerSecond",
                        self.name,
                        line.trim_end()
                    ))
                })?;
            rates.push(rate);
        }
        Ok(rates)
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        // It may have ended by itself: nothing to do then.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn median_is_the_middle() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
        assert_eq!(median(&[]), 0.0);
    }
}
