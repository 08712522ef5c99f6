//! Walks over the terms of a regular expression.

use oxc_regular_expression::ast::{Disjunction, Term};

/// Calls `then` with each alternative's terms, the outermost first.
pub fn walk<'p, 'a>(body: &'p Disjunction<'a>, then: &mut dyn FnMut(&'p [Term<'a>])) {
    for alternative in &body.body {
        then(&alternative.body);
        for term in &alternative.body {
            inside(term, then);
        }
    }
}

fn inside<'p, 'a>(term: &'p Term<'a>, then: &mut dyn FnMut(&'p [Term<'a>])) {
    match term {
        Term::CapturingGroup(group) => walk(&group.body, then),
        Term::IgnoreGroup(group) => walk(&group.body, then),
        Term::LookAroundAssertion(assertion) => walk(&assertion.body, then),
        Term::Quantifier(quantifier) => {
            then(std::slice::from_ref(&quantifier.body));
            inside(&quantifier.body, then);
        }
        _ => {}
    }
}

/// Whether a term matches the empty text wherever it is tried.
pub fn may_be_empty(term: &Term<'_>) -> bool {
    match term {
        Term::Quantifier(quantifier) => quantifier.min == 0 || may_be_empty(&quantifier.body),
        Term::CapturingGroup(group) => matches_empty(&group.body),
        Term::IgnoreGroup(group) => matches_empty(&group.body),
        _ => false,
    }
}

/// Whether some alternative matches the empty text wherever it is tried.
pub fn matches_empty(body: &Disjunction<'_>) -> bool {
    body.body.iter().any(|alternative| alternative.body.iter().all(may_be_empty))
}
