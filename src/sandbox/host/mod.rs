//! The native halves of the web APIs, one file each.

mod base64;
mod bytes;
mod crypto;
mod dom;
mod form_data;
mod intl;
mod nullable;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod text;
mod url;
