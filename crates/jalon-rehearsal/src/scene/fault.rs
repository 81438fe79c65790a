//! The faults of the scene and their cures, as data. When to cure is the caller's.

use crate::directory::Plan;
use crate::dns::{BadLine, Zones};

/// The host whose certificate ends soon.
pub(super) const MAIL: &str = "mail.nord.example.com";
/// The host whose certificate does not carry its name.
pub(super) const AUTODISCOVER: &str = "autodiscover.nord.example.com";

/// One planted fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// nord.example.com has two SPF records.
    TwoSpfRecords,
    /// autodiscover.nord.example.com is the address of the former server.
    AutodiscoverAddress,
    /// nord.example.com has no DKIM selector2.
    DkimSelectorMissing,
    /// enterpriseenrollment.nord.example.com leads to the former name.
    FormerEnrollment,
    /// agences.example.com has no DMARC record.
    DmarcMissing,
    /// The certificate of mail.nord.example.com ends in 11 days.
    MailCertificateEnds,
    /// The certificate of autodiscover.nord.example.com does not carry that name.
    AutodiscoverCertificateName,
    /// The values in the directory that break this rule, `DIR-019`.
    Directory(&'static str),
}

/// Lines to take away and lines to publish, written as for [`Zones::parse`].
pub(super) struct Cure {
    withdraw: &'static str,
    publish: &'static str,
}

impl Fault {
    /// All but those of the directory.
    const OUTSIDE_DIRECTORY: [Self; 7] = [
        Self::TwoSpfRecords,
        Self::AutodiscoverAddress,
        Self::DkimSelectorMissing,
        Self::FormerEnrollment,
        Self::DmarcMissing,
        Self::MailCertificateEnds,
        Self::AutodiscoverCertificateName,
    ];

    /// The host whose certificate cures it.
    pub(super) fn host_cure(self) -> Option<&'static str> {
        match self {
            Self::MailCertificateEnds => Some(MAIL),
            Self::AutodiscoverCertificateName => Some(AUTODISCOVER),
            _ => None,
        }
    }

    /// The zone lines that cure it.
    pub(super) fn zone_cure(self) -> Option<Cure> {
        let (withdraw, publish) = match self {
            // The merged record keeps the relay that only the second one allowed.
            Self::TwoSpfRecords => (
                r#"nord.example.com. 3600 IN TXT "v=spf1 include:spf.protection.outlook.com -all"
                   nord.example.com. 3600 IN TXT "v=spf1 ip4:192.0.2.25 ~all""#,
                r#"nord.example.com. 3600 IN TXT "v=spf1 ip4:192.0.2.25 include:spf.protection.outlook.com -all""#,
            ),
            Self::AutodiscoverAddress => (
                "autodiscover.nord.example.com. 3600 IN A 192.0.2.101",
                "autodiscover.nord.example.com. 3600 IN CNAME autodiscover.outlook.com.",
            ),
            Self::DkimSelectorMissing => (
                "",
                "selector2._domainkey.nord.example.com. 3600 IN CNAME selector2-nord-example-com._domainkey.examplenord.onmicrosoft.com.",
            ),
            Self::FormerEnrollment => (
                "enterpriseenrollment.nord.example.com. 3600 IN CNAME enterpriseenrollment.manage.microsoft.com.",
                "enterpriseenrollment.nord.example.com. 3600 IN CNAME enterpriseenrollment-s.manage.microsoft.com.",
            ),
            Self::DmarcMissing => (
                "",
                r#"_dmarc.agences.example.com. 3600 IN TXT "v=DMARC1; p=quarantine; rua=mailto:dmarc@agences.example.com""#,
            ),
            _ => return None,
        };
        Some(Cure { withdraw, publish })
    }
}

impl Cure {
    /// Makes the change, in one edit.
    pub(super) fn apply(&self, zones: &mut Zones) -> Result<(), BadLine> {
        zones.withdraw(self.withdraw)?;
        zones.publish(self.publish)
    }
}

/// Every fault of a scene whose directory follows that plan.
pub(super) fn all(plan: &Plan) -> Vec<Fault> {
    let mut faults = Fault::OUTSIDE_DIRECTORY.to_vec();
    let broken = plan.defects.iter().flat_map(|it| it.flaw().rules());
    faults.extend(broken.map(Fault::Directory));
    faults.sort_unstable();
    faults.dedup();
    faults
}
