//! What a block could do to the page, read off its syntax tree: which browser globals it names, and whether it might
//! change something that other hints rely on.

use std::collections::{HashMap, HashSet};

use oxc_ast::ast::{
    AssignmentTarget, AssignmentTargetPropertyIdentifier, BindingIdentifier, BindingPattern, BindingProperty,
    CallExpression, ComputedMemberExpression, Expression, FormalParameter, IdentifierName, IdentifierReference,
    ImportExpression, PropertyKey, SimpleAssignmentTarget, StaticMemberExpression, StringLiteral, ThisExpression,
    UnaryExpression, UnaryOperator, VariableDeclarator,
};
use oxc_ast_visit::{Visit, walk};
use oxc_span::GetSpan;

use super::assertions;
use super::globals::{is_provided, keep_nothing, modules_of};
use super::source::Call;
use super::wording;
use crate::scope::is_browser_global;

/// Names through which shared objects can be changed or reached in ways that the tree does not show. Conservative:
/// a name too many costs a millisecond, a name too few lets a hint meddle with the next one.
const RISKY: &[&str] = &[
    "Function",
    "Proxy",
    "Reflect",
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
    "__proto__",
    "add",
    "addEventListener",
    "ajaxSetup",
    "apply",
    "assign",
    "bind",
    "call",
    "clear",
    "constructor",
    "copyWithin",
    "defineProperties",
    "defineProperty",
    "delete",
    "deleteProperty",
    "eval",
    "extend",
    "fill",
    "freeze",
    "getPrototypeOf",
    "globalThis",
    "groupBy",
    "length",
    "overwriteMethod",
    "overwriteProperty",
    "pop",
    "preventExtensions",
    "prototype",
    "push",
    "reverse",
    "seal",
    "self",
    "set",
    "setPrototypeOf",
    "setTimeout",
    "shift",
    "sort",
    "splice",
    "unshift",
    "use",
    "window",
    "parent",
    "top",
    "frames",
];

/// Receivers whose methods of these names cannot touch anything shared: fresh objects of the block itself.
const FRESH: &[&str] = &["XMLHttpRequest", "FormData", "URL", "URLSearchParams", "Headers", "Date", "Map", "Set"];

const ASSERT: &str = "assert";

/// Objects of ours with which a block does no harm as long as it only calls them and their members by name.
const SHARED: &[&str] = &[ASSERT, "$", "jQuery", "console"];

/// Names with which a block could tell a page that has been used before from a new one.
const TELLING: &[&str] = &[
    "FinalizationRegistry",
    "WeakRef",
    "getOwnPropertyDescriptor",
    "getOwnPropertyDescriptors",
    "getOwnPropertyNames",
    "getOwnPropertySymbols",
];

/// Methods of the console that the next ones depend on.
const COUNTING: &[&str] = &["count", "countReset", "group", "groupCollapsed", "groupEnd"];

/// What the scan found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Scan {
    /// Browser globals that the block names, in any role in which that might be the global, and that we lack.
    pub(super) lacking: Vec<String>,
    /// Modules of the prelude whose globals the block names, see [`super::globals::modules_of`].
    pub(super) modules: u64,
    /// Methods of `assert` that the block names; all of them where it does more with `assert` than to call it.
    pub(super) assertions: Vec<&'static str>,
    /// Modules that change an intrinsic which the block mentions, see [`super::globals::patches_of`].
    pub(super) patches: u8,
    /// Whether the block might change what other hints rely on.
    pub(super) may_meddle: bool,
    /// Whether it might leave anything in the page by which another one could be told from a new one, or might itself
    /// tell them apart. Whatever may meddle does.
    pub(super) leaves_trace: bool,
}

impl Scan {
    /// Adds what was found in code that runs in front of it.
    pub(super) fn join(&mut self, other: &Self) {
        self.lacking.extend(other.lacking.iter().cloned());
        self.modules |= other.modules;
        self.assertions.extend(&other.assertions);
        self.patches |= other.patches;
        self.may_meddle |= other.may_meddle;
        self.leaves_trace |= other.leaves_trace;
    }
}

/// Collects a [`Scan`] from the tree of a block.
#[derive(Default)]
pub(super) struct Scanner {
    names: HashSet<String>,
    /// Those among the names that stand for a variable.
    variables: HashSet<String>,
    may_meddle: bool,
    /// Local names by how often they are declared, and whether always with a fresh object.
    locals: HashMap<String, (usize, bool)>,
    /// Classes whose objects were taken for fresh ones.
    classes: HashSet<String>,
    /// All names that the block declares, in whatever scope, and how often; and those that it assigns to.
    declared: HashMap<String, usize>,
    assigned: Vec<String>,
    /// Bases of member assignments and risky method calls, judged when all declarations are known.
    doubtful: Vec<Option<String>>,
    calls: Vec<Call>,
    /// `assert` is used as a value of its own.
    assert_escapes: bool,
    /// One of [`SHARED`] is, or `this`, which is the global object outside of functions.
    shared_escapes: bool,
}

