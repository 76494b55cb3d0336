#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| crossfoot_fuzz::document("report.pdf", bytes));
