//! Which slots an expression reads.

use super::plan::{Expr, Slot};

impl Expr {
    /// Calls `visit` for each slot that the expression reads, in order.
    pub(in crate::port) fn each_slot(&self, visit: &mut impl FnMut(Slot)) {
        match self {
            Self::Slot(slot) | Self::Response(slot, _) | Self::Error(slot, _) => visit(*slot),
            Self::Header(slot, name) => {
                visit(*slot);
                name.each_slot(visit);
            }
            Self::Const(_) | Self::Code | Self::Now | Self::Date(None) => {}
            Self::Member { object, key, .. } => {
                object.each_slot(visit);
                key.each_slot(visit);
            }
            Self::Chain(inner)
            | Self::Not(inner)
            | Self::Negate(inner)
            | Self::ToNumber(inner)
            | Self::TypeOf(inner)
            | Self::Date(Some(inner))
            | Self::Global { argument: inner, .. }
            | Self::Test { text: inner, .. }
            | Self::Match { text: inner, .. } => inner.each_slot(visit),
            Self::Template(parts) | Self::Array(parts) => {
                for part in parts {
                    part.each_slot(visit);
                }
            }
            Self::Object(entries) | Self::Form(entries, _) => {
                for (_, part) in entries {
                    part.each_slot(visit);
                }
            }
            Self::Url(url, base) => {
                url.each_slot(visit);
                if let Some(base) = base {
                    base.each_slot(visit);
                }
            }
            Self::Binary { left, right, .. }
            | Self::And(left, right)
            | Self::Or(left, right)
            | Self::Coalesce(left, right) => {
                left.each_slot(visit);
                right.each_slot(visit);
            }
            Self::Conditional(test, yes, no) => {
                test.each_slot(visit);
                yes.each_slot(visit);
                no.each_slot(visit);
            }
            Self::Call { receiver, arguments, .. } => {
                receiver.each_slot(visit);
                for argument in arguments {
                    argument.each_slot(visit);
                }
            }
            Self::Replace { text, by, .. } => {
                text.each_slot(visit);
                by.each_slot(visit);
            }
            Self::Walk { array, body, .. } => {
                array.each_slot(visit);
                body.each_slot(visit);
            }
        }
    }
}
