//! Who may use the control: pages of the sandbox itself, and programs; not any page that a browser on this
//! machine happens to show.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::App;
use super::control::error;

/// The names under which the control may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hosts {
    /// The address that is listened on.
    address: SocketAddr,
    /// Whether other machines may call. They name an address of this one; a name of the outside's choosing stays
    /// refused, because a page could have it point here (DNS rebinding).
    open: bool,
}

impl Hosts {
    /// For a sandbox that listens on `address`, `open` to other machines or not.
    #[must_use]
    pub fn new(address: SocketAddr, open: bool) -> Self {
        Self { address, open }
    }

    /// Whether a `Host` header names this sandbox.
    #[must_use]
    pub fn allow(&self, host: &str) -> bool {
        let (name, port) = split_port(host);
        if port.is_some_and(|port| port.parse::<u16>() != Ok(self.address.port())) {
            return false;
        }
        if name.eq_ignore_ascii_case("localhost") {
            return true;
        }
        let bare = name
            .strip_prefix('[')
            .and_then(|name| name.strip_suffix(']'))
            .unwrap_or(name);
        bare.parse::<IpAddr>()
            .is_ok_and(|address| self.open || address.is_loopback() || address == self.address.ip())
    }
}

/// Cuts `:port` off, but not the last group of an IPv6 address in brackets.
fn split_port(host: &str) -> (&str, Option<&str>) {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
        _ => (host, None),
    }
}

/// Lets a request through to the control, or answers 403.
pub(super) async fn check(State(app): State<App>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let Some(host) = host(&request) else {
        return refuse("the request names no host: send a Host header");
    };
    if !app.hosts.allow(&host) {
        return refuse("the Host is not this sandbox: use its address or localhost");
    }
    if request.method() != Method::GET && !same_origin(headers, &host) {
        return refuse(
            "the Origin is another site's: call from a page of the sandbox or without a browser",
        );
    }
    next.run(request).await
}

/// From the header, or from the target where HTTP/2 puts it.
fn host(request: &Request) -> Option<String> {
    match request.headers().get(header::HOST) {
        Some(host) => host.to_str().ok().map(str::to_owned),
        None => request
            .uri()
            .authority()
            .map(|authority| authority.as_str().to_owned()),
    }
}

/// Programs send no `Origin`; a page of the sandbox sends the sandbox's.
fn same_origin(headers: &HeaderMap, host: &str) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else {
        return true;
    };
    origin
        .to_str()
        .ok()
        .and_then(|origin| {
            origin
                .strip_prefix("http://")
                .or_else(|| origin.strip_prefix("https://"))
        })
        .is_some_and(|origin| origin.eq_ignore_ascii_case(host))
}

fn refuse(sentence: &str) -> Response {
    error(StatusCode::FORBIDDEN, sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(open: bool) -> Hosts {
        Hosts::new(SocketAddr::from(([127, 0, 0, 1], 8088)), open)
    }

    #[test]
    fn names_of_this_machine_are_allowed() {
        for host in [
            "127.0.0.1:8088",
            "localhost:8088",
            "LOCALHOST",
            "127.0.0.1",
            "[::1]:8088",
        ] {
            assert!(hosts(false).allow(host), "{host}");
        }
    }

    #[test]
    fn foreign_names_are_not() {
        for host in [
            "",
            "example.com",
            "example.com:8088",
            "localhost.example.com",
            "127.0.0.1:80",
            "127.0.0.1:x",
            "10.0.0.1:8088",
        ] {
            assert!(!hosts(false).allow(host), "{host}");
        }
        assert!(hosts(true).allow("10.0.0.1:8088"));
        assert!(!hosts(true).allow("example.com:8088"));
    }
}
