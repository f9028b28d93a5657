//! What one page sends: numbers that only ever grow, and nothing before its login.

/// Follows the frames of one page.
#[derive(Debug, Default)]
pub struct Journal {
    last: i64,
    /// A login or a reconnect has gone out over the present link.
    greeted: bool,
}

impl Journal {
    /// Takes what the page gives to its socket; gives the request's name, if it is a command.
    ///
    /// # Errors
    /// If a page may not send this.
    pub fn sent<'a>(&mut self, frame: &'a str) -> Result<Option<&'a str>, String> {
        if frame.starts_with("CONNECT\n") {
            self.greeted = false;
        }
        let Some(rest) = frame.strip_prefix("SEND\n") else {
            return Ok(None);
        };
        // The frame itself is not shown: it may hold a token or a password.
        let (request, sequence, token) = read(rest).ok_or("a SEND is no command")?;
        if sequence <= self.last {
            return Err(format!(
                "{request} has number {sequence}, after {}",
                self.last
            ));
        }
        self.last = sequence;
        let greets = matches!(request, "login" | "reconnect");
        if !greets && token.is_empty() {
            return Err(format!("{request} goes out without a token"));
        }
        if !greets && !self.greeted {
            return Err(format!("{request} goes out before any login on this link"));
        }
        self.greeted |= greets;
        Ok(Some(request))
    }
}

/// Name, number and token of a command.
fn read(frame: &str) -> Option<(&str, i64, &str)> {
    let (head, body) = frame.split_once("\n\n")?;
    let mut headers = head.lines();
    let token = headers.find_map(|line| line.strip_prefix("token:"));
    let (request, rest) = body
        .strip_prefix(r#"{"request":""#)?
        .split_once(r#"","sequence":"#)?;
    let number = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    Some((request, number.parse().ok()?, token.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(request: &str, sequence: i64, token: &str) -> String {
        format!(
            "SEND\ntoken:{token}\ndestination:/q\n\n{{\"request\":\"{request}\",\"sequence\":{sequence}}}\0"
        )
    }

    #[test]
    fn a_number_that_does_not_grow_is_found() {
        for second in [6, 7] {
            let mut journal = Journal::default();
            let login = command("login", 7, "");
            assert_eq!(journal.sent(&login), Ok(Some("login")));
            assert!(journal.sent(&command("idle", second, "t")).is_err());
        }
    }

    #[test]
    fn a_command_before_the_login_or_without_a_token_is_found() {
        let mut journal = Journal::default();
        assert!(journal.sent(&command("idle", 1, "t")).is_err());
        assert!(journal.sent(&command("reconnect", 2, "t")).is_ok());
        assert_eq!(journal.sent(&command("idle", 3, "t")), Ok(Some("idle")));
        assert!(journal.sent(&command("idle", 4, "")).is_err());
        assert_eq!(journal.sent("CONNECT\nlogin:x\n\n\0"), Ok(None));
        assert!(
            journal.sent(&command("idle", 5, "t")).is_err(),
            "each link begins with a login"
        );
    }
}
