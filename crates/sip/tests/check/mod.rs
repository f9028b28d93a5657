//! What holds for any bytes and any text: the property tests and the fuzz target ask the same.

use sip::{Draft, Message, Name, NameAddr, Uri, Verdict, Via, judge, param, validate};

/// Reads bytes as a message, asks it everything, prints it and reads that.
pub fn message(bytes: &[u8]) {
    let verdict = judge(bytes);
    if let Verdict::Answer(status) = verdict {
        assert!((400..600).contains(&status), "answer {status}");
    }
    let read = match Message::parse(bytes) {
        Ok(read) => read,
        Err(error) => {
            assert!(error.offset <= bytes.len(), "{error}");
            assert_eq!(verdict, Verdict::Reject);
            return;
        }
    };
    assert_eq!(read.method().is_some(), read.uri().is_some());
    assert_ne!(read.method().is_some(), read.status().is_some());
    for (name, value) in read.all() {
        assert!(!name.is_empty());
        assert!(!value.contains('\n'), "{name} is still folded: {value:?}");
        assert_eq!(value, value.trim_ascii());
        assert!(read.other(name).is_some());
        let known = Name::parse(name);
        assert!(read.header(known).is_some() && read.raw(known).is_some());
        for item in read.values(known) {
            let _ = (param(item, "tag"), Via::parse(item));
            if let Some(address) = NameAddr::parse(item) {
                let _ = (address.display(), address.tag());
                uri(address.uri);
            }
        }
    }
    assert_eq!(read.count(), read.all().count());
    assert!(bytes.len() >= read.body().len());
    if validate(&read).is_ok() {
        assert!(read.from().is_some() && read.to().is_some());
        assert!(read.cseq().is_some() && read.top_via().is_some());
        assert!(!read.call_id().is_empty());
    } else {
        assert_ne!(verdict, Verdict::Accept);
    }
    if let Some(target) = read.uri() {
        uri(target);
    }
    printed(&read);
}

/// What the printer leaves out.
fn kept(text: &str) -> String {
    text.chars().filter(|c| !"\r\n\0".contains(*c)).collect()
}

/// A message printed from what was read says the same when it is read again.
fn printed(read: &Message<'_>) {
    let target = kept(read.uri().unwrap_or("-"));
    if target.is_empty() {
        return;
    }
    let mut draft = match (read.method(), read.status()) {
        (Some(method), _) => Draft::request(method, &target),
        (None, status) => Draft::response(status.unwrap_or_default(), read.reason()),
    };
    let own = |name: &str| matches!(Name::parse(name), Name::ContentType | Name::ContentLength);
    let fields: Vec<(String, String)> = read
        .all()
        .filter(|(name, _)| !own(name))
        .map(|(name, value)| (name.into(), kept(value).trim_ascii().into()))
        .collect();
    for (name, value) in &fields {
        draft.header(name, value);
    }
    draft.body("text/plain", read.body_text());
    let text = draft.finish();
    let again = Message::parse(text.as_bytes()).unwrap_or_else(|e| panic!("{e}: {text:?}"));
    assert_eq!(again.method(), read.method());
    assert_eq!(again.uri().unwrap_or("-"), target);
    assert_eq!(again.status(), read.status());
    assert_eq!(again.reason(), kept(read.reason()));
    let found: Vec<(String, String)> = again
        .all()
        .filter(|(name, _)| !own(name))
        .map(|(name, value)| (name.into(), value.into()))
        .collect();
    assert_eq!(found, fields);
    assert_eq!(again.body_text(), read.body_text());
}

/// Takes text apart as a URI. Each is the same as itself, and what it is made of is all of it.
pub fn uri(text: &str) {
    match Uri::parse(text) {
        Ok(uri) => {
            let twin = uri;
            assert!(uri == twin, "{text:?} is not itself");
            let mut start = format!("{}:", uri.scheme);
            if let Some(user) = uri.user {
                start.push_str(user);
                if let Some(password) = uri.password {
                    start.push(':');
                    start.push_str(password);
                }
                start.push('@');
            }
            start.push_str(uri.host);
            let rest = text
                .strip_prefix(start.as_str())
                .unwrap_or_else(|| panic!("{text:?} became {start:?}"));
            assert!(
                rest.is_empty() || rest.starts_with([':', ';', '?']),
                "{text:?}"
            );
            assert!(
                rest.contains(uri.params) && rest.ends_with(uri.headers),
                "{text:?}"
            );
        }
        Err(error) => assert!(error.offset <= text.len(), "{text:?}: {error}"),
    }
}
