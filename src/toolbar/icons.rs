//! The icons: shapes on a grid of 24 px, or one path without more. Filled ones are states, line ones are acts.

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
    PHONE = handset!();
    PHONE_DOWN = concat!("<path transform='translate(0 2.6) rotate(135 12 12)' d='", handset!(), "'/>");
    PHONE_OUT = concat!("<path d='", handset!(), "'/><path d='M14.5 9.5 20.25 3.75M16 3.75h4.25V8'/>");
    CHEVRON = "M7 10l5 5 5-5";
    LOGIN = "M14 4.5h3.25a2.25 2.25 0 0 1 2.25 2.25v10.5a2.25 2.25 0 0 1-2.25 2.25H14M10.5 8l4 4-4 4M14.25 12H4.5";
    LOGOUT = "M10 4.5H6.75A2.25 2.25 0 0 0 4.5 6.75v10.5a2.25 2.25 0 0 0 2.25 2.25H10M15.5 8l4 4-4 4M19.25 12H9.75";
    REFRESH = "M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4.5V9H15";
    UNLINK = "<path d='M3.5 9.6a12.4 12.4 0 0 1 5.2-3M20.5 9.6a12.4 12.4 0 0 0-7.3-3.55M6.75 13.1a8 8 0 0 1 4-2.15M17.25 13.1l-.8-.65M9.75 16.4a3.6 3.6 0 0 1 4.5 0M4 4l16 16'/><circle class='f' cx='12' cy='19.4' r='1.25'/>";
    SPIN = "M12 4a8 8 0 1 1-7.6 5.5";
    CHECK = "M5 12.5 9.75 17 19 7.5";
    ALERT = "<path d='M10.65 4.75 3.3 17.5a1.55 1.55 0 0 0 1.35 2.35h14.7a1.55 1.55 0 0 0 1.35-2.35L13.35 4.75a1.55 1.55 0 0 0-2.7 0ZM12 9.5v4'/><circle class='f' cx='12' cy='16.6' r='1.15'/>";
    COFFEE = "M5 9h11v5.5a4.25 4.25 0 0 1-4.25 4.25h-2.5A4.25 4.25 0 0 1 5 14.5ZM16 10.5h1.25a2.4 2.4 0 0 1 0 4.8H16M8.5 3.75v2M12.5 3.75v2";
    STATE_READY = "<circle class='f' cx='12' cy='12' r='9.5'/><path class='k' stroke-width='2.5' d='M7.75 12.4l3 2.9 5.5-6'/>";
    STATE_BUSY = "<circle class='f' cx='12' cy='12' r='9.5'/><path class='k' stroke-width='2.75' d='M7.75 12h8.5'/>";
    STATE_CALL = concat!("<path class='f' transform='translate(12 12) scale(1.13) translate(-12 -12)' d='", handset!(), "'/>");
    STATE_WRAP = "<circle cx='12' cy='12' r='8.4' stroke-width='2.2'/><path class='f' d='M12 6.2a5.8 5.8 0 1 1-5.8 5.8H12Z'/>";
    STATE_OFF = "<circle cx='12' cy='12' r='8.25' stroke-width='2.2'/><path stroke-width='2.2' d='M6.4 17.6 17.6 6.4'/>";
    STATE_RING = concat!("<path class='f' d='", handset!(), "'/><path stroke-width='2.1' d='M14 3.6a7 7 0 0 1 6.4 6.4M14.2 7.4A3.4 3.4 0 0 1 16.6 9.8'/>");
    STATE_HOLD = "<circle class='f' cx='12' cy='12' r='9.5'/><path class='k' stroke-width='2.5' d='M9.5 8.25v7.5M14.5 8.25v7.5'/>";
    STATE_LOCK = "<path class='f' d='M7 10V8a5 5 0 0 1 10 0v2h.5A2.5 2.5 0 0 1 20 12.5v6a2.5 2.5 0 0 1-2.5 2.5h-11A2.5 2.5 0 0 1 4 18.5v-6A2.5 2.5 0 0 1 6.5 10Zm2.25 0h5.5V8a2.75 2.75 0 0 0-5.5 0Z'/>";
    STATE_BAD = "<path class='f' d='M10.1 3.7 2.6 17.1A2.2 2.2 0 0 0 4.5 20.4h15a2.2 2.2 0 0 0 1.9-3.3L13.9 3.7a2.2 2.2 0 0 0-3.8 0Z'/><path class='k' stroke-width='2.3' d='M12 9v4.2'/><circle class='kf' cx='12' cy='16.9' r='1.45'/>";
    ARROW_IN = "M17.5 6.5 7 17M7 9.5V17h7.5";
    ARROW_OUT = "M6.5 17.5 17 7M9.5 7H17v7.5";
    PAUSE = "<path d='M8.75 5.5v13M15.25 5.5v13' stroke-width='2.25'/>";
    PLAY = "M8 5.9v12.2c0 .5.54.8.96.53l9.5-6.1a.63.63 0 0 0 0-1.06l-9.5-6.1A.63.63 0 0 0 8 5.9Z";
    MIC = "M12 3.5a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0v-5a3 3 0 0 0-3-3ZM5.5 11.25a6.5 6.5 0 0 0 13 0M12 17.75v3";
    MIC_OFF = "M9 9.25v2.25a3 3 0 0 0 4.7 2.48M15 10.75V6.5a3 3 0 0 0-5.72-1.26M5.5 11.25a6.5 6.5 0 0 0 10.1 5.4M18.5 11.25c0 1-.22 1.94-.62 2.79M12 17.75v3M4 4l16 16";
    KEYPAD = "<circle class='f' cx='5.5' cy='5.5' r='1.5'/><circle class='f' cx='12' cy='5.5' r='1.5'/><circle class='f' cx='18.5' cy='5.5' r='1.5'/><circle class='f' cx='5.5' cy='12' r='1.5'/><circle class='f' cx='12' cy='12' r='1.5'/><circle class='f' cx='18.5' cy='12' r='1.5'/><circle class='f' cx='5.5' cy='18.5' r='1.5'/><circle class='f' cx='12' cy='18.5' r='1.5'/><circle class='f' cx='18.5' cy='18.5' r='1.5'/>";
    USERS = "<circle cx='9.5' cy='8.5' r='3.25'/><path d='M3.25 19.5a6.25 6.25 0 0 1 12.5 0M15.5 5.6a3.1 3.1 0 0 1 0 5.8M17.9 14.1a6.2 6.2 0 0 1 2.85 5.4'/>";
    USER_PLUS = "<circle cx='9.5' cy='8.5' r='3.25'/><path d='M3.25 19.5a6.25 6.25 0 0 1 12.5 0M18.25 8.25v6M15.25 11.25h6'/>";
    SWAP = "M7.5 4.25 4.25 7.5l3.25 3.25M4.25 7.5H17M16.5 13.25l3.25 3.25-3.25 3.25M19.75 16.5H7";
    EAR = "M6.75 10.25a5.5 5.5 0 1 1 11 0c0 3.1-2.7 3.8-3.4 5.9-.6 1.9-1.4 4.1-3.7 4.1a3.1 3.1 0 0 1-3-2.3M9.75 10.5a2.6 2.6 0 1 1 5.1.7c-.4 1.2-1.75 1.3-2 2.7";
    WHISPER = "<circle cx='8.75' cy='9.25' r='3.25'/><path d='M2.75 19.75a6 6 0 0 1 12 0M16.9 4.75h2.85a1.5 1.5 0 0 1 1.5 1.5v2.5a1.5 1.5 0 0 1-1.5 1.5h-.6l-1.9 1.7v-1.7h-.35a1.5 1.5 0 0 1-1.5-1.5v-2.5a1.5 1.5 0 0 1 1.5-1.5Z'/>";
    TAKEOVER = "M4.25 5v4.5A4.25 4.25 0 0 0 8.5 13.75h11M15.25 9.25l4.5 4.5-4.5 4.5";
    PENCIL = "M14.6 5.4l4 4L8.4 19.6l-4.65.65.65-4.65ZM12.25 7.75l4 4";
    PLUS = "M12 5.5v13M5.5 12h13";
    CROSS = "M6.5 6.5l11 11M17.5 6.5l-11 11";
    INFO = "<circle cx='12' cy='12' r='8.25'/><path d='M12 11.25v4.5'/><circle class='f' cx='12' cy='8.2' r='1.15'/>";
    CHEVRON_RIGHT = "M10 7l5 5-5 5";
    MORE = "<circle class='f' cx='5.5' cy='12' r='1.6'/><circle class='f' cx='12' cy='12' r='1.6'/><circle class='f' cx='18.5' cy='12' r='1.6'/>";
    QUEUE = "<path d='M4 6h10M4 11.5h7M4 17h6'/><circle cx='17.25' cy='11.75' r='2.25'/><path d='M13.5 19.25a3.75 3.75 0 0 1 7.5 0'/>";
    MEAL = "M7 3.75v16.5M4.25 3.75v4a2.75 2.75 0 0 0 5.5 0v-4M17 20.25v-6h-2.5V8.5c0-2.6 1.1-4.75 2.5-4.75Z";
    BOOK = "M12 6.4C10.5 5.2 8 4.75 4.5 4.75v13c3.5 0 6 .45 7.5 1.75 1.5-1.3 4-1.75 7.5-1.75v-13c-3.5 0-6 .45-7.5 1.65ZM12 6.4v13.1";
    TASK = "<rect x='4.5' y='4.5' width='15' height='15' rx='2.5'/><path d='M8.25 12.25l2.6 2.5 5-5.25'/>";
    TRANSFER = concat!("<path d='", handset!(), "'/><path d='M13.75 6.25h6.75M17.75 3.25l3 3-3 3'/>");
    SEARCH = "<circle cx='10.75' cy='10.75' r='6'/><path d='M15.25 15.25 20 20'/>";
    IVR = "<rect x='9.25' y='3.75' width='5.5' height='4.75' rx='1.25'/><rect x='3.25' y='15.5' width='5.5' height='4.75' rx='1.25'/><rect x='15.25' y='15.5' width='5.5' height='4.75' rx='1.25'/><path d='M12 8.5V12M6 15.5V12h12v3.5'/>";
    CONSULT = "<path d='M6.5 4.25h11a2.5 2.5 0 0 1 2.5 2.5v6.5a2.5 2.5 0 0 1-2.5 2.5h-6.1L7.2 19.3a.6.6 0 0 1-1-.46v-3.1A2.5 2.5 0 0 1 4 13.25v-6.5a2.5 2.5 0 0 1 2.5-2.5Z'/><circle class='f' cx='8.5' cy='10' r='1.1'/><circle class='f' cx='12' cy='10' r='1.1'/><circle class='f' cx='15.5' cy='10' r='1.1'/>";
    CONFER = "<circle cx='12' cy='8.25' r='3'/><path d='M6.75 19.25a5.25 5.25 0 0 1 10.5 0M17.6 5.9a2.5 2.5 0 0 1 .3 4.6M19 14.1a4.9 4.9 0 0 1 2.25 4.15M6.4 5.9a2.5 2.5 0 0 0-.3 4.6M5 14.1a4.9 4.9 0 0 0-2.25 4.15'/>";
    MERGE = "M6 4v3.25a6 6 0 0 0 6 6 6 6 0 0 0 6-6V4M12 13.25V20M8.75 16.75 12 20l3.25-3.25";
    STAR = "M12 4.2l2.3 4.85 5.3.7-3.9 3.65 1 5.25L12 16.1l-4.7 2.55 1-5.25-3.9-3.65 5.3-.7Z";
    SLIDERS = "<path d='M4 7.5h8.5M17.25 7.5H20M4 16.5h2.75M11.5 16.5H20'/><circle cx='14.9' cy='7.5' r='2.3'/><circle cx='9.1' cy='16.5' r='2.3'/>";
    HEADSET = "<path d='M4.5 13.5V12a7.5 7.5 0 0 1 15 0v1.5M19.5 18.5a3 3 0 0 1-3 2.25H13'/><rect x='3.5' y='13.25' width='4' height='6' rx='1.5'/><rect x='16.5' y='13.25' width='4' height='6' rx='1.5'/>";
    BELL = "M6.5 16.5v-5.25a5.5 5.5 0 0 1 11 0v5.25l1.5 1.75H5ZM10.25 20.75h3.5";
    COPY = "<rect x='8.5' y='8.5' width='11' height='11.5' rx='2.25'/><path d='M5.5 15.25H5A1.25 1.25 0 0 1 3.75 14V5.75A2 2 0 0 1 5.75 3.75H13a1.25 1.25 0 0 1 1.25 1.25v.5'/>";
    PASTE = "<rect x='5' y='5' width='14' height='15.5' rx='2.25'/><path d='M9.25 7V4.75A1.25 1.25 0 0 1 10.5 3.5h3a1.25 1.25 0 0 1 1.25 1.25V7ZM9 12h6M9 16h4'/>";
    GLOBE = "<circle cx='12' cy='12' r='8.25'/><path d='M3.75 12h16.5M12 3.75c2.4 2.4 3.4 5.2 3.4 8.25s-1 5.85-3.4 8.25c-2.4-2.4-3.4-5.2-3.4-8.25s1-5.85 3.4-8.25Z'/>";
    DOWNLOAD = "M12 4v10.5M7.75 10.25 12 14.5l4.25-4.25M4.75 19.5h14.5";
    WALL = "<rect x='4' y='4' width='7' height='7' rx='1.75'/><rect x='13.25' y='4' width='6.75' height='7' rx='1.75'/><rect x='4' y='13.25' width='7' height='6.75' rx='1.75'/><rect x='13.25' y='13.25' width='6.75' height='6.75' rx='1.75'/>";
    SORT = "M12 18.5v-13M6.5 11 12 5.5 17.5 11";
}

/// An icon; `class` is its size and colour.
pub fn icon(class: &str, paths: &str) -> El {
    El::svg(class, paths)
}
