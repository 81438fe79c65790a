//! Looks whether the embedded third-party files are there, and says what to run when they are not. Downloads nothing.

use std::path::Path;

/// What `cargo xtask assets` puts into `assets/dist/`.
const EXPECTED: [&str; 2] = ["htmx.min.js", "tabler.min.css"];

fn main() {
    for name in EXPECTED {
        let path = Path::new("assets/dist").join(name);
        println!("cargo::rerun-if-changed={}", path.display());
        if !path.is_file() {
            println!("cargo::error={} is missing; run: cargo xtask assets", path.display());
        }
    }
    println!("cargo::rerun-if-changed=build.rs");
    // Embedding happens at compile time: a changed file of ours must rebuild the crate.
    println!("cargo::rerun-if-changed=assets");
}
