//! The icons: paths on a grid of 24 px. Filled ones are states, line ones are acts.

use super::dom::El;

macro_rules! icons {
    ($($name:ident = $svg:expr;)*) => {
        $(#[allow(missing_docs)] pub const $name: &str = $svg;)*
    };
}

/// A handset; several icons hold it.
macro_rules! handset {
    () => {
        "M6.1 3.75h2.05c.56 0 1.04.38 1.17.92l.7 2.86c.1.42-.03.86-.34 1.16L8.2 10.15a13.2 13.2 0 0 0 5.65 5.65l1.46-1.48c.3-.31.74-.44 1.16-.34l2.86.7c.54.13.92.61.92 1.17v2.05a2.35 2.35 0 0 1-2.47 2.34C10.3 19.8 4.2 13.7 3.76 6.22A2.35 2.35 0 0 1 6.1 3.75Z"
    };
}

icons! {
    PHONE = concat!("<path d='", handset!(), "'/>");
    PHONE_DOWN = concat!("<path transform='translate(0 2.6) rotate(135 12 12)' d='", handset!(), "'/>");
    PHONE_IN = concat!("<path d='", handset!(), "'/><path d='M20.25 3.75 14.5 9.5M14.5 5.25V9.5h4.25'/>");
    PHONE_OUT = concat!("<path d='", handset!(), "'/><path d='M14.5 9.5 20.25 3.75M16 3.75h4.25V8'/>");
    CHEVRON = "<path d='M7 10l5 5 5-5'/>";
    LOGIN = "<path d='M14 4.5h3.25a2.25 2.25 0 0 1 2.25 2.25v10.5a2.25 2.25 0 0 1-2.25 2.25H14M10.5 8l4 4-4 4M14.25 12H4.5'/>";
    LOGOUT = "<path d='M10 4.5H6.75A2.25 2.25 0 0 0 4.5 6.75v10.5a2.25 2.25 0 0 0 2.25 2.25H10M15.5 8l4 4-4 4M19.25 12H9.75'/>";
    REFRESH = "<path d='M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4.5V9H15'/>";
    UNLINK = "<path d='M3.5 9.6a12.4 12.4 0 0 1 5.2-3M20.5 9.6a12.4 12.4 0 0 0-7.3-3.55M6.75 13.1a8 8 0 0 1 4-2.15M17.25 13.1l-.8-.65M9.75 16.4a3.6 3.6 0 0 1 4.5 0M4 4l16 16'/><circle class='f' cx='12' cy='19.4' r='1.25'/>";
    SPIN = "<path d='M12 4a8 8 0 1 1-7.6 5.5'/>";
    CHECK = "<path d='M5 12.5 9.75 17 19 7.5'/>";
    ALERT = "<path d='M10.65 4.75 3.3 17.5a1.55 1.55 0 0 0 1.35 2.35h14.7a1.55 1.55 0 0 0 1.35-2.35L13.35 4.75a1.55 1.55 0 0 0-2.7 0ZM12 9.5v4'/><circle class='f' cx='12' cy='16.6' r='1.15'/>";
    COFFEE = "<path d='M5 9h11v5.5a4.25 4.25 0 0 1-4.25 4.25h-2.5A4.25 4.25 0 0 1 5 14.5ZM16 10.5h1.25a2.4 2.4 0 0 1 0 4.8H16M8.5 3.75v2M12.5 3.75v2'/>";
    STATE_READY = "<circle class='f' cx='12' cy='12' r='9.5'/><path class='k' stroke-width='2.5' d='M7.75 12.4l3 2.9 5.5-6'/>";
    STATE_BUSY = "<circle class='f' cx='12' cy='12' r='9.5'/><path class='k' stroke-width='2.75' d='M7.75 12h8.5'/>";
    STATE_CALL = concat!("<path class='f' transform='translate(12 12) scale(1.13) translate(-12 -12)' d='", handset!(), "'/>");
    STATE_WRAP = "<circle cx='12' cy='12' r='8.4' stroke-width='2.2'/><path class='f' d='M12 6.2a5.8 5.8 0 1 1-5.8 5.8H12Z'/>";
    STATE_OFF = "<circle cx='12' cy='12' r='8.25' stroke-width='2.2'/><path stroke-width='2.2' d='M6.4 17.6 17.6 6.4'/>";
    STATE_RING = concat!("<path class='f' d='", handset!(), "'/><path stroke-width='2.1' d='M14 3.6a7 7 0 0 1 6.4 6.4M14.2 7.4A3.4 3.4 0 0 1 16.6 9.8'/>");
    STATE_HOLD = "<circle class='f' cx='12' cy='12' r='9.5'/><path class='k' stroke-width='2.5' d='M9.5 8.25v7.5M14.5 8.25v7.5'/>";
    STATE_LOCK = "<path class='f' d='M7 10V8a5 5 0 0 1 10 0v2h.5A2.5 2.5 0 0 1 20 12.5v6a2.5 2.5 0 0 1-2.5 2.5h-11A2.5 2.5 0 0 1 4 18.5v-6A2.5 2.5 0 0 1 6.5 10Zm2.25 0h5.5V8a2.75 2.75 0 0 0-5.5 0Z'/>";
    STATE_BAD = "<path class='f' d='M10.1 3.7 2.6 17.1A2.2 2.2 0 0 0 4.5 20.4h15a2.2 2.2 0 0 0 1.9-3.3L13.9 3.7a2.2 2.2 0 0 0-3.8 0Z'/><path class='k' stroke-width='2.3' d='M12 9v4.2'/><circle class='kf' cx='12' cy='16.9' r='1.45'/>";
}

/// An icon; `class` is its size and colour.
pub fn icon(class: &str, paths: &str) -> El {
    El::svg(class, paths)
}
