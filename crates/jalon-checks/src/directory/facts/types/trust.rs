//! Trusts between domains (MS-ADTS 6.1.6).

use jalon_domain::text::Text;
use serde::{Deserialize, Serialize};

/// Whom a domain trusts, or who trusts it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trust {
    /// The domain of this forest that the trust belongs to.
    pub domain: String,
    /// The other side.
    pub partner: String,
    /// Who trusts whom.
    pub direction: Direction,
    /// What the other side is.
    pub kind: TrustKind,
    /// It reaches further than the partner itself.
    pub transitive: bool,
    /// The partner belongs to the same forest.
    pub within_forest: bool,
    /// Identities that the partner does not own are filtered out.
    pub sid_filtering: bool,
    /// Who may come in is chosen server by server.
    pub selective: bool,
}

/// Who trusts whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Nobody, for now.
    Disabled,
    /// The partner trusts this domain.
    Inbound,
    /// This domain trusts the partner.
    Outbound,
    /// Both.
    Both,
}

/// What the other side of a trust is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrustKind {
    /// A domain of the same forest.
    WithinForest,
    /// Another forest as a whole.
    Forest,
    /// One domain of another forest.
    External,
    /// A domain without Active Directory (Windows NT 4.0).
    WindowsNt,
    /// A Kerberos realm of another kind.
    Realm,
    /// Something that this program does not know.
    Other,
}

impl Trust {
    /// Whether it leads to another forest.
    pub fn leaves_forest(&self) -> bool {
        matches!(self.kind, TrustKind::Forest | TrustKind::External)
    }
}

impl Direction {
    /// Its name for people.
    pub fn name(self) -> Text {
        match self {
            Self::Disabled => Text::new("disabled", "désactivée"),
            Self::Inbound => Text::new("inbound", "entrante"),
            Self::Outbound => Text::new("outbound", "sortante"),
            Self::Both => Text::new("both ways", "dans les deux sens"),
        }
    }
}

impl TrustKind {
    /// Its name for people.
    pub fn name(self) -> Text {
        match self {
            Self::WithinForest => Text::new("within the forest", "dans la forêt"),
            Self::Forest => Text::new("another forest", "autre forêt"),
            Self::External => Text::new("one domain of another forest", "un domaine d’une autre forêt"),
            Self::WindowsNt => Text::new("Windows NT domain", "domaine Windows NT"),
            Self::Realm => Text::new("Kerberos realm", "royaume Kerberos"),
            Self::Other => Text::new("unknown kind", "sorte inconnue"),
        }
    }
}
