//! A server on a free loopback port that serves a project held in memory, the way a freeCodeCamp project does, and
//! that can be told to misbehave. `grade demo`, the tests and the benchmarks use it.

mod cors;
mod encode;
mod fault;
mod messages;
mod project;
mod raw;
mod record;
mod running;
mod sample_files;
mod samples;
mod server;
mod session;

pub use cors::{AllowOrigin, CorsPolicy, Preflight};
pub use encode::Encoding;
pub use fault::{Fault, Faults};
pub use messages::EmptyMessages;
pub use project::{Project, Route};
pub use record::Seen;
pub use running::{Running, Testbed};
pub use samples::{Sample, SampleError, samples, samples_in};
