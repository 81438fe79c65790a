//! `jalon check spf`: what SPF says of one sender, step by step; without one, where the record of a domain leads.

mod show;

use std::net::IpAddr;

use clap::Args;
use jalon_checks::dns::{
    self,
    spf::{
        evaluate::{Evaluation, Reason, Sender, Verdict, evaluate},
        tree::{Branch, tree},
    },
};
use jalon_domain::engagement::DomainName;

use crate::{
    asking::Asking,
    exit::{Exit, Result},
    out::{Out, Printed},
    world,
};

/// Explain step by step what SPF says of a sender, or where the record of a domain leads
///
/// With --ip, the result of RFC 7208 for that sender; without, everything that the record includes, what each branch costs
/// of the ten look-ups allowed, and what to publish instead when it costs more. Exit codes: 0 the sender is authorised, or
/// the record can be applied; 1 it is not; 2 usage, configuration or unreadable input; 3 a name server did not answer.
#[derive(Args)]
pub(crate) struct Spf {
    /// The domain, such as contoso.example
    #[arg(value_name = "DOMAIN", value_parser = DomainName::parse)]
    domain: DomainName,
    /// The address of the server that sends
    #[arg(long, value_name = "IP")]
    ip: Option<IpAddr>,
    /// The address of the sender (MAIL FROM) [default: postmaster of the domain]
    #[arg(long, value_name = "ADDRESS", requires = "ip")]
    sender: Option<String>,
    /// The name that the server greets with (HELO) [default: the domain]
    #[arg(long, value_name = "NAME", requires = "ip")]
    helo: Option<String>,
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    printed: Printed,
}

impl Spf {
    pub(crate) async fn run(self, out: &mut Out) -> Result {
        let ask = dns::resolver(&self.asking.settings()?)?;
        let domain = dns::ascii(&self.domain)?;
        let format = self.printed.format;
        let Some(ip) = self.ip else {
            let tree = tree(&ask, &domain).await;
            show::tree(out, format, &tree)?;
            return Ok(of_tree(&tree));
        };
        let sender = Sender {
            ip,
            mail_from: self.sender.unwrap_or_else(|| format!("postmaster@{domain}")),
            helo: self.helo.unwrap_or_else(|| domain.clone()),
            receiver: "unknown".to_owned(),
            now: world::now(),
        };
        let told = evaluate(&ask, &domain, &sender).await;
        show::evaluation(out, format, &sender, &told)?;
        Ok(of_evaluation(&told))
    }
}

fn of_evaluation(told: &Evaluation) -> Exit {
    match told.result {
        Verdict::Pass => Exit::Fine,
        Verdict::Temperror => Exit::Unsure,
        Verdict::None | Verdict::Neutral | Verdict::Fail | Verdict::Softfail | Verdict::Permerror => Exit::Found,
    }
}

/// What somebody did not answer is told apart from what is wrong: a record that leads to both is wrong.
fn of_tree(tree: &Branch) -> Exit {
    let reasons = tree.reasons();
    let is_wrong = |it: &&Reason| !matches!(it, Reason::Unanswered(_) | Reason::SenderDecides | Reason::Behind(_));
    if tree.is_too_dear() || reasons.iter().any(is_wrong) {
        Exit::Found
    } else if reasons.iter().any(|it| matches!(it, Reason::Unanswered(_))) {
        Exit::Unsure
    } else {
        Exit::Fine
    }
}
