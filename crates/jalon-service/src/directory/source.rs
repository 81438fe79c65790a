//! Adding a live directory, editing it, asking for everything to be read again.

use jalon_domain::{
    ids::{EngagementId, RunId, TargetId},
    measure::Family,
};
use jalon_store::{
    Tx,
    directory::{
        objects,
        sources::{self, BindKind, Source},
    },
    findings,
    runs::Trigger,
    seal::{self, Sealed},
    targets::{self, Target},
};
use secrecy::SecretString;
use serde_json::json;

use super::{SourceInput, SourceView, connect::locked, input::Checked};
use crate::{
    Caller, Error, Permission, Result,
    app::App,
    engagement::{Cause, NewTarget, Picture, refresh},
};

impl App {
    /// The live directories of an engagement, by name.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a stranger.
    pub async fn sources(&self, caller: &Caller, engagement: EngagementId) -> Result<Vec<SourceView>> {
        self.require(self.store(), caller, engagement, Permission::See).await?;
        let targets = targets::of_engagement(self.store(), engagement).await?;
        let mut sources = sources::of_engagement(self.store(), engagement).await?;
        let mut views = Vec::new();
        for target in targets {
            if let Some(at) = sources.iter().position(|it| it.target == target.id) {
                views.push(SourceView::of(sources.swap_remove(at), target.value));
            }
        }
        Ok(views)
    }

    /// One live directory.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a stranger, and for a target that is none.
    pub async fn source(&self, caller: &Caller, engagement: EngagementId, target: TargetId) -> Result<SourceView> {
        let all = self.sources(caller, engagement).await?;
        all.into_iter().find(|it| it.id == target).ok_or(Error::NotFound)
    }

    /// Adds a live directory.
    ///
    /// # Errors
    /// [`Error::Invalid`] at what cannot be taken, [`Error::Conflict`] when one is called so already, or when a password
    /// cannot be sealed.
    pub async fn add_source(&self, caller: &Caller, engagement: EngagementId, new: &SourceInput) -> Result<TargetId> {
        self.require(self.store(), caller, engagement, Permission::EditEngagement)
            .await?;
        let new = new.check()?;
        needs_password(&new, false)?;
        self.change(engagement, async |tx: &Tx| {
            let picture = Picture::load(self, tx, engagement).await?;
            not_twice(&picture, &new.name)?;
            let target = NewTarget {
                family: Family::Directory,
                value: new.name.clone(),
                connect: None,
                file: None,
            };
            let organisation = picture.organisation.id;
            let id = self
                .insert_target(tx, organisation, engagement, caller.id(), &target)
                .await?;
            let mut source = self.blank_source(&picture, id);
            self.put_into(tx, &mut source, &new).await?;
            sources::insert(tx, &source).await?;
            self.audit(tx, caller, engagement, "target.added", &new.name, told(&source))
                .await?;
            refresh(self, tx, engagement, Some(caller.id()), &Cause::Edit).await?;
            Ok(id)
        })
        .await
    }

    /// Changes how a live directory is reached. Without a password, the one that is there stays; but not for another
    /// server, nor for a weaker protection: whoever may edit would else learn it.
    ///
    /// # Errors
    /// As [`App::add_source`], and [`Error::Stale`] when somebody else changed it since `version`.
    pub async fn edit_source(
        &self,
        caller: &Caller,
        engagement: EngagementId,
        target: TargetId,
        version: i64,
        new: &SourceInput,
    ) -> Result<()> {
        self.require(self.store(), caller, engagement, Permission::EditEngagement)
            .await?;
        let new = new.check()?;
        self.change(engagement, async |tx: &Tx| {
            let (row, old) = live(tx, engagement, target).await?;
            if old.version != version {
                return Err(Error::Stale { changed: Vec::new() });
            }
            needs_password(&new, keeps_password(&old, &new))?;
            let mut source = old.clone();
            source.version += 1;
            self.put_into(tx, &mut source, &new).await?;
            if reads_otherwise(&old, &source) {
                // What was read and found there says nothing about what is read from now on.
                objects::clear(tx, engagement, target).await?;
                findings::withdraw(tx, engagement, target).await?;
                source.watermark = None;
                source.full_scan_at = None;
            }
            sources::replace(tx, &source).await?;
            self.audit(tx, caller, engagement, "source.changed", &row.value, told(&source))
                .await?;
            refresh(self, tx, engagement, Some(caller.id()), &Cause::Edit).await?;
            Ok(())
        })
        .await
    }

