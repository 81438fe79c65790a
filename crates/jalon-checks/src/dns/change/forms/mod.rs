//! The forms that a plan is written in.

mod azure;
mod route53;
mod zone;

use jalon_domain::words;

use super::{Plan, diff};

words! {
    /// How a plan is written.
    Form {
        Diff = "diff", "Difference", "Différence";
        Zone = "zone", "Zone file (BIND)", "Fichier de zone (BIND)";
        Route53 = "route53", "Route 53 (change batch)", "Route 53 (lot de changements)";
        Azure = "azure", "Azure DNS (Azure CLI)", "Azure DNS (Azure CLI)";
        Cloudflare = "cloudflare", "Cloudflare (import file)", "Cloudflare (fichier d’import)";
        Json = "json", "JSON", "JSON";
    }
}

impl Form {
    pub(super) fn write(self, plan: &Plan) -> String {
        match self {
            Self::Diff => diff::write(plan),
            Self::Zone => zone::whole(plan),
            Self::Route53 => route53::write(plan),
            Self::Azure => azure::write(plan),
            Self::Cloudflare => zone::import(plan),
            Self::Json => {
                let mut document = serde_json::to_value(plan).unwrap_or_default();
                document["schema"] = super::SCHEMA.into();
                format!("{document:#}\n")
            }
        }
    }
}
