//! The allocator of the program. Grading makes many small texts, and the script engine lives on small objects: a quarter of a
//! run's instructions were spent in the system's allocator. Without huge pages: two threads alone would take ten MiB more with them,
//! and the threads of a batch a hundred.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
