//! What the keys mean.

/// A key that means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// Show all hints.
    All,
    /// Show only the hints that did not pass.
    Failed,
    /// Go to the next challenge.
    Next,
    /// Show or hide the description.
    Description,
    /// Grade again.
    Again,
    /// Draw everything anew.
    Redraw,
    /// Leave.
    Quit,
    /// So many lines down, or up.
    Lines(i32),
    /// So many screens down, or up.
    Pages(i32),
    /// To the first line.
    Top,
    /// To the last line.
    Bottom,
}

impl Key {
    /// The meaning of a character; `control` when it was typed with Ctrl.
    pub fn of(character: char, control: bool) -> Option<Self> {
        Some(match (character.to_ascii_lowercase(), control) {
            ('c' | 'd' | 'q', true) | ('q', false) => Self::Quit,
            ('l', true) => Self::Redraw,
            ('a', false) => Self::All,
            ('f', false) => Self::Failed,
            ('n', false) => Self::Next,
            ('d', false) => Self::Description,
            ('r', false) => Self::Again,
            ('j', false) => Self::Lines(1),
            ('k', false) => Self::Lines(-1),
            (' ', false) => Self::Pages(1),
            ('b', false) => Self::Pages(-1),
            ('g', false) if character == 'g' => Self::Top,
            ('g', false) => Self::Bottom,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_control_letters() {
        assert_eq!(Key::of('A', false), Some(Key::All));
        assert_eq!(Key::of('c', true), Some(Key::Quit));
        assert_eq!(Key::of('c', false), None);
        assert_eq!(Key::of('d', false), Some(Key::Description));
        assert_eq!((Key::of('g', false), Key::of('G', false)), (Some(Key::Top), Some(Key::Bottom)));
    }
}
