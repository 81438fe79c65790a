//! How TLS begins at an endpoint: at once, or after words in plain.

use jalon_wire::tls::StartTls;

/// How TLS begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// As the port has it: in plain at 25, 110, 143, 389, 587 and 3268, at once elsewhere.
    #[default]
    ByPort,
    /// At once.
    AtOnce,
    /// After the words of this protocol.
    After(StartTls),
}

impl Start {
    /// The protocol that asks for TLS, where one does.
    pub(super) fn protocol(self, port: u16) -> Option<StartTls> {
        match self {
            Self::ByPort => StartTls::of_port(port),
            Self::AtOnce => None,
            Self::After(protocol) => Some(protocol),
        }
    }
}
