//! The demonstration: "Example Nord", eleven weeks into its move, in a temporary folder of its own. Everything on its
//! pages came about as it would in earnest: people act through the service, checks run against rehearsal servers; only
//! the clock was set back. What happened is data, in `story.toml`.

mod clock;
mod paper;
mod play;
mod stage;
mod story;

pub(crate) use self::stage::Stage;
