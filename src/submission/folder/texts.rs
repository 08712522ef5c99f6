//! The texts in an expression, as far as they make up a path.

use std::collections::{HashMap, HashSet};

use oxc_ast::ast::{
    BindingPattern, Expression, IdentifierReference, ImportMeta, StringLiteral, TemplateElement, VariableDeclarator,
};
use oxc_ast_visit::{Visit, walk};

use super::code::is_named;

/// What names stand for.
#[derive(Default)]
pub(super) struct Names {
    /// Names of Express apps.
    pub(super) apps: HashSet<String>,
    /// Texts within the values of names; a name that is declared twice stands for nothing plain.
    pub(super) texts: HashMap<String, Option<Texts>>,
}

/// The texts of an expression in order, and what else it says about a path.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    pub(super) pieces: Vec<String>,
    pub(super) beside_source: bool,
    names: Vec<String>,
}

impl<'a> Visit<'a> for Names {
    fn visit_variable_declarator(&mut self, declarator: &VariableDeclarator<'a>) {
        if let (BindingPattern::BindingIdentifier(name), Some(value)) = (&declarator.id, &declarator.init) {
            let name = name.name.to_string();
            if matches!(value, Expression::CallExpression(call) if is_named(&call.callee, "express")) {
                self.apps.insert(name.clone());
            }
            // The name of a module is no part of a path.
            let is_module = matches!(value, Expression::CallExpression(call) if is_named(&call.callee, "require"));
            if !is_module {
                let texts = Texts::of(|texts| texts.visit_expression(value));
                self.texts.entry(name).and_modify(|known| *known = None).or_insert(Some(texts));
            }
        }
        walk::walk_variable_declarator(self, declarator);
    }
}

impl Texts {
    pub(super) fn of(visit: impl FnOnce(&mut Self)) -> Self {
        let mut texts = Self::default();
        visit(&mut texts);
        texts
    }

    /// The same with the texts of the names in it, one step far.
    pub(super) fn resolved(mut self, names: &Names) -> Self {
        for name in std::mem::take(&mut self.names) {
            if let Some(Some(known)) = names.texts.get(&name) {
                // A name that is given its value within the expression is there already.
                if !known.pieces.iter().all(|piece| self.pieces.contains(piece)) {
                    self.pieces.extend(known.pieces.iter().cloned());
                }
                self.beside_source |= known.beside_source;
            }
        }
        self
    }

    /// The same without the types, headers and encodings that may stand beside a path.
    pub(super) fn without_types(mut self) -> Self {
        const TYPES: [&str; 6] = ["html", "text/html", "content-type", "utf8", "utf-8", "text/html; charset=utf-8"];
        self.pieces.retain(|piece| !TYPES.contains(&piece.to_ascii_lowercase().as_str()));
        self
    }

    /// The pieces as one path, without what only joins them.
    pub(super) fn path(&self) -> String {
        let names = self.pieces.iter().flat_map(|piece| piece.split('/'));
        names.filter(|name| !name.is_empty() && *name != ".").collect::<Vec<_>>().join("/")
    }
}

impl<'a> Visit<'a> for Texts {
    fn visit_string_literal(&mut self, literal: &StringLiteral<'a>) {
        self.pieces.push(literal.value.to_string());
    }

    fn visit_template_element(&mut self, element: &TemplateElement<'a>) {
        self.pieces.push(element.value.raw.to_string());
    }

    fn visit_identifier_reference(&mut self, name: &IdentifierReference<'a>) {
        match name.name.as_str() {
            "__dirname" | "__filename" => self.beside_source = true,
            other => self.names.push(other.to_owned()),
        }
    }

    fn visit_import_meta(&mut self, _: &ImportMeta) {
        self.beside_source = true;
    }
}
