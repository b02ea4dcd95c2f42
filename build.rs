//! Tells cargo which files that are not Rust become part of the program.

fn main() {
    for folder in ["knowledge", "migrations", "locales"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
