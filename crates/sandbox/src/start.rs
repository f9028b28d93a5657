//! Starting the whole sandbox.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use axum::serve::ListenerExt;
use lapin::uri::AMQPUri;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::actor::{self, Outlet};
use crate::broker::{FaultBoard, Hub};
use crate::center::{Address, Center};
use crate::http::{self, App, Hosts};

/// So many messages may wait for a real broker.
const WAITING_OUTPUTS: usize = 4096;

/// How to start.
#[derive(Clone)]
pub struct Options {
    /// Where to serve. Port 0 takes a free one.
    pub listen: SocketAddr,
    /// A RabbitMQ to work behind, instead of the built-in broker.
    pub broker: Option<AMQPUri>,
    /// The folder served at `/`. It need not exist.
    pub www: PathBuf,
    /// The folder served at `/pkg`. It need not exist.
    pub pkg: PathBuf,
    /// Whether other machines may call the control.
    pub open: bool,
    /// Decides the center's tokens and identifiers.
    pub seed: u64,
}

impl Default for Options {
    /// As without any argument, with seed 0.
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8088)),
            broker: None,
            www: PathBuf::from("www"),
            pkg: PathBuf::from("pkg"),
            open: false,
            seed: 0,
        }
    }
}

impl fmt::Debug for Options {
    /// Without the broker's address, which holds a password.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Options")
            .field("listen", &self.listen)
            .field("broker", &self.broker.as_ref().map(|_| "***"))
            .field("www", &self.www)
            .field("pkg", &self.pkg)
            .field("open", &self.open)
            .field("seed", &self.seed)
            .finish()
    }
}

/// Why the sandbox did not start. Shown as one line that says what to do.
#[derive(Debug)]
pub struct StartError {
    address: SocketAddr,
    cause: std::io::Error,
}

impl fmt::Display for StartError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "cannot listen on {} ({}): stop what uses it, or name another port with --listen",
            self.address, self.cause
        )
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}

/// A running sandbox. It ends when this is dropped.
#[derive(Debug)]
pub struct Sandbox {
    address: SocketAddr,
    server: JoinHandle<()>,
    bridge: Option<JoinHandle<()>>,
}

impl Sandbox {
    /// Where it serves, with the port that was really taken.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until the server ends, which by itself it does not.
    pub async fn ended(&mut self) {
        // A panic of the server task has already been shown.
        let _ = (&mut self.server).await;
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.server.abort();
        if let Some(bridge) = &self.bridge {
            bridge.abort();
        }
    }
}

/// Starts a sandbox; it serves when this returns. Needs a tokio runtime.
///
/// # Errors
/// If the address cannot be listened on.
pub async fn start(options: Options) -> Result<Sandbox, StartError> {
    let failed = |cause| StartError {
        address: options.listen,
        cause,
    };
    let listener = TcpListener::bind(options.listen).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;

    let mut center = Center::new(options.seed);
    center.set_address(reachable_at(address));
    let faults = Arc::new(FaultBoard::default());
    let (center, hub, bridge) = match options.broker {
        None => {
            let hub = Arc::new(Hub::default());
            let center = actor::start(center, Outlet::Hub(Arc::clone(&hub)));
            (center, Some(hub), None)
        }
        Some(uri) => {
            let (sender, outputs) = mpsc::channel(WAITING_OUTPUTS);
            let center = actor::start(center, Outlet::Amqp(sender));
            let bridge = tokio::spawn(crate::amqp::run(uri, center.clone(), outputs));
            (center, None, Some(bridge))
        }
    };
    let app = App {
        center,
        hub,
        faults,
        hosts: Hosts::new(address, options.open),
    };
    let router = http::router(app, &options.www, &options.pkg);
    let listener = listener.tap_io(|stream| {
        // Frames are small, and waiting to send several at once would only make each of them late.
        let _ = stream.set_nodelay(true);
    });
    let server = tokio::spawn(async move {
        if let Err(why) = axum::serve(listener, router).await {
            eprintln!("sandbox: the server has ended ({why}): start it again");
        }
    });
    Ok(Sandbox {
        address,
        server,
        bridge,
    })
}

/// What clients are told. Where all addresses are listened on, this machine's own is told.
fn reachable_at(address: SocketAddr) -> Address {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    let address = SocketAddr::new(ip, address.port());
    Address {
        host: ip.to_string(),
        sip_url: format!("ws://{address}/sip"),
    }
}
