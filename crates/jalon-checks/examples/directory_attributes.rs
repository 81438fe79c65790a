//! Prints the attributes that a live directory is asked for, one a line: `cargo run --example directory_attributes`.

fn main() {
    for attribute in jalon_checks::directory::attributes() {
        println!("{attribute}");
    }
}
