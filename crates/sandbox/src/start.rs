//! Starting the whole sandbox.

use std::fmt;
use std::io;
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
use crate::http::{self, App, Hosts, TlsListener};
use crate::mixer::{self, Mixer};
use crate::pbx::Pbx;

/// So many messages may wait for a real broker.
const WAITING_OUTPUTS: usize = 4096;

/// So many free ports are tried for one whose number is free for UDP too.
const TRIES: usize = 32;

/// How to start.
#[derive(Clone)]
pub struct Options {
    /// Where to serve. Port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where to serve phones by TLS, if at all. Port 0 takes a free one.
    pub tls: Option<SocketAddr>,
    /// Where phones send their audio: an address of this machine, at the port of `listen`.
    pub media: IpAddr,
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
            tls: None,
            media: IpAddr::V4(Ipv4Addr::LOCALHOST),
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
            .field("tls", &self.tls)
            .field("media", &self.media)
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
    /// The argument that names the address.
    argument: &'static str,
    address: SocketAddr,
    cause: io::Error,
}

impl fmt::Display for StartError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "cannot listen on {} ({}): stop what uses it, or name another place with {}",
            self.address, self.cause, self.argument
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
    tls_address: Option<SocketAddr>,
    server: JoinHandle<()>,
    /// What else runs as long as the sandbox does.
    others: Vec<JoinHandle<()>>,
}

impl Sandbox {
    /// Where it serves, with the port that was really taken.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it serves phones by TLS, if it does.
    #[must_use]
    pub fn tls_address(&self) -> Option<SocketAddr> {
        self.tls_address
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
        for other in &self.others {
            other.abort();
        }
    }
}

/// Starts a sandbox; it serves when this returns. Needs a tokio runtime.
///
/// # Errors
/// If one of the addresses cannot be listened on.
pub async fn start(options: Options) -> Result<Sandbox, StartError> {
    let (listener, address, mixer, news) = listen(&options).await?;
    let tls = match options.tls {
        Some(place) => Some(listen_by_tls(place).await.map_err(|cause| StartError {
            argument: "--tls",
            address: place,
            cause,
        })?),
        None => None,
    };

    let mut center = Center::new(options.seed);
    center.set_address(reachable_at(address));
    let (exchange, pbx) = Pbx::new(options.seed, mixer, news);
    let mut others = Vec::new();
    let (center, hub) = match options.broker {
        None => {
            let hub = Arc::new(Hub::default());
            let center = actor::start(center, Outlet::Hub(Arc::clone(&hub)), pbx.clone());
            (center, Some(hub))
        }
        Some(uri) => {
            let (sender, outputs) = mpsc::channel(WAITING_OUTPUTS);
            let center = actor::start(center, Outlet::Amqp(sender), pbx.clone());
            let bridge = tokio::spawn(crate::amqp::run(uri, center.clone(), outputs));
            others.push(bridge);
            (center, None)
        }
    };
    others.push(tokio::spawn(exchange.run(center.clone())));
    let app = App {
        center,
        hub,
        pbx,
        faults: Arc::new(FaultBoard::default()),
        sip_faults: Arc::new(FaultBoard::default()),
        hosts: Hosts::new(address, options.open),
    };
    let tls_address = tls.as_ref().map(|(_, address)| *address);
    if let Some((listener, _)) = tls {
        let router = http::phones_only(app.clone());
        let serving = axum::serve(listener, router).into_future();
        others.push(tokio::spawn(until_ended(serving)));
    }
    let router = http::router(app, &options.www, &options.pkg);
    let listener = listener.tap_io(|stream| {
        // Frames are small, and waiting to send several at once would only make each of them late.
        let _ = stream.set_nodelay(true);
    });
    let server = tokio::spawn(until_ended(axum::serve(listener, router).into_future()));
    Ok(Sandbox {
        address,
        tls_address,
        server,
        others,
    })
}

async fn until_ended(serving: impl Future<Output = io::Result<()>>) {
    if let Err(why) = serving.await {
        eprintln!("sandbox: the server has ended ({why}): start it again");
    }
}

/// What serves, where, and the mixer with its news.
type Listening = (TcpListener, SocketAddr, Mixer, mpsc::Receiver<mixer::News>);

/// Takes the port for TCP and the same number for UDP. Where any port will do, a number that is free for both is
/// looked for.
async fn listen(options: &Options) -> Result<Listening, StartError> {
    let mut left = TRIES;
    loop {
        let failed = |cause| StartError {
            argument: "--listen",
            address: options.listen,
            cause,
        };
        let listener = TcpListener::bind(options.listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let media = SocketAddr::new(options.media, address.port());
        left -= 1;
        match Mixer::start(media) {
            Ok((mixer, news)) => return Ok((listener, address, mixer, news)),
            Err(why)
                if why.kind() == io::ErrorKind::AddrInUse
                    && options.listen.port() == 0
                    && left > 0 => {}
            Err(cause) => {
                return Err(StartError {
                    argument: "--media, or another port with --listen",
                    address: media,
                    cause,
                });
            }
        }
    }
}

async fn listen_by_tls(place: SocketAddr) -> io::Result<(TlsListener, SocketAddr)> {
    let listener = TcpListener::bind(place).await?;
    let address = listener.local_addr()?;
    let config = http::certificate(address)?;
    Ok((TlsListener::new(listener, config)?, address))
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
