//! The command line. Everything is in [`crossfoot::cli`].

fn main() -> std::process::ExitCode {
    crossfoot::cli::run()
}
