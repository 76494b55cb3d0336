//! JSON: one object, or an array that is written as its members come.

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};
use std::io::{self, Write};

/// Writes one value, on one line or indented, with a line break at its end.
///
/// # Errors
/// Whatever the writer says.
pub fn write(out: &mut dyn Write, value: &impl Serialize, pretty: bool) -> io::Result<()> {
    put(out, value, pretty)?;
    out.write_all(b"\n")
}

/// Writes a member of an array; `first` says that it is the first. [`end`] closes the array.
///
/// # Errors
/// Whatever the writer says.
pub fn member(out: &mut dyn Write, value: &impl Serialize, first: bool, pretty: bool) -> io::Result<()> {
    out.write_all(if first { b"[\n" } else { b",\n" })?;
    put(out, value, pretty)
}

/// Writes through a buffer, because the serialiser writes each space and quotation mark by itself.
fn put(out: &mut dyn Write, value: &impl Serialize, pretty: bool) -> io::Result<()> {
    let mut chunks = Chunks { out, kept: Vec::with_capacity(CHUNK) };
    value
        .serialize(&mut Serializer::with_formatter(&mut chunks, Layout(pretty.then(PrettyFormatter::new))))?;
    chunks.send()
}

/// Indented, or on one line. One type does both, so that the code that writes each kind of value is built once.
struct Layout(Option<PrettyFormatter<'static>>);

macro_rules! laid_out {
    ($($mark:ident($($first:ident)?))*) => {
        impl Formatter for Layout {
            $(fn $mark<W: ?Sized + Write>(&mut self, out: &mut W $(, $first: bool)?) -> io::Result<()> {
                match &mut self.0 {
                    Some(pretty) => pretty.$mark(out $(, $first)?),
                    None => CompactFormatter.$mark(out $(, $first)?),
                }
            })*
        }
    };
}

laid_out! {
    begin_array() end_array() begin_array_value(first) end_array_value()
    begin_object() end_object() begin_object_key(first) begin_object_value() end_object_value()
}

/// The size of the buffer in bytes.
const CHUNK: usize = 64 << 10;

/// Collects small writes into larger ones.
struct Chunks<'a> {
    out: &'a mut dyn Write,
    kept: Vec<u8>,
}

impl Chunks<'_> {
    fn send(&mut self) -> io::Result<()> {
        self.out.write_all(&self.kept)?;
        self.kept.clear();
        Ok(())
    }
}

impl Write for Chunks<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.kept.extend_from_slice(bytes);
        if self.kept.len() >= CHUNK {
            self.send()?;
        }
        Ok(bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes).map(drop)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.send()
    }
}

/// Closes an array of which members were written, or writes an empty one.
///
/// # Errors
/// Whatever the writer says.
pub fn end(out: &mut dyn Write, empty: bool) -> io::Result<()> {
    out.write_all(if empty { b"[]\n" } else { b"\n]\n" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_is_json_at_every_length() {
        for length in 0..3_usize {
            let mut out = Vec::new();
            for n in 0..length {
                member(&mut out, &[n], n == 0, length == 2).unwrap();
            }
            end(&mut out, length == 0).unwrap();
            let read: Vec<[usize; 1]> = serde_json::from_slice(&out).unwrap();
            assert_eq!(read, (0..length).map(|n| [n]).collect::<Vec<_>>());
        }
    }
}
