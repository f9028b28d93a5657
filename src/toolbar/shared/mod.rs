//! What several controls are made of.

pub mod act;
pub mod keys;
pub mod list;
pub mod live;
pub mod menu;
pub mod meter;
pub mod number;
pub mod popover;
pub mod text;
