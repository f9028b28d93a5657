//! The sandbox as a program.

use std::hash::{BuildHasher, Hasher};
use std::io::Write;
use std::process::ExitCode;

use sandbox::arguments::{self, HELP, Wish};
use sandbox::{Options, start};

/// Exit status where the arguments are wrong.
const WRONG_ARGUMENTS: u8 = 2;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = std::env::args_os()
        .skip(1)
        .map(|argument| argument.to_string_lossy().into_owned());
    match arguments::parse(arguments) {
        Ok(Wish::Help) => {
            say(HELP.trim_end());
            ExitCode::SUCCESS
        }
        Ok(Wish::Serve(options)) => serve(*options).await,
        Err(why) => {
            eprintln!("sandbox: {why}");
            ExitCode::from(WRONG_ARGUMENTS)
        }
    }
}

async fn serve(mut options: Options) -> ExitCode {
    options.seed = chance();
    if options.open {
        eprintln!(
            "sandbox: --open lets other machines in: anybody who reaches the port may log in, call and break things"
        );
    }
    let mut sandbox = match start(options).await {
        Ok(sandbox) => sandbox,
        Err(why) => {
            eprintln!("sandbox: {why}");
            return ExitCode::FAILURE;
        }
    };
    if let Some(tls) = sandbox.tls_address() {
        say(&format!("tls https://{tls}/"));
    }
    say(&format!("ready http://{}/", sandbox.address()));
    tokio::select! {
        () = sandbox.ended() => ExitCode::FAILURE,
        _ = tokio::signal::ctrl_c() => ExitCode::SUCCESS,
    }
}

/// One line on standard output. Who closed it does not want to hear of us.
fn say(line: &str) {
    let mut out = std::io::stdout();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// A number from the operating system's randomness, which seeds the standard library's hash maps.
fn chance() -> u64 {
    std::hash::RandomState::new().build_hasher().finish()
}
