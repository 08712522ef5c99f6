//! What stands between the project and the test: the browser's rules, and the network.

mod address;
mod clock;
mod cors;
mod transport;

pub(super) use address::explain as own_address;
pub(super) use clock::explain as clock;
pub(super) use cors::explain as refusal;
pub(super) use transport::{duration, explain as transport};
