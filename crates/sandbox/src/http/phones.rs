//! `/sip`, and any path of the TLS port: the handshake of SIP over WebSocket (RFC 7118).

use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::App;
use super::socket::{admit, offered};
use crate::pbx::{SUB_PROTOCOL, serve};

/// Longest message in bytes that is read.
const LONGEST_MESSAGE: usize = 1 << 18;

pub(super) async fn open(
    State(app): State<App>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let mut upgrade = match admit(upgrade, &app.sip_faults) {
        Ok(upgrade) => upgrade.max_message_size(LONGEST_MESSAGE),
        Err(refusal) => return *refusal,
    };
    if !offered(&headers).any(|protocol| protocol == SUB_PROTOCOL) {
        return (
            StatusCode::BAD_REQUEST,
            "SIP is spoken here: offer the sub-protocol sip.\n",
        )
            .into_response();
    }
    upgrade.set_selected_protocol(HeaderValue::from_static(SUB_PROTOCOL));
    let faults = app.sip_faults.watch();
    upgrade.on_upgrade(move |socket| serve(socket, app.pbx, faults))
}
