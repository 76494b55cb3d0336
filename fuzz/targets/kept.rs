#![no_main]
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(|bytes: &[u8]| crossfoot_fuzz::kept(bytes));

// The first input is what the program writes.
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    if size > 1 {
        return fuzzer_mutate(data, size, max_size);
    }
    let written = crossfoot_fuzz::written(seed);
    let most = written.len().min(max_size);
    data[..most].copy_from_slice(&written[..most]);
    most
});
