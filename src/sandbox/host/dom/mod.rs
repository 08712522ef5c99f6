//! The document tree behind `DOMParser`: an arena of our own, filled by html5ever or by an XML reader.

mod bind;
mod edit;
mod html;
mod select;
mod select_element;
mod serialize;
mod sink;
mod store;
mod tree;
mod xml;

pub(super) use bind::install;
