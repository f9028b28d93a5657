//! `cargo xtask`: sets up, builds, demonstrates, tests and measures this repository.
//!
//! Every command first sets up what it lacks, so each works in a fresh clone.

mod args;
mod bench;
mod build;
mod demo;
mod docs;
mod files;
mod gate;
mod paths;
mod replay;
mod setup;
mod sh;
mod site;
mod table;
mod test;

use std::process::ExitCode;

use args::Args;
use paths::Context;
use sh::Failure;

/// What `cargo xtask help` prints.
const USAGE: &str = "\
usage: cargo xtask COMMAND

  demo [--port N]   build for release and serve the demo on http://127.0.0.1:8088/
  build             write the npm package to pkg/ with its sizes, and the documentation site to www/docs/
  test [--quick]    run every check; --quick leaves out browsers and servers
  bench [--quick]   our figures and the peers' side by side; --quick takes fewer rounds
  gate [--accept]   build and compare the sizes with pkg-config/sizes.json; --accept writes them there
  replay FILE       what happened in a record that sdk.record() gave, and the state that it ends in
  docs              write the pages of docs/ that are made from tables of the code
  site              write the documentation site alone
  setup             install everything that the other commands need

Each command installs what it lacks and says so before it does.";

fn main() -> ExitCode {
    match dispatch() {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::from(failure.code())
        }
    }
}

/// Reads the command line and runs the command it names.
fn dispatch() -> Result<ExitCode, Failure> {
    let mut words = std::env::args().skip(1);
    let Some(command) = words.next() else {
        return Err(Failure::needs_user(format!("no command given\n{USAGE}")));
    };
    let mut args = Args::new(words);
    match command.as_str() {
        "demo" => {
            let port = args.port()?;
            args.finish()?;
            demo::run(&Context::discover()?, port)
        }
        "build" => {
            args.finish()?;
            let ctx = Context::discover()?;
            let tools = setup::for_build(&ctx)?;
            build::build(&ctx, &tools)?.print_sizes();
            Ok(ExitCode::SUCCESS)
        }
        "test" => {
            let quick = args.flag("--quick");
            args.finish()?;
            test::run(&Context::discover()?, quick)
        }
        "bench" => {
            let quick = args.flag("--quick");
            args.finish()?;
            bench::run(&Context::discover()?, quick)?;
            Ok(ExitCode::SUCCESS)
        }
        "gate" => {
            let accept = args.flag("--accept");
            args.finish()?;
            gate::run(&Context::discover()?, accept)?;
            Ok(ExitCode::SUCCESS)
        }
        "replay" => {
            let file = args.file()?;
            args.finish()?;
            replay::run(&file)
        }
        "docs" => {
            args.finish()?;
            docs::write(&Context::discover()?)?;
            Ok(ExitCode::SUCCESS)
        }
        "site" => {
            args.finish()?;
            site::run(&Context::discover()?)?;
            Ok(ExitCode::SUCCESS)
        }
        "setup" => {
            args.finish()?;
            setup::everything(&Context::discover()?)?;
            println!("setup: everything is there");
            Ok(ExitCode::SUCCESS)
        }
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        other => Err(Failure::needs_user(format!(
            "there is no command `{other}`\n{USAGE}"
        ))),
    }
}
