//! The few options that our commands take.

use std::path::PathBuf;

use crate::sh::Failure;

/// Where the demo is served when nothing else is asked for.
const DEFAULT_PORT: u16 = 8088;

/// The words after the command, taken away as they are understood.
pub struct Args {
    left: Vec<String>,
}

impl Args {
    /// Takes the words after the command.
    pub fn new(words: impl Iterator<Item = String>) -> Self {
        Self {
            left: words.collect(),
        }
    }

    /// Whether the option `name`, which takes no value, was given.
    pub fn flag(&mut self, name: &str) -> bool {
        let before = self.left.len();
        self.left.retain(|word| word != name);
        self.left.len() != before
    }

    /// The value of `--port N` or `--port=N`, 8088 where it is not given.
    pub fn port(&mut self) -> Result<u16, Failure> {
        let Some(at) = self
            .left
            .iter()
            .position(|word| word == "--port" || word.starts_with("--port="))
        else {
            return Ok(DEFAULT_PORT);
        };
        let word = self.left.remove(at);
        let value = match word.split_once('=') {
            Some((_, value)) => value.to_owned(),
            None if at < self.left.len() => self.left.remove(at),
            None => String::new(),
        };
        match value.parse::<u16>() {
            Ok(port) if port > 0 => Ok(port),
            _ => Err(Failure::needs_user(format!(
                "`--port {value}` is no port: give a number from 1 to 65535"
            ))),
        }
    }

    /// The one file that a command takes.
    pub fn file(&mut self) -> Result<PathBuf, Failure> {
        if self.left.is_empty() {
            return Err(Failure::needs_user("name the file to read"));
        }
        Ok(PathBuf::from(self.left.remove(0)))
    }

    /// Fails on the first word that nothing has asked for.
    pub fn finish(self) -> Result<(), Failure> {
        match self.left.first() {
            None => Ok(()),
            Some(word) => Err(Failure::needs_user(format!(
                "`{word}` is not understood here; `cargo xtask help` lists the options"
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(words: &[&str]) -> Args {
        Args::new(words.iter().map(|word| (*word).to_owned()))
    }

    #[test]
    fn port_is_read_in_both_spellings() {
        assert_eq!(args(&["--port", "9000"]).port().ok(), Some(9000));
        assert_eq!(args(&["--port=9001"]).port().ok(), Some(9001));
        assert_eq!(args(&[]).port().ok(), Some(DEFAULT_PORT));
    }

    #[test]
    fn a_port_that_is_none_is_refused() {
        assert!(args(&["--port"]).port().is_err());
        assert!(args(&["--port", "70000"]).port().is_err());
        assert!(args(&["--port", "0"]).port().is_err());
    }

    #[test]
    fn an_unknown_word_is_refused() {
        let mut given = args(&["--quick", "--loud"]);
        assert!(given.flag("--quick"));
        assert!(given.finish().is_err());
    }
}
