//! `jalon fix mail`: the values of mail that Active Directory lacks and another directory has, written down or made.

use std::{io, path::PathBuf};

use clap::Args;
use jalon_checks::directory::{
    About, TopLevelDomains,
    fix::{
        Plan,
        apply::{Log, Wanted},
    },
    join::{ActiveDirectory, Attribute, Joined, Key},
};

use super::{
    joined::Told,
    making::{Making, MakingFlags},
    output::{self, Outputs},
    reviewed::{refused, reviewed},
    told,
};
use crate::{
    directory_joining::JoiningFlags,
    directory_reading,
    directory_source::{self, Discreet, LiveFlags, Source},
    exit::{Exit, Result},
    input,
    out::{Out, Printed},
};

/// Fill in the mail attributes of Active Directory out of another directory: show what is missing, or make the changes
///
/// People of the other directory are recognised by keys or by a table; whoever may be several is left to you. mail,
/// proxyAddresses, mailNickname and targetAddress are filled where they are blank; a value that is there is only changed with
/// --overwrite. Without --apply nothing is changed. Exit codes: 0 shown and written down, or every change made; 1 something
/// was left alone or refused; 2 usage, configuration or unreadable input.
#[derive(Args)]
pub(crate) struct Mail {
    /// Active Directory: an export (LDIF or CSV, gzipped or not; - for standard input), or ldap://HOST, ldaps://HOST
    #[arg(value_name = "AD", value_parser = Discreet(Source::parse))]
    ad: Source,
    /// The other directory, named in the same ways
    #[arg(long = "from", id = "other", value_name = "OTHER", value_parser = Discreet(Source::parse))]
    other: Source,
    #[command(flatten)]
    joining: JoiningFlags,
    /// Change values that differ too; without it they are shown as conflicts
    #[arg(long)]
    overwrite: bool,
    /// The top-level domains that addresses may end in, instead of the built-in list
    #[arg(long, value_name = "FILE")]
    tld_list: Option<PathBuf>,
    #[command(flatten)]
    outputs: Outputs,
    /// Make only what this table accepts
    #[arg(long, value_name = "REVIEW.csv")]
    accept: Option<PathBuf>,
    #[command(flatten)]
    made: MakingFlags,
    #[command(flatten)]
    printed: Printed,
    /// Rows of each table at most; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    live: LiveFlags,
}

impl Mail {
    pub(crate) async fn run(self, out: &mut Out) -> Result {
        let making = self.made.making(out, &self.ad, self.outputs.undo.as_deref(), "mail")?;
        let former = making.as_ref().map(Making::former).transpose()?.flatten();
        let mut joined = self.joined(out).await?;
        self.keep_accepted(&mut joined, former.as_ref())?;
        let plan = joined.plan();
        let review = |to: &mut dyn io::Write| joined.write_review(to);
        self.outputs.write(out, &plan, review, making.is_some())?;
        self.show(out, &joined, &plan)?;
        told::plan(out, &plan, self.limit);
        let Some(making) = making else {
            return Ok(Exit::Fine);
        };
        let wanted: Vec<Wanted> = plan.objects.into_iter().map(Wanted::Planned).collect();
        making.make(out, &self.live, &wanted, former, self.limit).await
    }

    /// Reads the other directory, then Active Directory, and joins them.
    async fn joined(&self, out: &Out) -> Result<Joined> {
        self.other.differs_from([&self.ad])?;
        let domains = match &self.tld_list {
            Some(path) => TopLevelDomains::parse(&input::small_file(path)?),
            None => TopLevelDomains::default(),
        };
        let settings = self.joining.settings(domains, self.overwrite)?;
        let third = self.joining.read(out, &self.other, &self.live, settings).await?;
        let (keys, attributes) = (&third.settings().keys, third.settings().ad_attributes());
        let mut directory = ActiveDirectory::default();
        directory_reading::each_entry(out, &self.ad, &self.live, &attributes, |it| directory.meet(it, keys)).await?;
        let mut joined = third.join(directory).map_err(|it| self.joining.misled(&it))?;
        joined.give_up(&[self.about(out).await?]);
        let is_held = |key: &Key| joined.keys.iter().all(|it| it.key != *key || it.ad > 0);
        self.joining.known_keys(is_held, &self.ad.name())?;
        Ok(joined)
    }

    /// What the schema of a live Active Directory says of the attributes that are filled.
    async fn about(&self, out: &Out) -> Result<About> {
        let Source::Live(address) = &self.ad else {
            return Ok(About::default());
        };
        let mut client = self.live.connect(out, address).await?;
        let about = directory_source::about(&mut client, &Attribute::ALL.map(Attribute::name)).await?;
        client.close().await;
        Ok(about)
    }

    /// Leaves out what people did not accept; everything is kept where they were not asked.
    fn keep_accepted(&self, joined: &mut Joined, former: Option<&Log>) -> Result<()> {
        let Some(path) = &self.accept else {
            return Ok(());
        };
        let is_done = |dn: &str| former.is_some_and(|it| it.has_changed(dn));
        joined
            .accept(&reviewed(path)?, &is_done)
            .map_err(|it| refused(path, &it))
    }

    /// Prints how the two compare; or the changes, where those were asked for there.
    fn show(&self, out: &mut Out, joined: &Joined, plan: &Plan) -> Result<()> {
        if self.outputs.are_printed() {
            output::print(out, plan)?;
        } else {
            let told = Told {
                joined,
                ad: self.ad.name(),
                other: self.other.name(),
            };
            told.print(out, self.printed.format, self.limit)?;
        }
        out.send()
    }
}
