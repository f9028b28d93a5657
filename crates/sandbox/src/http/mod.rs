//! What the sandbox serves over HTTP: the demo page, the built package, the WebSockets, the JSON control.

mod control;
mod guard;
mod phones;
mod socket;
mod tls;

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::middleware;
use axum::response::Response;
use axum::routing::any;
use tower_http::services::{ServeDir, ServeFile};

use crate::actor::Handle;
use crate::broker::{FaultBoard, Hub};
use crate::pbx;

pub use guard::Hosts;
pub use tls::{TlsListener, certificate};

/// What the handlers need.
#[derive(Clone)]
pub struct App {
    /// The center.
    pub center: Handle,
    /// The sandbox's own broker, absent behind a real one.
    pub hub: Option<Arc<Hub>>,
    /// The pbx.
    pub pbx: pbx::Handle,
    /// Where faults of `/ws` are put up.
    pub faults: Arc<FaultBoard>,
    /// Where faults of `/sip` are put up.
    pub sip_faults: Arc<FaultBoard>,
    /// Under which names the control may be called.
    pub hosts: Hosts,
}

/// Everything under one address: `www` at `/`, `pkg` at `/pkg`. What is not there is answered with the documentation's page
/// for it.
pub fn router(app: App, www: &Path, pkg: &Path) -> Router {
    let lost = ServeFile::new(www.join("docs/404.html"));
    Router::new()
        .route("/ws", any(socket::open))
        .route("/sip", any(phones::open))
        .nest("/sandbox", control::router(&app))
        .nest_service("/pkg", ServeDir::new(pkg))
        .fallback_service(ServeDir::new(www).not_found_service(lost))
        .layer(middleware::map_response(always_fresh))
        .layer(middleware::map_response(named_charset))
        .with_state(app)
}

/// SIP over WebSocket on every path, for phones that know no path.
pub fn phones_only(app: App) -> Router {
    Router::new().fallback(any(phones::open)).with_state(app)
}

/// Has browsers ask each time, so that nobody tries yesterday's build.
async fn always_fresh(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// Says of texts that they are UTF-8, which all of ours are.
async fn named_charset(mut response: Response) -> Response {
    let kind = response.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok());
    if let Some(kind) = kind
        && kind.starts_with("text/")
        && !kind.contains("charset")
        && let Ok(named) = HeaderValue::try_from(format!("{kind}; charset=utf-8"))
    {
        response.headers_mut().insert(header::CONTENT_TYPE, named);
    }
    response
}
