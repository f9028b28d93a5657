//! Says for each file with a message what becomes of it: `accept`, `reject` (nobody can read or answer it: drop it), or
//! `answer CODE`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut all_read = true;
    for path in std::env::args_os().skip(1) {
        let name = path.display();
        match std::fs::read(&path) {
            Ok(bytes) => println!("{name} {}", sip::judge(&bytes)),
            Err(error) => {
                eprintln!("{name} cannot be read: {error}");
                all_read = false;
            }
        }
    }
    ExitCode::from(u8::from(!all_read))
}
