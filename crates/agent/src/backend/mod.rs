//! Translators between our vocabulary and a vendor's wire format. Directions, hang-up sides and success codes differ
//! by vendor; behind this border there are only our own enums.

pub mod vcall;
