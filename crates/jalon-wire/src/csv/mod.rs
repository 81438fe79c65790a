//! Directory exports as tables: `csvde`, PowerShell (`Export-Csv`), spreadsheets. Rows become the
//! same entries as LDIF gives; columns get the names a directory uses.

mod columns;
mod dialect;
mod reader;
#[cfg(test)]
mod tests;

pub use reader::Reader;
