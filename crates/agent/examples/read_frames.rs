//! Reads files of MESSAGE frames, again and again, and says how fast.
//!
//! `read_frames FILE…`: for each line `run` on standard input one round over all files, and a line of JSON a file.

use agent::backend::vcall;
use agent::event::Incoming;
use agent::json::Object;
use std::hint::black_box;
use std::io::{BufRead, Write};
use std::time::{Duration, Instant};
use stomp::{Command, Decoder, Item, Limits};

/// A file is read so often that it takes at least this long: short files measure as well as long ones.
const AT_LEAST: Duration = Duration::from_millis(50);

/// Reads every frame of `bytes` and every body in it; gives their number.
fn read(bytes: &[u8]) -> i64 {
    let mut decoder = Decoder::new(Limits::default());
    let mut frames = decoder.feed(bytes);
    let mut count = 0;
    while let Some(item) = frames.next() {
        let Ok(Item::Frame(frame)) = item else {
            continue;
        };
        if frame.command() != Command::Message {
            continue;
        }
        let Ok(body) = frame.text() else { continue };
        if let Ok(Incoming::Event(event)) = vcall::read(body) {
            black_box((event.known, event.event_time, &event.now_state));
            black_box((event.data.caller.text(), event.data.called.text()));
            black_box((event.data.occ_call_id.text(), event.data.direction()));
            count += 1;
        }
    }
    count
}

/// One file, measured: a line of JSON.
fn measure(file: &str, bytes: &[u8]) -> String {
    let start = Instant::now();
    let mut frames = 0;
    let seconds = loop {
        frames += read(black_box(bytes));
        let elapsed = start.elapsed();
        if elapsed >= AT_LEAST {
            break elapsed.as_secs_f64();
        }
    };
    let mut line = Object::new();
    line.text("file", file)
        .number("frames", frames)
        .raw("seconds", &seconds.to_string())
        .raw("framesPerSecond", &(frames as f64 / seconds).to_string());
    line.finish()
}

fn main() -> std::io::Result<()> {
    let mut files = Vec::new();
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        files.push((path, bytes));
    }
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        if line?.trim() != "run" {
            continue;
        }
        for (path, bytes) in &files {
            writeln!(out, "{}", measure(path, bytes))?;
            out.flush()?;
        }
    }
    Ok(())
}
