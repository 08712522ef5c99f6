//! The engine's allocator: counts, refuses beyond the limit, and remembers that it did.
//!
//! The engine reports exhausted memory in ways that a script can catch or that look like `throw null`; asking the allocator is
//! the only exact way to know.

use std::cell::Cell;
use std::rc::Rc;

use rquickjs::allocator::{Allocator, RustAllocator};

/// What a realm has allocated, shared with its allocator.
#[derive(Debug, Default)]
pub(super) struct Usage {
    used: Cell<usize>,
    limit: Cell<usize>,
    refused: Cell<bool>,
}

impl Usage {
    pub(super) fn new(limit: usize) -> Rc<Self> {
        let usage = Self::default();
        usage.limit.set(limit);
        Rc::new(usage)
    }

    /// Bytes that are allocated now.
    pub(super) fn used(&self) -> usize {
        self.used.get()
    }

    /// Sets the limit.
    pub(super) fn allow(&self, limit: usize) {
        self.limit.set(limit);
    }

    /// Whether an allocation was refused since the start.
    pub(super) fn was_refused(&self) -> bool {
        self.refused.get()
    }

    fn admits(&self, more: usize) -> bool {
        let fits = self.used.get().saturating_add(more) <= self.limit.get();
        if !fits {
            self.refused.set(true);
        }
        fits
    }

    fn add(&self, size: usize) {
        self.used.set(self.used.get().saturating_add(size));
    }

    fn remove(&self, size: usize) {
        self.used.set(self.used.get().saturating_sub(size));
    }
}

/// The allocator of one runtime.
pub(super) struct Limited(pub(super) Rc<Usage>);

// SAFETY: every method hands its arguments unchanged to `RustAllocator`, which fulfils the contract, or returns null,
// which the contract allows.
#[allow(unsafe_code)]
unsafe impl Allocator for Limited {
    fn alloc(&mut self, size: usize) -> *mut u8 {
        if !self.0.admits(size) {
            return std::ptr::null_mut();
        }
        let pointer = RustAllocator.alloc(size);
        if !pointer.is_null() {
            self.0.add(unsafe { RustAllocator::usable_size(pointer) });
        }
        pointer
    }

    fn calloc(&mut self, count: usize, size: usize) -> *mut u8 {
        if !count.checked_mul(size).is_some_and(|total| self.0.admits(total)) {
            return std::ptr::null_mut();
        }
        let pointer = RustAllocator.calloc(count, size);
        if !pointer.is_null() {
            self.0.add(unsafe { RustAllocator::usable_size(pointer) });
        }
        pointer
    }

    unsafe fn dealloc(&mut self, pointer: *mut u8) {
        unsafe {
            self.0.remove(RustAllocator::usable_size(pointer));
            RustAllocator.dealloc(pointer);
        }
    }

    unsafe fn realloc(&mut self, pointer: *mut u8, new_size: usize) -> *mut u8 {
        let old_size = unsafe { RustAllocator::usable_size(pointer) };
        if !self.0.admits(new_size.saturating_sub(old_size)) {
            return std::ptr::null_mut();
        }
        let moved = unsafe { RustAllocator.realloc(pointer, new_size) };
        if !moved.is_null() {
            self.0.remove(old_size);
            self.0.add(unsafe { RustAllocator::usable_size(moved) });
        }
        moved
    }

    unsafe fn usable_size(pointer: *mut u8) -> usize {
        unsafe { RustAllocator::usable_size(pointer) }
    }
}
