//! Stack for what recurses as deeply as code is nested.

/// Bytes of stack for each byte of code. Measured: `[` and `{` cost the parser the most, two to three KB without
/// optimization and well below one with it; visitors take less.
const PER_BYTE: usize = if cfg!(debug_assertions) { 8 * 1024 } else { 2 * 1024 };
/// Bytes of stack for everything else.
const BASE: usize = 256 * 1024;

/// Does work that recurses with the nesting of code that is `length` bytes long: on this stack where that is enough for
/// any code of this length, else on one of its own. Bound the length first; a page of stack that is not used costs nothing.
pub fn with_stack_for<R>(length: usize, work: impl FnOnce() -> R) -> R {
    let stack = BASE + length * PER_BYTE;
    stacker::maybe_grow(stack, stack, work)
}
