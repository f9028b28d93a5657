//! The header names that we know.

use std::fmt;

macro_rules! names {
    ($($name:ident = $text:literal $($compact:literal)?,)*) => {
        /// A header that has a meaning of its own here. All others are kept by the text of their name.
        #[derive(Clone, Copy, PartialEq, Eq)]
        pub enum Name {
            $(#[doc = concat!("`", $text, "`.")] $name,)*
            /// A name that is not in this table.
            Other,
        }

        /// Every name with its compact form, or 0 where it has none. Sorted by the first letter.
        const TABLE: &[(Name, &str, u8)] = &[$((Name::$name, $text, first(&[$($compact)?])),)*];
    };
}

/// The first of the bytes, or 0.
const fn first(bytes: &[u8]) -> u8 {
    match bytes {
        [first, ..] => *first,
        [] => 0,
    }
}

names! {
    Accept = "Accept",
    AcceptContact = "Accept-Contact" b'a',
    AcceptEncoding = "Accept-Encoding",
    AcceptLanguage = "Accept-Language",
    AlertInfo = "Alert-Info",
    Allow = "Allow",
    AllowEvents = "Allow-Events" b'u',
    AuthenticationInfo = "Authentication-Info",
    Authorization = "Authorization",
    CallId = "Call-ID" b'i',
    CallInfo = "Call-Info",
    Contact = "Contact" b'm',
    ContentDisposition = "Content-Disposition",
    ContentEncoding = "Content-Encoding" b'e',
    ContentLanguage = "Content-Language",
    ContentLength = "Content-Length" b'l',
    ContentType = "Content-Type" b'c',
    CSeq = "CSeq",
    Date = "Date",
    ErrorInfo = "Error-Info",
    Event = "Event" b'o',
    Expires = "Expires",
    FlowTimer = "Flow-Timer",
    From = "From" b'f',
    Identity = "Identity" b'y',
    IdentityInfo = "Identity-Info" b'n',
    InReplyTo = "In-Reply-To",
    InfoPackage = "Info-Package",
    MaxForwards = "Max-Forwards",
    MimeVersion = "MIME-Version",
    MinExpires = "Min-Expires",
    MinSe = "Min-SE",
    Organization = "Organization",
    PAssertedIdentity = "P-Asserted-Identity",
    Path = "Path",
    Priority = "Priority",
    ProxyAuthenticate = "Proxy-Authenticate",
    ProxyAuthorization = "Proxy-Authorization",
    ProxyRequire = "Proxy-Require",
    RAck = "RAck",
    Reason = "Reason",
    RecordRoute = "Record-Route",
    RecvInfo = "Recv-Info",
    ReferSub = "Refer-Sub",
    ReferTo = "Refer-To" b'r',
    ReferredBy = "Referred-By" b'b',
    RejectContact = "Reject-Contact" b'j',
    Replaces = "Replaces",
    ReplyTo = "Reply-To",
    RequestDisposition = "Request-Disposition" b'd',
    Require = "Require",
    RetryAfter = "Retry-After",
    Route = "Route",
    RSeq = "RSeq",
    Server = "Server",
    ServiceRoute = "Service-Route",
    SessionExpires = "Session-Expires" b'x',
    SipEtag = "SIP-ETag",
    SipIfMatch = "SIP-If-Match",
    Subject = "Subject" b's',
    SubscriptionState = "Subscription-State",
    Supported = "Supported" b'k',
    Timestamp = "Timestamp",
    To = "To" b't',
    Unsupported = "Unsupported",
    UserAgent = "User-Agent",
    Via = "Via" b'v',
    Warning = "Warning",
    WwwAuthenticate = "WWW-Authenticate",
}

/// Where the names with each letter start in the table: `STARTS[0]` those with `a`.
#[allow(clippy::indexing_slicing)] // runs in the compiler only
const STARTS: [usize; 27] = {
    let mut starts = [TABLE.len(); 27];
    let mut at = TABLE.len();
    let mut letter = 26;
    while letter > 0 {
        letter -= 1;
        while at > 0 && first_letter(TABLE[at - 1].1) >= letter {
            at -= 1;
        }
        starts[letter] = at;
    }
    starts
};

/// 0 for `a` and `A`; past 25 for what is no letter.
const fn first_letter(name: &str) -> usize {
    let letter = first(name.as_bytes()).to_ascii_lowercase();
    (letter as usize).wrapping_sub(b'a' as usize)
}

impl Name {
    /// Finds a name, whole or in its compact form, in any case.
    pub fn parse(text: &str) -> Name {
        if let [letter @ (b'a'..=b'z' | b'A'..=b'Z')] = text.as_bytes() {
            let letter = letter.to_ascii_lowercase();
            let found = TABLE.iter().find(|(_, _, compact)| *compact == letter);
            return found.map_or(Name::Other, |(name, _, _)| *name);
        }
        let letter = first_letter(text);
        let from = STARTS.get(letter).copied().unwrap_or(TABLE.len());
        let to = STARTS.get(letter.wrapping_add(1)).copied().unwrap_or(from);
        let same = TABLE.get(from..to).unwrap_or_default();
        same.iter()
            .find(|(_, name, _)| name.eq_ignore_ascii_case(text))
            .map_or(Name::Other, |(name, _, _)| *name)
    }

    /// The whole name; nothing for [`Name::Other`].
    pub fn as_str(self) -> &'static str {
        TABLE.get(self as usize).map_or("", |(_, text, _)| text)
    }

    /// Whether commas in it separate values: not in those that are one text, nor in credentials, which hold commas themselves
    /// (RFC 3261 7.3.1).
    pub fn is_list(self) -> bool {
        !matches!(
            self,
            Name::Authorization
                | Name::ProxyAuthorization
                | Name::WwwAuthenticate
                | Name::ProxyAuthenticate
                | Name::AuthenticationInfo
                | Name::CallId
                | Name::Date
                | Name::Organization
                | Name::Server
                | Name::Subject
                | Name::UserAgent
                | Name::RetryAfter
                | Name::Other
        )
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_by_its_text_in_any_case_and_by_its_compact_form() {
        for (place, (name, text, compact)) in TABLE.iter().enumerate() {
            assert_eq!(*name as usize, place);
            assert_eq!(name.as_str(), *text);
            assert_eq!(Name::parse(text), *name);
            assert_eq!(Name::parse(&text.to_uppercase()), *name);
            assert_eq!(Name::parse(&text.to_lowercase()), *name);
            if *compact != 0 {
                let compact = char::from(*compact);
                assert_eq!(Name::parse(&compact.to_string()), *name);
                assert_eq!(Name::parse(&compact.to_uppercase().to_string()), *name);
            }
        }
    }

    #[test]
    fn no_other_name_is_found() {
        for text in [
            "",
            "z",
            "\0",
            "Vias",
            "Vi",
            "X-Call-Id",
            "!",
            "Z-Index",
            "[",
            "@",
        ] {
            assert_eq!(Name::parse(text), Name::Other, "{text:?}");
        }
        assert_eq!(Name::Other.as_str(), "");
    }
}
