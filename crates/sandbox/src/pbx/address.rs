//! Numbers as user parts of SIP URIs, and back.

use crate::people::SIP_DOMAIN;

/// A SIP URI of our domain for a number, which may be any text.
pub(super) fn uri(number: &str) -> String {
    let mut uri = String::from("sip:");
    for byte in number.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()+".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri.push('@');
    uri.push_str(SIP_DOMAIN);
    uri
}

/// The number that the user part of a URI stands for (RFC 3261 section 19.1.2). What is no escape stays.
pub(super) fn number(user: &str) -> String {
    let bytes = user.as_bytes();
    let mut number = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let escaped = (*byte == b'%')
            .then(|| user.get(at + 1..at + 3))
            .flatten()
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        number.push(escaped.unwrap_or(*byte));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8(number).unwrap_or_else(|_| user.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_fits_into_a_uri_and_comes_out_again() {
        for text in ["1001", "+86 138", "a@b;c", "销售", "*9#", "100%"] {
            let uri = uri(text);
            assert!(uri.is_ascii() && !uri.contains([' ', '#', ';']), "{uri}");
            let user = uri
                .strip_prefix("sip:")
                .and_then(|rest| rest.strip_suffix("@sandbox.invalid"))
                .expect("it is a URI of ours");
            assert_eq!(number(user), text);
        }
    }

    #[test]
    fn what_is_no_escape_stays() {
        for text in ["%", "%4", "%zz", "a%", "%ff"] {
            assert_eq!(number(text), text);
        }
    }
}
