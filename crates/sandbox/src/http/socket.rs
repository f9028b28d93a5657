//! `/ws`: the handshake of STOMP over WebSocket.

use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::App;
use crate::broker::{FaultBoard, SUB_PROTOCOLS, serve};

/// Longest message in bytes that is read.
const LONGEST_MESSAGE: usize = 8 << 20;

pub(super) async fn open(
    State(app): State<App>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let Some(hub) = app.hub else {
        return (
            StatusCode::SERVICE_UNAVAILABLE,
            "The sandbox works behind a real broker: connect to the Web STOMP address of that broker.\n",
        )
            .into_response();
    };
    let mut upgrade = match admit(upgrade, &app.faults) {
        Ok(upgrade) => upgrade.max_message_size(LONGEST_MESSAGE),
        Err(refusal) => return *refusal,
    };
    if let Some(protocol) = sub_protocol(&headers) {
        upgrade.set_selected_protocol(HeaderValue::from_static(protocol));
    }
    let center = app.center;
    let faults = app.faults.watch();
    upgrade.on_upgrade(move |socket| serve(socket, hub, center, faults))
}

/// Lets a handshake go on, unless it is none or a fault refuses all of them.
pub(super) fn admit(
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
    faults: &FaultBoard,
) -> Result<WebSocketUpgrade, Box<Response>> {
    if faults.now().refused() {
        let refusal = (
            StatusCode::SERVICE_UNAVAILABLE,
            "New connections are refused, because a fault asks for it: wait until it is over.\n",
        );
        return Err(Box::new(refusal.into_response()));
    }
    upgrade.map_err(|rejection| Box::new(rejection.into_response()))
}

/// The client's sub-protocols.
pub(super) fn offered(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    headers
        .get_all(header::SEC_WEBSOCKET_PROTOCOL)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
}

/// The first of the client's sub-protocols that we speak.
fn sub_protocol(headers: &HeaderMap) -> Option<&'static str> {
    offered(headers).find_map(|offered| SUB_PROTOCOLS.into_iter().find(|known| offered == *known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_offer_that_is_known_wins() {
        let mut headers = HeaderMap::new();
        assert_eq!(sub_protocol(&headers), None);
        headers.append(
            header::SEC_WEBSOCKET_PROTOCOL,
            HeaderValue::from_static("other, v10.stomp, v11.stomp"),
        );
        assert_eq!(sub_protocol(&headers), Some("v10.stomp"));
    }
}
