//! Cipher suites by their IANA names, and what kind each is. The order is ours: what a server picks is its own choice or
//! the first of these that it knows.

use serde::{Deserialize, Serialize};

/// What protects the traffic, the weakest thing about a suite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SuiteKind {
    /// Of TLS 1.3 (RFC 8446, B.4).
    Current,
    /// Encryption that authenticates as well (AEAD) in TLS 1.2.
    Aead,
    /// A block cipher in CBC mode.
    Cbc,
    /// Triple DES, whose blocks are too short (RFC 9325, 4.2.1; SWEET32).
    TripleDes,
    /// RC4 (RFC 7465).
    Rc4,
    /// DES and IDEA (RFC 5469).
    Des,
    /// Weakened for export (RFC 9325, 4.2.1).
    Export,
    /// Nothing is encrypted (RFC 9325, 4.2.1).
    Null,
    /// Nobody says who they are (RFC 9325, 4.2.1).
    Anonymous,
}

impl SuiteKind {
    /// Those that no server should offer.
    pub const WEAK: [Self; 6] = [
        Self::TripleDes,
        Self::Rc4,
        Self::Des,
        Self::Export,
        Self::Null,
        Self::Anonymous,
    ];
}

use SuiteKind::{Aead, Anonymous, Cbc, Current, Des, Export, Null, Rc4, TripleDes};

