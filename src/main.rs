//! The command line. Everything is in [`crossfoot::cli`].

/// A document is many small texts and lists: workbooks are checked in a tenth less time than with the allocator of glibc.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    crossfoot::cli::run()
}
