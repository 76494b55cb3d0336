//! Checks a page's content before it is interpreted: whether its checksum is right and how large it can unpack.

use super::settings::SETTINGS;
use hayro_interpret::hayro_syntax::object::{Array, Dict, MaybeRef, Name, Stream};
use hayro_interpret::hayro_syntax::page::Page;

/// The state of a page's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// No fault was found.
    Sound,
    /// It is cut off, or does not unpack to what was packed.
    Damaged,
    /// It may unpack to more than `Settings::max_page_content`.
    TooLarge,
}

/// The most that a byte of Flate can unpack to.
const FLATE: usize = 1032;

pub(crate) fn check(page: &Page<'_>) -> State {
    let single: Option<Stream<'_>> = page.raw().get(b"Contents");
    let alone = single.is_some();
    let streams: Vec<Stream<'_>> = match single {
        Some(stream) => vec![stream],
        None => match page.raw().get::<Array<'_>>(b"Contents") {
            Some(list) => list.iter::<Stream<'_>>().take(SETTINGS.max_streams).collect(),
            None => Vec::new(),
        },
    };
    if is_missing(page, streams.len()) {
        return State::Damaged;
    }
    let whole: usize = streams.iter().map(bound).fold(0, usize::saturating_add);
    if whole > SETTINGS.max_page_content {
        return State::TooLarge;
    }
    let damaged = match streams.as_slice() {
        // The page caches its own stream, so this unpacks it only once. A list with one stream is cached with a blank
        // at its end.
        [one] if alone => page.page_stream().map_or(packed(one), |content| is_damaged(one, content)),
        many => many.iter().any(|s| s.decoded_data().map_or(true, |content| is_damaged(s, &content))),
    };
    if damaged { State::Damaged } else { State::Sound }
}

/// Whether the page refers to streams that are not in the file. `found` is the number of content streams that are.
fn is_missing(page: &Page<'_>, found: usize) -> bool {
    let list = page.raw().get::<Array<'_>>(b"Contents");
    let named = list.map_or(usize::from(page.raw().get_ref(b"Contents").is_some()), |list| {
        list.raw_iter().take(SETTINGS.max_streams).filter(|part| matches!(part, MaybeRef::Ref(_))).count()
    });
    let forms = page.raw().get::<Dict<'_>>(b"Resources").and_then(|all| all.get::<Dict<'_>>(b"XObject"));
    let lost = |forms: Dict<'_>| {
        let keys: Vec<Name<'_>> = forms.keys().take(SETTINGS.max_streams).collect();
        keys.iter().any(|key| forms.get_ref(key).is_some() && forms.get::<Stream<'_>>(key).is_none())
    };
    named > found || forms.is_some_and(lost)
}

fn packed(stream: &Stream<'_>) -> bool {
    !stream.raw_data().is_empty()
}

fn filters(stream: &Stream<'_>) -> Vec<String> {
    let dict = stream.dict();
    match dict.get::<Name<'_>>(b"Filter") {
        Some(one) => vec![one.as_str().to_owned()],
        None => {
            let list = dict.get::<Array<'_>>(b"Filter");
            list.map_or(Vec::new(), |l| {
                l.iter::<Name<'_>>().take(20).map(|n| n.as_str().to_owned()).collect()
            })
        }
    }
}

fn is_flate(filter: &str) -> bool {
    matches!(filter, "FlateDecode" | "Fl")
}

/// The most that a stream can unpack to.
fn bound(stream: &Stream<'_>) -> usize {
    let length = stream.raw_data().len();
    let layers =
        filters(stream).iter().filter(|f| is_flate(f) || matches!(f.as_str(), "LZWDecode" | "LZW")).count();
    // With one layer of compression the length of the file is limit enough.
    if layers < 2 { length } else { length.saturating_mul(FLATE.saturating_pow(layers as u32)) }
}

/// Whether the checksum at the end of a Flate stream differs from that of its content.
fn is_damaged(stream: &Stream<'_>, content: &[u8]) -> bool {
    let raw = stream.raw_data();
    let flate = matches!(filters(stream).as_slice(), [only] if is_flate(only));
    if !flate || raw.len() > SETTINGS.max_checked_content || raw.len() < 8 {
        return false;
    }
    let sum = adler(content).to_be_bytes();
    // Some writers add bytes after the checksum and some omit it. In a sound stream it is among the last 16 bytes.
    let tail = raw.get(raw.len().saturating_sub(16)..).unwrap_or_default();
    !tail.windows(4).any(|w| w == sum)
}

/// The Adler-32 checksum.
fn adler(bytes: &[u8]) -> u32 {
    let (mut a, mut b) = (1u32, 0u32);
    for chunk in bytes.chunks(5_552) {
        for byte in chunk {
            a += u32::from(*byte);
            b += a;
        }
        a %= 65_521;
        b %= 65_521;
    }
    b << 16 | a
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_sum_is_that_of_zlib() {
        assert_eq!(super::adler(b"Wikipedia"), 0x11E6_0398);
        assert_eq!(super::adler(&[0xFF; 100_000]), 0x149A_302C);
    }
}
