//! Assigns levels to headings.

/// What marks a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HeadingMark {
    /// Markdown's `#`, counted.
    Hashes(u8),
    /// A number, by its depth.
    Numbered(u8),
    /// Neither: it is a heading by its shape or by bold type.
    Plain,
}

/// What is remembered of earlier headings to assign the next level.
#[derive(Debug, Default)]
pub(super) struct Levels {
    /// Whether anything but headings has been met.
    pub content: bool,
    hashes: u8,
    numbered: u8,
    /// Whether the last outer unmarked heading was directly followed by another one, so that it is the parent of those
    /// that come.
    parent: bool,
}

impl Levels {
    /// The level of the next heading; `followed` says that another unmarked heading follows directly.
    ///
    /// The title is 1, numbered headings are their depth below it, and unmarked ones stand one below the last that is
    /// marked. Unmarked headings cannot show their depth; the one hint is that a heading without text of its own holds
    /// those that follow it.
    pub fn next(&mut self, mark: HeadingMark, followed: bool) -> u8 {
        match mark {
            HeadingMark::Hashes(level) => {
                (self.hashes, self.numbered, self.parent) = (level, 0, false);
                level
            }
            HeadingMark::Numbered(depth) => {
                self.parent = false;
                self.numbered = depth.saturating_add(1).min(9);
                self.numbered
            }
            HeadingMark::Plain if !self.content && self.numbered == 0 && self.hashes <= 1 => 1,
            HeadingMark::Plain => {
                let base = self.numbered.max(self.hashes).max(1) + 1;
                if followed {
                    self.parent = true;
                    return base;
                }
                base + u8::from(self.parent)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_follow_marks() {
        let mut levels = Levels::default();
        assert_eq!(levels.next(HeadingMark::Plain, false), 1);
        levels.content = true;
        assert_eq!(levels.next(HeadingMark::Plain, false), 2);
        assert_eq!(levels.next(HeadingMark::Numbered(1), false), 2);
        assert_eq!(levels.next(HeadingMark::Numbered(2), false), 3);
        assert_eq!(levels.next(HeadingMark::Plain, true), 4);
        assert_eq!(levels.next(HeadingMark::Plain, false), 5);
        assert_eq!(levels.next(HeadingMark::Numbered(1), false), 2);
        assert_eq!(levels.next(HeadingMark::Plain, false), 3);
        assert_eq!(levels.next(HeadingMark::Hashes(3), false), 3);
        assert_eq!(levels.next(HeadingMark::Plain, false), 4);
    }
}