    /// Asks for a run that reads everything, whatever was read before.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a target that is no live directory.
    pub async fn full_scan(
        &self,
        caller: &Caller,
        engagement: EngagementId,
        target: TargetId,
    ) -> Result<Option<RunId>> {
        self.require(self.store(), caller, engagement, Permission::Measure)
            .await?;
        let run = self
            .change(engagement, async |tx: &Tx| {
                let (row, _) = live(tx, engagement, target).await?;
                sources::want_full(tx, target).await?;
                let runs = self
                    .queue_runs(tx, std::slice::from_ref(&row), Trigger::Manual, Some(caller.id()))
                    .await?;
                let detail = json!({ "runs": runs, "full": true });
                self.audit(tx, caller, engagement, "run.requested", &row.value, detail)
                    .await?;
                Ok::<_, Error>(runs.first().copied())
            })
            .await?;
        self.store().wake();
        Ok(run)
    }

    fn blank_source(&self, picture: &Picture, target: TargetId) -> Source {
        Source {
            target,
            organisation: picture.organisation.id,
            engagement: picture.engagement.id,
            url: String::new(),
            security: sources::Security::StartTls,
            bind: BindKind::Anonymous,
            user: None,
            password: None,
            bases: json!([]),
            filter: None,
            roots: None,
            rate: None,
            page: 0,
            mode: sources::Mode::Strict,
            watermark: None,
            full_scan_at: None,
            full_wanted: false,
            changed_at: self.now(),
            version: 1,
        }
    }

    async fn put_into(&self, tx: &Tx, source: &mut Source, new: &Checked) -> Result<()> {
        if new.bind == BindKind::Anonymous {
            source.password = None;
        } else if let Some(password) = &new.password {
            source.password = Some(self.seal_password(tx, source, password).await?);
        }
        put(source, new);
        source.changed_at = self.now();
        Ok(())
    }

    async fn seal_password(&self, tx: &Tx, source: &Source, password: &SecretString) -> Result<Sealed> {
        let place = Source::password_place(source.organisation, source.target);
        let random = |bytes: &mut [u8]| self.entropy().fill(bytes);
        seal::seal(self.store(), tx, place, password, self.now(), &random)
            .await
            .map_err(locked)
    }

    /// `new` as a source that is not kept, to be tried out; `old` is the one that it is to replace.
    pub(super) fn draft(&self, picture: &Picture, old: Option<&Source>, new: &Checked) -> Source {
        let mut source = match old {
            Some(old) => old.clone(),
            None => self.blank_source(picture, TargetId::new(self.ids())),
        };
        put(&mut source, new);
        source
    }
}

/// Everything but the password.
fn put(source: &mut Source, new: &Checked) {
    source.url = new.url.clone();
    source.security = new.security;
    source.bind = new.bind;
    source.user = new.user.clone();
    source.bases = json!(new.bases);
    source.filter = new.filter.clone();
    source.roots = new.roots.clone();
    source.rate = new.rate;
    source.page = new.page;
    source.mode = new.mode;
}

/// The target and the source, if the target is a live directory that is measured.
pub(super) async fn live(tx: &Tx, engagement: EngagementId, target: TargetId) -> Result<(Target, Source)> {
    let row = targets::find(tx, target).await?;
    let row = row.filter(|it| it.engagement == engagement && it.removed_at.is_none());
    let row = row.ok_or(Error::NotFound)?;
    let source = sources::find(tx, target).await?.ok_or(Error::NotFound)?;
    Ok((row, source))
}

fn not_twice(picture: &Picture, name: &str) -> Result<()> {
    let same = |it: &Target| it.family == Family::Directory && it.value == name;
    if !picture.targets.iter().any(same) {
        return Ok(());
    }
    Err(Error::conflict(
        format!("a directory called {name} is measured already: give this one another name"),
        format!("un annuaire appelé {name} est déjà mesuré : donnez un autre nom à celui-ci"),
    ))
}

/// Whether the password of `old` may stay for `new`.
pub(super) fn keeps_password(old: &Source, new: &Checked) -> bool {
    let same_server = old.url == new.url && old.user == new.user && old.bind == new.bind;
    let as_safe = old.security == new.security && old.roots == new.roots;
    old.password.is_some() && same_server && as_safe
}

pub(super) fn needs_password(new: &Checked, keeps: bool) -> Result<()> {
    if new.bind == BindKind::Anonymous || new.password.is_some() || keeps {
        return Ok(());
    }
    Err(Error::invalid(
        "password",
        "type the password; it is kept sealed, and asked for again when server, account or protection change",
        "saisissez le mot de passe ; il est gardé scellé, et redemandé quand le serveur, le compte ou la protection changent",
    ))
}

/// Whether other objects are read, or judged by other rules.
fn reads_otherwise(old: &Source, new: &Source) -> bool {
    (&old.url, &old.bases, &old.filter, old.mode) != (&new.url, &new.bases, &new.filter, new.mode)
}

/// What the audit trail says of a source.
fn told(source: &Source) -> serde_json::Value {
    json!({
        "family": Family::Directory, "url": source.url, "security": source.security, "bind": source.bind, "user": source.user,
        "bases": source.bases, "filter": source.filter, "mode": source.mode,
    })
}
