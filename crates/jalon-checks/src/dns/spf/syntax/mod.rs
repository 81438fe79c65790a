//! SPF records as RFC 7208 writes them (sections 4.6, 7.1 and 12): every term with where it stands, every error with
//! where it is. Nothing here asks anybody anything.

mod macros;
mod parse;
mod problem;
mod term;
#[cfg(test)]
mod tests;

pub use macros::{Letter, MacroText, Part, explanation};
pub use parse::{Parsed, parse};
pub use problem::{Problem, SyntaxError};
pub use term::{Mechanism, Prefixes, Qualifier, Span, Term, TermKind};
