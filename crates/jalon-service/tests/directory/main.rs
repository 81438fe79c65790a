//! Live directories in an engagement, on real servers and both engines: reached, tried out, read whole and by what
//! changed, forgotten.

mod environment;
mod samba;
mod slapd;
mod story;
