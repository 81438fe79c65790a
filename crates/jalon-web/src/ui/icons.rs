//! Icons: the few of Tabler Icons (MIT) that we use, by what they mean here.

use icondata_core::IconData;
use icondata_tb as tabler;
use maud::{Markup, PreEscaped, html};

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $data:ident;)*) => {
        /// An icon. It never stands alone: a word is beside it, or [`Icon::named`] gives one.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Icon { $($(#[$doc])* $name,)* }

        impl Icon {
            /// Every icon.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The id of its symbol.
            pub(super) const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            fn data(self) -> &'static IconData {
                match self { $(Self::$name => tabler::$data,)* }
            }
        }
    };
}

icons! {
    /// Overview.
    Overview = "i-overview", TbLayoutDashboardOutline;
    /// Responsibilities.
    List = "i-list", TbListCheckOutline;
    /// Remediation.
    Tool = "i-tool", TbToolOutline;
    /// Checks.
    Pulse = "i-pulse", TbActivityOutline;
    /// Timeline.
    Timeline = "i-timeline", TbTimelineOutline;
    /// Documents.
    Files = "i-files", TbFilesOutline;
    /// Audit trail, history.
    History = "i-history", TbHistoryOutline;
    /// All engagements.
    Grid = "i-grid", TbLayoutGridOutline;
    /// Search.
    Search = "i-search", TbSearchOutline;
    /// Run.
    Play = "i-play", TbPlayerPlayOutline;
    /// Run again.
    Again = "i-again", TbRefreshOutline;
    /// Download.
    Download = "i-download", TbDownloadOutline;
    /// Upload, attach.
    Upload = "i-upload", TbUploadOutline;
    /// Attached file.
    Clip = "i-clip", TbPaperclipOutline;
    /// Copy.
    Copy = "i-copy", TbCopyOutline;
    /// Undo.
    Undo = "i-undo", TbArrowBackUpOutline;
    /// Add.
    Plus = "i-plus", TbPlusOutline;
    /// Close, remove, wrong.
    Cross = "i-cross", TbXOutline;
    /// Done.
    Check = "i-check", TbCheckOutline;
    /// More actions.
    Dots = "i-dots", TbDotsOutline;
    /// Opens sideways.
    Right = "i-right", TbChevronRightOutline;
    /// Opens downwards.
    Down = "i-down", TbChevronDownOutline;
    /// Preview.
    Eye = "i-eye", TbEyeOutline;
    /// Locked.
    Lock = "i-lock", TbLockOutline;
    /// Elsewhere.
    Globe = "i-globe", TbWorldOutline;
    /// For information.
    Info = "i-info", TbInfoCircleOutline;
    /// Somebody.
    Person = "i-person", TbUserOutline;
    /// Sign out.
    Leave = "i-leave", TbLogoutOutline;
    /// Servers, what runs on site.
    Server = "i-server", TbServerOutline;
    /// A date, a schedule.
    Calendar = "i-calendar", TbCalendarOutline;
}

impl Icon {
    /// The icon as decoration.
    pub fn show(self) -> Markup {
        html! { svg.j-i aria-hidden="true" { use href={ "#" (self.id()) } {} } }
    }

    /// The icon alone, named for those who do not see it.
    pub fn named(self, name: &str) -> Markup {
        html! { svg.j-i role="img" aria-label=(name) { use href={ "#" (self.id()) } {} } }
    }

    /// Its symbol, for the sprite.
    pub(super) fn symbol(self) -> Markup {
        let data = self.data();
        html! { symbol id=(self.id()) viewBox=(data.view_box.unwrap_or("0 0 24 24")) { (PreEscaped(data.data)) } }
    }
}

/// The icon as decoration.
pub fn icon(icon: Icon) -> Markup {
    icon.show()
}
