//! The allocator of the program. Grading makes many small texts, and the script engine lives on small objects: a quarter of a
//! run's instructions were spent in the system's allocator. Without huge pages: two threads alone would take ten MiB more with them,
//! and the threads of a batch a hundred.
//!
//! The library's own way in asks for an alignment each time, which takes two and a half times the instructions of asking for none.
//! Nearly everything is content with what it then gets.

use std::alloc::{GlobalAlloc, Layout};

use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: Allocator = Allocator;

/// [`MiMalloc`], asked for an alignment only where that has to be.
struct Allocator;

/// Every block has this alignment, if it is no smaller: that of a pointer.
const SMALL: usize = size_of::<usize>();
/// Every block of at least so many bytes has this alignment: `MI_MAX_ALIGN_SIZE` of mimalloc.
const LARGE: usize = 16;

/// Whether a block of that layout has its alignment anyway.
#[inline]
fn is_aligned_anyway(size: usize, align: usize) -> bool {
    align <= size && (align <= SMALL || (align == LARGE && size >= LARGE))
}

// SAFETY: all blocks come from mimalloc, whichever of its functions is asked, and it takes them back by their address alone.
// It aligns every block to a pointer, or to its size if that is less, and blocks of 16 bytes and more to 16 (its documentation of
// `mi_malloc` and of `MI_MAX_ALIGN_SIZE`), which is as much as `is_aligned_anyway` counts on.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Allocator {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if is_aligned_anyway(layout.size(), layout.align()) {
            // SAFETY: it may be asked for any size.
            return unsafe { libmimalloc_sys::mi_malloc(layout.size()) }.cast();
        }
        // SAFETY: the caller's.
        unsafe { MiMalloc.alloc(layout) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if is_aligned_anyway(layout.size(), layout.align()) {
            // SAFETY: it may be asked for any size.
            return unsafe { libmimalloc_sys::mi_zalloc(layout.size()) }.cast();
        }
        // SAFETY: the caller's.
        unsafe { MiMalloc.alloc_zeroed(layout) }
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller's.
        unsafe { MiMalloc.dealloc(block, layout) }
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if is_aligned_anyway(size, layout.align()) {
            // SAFETY: the block is of mimalloc, as the caller promises.
            return unsafe { libmimalloc_sys::mi_realloc(block.cast(), size) }.cast();
        }
        // SAFETY: the caller's.
        unsafe { MiMalloc.realloc(block, layout, size) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks of all sizes, as they are made, filled with zeros, and made larger.
    fn check<T: Copy>(value: T) {
        let is_aligned = |block: &Vec<T>| block.as_ptr().addr().is_multiple_of(align_of::<T>());
        let mut kept = Vec::new();
        for length in 1..300 {
            let mut block = Vec::with_capacity(length);
            block.push(value);
            assert!(is_aligned(&block), "{length} of {}", size_of::<T>());
            block.reserve_exact(2 * length);
            assert!(is_aligned(&block), "{length} of {}, made larger", size_of::<T>());
            // The next of its size is another one.
            kept.push(block);
        }
    }

    #[test]
    fn blocks_are_aligned_for_what_they_hold() {
        #[derive(Clone, Copy)]
        #[repr(align(4096))]
        struct Page(#[expect(dead_code, reason = "it takes room")] u8);
        #[derive(Clone, Copy)]
        #[repr(align(32))]
        struct Odd(#[expect(dead_code, reason = "it takes room")] [u8; 96]);

        check(0_u8);
        check(0_u16);
        check(0_u32);
        check(0_u64);
        check(0_u128);
        check([0_u128; 3]);
        check(Odd([0; 96]));
        check(Page(0));
        for length in 1..300 {
            let zeros = vec![0_u128; length];
            assert!(zeros.as_ptr().addr().is_multiple_of(16) && zeros.iter().all(|value| *value == 0));
        }
    }

    #[test]
    fn no_alignment_is_asked_for_where_every_block_has_it() {
        for (size, align, anyway) in
            [(1, 1, true), (24, 8, true), (8, 8, true), (4, 8, false), (16, 16, true), (8, 16, false), (96, 32, false)]
        {
            assert_eq!(is_aligned_anyway(size, align), anyway, "{size} at {align}");
        }
    }
}
