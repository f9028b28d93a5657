//! Answers that the pbx gives itself, outside of calls.

use sip::{Draft, Message, Name};

/// An answer to a request with further headers. It carries back what names the transaction (RFC 3261 section 8.2.6);
/// `tag` goes to `To` where that has none yet.
pub(super) fn reply(
    request: &Message<'_>,
    status: u16,
    reason: &str,
    tag: &str,
    headers: &[(&str, String)],
) -> String {
    let mut draft = Draft::response(status, reason);
    for via in request.values(Name::Via) {
        draft.header("Via", via);
    }
    draft.header("From", request.header(Name::From).unwrap_or_default());
    let mut to = request.header(Name::To).unwrap_or_default().to_owned();
    if !has_to_tag(request) {
        to.push_str(";tag=");
        to.push_str(tag);
    }
    draft.header("To", &to);
    draft.header("Call-ID", request.call_id());
    draft.header("CSeq", request.header(Name::CSeq).unwrap_or_default());
    for (name, value) in headers {
        draft.header(name, value);
    }
    draft.finish()
}

/// Whether a request belongs to a dialog.
pub(super) fn has_to_tag(request: &Message<'_>) -> bool {
    request.to().is_some_and(|to| to.tag().is_some())
}