impl Scanner {
    pub(super) fn finish(self) -> Scan {
        // What the block itself has given the name of a class may make any object.
        let genuine = !self.classes.iter().any(|class| self.declared.contains_key(class));
        let fresh =
            |name: &String| genuine && self.locals.get(name) == Some(&(1, true)) && self.declared.get(name) == Some(&1);
        let doubt = self.doubtful.iter().any(|base| !base.as_ref().is_some_and(fresh));
        let global = |name: &String| is_page_name(name) || !self.declared.contains_key(name);
        let doubt = doubt || self.assigned.iter().any(global);
        let modules = modules_of(self.names.iter());
        let assertions = match (self.names.contains(ASSERT), self.assert_escapes) {
            (false, _) => Vec::new(),
            (true, true) => assertions::all(),
            (true, false) => assertions::among(self.names.iter()),
        };
        let names = |known: &[&str]| known.iter().any(|name| self.names.contains(*name));
        let tells = names(TELLING) || (names(&["console"]) && names(COUNTING));
        let may_meddle = self.may_meddle || doubt;
        // A member of that name could only be one of the global object where the block can get at that.
        let is_global = |name: &String| may_meddle || self.shared_escapes || self.variables.contains(name);
        let lacking = |name: &String| is_global(name) && is_browser_global(name) && !is_provided(name);
        let mut lacking: Vec<String> = self.names.into_iter().filter(lacking).collect();
        lacking.sort_unstable();
        let leaves_trace = may_meddle || self.shared_escapes || tells || !lacking.is_empty() || !keep_nothing(modules);
        Scan { lacking, modules, assertions, patches: 0, may_meddle, leaves_trace }
    }

    /// The calls that were seen since the last time.
    pub(super) fn take_calls(&mut self) -> Vec<Call> {
        std::mem::take(&mut self.calls)
    }

    fn name(&mut self, name: &str) {
        if RISKY.contains(&name) {
            self.may_meddle = true;
        }
        self.names.insert(name.to_owned());
    }

    fn declare(&mut self, name: &str, fresh: bool) {
        let known = self.locals.entry(name.to_owned()).or_insert((0, fresh));
        known.0 += 1;
        known.1 &= fresh;
    }

    /// Whether a value is an object that nothing else can know.
    fn is_fresh(&mut self, init: Option<&Expression<'_>>) -> bool {
        match init {
            Some(Expression::NewExpression(new)) => match &new.callee {
                Expression::Identifier(class) if FRESH.contains(&class.name.as_str()) => {
                    self.classes.insert(class.name.to_string());
                    true
                }
                _ => false,
            },
            Some(Expression::ArrayExpression(_) | Expression::ObjectExpression(_)) => true,
            _ => false,
        }
    }

    /// `base.member = ...`, `base.add(...)`: harmless only if `base` is a local that holds a fresh object.
    fn change(&mut self, base: &Expression<'_>) {
        self.doubtful.push(match base {
            Expression::Identifier(identifier) => Some(identifier.name.to_string()),
            _ => None,
        });
    }
}

/// Whether a name means something in every page, so that an assignment to it might be one to a global.
fn is_page_name(name: &str) -> bool {
    is_browser_global(name)
        || name.starts_with(|first: char| first.is_ascii_uppercase())
        || ["code", "console", "isNaN", "isFinite", "parseInt", "parseFloat"].contains(&name)
        || is_provided(name)
}

/// `a`, `a.b.c`.
fn is_path(expression: &Expression<'_>) -> bool {
    match expression {
        Expression::StaticMemberExpression(member) => is_path(&member.object),
        Expression::Identifier(_) | Expression::ThisExpression(_) => true,
        _ => false,
    }
}

/// One of [`SHARED`].
fn shared<'t>(expression: &'t Expression<'_>) -> Option<&'t str> {
    match expression {
        Expression::Identifier(identifier) => Some(identifier.name.as_str()).filter(|name| SHARED.contains(name)),
        _ => None,
    }
}

impl<'a> Visit<'a> for Scanner {
    fn visit_identifier_reference(&mut self, it: &IdentifierReference<'a>) {
        self.name(it.name.as_str());
        self.assert_escapes |= it.name == ASSERT;
        self.shared_escapes |= SHARED.contains(&it.name.as_str());
        self.variables.insert(it.name.to_string());
    }

    fn visit_this_expression(&mut self, _it: &ThisExpression) {
        self.shared_escapes = true;
    }

    fn visit_identifier_name(&mut self, it: &IdentifierName<'a>) {
        self.name(it.name.as_str());
    }

    fn visit_binding_identifier(&mut self, it: &BindingIdentifier<'a>) {
        *self.declared.entry(it.name.to_string()).or_default() += 1;
    }

