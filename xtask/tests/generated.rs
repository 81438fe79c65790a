//! What `cargo xtask sync` writes is committed and up to date.

use std::process::Command;

#[test]
fn the_generated_lists_are_up_to_date() {
    let xtask = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["sync", "--check"])
        .output();
    let output = xtask.expect("cargo built it");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
