//! TLS with a certificate of our own, for phones that insist on `wss`.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::serve::Listener;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Duration, sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;
use tokio_rustls::server::TlsStream;

/// So many connections may wait to be served.
const WAITING_STREAMS: usize = 64;
/// Whoever connects may take so long for the handshake.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// Pause after a failure to accept, such as too many open files.
const PAUSE: Duration = Duration::from_millis(200);

/// A certificate for this machine, made now and signed by itself: browsers have to be told to trust it.
///
/// # Errors
/// If the address or the key cannot be used.
pub fn certificate(address: SocketAddr) -> io::Result<Arc<ServerConfig>> {
    let names = vec!["localhost".to_owned(), address.ip().to_string()];
    let made = rcgen::generate_simple_self_signed(names).map_err(io::Error::other)?;
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key.into())
        .map_err(io::Error::other)?;
    Ok(Arc::new(config))
}

/// Listens, and gives out connections whose handshake is done. It ends when this is dropped.
pub struct TlsListener {
    address: SocketAddr,
    streams: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    accepting: JoinHandle<()>,
}

impl TlsListener {
    /// Starts to accept what connects. Needs a tokio runtime.
    ///
    /// # Errors
    /// If the listener has no address.
    pub fn new(listener: TcpListener, config: Arc<ServerConfig>) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let (sender, streams) = mpsc::channel(WAITING_STREAMS);
        let accepting = tokio::spawn(accept(listener, TlsAcceptor::from(config), sender));
        Ok(Self {
            address,
            streams,
            accepting,
        })
    }
}

impl Drop for TlsListener {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.streams.recv().await {
            Some(stream) => stream,
            // Whatever has ended the accepting, there is nobody to serve any more.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(self.address)
    }
}

/// Accepts for ever. Each handshake has a task of its own, so that a slow one keeps nobody waiting.
async fn accept(
    listener: TcpListener,
    acceptor: TlsAcceptor,
    streams: mpsc::Sender<(TlsStream<TcpStream>, SocketAddr)>,
) {
    let mut handshakes = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    // Frames are small, and waiting to send several at once would only make each of them late.
                    let _ = stream.set_nodelay(true);
                    let (acceptor, streams) = (acceptor.clone(), streams.clone());
                    handshakes.spawn(async move {
                        // One who does not trust the certificate goes away again.
                        if let Ok(Ok(stream)) = timeout(HANDSHAKE, acceptor.accept(stream)).await {
                            let _ = streams.send((stream, peer)).await;
                        }
                    });
                }
                Err(_) => sleep(PAUSE).await,
            },
            Some(_) = handshakes.join_next() => {}
        }
    }
}