/// Code points of the IANA "TLS Cipher Suites" registry.
const SUITES: [(u16, SuiteKind, &str); 83] = [
    (0x1302, Current, "TLS_AES_256_GCM_SHA384"),
    (0x1301, Current, "TLS_AES_128_GCM_SHA256"),
    (0x1303, Current, "TLS_CHACHA20_POLY1305_SHA256"),
    (0x1304, Current, "TLS_AES_128_CCM_SHA256"),
    (0x1305, Current, "TLS_AES_128_CCM_8_SHA256"),
    (0xc02f, Aead, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
    (0xc030, Aead, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
    (0xc02b, Aead, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
    (0xc02c, Aead, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
    (0xcca8, Aead, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
    (0xcca9, Aead, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"),
    (0xccaa, Aead, "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
    (0x009e, Aead, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"),
    (0x009f, Aead, "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"),
    (0xc0ac, Aead, "TLS_ECDHE_ECDSA_WITH_AES_128_CCM"),
    (0xc0ad, Aead, "TLS_ECDHE_ECDSA_WITH_AES_256_CCM"),
    (0x009c, Aead, "TLS_RSA_WITH_AES_128_GCM_SHA256"),
    (0x009d, Aead, "TLS_RSA_WITH_AES_256_GCM_SHA384"),
    (0xc027, Cbc, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"),
    (0xc028, Cbc, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384"),
    (0xc023, Cbc, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"),
    (0xc024, Cbc, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"),
    (0xc013, Cbc, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"),
    (0xc014, Cbc, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"),
    (0xc009, Cbc, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"),
    (0xc00a, Cbc, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"),
    (0x0067, Cbc, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256"),
    (0x006b, Cbc, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256"),
    (0x0033, Cbc, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA"),
    (0x0039, Cbc, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA"),
    (0x0032, Cbc, "TLS_DHE_DSS_WITH_AES_128_CBC_SHA"),
    (0x0038, Cbc, "TLS_DHE_DSS_WITH_AES_256_CBC_SHA"),
    (0x003c, Cbc, "TLS_RSA_WITH_AES_128_CBC_SHA256"),
    (0x003d, Cbc, "TLS_RSA_WITH_AES_256_CBC_SHA256"),
    (0x002f, Cbc, "TLS_RSA_WITH_AES_128_CBC_SHA"),
    (0x0035, Cbc, "TLS_RSA_WITH_AES_256_CBC_SHA"),
    (0x0041, Cbc, "TLS_RSA_WITH_CAMELLIA_128_CBC_SHA"),
    (0x0084, Cbc, "TLS_RSA_WITH_CAMELLIA_256_CBC_SHA"),
    (0x0096, Cbc, "TLS_RSA_WITH_SEED_CBC_SHA"),
    (0xc012, TripleDes, "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA"),
    (0xc008, TripleDes, "TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA"),
    (0x0016, TripleDes, "TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA"),
    (0x0013, TripleDes, "TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA"),
    (0x000a, TripleDes, "TLS_RSA_WITH_3DES_EDE_CBC_SHA"),
    (0xc011, Rc4, "TLS_ECDHE_RSA_WITH_RC4_128_SHA"),
    (0xc007, Rc4, "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA"),
    (0x0005, Rc4, "TLS_RSA_WITH_RC4_128_SHA"),
    (0x0004, Rc4, "TLS_RSA_WITH_RC4_128_MD5"),
    (0x0066, Rc4, "TLS_DHE_DSS_WITH_RC4_128_SHA"),
    (0x0015, Des, "TLS_DHE_RSA_WITH_DES_CBC_SHA"),
    (0x0012, Des, "TLS_DHE_DSS_WITH_DES_CBC_SHA"),
    (0x0009, Des, "TLS_RSA_WITH_DES_CBC_SHA"),
    (0x0007, Des, "TLS_RSA_WITH_IDEA_CBC_SHA"),
    (0x0003, Export, "TLS_RSA_EXPORT_WITH_RC4_40_MD5"),
    (0x0006, Export, "TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5"),
    (0x0008, Export, "TLS_RSA_EXPORT_WITH_DES40_CBC_SHA"),
    (0x000b, Export, "TLS_DH_DSS_EXPORT_WITH_DES40_CBC_SHA"),
    (0x000e, Export, "TLS_DH_RSA_EXPORT_WITH_DES40_CBC_SHA"),
    (0x0011, Export, "TLS_DHE_DSS_EXPORT_WITH_DES40_CBC_SHA"),
    (0x0014, Export, "TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA"),
    (0x0062, Export, "TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA"),
    (0x0064, Export, "TLS_RSA_EXPORT1024_WITH_RC4_56_SHA"),
    (0x0001, Null, "TLS_RSA_WITH_NULL_MD5"),
    (0x0002, Null, "TLS_RSA_WITH_NULL_SHA"),
    (0x003b, Null, "TLS_RSA_WITH_NULL_SHA256"),
    (0xc006, Null, "TLS_ECDHE_ECDSA_WITH_NULL_SHA"),
    (0xc010, Null, "TLS_ECDHE_RSA_WITH_NULL_SHA"),
    (0x0017, Anonymous, "TLS_DH_anon_EXPORT_WITH_RC4_40_MD5"),
    (0x0018, Anonymous, "TLS_DH_anon_WITH_RC4_128_MD5"),
    (0x0019, Anonymous, "TLS_DH_anon_EXPORT_WITH_DES40_CBC_SHA"),
    (0x001a, Anonymous, "TLS_DH_anon_WITH_DES_CBC_SHA"),
    (0x001b, Anonymous, "TLS_DH_anon_WITH_3DES_EDE_CBC_SHA"),
    (0x0034, Anonymous, "TLS_DH_anon_WITH_AES_128_CBC_SHA"),
    (0x003a, Anonymous, "TLS_DH_anon_WITH_AES_256_CBC_SHA"),
    (0x006c, Anonymous, "TLS_DH_anon_WITH_AES_128_CBC_SHA256"),
    (0x006d, Anonymous, "TLS_DH_anon_WITH_AES_256_CBC_SHA256"),
    (0x00a6, Anonymous, "TLS_DH_anon_WITH_AES_128_GCM_SHA256"),
    (0x00a7, Anonymous, "TLS_DH_anon_WITH_AES_256_GCM_SHA384"),
    (0xc015, Anonymous, "TLS_ECDH_anon_WITH_NULL_SHA"),
    (0xc016, Anonymous, "TLS_ECDH_anon_WITH_RC4_128_SHA"),
    (0xc017, Anonymous, "TLS_ECDH_anon_WITH_3DES_EDE_CBC_SHA"),
    (0xc018, Anonymous, "TLS_ECDH_anon_WITH_AES_128_CBC_SHA"),
    (0xc019, Anonymous, "TLS_ECDH_anon_WITH_AES_256_CBC_SHA"),
];

/// What anything between SSL 3.0 and TLS 1.2 understands, the sound ones first.
pub(in crate::tls) fn broad() -> Vec<u16> {
    of(&[Aead, Cbc, TripleDes, Rc4])
}

/// The suites of some kinds.
pub(in crate::tls) fn of(kinds: &[SuiteKind]) -> Vec<u16> {
    let wanted = SUITES.iter().filter(|(_, kind, _)| kinds.contains(kind));
    wanted.map(|(code, ..)| *code).collect()
}

/// What kind a suite is.
pub(in crate::tls) fn kind(code: u16) -> Option<SuiteKind> {
    let known = SUITES.iter().find(|(known, ..)| *known == code);
    known.map(|(_, kind, _)| *kind)
}

/// The name of a suite, or its number.
pub(in crate::tls) fn suite_name(code: u16) -> String {
    let known = SUITES.iter().find(|(known, ..)| *known == code);
    known.map_or_else(|| format!("0x{code:04x}"), |(.., name)| (*name).to_owned())
}
