//! `cargo xtask demo`: the demo page and the sandbox, served from this clone.

use std::process::{Command, ExitCode};

use crate::paths::Context;
use crate::sh::Failure;
use crate::{build, setup, sh};

/// Builds for release and serves on `127.0.0.1:PORT` until stopped.
pub fn run(ctx: &Context, port: u16) -> Result<ExitCode, Failure> {
    let tools = setup::for_build(ctx)?;
    build::build(ctx, &tools)?.print_sizes();
    build::sandbox(ctx)?;
    let mut sandbox = Command::new(ctx.release_program("sandbox"));
    sandbox
        .current_dir(&ctx.root)
        .arg("--listen")
        .arg(format!("127.0.0.1:{port}"))
        .args(["--www", "www", "--pkg", "pkg"]);
    serve(&mut sandbox)
}

/// Becomes the sandbox: one process, so that Ctrl-C or a signal to us ends it, and its `ready` line comes last.
#[cfg(unix)]
fn serve(sandbox: &mut Command) -> Result<ExitCode, Failure> {
    use std::os::unix::process::CommandExt;
    let error = sandbox.exec();
    Err(Failure::new(format!(
        "cannot start `{}`: {error}; `cargo build --release -p sandbox` makes it",
        sh::describe(sandbox)
    )))
}

/// Runs the sandbox in the foreground; Ctrl-C reaches both.
#[cfg(not(unix))]
fn serve(sandbox: &mut Command) -> Result<ExitCode, Failure> {
    sh::run(sandbox)?;
    Ok(ExitCode::SUCCESS)
}