    fn visit_string_literal(&mut self, it: &StringLiteral<'a>) {
        // `window['fetch']`, `globalThis['JSON']`: a computed name is as good as a plain one.
        self.names.insert(it.value.to_string());
    }

    fn visit_variable_declarator(&mut self, it: &VariableDeclarator<'a>) {
        if let BindingPattern::BindingIdentifier(identifier) = &it.id {
            let is_fresh = self.is_fresh(it.init.as_ref());
            self.declare(identifier.name.as_str(), is_fresh);
        }
        self.visit_binding_pattern(&it.id);
        if let Some(init) = &it.init {
            self.visit_expression(init);
        }
    }

    fn visit_formal_parameter(&mut self, it: &FormalParameter<'a>) {
        for identifier in it.pattern.get_binding_identifiers() {
            self.declare(identifier.name.as_str(), false);
        }
        walk::walk_formal_parameter(self, it);
    }

    fn visit_binding_property(&mut self, it: &BindingProperty<'a>) {
        if it.computed {
            self.may_meddle = true;
        }
        walk::walk_binding_property(self, it);
    }

    fn visit_property_key(&mut self, it: &PropertyKey<'a>) {
        if let PropertyKey::StringLiteral(text) = it {
            self.name(text.value.as_str());
        }
        walk::walk_property_key(self, it);
    }

    fn visit_assignment_target_property_identifier(&mut self, it: &AssignmentTargetPropertyIdentifier<'a>) {
        self.name(it.binding.name.as_str());
        self.declare(it.binding.name.as_str(), false);
        self.assigned.push(it.binding.name.to_string());
        walk::walk_assignment_target_property_identifier(self, it);
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        // In a chain of calls the name of the method says more than the beginning of the chain.
        let shown = match &it.callee {
            Expression::StaticMemberExpression(member) if !is_path(&member.object) => member.property.span.start,
            _ => it.span.start,
        };
        let (name, is_assertion) = match &it.callee {
            Expression::StaticMemberExpression(member) => (
                member.property.name.to_string(),
                matches!(&member.object, Expression::Identifier(object) if object.name == "assert"),
            ),
            Expression::Identifier(function) => (function.name.to_string(), function.name == "assert"),
            _ => (String::new(), false),
        };
        self.calls.push(Call {
            callee: wording::callee(&it.callee),
            start: it.span.start as usize,
            callee_end: it.callee.span().end as usize,
            end: it.span.end as usize,
            shown: shown as usize,
            name,
            is_assertion,
        });
        if let Expression::StaticMemberExpression(member) = &it.callee
            && RISKY.contains(&member.property.name.as_str())
        {
            self.change(&member.object);
            self.names.insert(member.property.name.to_string());
            self.visit_expression(&member.object);
            self.visit_arguments(&it.arguments);
            return;
        }
        if let Some(name) = shared(&it.callee) {
            self.names.insert(name.to_owned());
            self.visit_arguments(&it.arguments);
            return;
        }
        walk::walk_call_expression(self, it);
    }

    fn visit_static_member_expression(&mut self, it: &StaticMemberExpression<'a>) {
        // Reading a length changes nothing; writing one is an assignment to a member.
        if it.property.name == "length" {
            self.visit_expression(&it.object);
        } else if let Some(name) = shared(&it.object) {
            self.names.insert(name.to_owned());
            self.visit_identifier_name(&it.property);
        } else {
            walk::walk_static_member_expression(self, it);
        }
    }

    fn visit_computed_member_expression(&mut self, it: &ComputedMemberExpression<'a>) {
        match &it.expression {
            Expression::NumericLiteral(_) => {}
            Expression::StringLiteral(text) => self.name(text.value.as_str()),
            // Whatever the key is, it could be `constructor`.
            _ => self.may_meddle = true,
        }
        walk::walk_computed_member_expression(self, it);
    }

    fn visit_assignment_target(&mut self, it: &AssignmentTarget<'a>) {
        if let Some(member) = it.as_member_expression() {
            self.change(member.object());
        }
        walk::walk_assignment_target(self, it);
    }

    fn visit_simple_assignment_target(&mut self, it: &SimpleAssignmentTarget<'a>) {
        if let SimpleAssignmentTarget::AssignmentTargetIdentifier(identifier) = it {
            // A local that is assigned to again may hold anything.
            self.declare(identifier.name.as_str(), false);
            self.assigned.push(identifier.name.to_string());
        }
        if let Some(member) = it.as_member_expression() {
            self.change(member.object());
        }
        walk::walk_simple_assignment_target(self, it);
    }

    fn visit_unary_expression(&mut self, it: &UnaryExpression<'a>) {
        if it.operator == UnaryOperator::Delete {
            self.may_meddle = true;
        }
        walk::walk_unary_expression(self, it);
    }

    fn visit_import_expression(&mut self, it: &ImportExpression<'a>) {
        self.may_meddle = true;
        walk::walk_import_expression(self, it);
    }
}
