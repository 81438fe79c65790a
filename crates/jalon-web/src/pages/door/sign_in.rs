//! Sign-in with address and password.

use maud::{Markup, html};

use super::M;
use crate::{
    text::t,
    ui::{
        dates,
        forms::{self, Field},
        note::{Tone, note},
        shell::{self, Frame},
    },
};

/// What the page shows. It posts `email`, `password` and `to` to `/sign-in`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInPage {
    /// The site, so that one sees where the password goes.
    pub host: String,
    /// The address typed before.
    pub email: String,
    /// Why the last try did not work, or why one is here.
    pub message: Option<Message>,
    /// Where to go afterwards, see [`back_to`](crate::security::session::back_to).
    pub to: String,
}

/// Why one is here again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message {
    /// Wrong address or password: never said which.
    Wrong {
        /// Tries before a pause.
        tries_left: u32,
        /// The pause, in minutes.
        pause_minutes: u32,
    },
    /// Too many tries.
    Paused {
        /// Until the next one, in seconds.
        seconds: u32,
    },
    /// The session ended by itself.
    Ended,
    /// Signed out as asked.
    SignedOut,
}

impl SignInPage {
    /// The page.
    pub fn render(&self, frame: &Frame) -> Markup {
        let lang = frame.lang();
        let (email, password) = (t!(lang, M, "email"), t!(lang, M, "password"));
        let title = t!(lang, M, "sign-in");
        let body = html! {
            input type="hidden" name="to" value=(self.to);
            (Field::email("email", &email).value(&self.email).autocomplete("username").required())
            (Field::password("password", &password).autocomplete("current-password").required())
            (forms::submit(&t!(lang, M, "continue"), true))
        };
        let content = html! {
            h1.mb-1 { (title) }
            p.j-dim.mb-4 { (self.host) }
            @if let Some(message) = self.message { div.mb-3 { (message.render(frame)) } }
            (forms::post(&frame.csrf, "/sign-in", "j-form", &body))
            p.j-sm.j-dim.mt-4 { (t!(lang, M, "invited")) }
        };
        shell::door(frame, &title, &content)
    }

    /// Each shape that the page takes.
    pub fn samples() -> Vec<Self> {
        let sample = |message| Self {
            host: "jalon.example.org".to_owned(),
            email: "claire.morel@nord.example.com".to_owned(),
            message,
            to: "/engagements?view=mine".to_owned(),
        };
        let wrong = Message::Wrong {
            tries_left: 4,
            pause_minutes: 15,
        };
        let messages = [
            wrong,
            Message::Paused { seconds: 540 },
            Message::Ended,
            Message::SignedOut,
        ];
        messages.into_iter().map(Some).chain([None]).map(sample).collect()
    }
}

impl Message {
    fn render(self, frame: &Frame) -> Markup {
        let lang = frame.lang();
        match self {
            Self::Wrong {
                tries_left,
                pause_minutes,
            } => {
                let left = t!(lang, M, "tries-left", n = tries_left, minutes = pause_minutes);
                note(Tone::Bad, &html! { b { (t!(lang, M, "wrong")) } br; (left) })
            }
            Self::Paused { seconds } => {
                let span = dates::span(lang, seconds.into());
                note(
                    Tone::Bad,
                    &html! { b { (t!(lang, M, "paused")) } br; (t!(lang, M, "paused-until", span = span)) },
                )
            }
            Self::Ended => note(Tone::Plain, &html! { (t!(lang, M, "ended")) }),
            Self::SignedOut => note(Tone::Ok, &html! { (t!(lang, M, "signed-out")) }),
        }
    }
}
