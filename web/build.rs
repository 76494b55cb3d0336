//! The stack of the instance: the command line reads on stacks of 64 MB, and what a browser gives without this is 1 MB.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-link-arg-cdylib=-zstack-size=16777216");
}
