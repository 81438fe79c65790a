//! Who else holds what a plan proposes: a correction may be somebody's sound address, of which no finding speaks. The
//! directory as it was measured is read once more, from the export that was handed in or from the copy that is kept.

use std::io::BufReader;

use futures::TryStreamExt;
use jalon_checks::directory::fix::{Plan, Watch};
use jalon_store::{
    StoreError,
    directory::{objects, sources},
    targets::Target,
};
use jalon_wire::{export::Export, ldif, source::Limits};
use tokio_util::io::{StreamReader, SyncIoBridge};

use super::plan::blocking;
use crate::{App, Error, Result, measure::unpack};

/// Objects of the copy that are looked at together.
const PAGE: u64 = 4_000;

impl App {
    /// The plan without what somebody else holds.
    pub(super) async fn compared(&self, target: &Target, mut plan: Plan) -> Result<Plan> {
        let watch = Watch::of(&plan);
        if watch.is_empty() {
            return Ok(plan);
        }
        let watch = if sources::find(self.store(), target.id).await?.is_some() {
            self.met_in_copy(target, watch).await?
        } else {
            self.met_in_export(target, watch).await?
        };
        blocking(move || {
            plan.give_way(&watch);
            plan
        })
        .await
    }

    async fn met_in_export(&self, target: &Target, mut watch: Watch) -> Result<Watch> {
        let file = target.attachment.ok_or(Error::NotFound)?;
        let (_, bytes) = self.store().files().stream(file).await?.ok_or(Error::NotFound)?;
        let bytes = StreamReader::new(bytes.map_err(std::io::Error::other));
        let reader = BufReader::with_capacity(1 << 20, SyncIoBridge::new(Box::pin(bytes)));
        let name = target.value.clone();
        blocking(move || {
            let mut export = Export::from_reader(reader, &name, Limits::default())
                .map_err(|it| StoreError::Broken(format!("{name}: {it}")))?;
            while let Some(entry) = export.next_entry() {
                // What cannot be read was told when it was measured.
                let Ok(entry) = entry else { continue };
                watch.meet(entry.dn, entry.attributes);
            }
            Ok(watch)
        })
        .await?
    }

    async fn met_in_copy(&self, target: &Target, mut watch: Watch) -> Result<Watch> {
        let mut after: Option<String> = None;
        loop {
            let page = objects::page(self.store(), target.engagement, target.id, after.as_deref(), PAGE).await?;
            let Some(last) = page.last() else {
                return Ok(watch);
            };
            after = Some(last.0.clone());
            watch = blocking(move || -> Result<Watch> {
                let mut text = Vec::new();
                for (_, packed) in &page {
                    unpack(packed, &mut text).map_err(|it| StoreError::Broken(it.to_string()))?;
                }
                let mut reader = ldif::Reader::new(&text[..]);
                while let Some(entry) = reader.next_entry() {
                    let entry = entry.map_err(|it| StoreError::Broken(it.to_string()))?;
                    watch.meet(entry.dn, entry.attributes);
                }
                Ok(watch)
            })
            .await??;
        }
    }
}
