//! Running programs, and the failure that every part of this crate returns.

use std::env;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::files;
use crate::paths::Context;

/// Why a command of ours ended early: a sentence for people, and the exit code.
#[derive(Debug)]
pub struct Failure {
    message: String,
    code: u8,
}

impl Failure {
    /// Something went wrong: exit code 1.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            code: 1,
        }
    }

    /// The user has to act first, by another command line or by installing something: exit code 2.
    pub fn needs_user(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            code: 2,
        }
    }

    /// The exit code of the process.
    pub fn code(&self) -> u8 {
        self.code
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// A `cargo` for this machine, started in the repository's root.
pub fn cargo(ctx: &Context) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(&ctx.root);
    // Set by rustup for the cargo that started us; a linked toolchain for wasm cannot build for the host.
    command.env_remove("RUSTUP_TOOLCHAIN");
    command
}

/// Runs a program to its end, its output going straight through.
pub fn run(command: &mut Command) -> Result<(), Failure> {
    let status = command
        .status()
        .map_err(|error| cannot_start(command, &error))?;
    expect_success(command, status)
}

/// Runs a program to its end and gives what it wrote to standard output.
pub fn capture(command: &mut Command) -> Result<String, Failure> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| cannot_start(command, &error))?;
    expect_success(command, output.status)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a program and hands over each line of its standard output as it comes.
pub fn stream(command: &mut Command, mut each: impl FnMut(&str)) -> Result<ExitStatus, Failure> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| cannot_start(command, &error))?;
    if let Some(output) = child.stdout.take() {
        // Split as bytes: a program under test may write what is no UTF-8.
        for line in BufReader::new(output).split(b'\n') {
            let Ok(line) = line else { break };
            each(String::from_utf8_lossy(&line).trim_end_matches('\r'));
        }
    }
    child
        .wait()
        .map_err(|error| Failure::new(format!("lost `{}`: {error}", describe(command))))
}

/// Runs a program for at most `limit`, its output going to the file `log`.
/// `None` when the time was up and the program was stopped.
pub fn run_limited(
    command: &mut Command,
    limit: Duration,
    log: &Path,
) -> Result<Option<ExitStatus>, Failure> {
    let unusable =
        |error: io::Error| Failure::new(format!("cannot write the log {}: {error}", log.display()));
    if let Some(folder) = log.parent() {
        files::make_dir(folder)?;
    }
    let output = File::create(log).map_err(unusable)?;
    let errors = output.try_clone().map_err(unusable)?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(output)
        .stderr(errors)
        .spawn()
        .map_err(|error| cannot_start(command, &error))?;
    let started = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(Some(status)),
            Ok(None) if started.elapsed() < limit => thread::sleep(Duration::from_millis(100)),
            Ok(None) => {
                // It may have ended by itself a moment ago: nothing to do then.
                let _ = child.kill();
                let _ = child.wait();
                return Ok(None);
            }
            Err(error) => {
                return Err(Failure::new(format!(
                    "lost `{}`: {error}",
                    describe(command)
                )));
            }
        }
    }
}

/// What `PROGRAM --version` says, where the program is there.
pub fn version(program: &Path) -> Option<String> {
    let output = Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Looks for a program on `PATH`.
pub fn find(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(&file))
        .find(|candidate| candidate.is_file())
}

/// A command as one would type it, for messages.
pub fn describe(command: &Command) -> String {
    let mut words = vec![files::name(Path::new(command.get_program()))];
    words.extend(
        command
            .get_args()
            .map(|word| word.to_string_lossy().into_owned()),
    );
    words.join(" ")
}

/// Turns an unhappy end into a failure.
pub fn expect_success(command: &Command, status: ExitStatus) -> Result<(), Failure> {
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!(
            "`{}` ended with {status}; what it wrote above says why",
            describe(command)
        )))
    }
}

/// The failure of a program that does not even start.
fn cannot_start(command: &Command, error: &io::Error) -> Failure {
    Failure::new(format!(
        "cannot start `{}`: {error}; check that {} is installed",
        describe(command),
        command.get_program().to_string_lossy()
    ))
}
