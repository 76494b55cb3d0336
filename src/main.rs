//! The command line. Everything is in [`crossfoot::cli`].

use crossfoot::cli::{self, Allocator};

#[global_allocator]
static ALLOCATOR: Allocator = cli::allocator();

fn main() -> std::process::ExitCode {
    cli::run(&ALLOCATOR)
}
