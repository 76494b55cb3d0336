//! Writes objects as a PDF has them.

use hayro_interpret::hayro_syntax::object::{Dict, MaybeRef, ObjRef, Object, ObjectIdentifier};
use std::fmt;
use std::io::Write as _;

/// A number, to a thousandth, without the exponent that the format does not know.
pub(super) struct Number(pub f64);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Adding 0 makes a plain zero of a negative one.
        write!(f, "{}", (self.0 * 1000.0).round() / 1000.0 + 0.0)
    }
}

/// A reference to an object.
#[derive(Clone, Copy)]
pub(super) struct Reference(u32, i32);

impl From<ObjectIdentifier> for Reference {
    fn from(id: ObjectIdentifier) -> Reference {
        Reference(id.obj_number, id.gen_number)
    }
}

impl From<ObjRef> for Reference {
    fn from(id: ObjRef) -> Reference {
        Reference(id.obj_number, id.gen_number)
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} R", self.0, self.1)
    }
}

/// A text: plain where it is of ASCII, which reads alike in all encodings, and else in UTF-16. Lines end in a carriage
/// return, as the format has them in notes.
pub(super) fn text(out: &mut Vec<u8>, text: &str) {
    let text = text.replace("\r\n", "\r").replace('\n', "\r");
    if text.bytes().all(|b| matches!(b, b' '..=b'~' | b'\r' | b'\t')) {
        out.push(b'(');
        for byte in text.bytes() {
            match byte {
                b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
                b'\r' => out.extend_from_slice(b"\\r"),
                byte => out.push(byte),
            }
        }
        out.push(b')');
    } else {
        hex(out, std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes));
    }
}

fn hex(out: &mut Vec<u8>, bytes: impl IntoIterator<Item = u8>) {
    out.push(b'<');
    for byte in bytes {
        let _ = write!(out, "{byte:02X}");
    }
    out.push(b'>');
}

fn name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for &byte in name {
        if byte.is_ascii_graphic() && !b"#%()/<>[]{}".contains(&byte) {
            out.push(byte);
        } else {
            let _ = write!(out, "#{byte:02X}");
        }
    }
}

/// The entries of a dictionary, without some keys, in the order of their names. What is nested in them is copied as it
/// stands.
pub(super) fn entries(out: &mut Vec<u8>, dict: &Dict<'_>, without: &[&[u8]]) {
    for (key, value) in dict.entries().filter(|(key, _)| !without.contains(&key.as_ref())) {
        name(out, &key);
        out.push(b' ');
        match value {
            MaybeRef::Ref(id) => drop(write!(out, "{}", Reference::from(id))),
            MaybeRef::NotRef(object) => direct(out, &object),
        }
    }
}

fn direct(out: &mut Vec<u8>, object: &Object<'_>) {
    match object {
        // Streams are never direct objects.
        Object::Null(_) | Object::Stream(_) => out.extend_from_slice(b"null"),
        Object::Boolean(value) => drop(write!(out, "{value}")),
        Object::Number(number) if number.as_f64() == number.as_i64() as f64 => {
            let _ = write!(out, "{}", number.as_i64());
        }
        Object::Number(number) => drop(write!(out, "{}", number.as_f64())),
        Object::String(string) => hex(out, string.iter().copied()),
        Object::Name(word) => name(out, word),
        Object::Dict(dict) => out.extend_from_slice(dict.data()),
        Object::Array(array) => {
            out.push(b'[');
            out.extend_from_slice(array.data());
            out.push(b']');
        }
    }
}
