//! The files of a rule's fix. A directory's may be large: it is written into a temporary file and streamed from there.

use std::{
    fs::File,
    io::{self, BufWriter, Seek, Write},
};

use bytes::Bytes;
use futures::stream::{BoxStream, StreamExt};
use jalon_checks::directory::fix::{Plan, write_ldif, write_powershell, write_review};
use jalon_domain::{
    ids::{EngagementId, RuleId},
    text::Lang,
};
use jalon_store::{StoreError, findings, findings::FindingFilter};
use tokio_util::io::ReaderStream;

use super::{FixPart, FixScope, is_of_objects, plan::blocking};
use crate::{
    App, Caller, Error, Permission, Result,
    view::{build::open_findings, remediation::joined},
};

/// Findings whose own fixes go into one file at most.
const MOST: u64 = 20_000;

/// A file to be saved.
pub struct FixFile {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub body: BoxStream<'static, io::Result<Bytes>>,
}

impl App {
    /// A file of the fix of a rule's open findings, with sentences in `lang`.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is nothing to fix, or no such file of this fix; [`Error::Invalid`] when several
    /// directories break the rule and none is named.
    pub async fn fix_file(
        &self,
        caller: &Caller,
        id: EngagementId,
        rule: &RuleId,
        part: FixPart,
        scope: &FixScope,
        lang: Lang,
    ) -> Result<FixFile> {
        self.require(self.store(), caller, id, Permission::See).await?;
        if !is_of_objects(rule) {
            return self.own_fixes(id, rule, part).await;
        }
        let plan = self.planned(id, rule, scope).await?.plan;
        let file = tokio::fs::File::from_std(written(plan, part, lang).await?);
        Ok(FixFile {
            name: part.file_name(rule),
            media_type: part.media_type(),
            body: ReaderStream::with_capacity(file, 64 << 10).boxed(),
        })
    }

    /// The fixes that findings bring with them, one after the other: zone lines, steps.
    async fn own_fixes(&self, id: EngagementId, rule: &RuleId, part: FixPart) -> Result<FixFile> {
        let filter = FindingFilter {
            rules: vec![rule.clone()],
            ..open_findings()
        };
        let (rows, _) = findings::page(self.store(), id, &filter, None, MOST).await?;
        let fix = joined(rows.iter().filter_map(|it| it.defect.fix.as_ref())).ok_or(Error::NotFound)?;
        let (word, text) = match part {
            FixPart::Changes => ("fix", fix.text),
            FixPart::Undo => ("undo", fix.undo.ok_or(Error::NotFound)?),
            FixPart::Script | FixPart::Review => return Err(Error::NotFound),
        };
        Ok(FixFile {
            name: fix.kind.file_name(word, rule),
            media_type: "text/plain; charset=utf-8",
            body: futures::stream::once(async { Ok(text.into()) }).boxed(),
        })
    }
}

/// One file of a plan, written and ready to be read from its beginning. It is gone once it is closed.
pub(super) async fn written(plan: Plan, part: FixPart, lang: Lang) -> Result<File> {
    let write = move || -> io::Result<File> {
        let mut out = BufWriter::new(tempfile::tempfile()?);
        write(&plan, part, lang, &mut out)?;
        let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        Ok(file)
    };
    let file = blocking(write).await?;
    file.map_err(|it| StoreError::Unreachable(format!("temporary files: {it}")).into())
}

/// Writes one file of a plan.
pub(super) fn write(plan: &Plan, part: FixPart, lang: Lang, out: impl Write) -> io::Result<()> {
    match part {
        FixPart::Changes => write_ldif(&plan.objects, out),
        FixPart::Undo => write_ldif(&plan.undo(), out),
        FixPart::Script => write_powershell(plan, lang, out),
        FixPart::Review => write_review(plan, lang, out),
    }
}
