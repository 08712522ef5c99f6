//! Code behind a `return` or `throw`.

use oxc_ast::ast::{Statement, VariableDeclarationKind};
use oxc_span::GetSpan;

use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L311",
    name: "unreachable-code",
    group: Group::Wrong,
    level: Level::Warning,
    summary: "code that never runs stands behind a `return`, `throw`, `break` or `continue`",
    fixable: false,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    for list in &block.survey().lists {
        let Some(end) = list.iter().position(|statement| leaves(statement).is_some()) else { continue };
        let (Some(leaving), Some(rest)) = (list.get(end), list.get(end + 1..)) else { continue };
        let Some(first) = rest.iter().find(|statement| runs(statement)) else { continue };
        let word = leaves(leaving).unwrap_or_default();
        findings
            .add(block.span(first.span()), format!("this never runs: a `{word}` stands before it"))
            .label(block.span(leaving.span()), format!("here the `{word}` leaves"))
            .help("put it before, or take it out");
    }
}

/// How a statement leaves the list that it stands in, whatever happens.
fn leaves(statement: &Statement<'_>) -> Option<&'static str> {
    match statement {
        Statement::ReturnStatement(_) => Some("return"),
        Statement::ThrowStatement(_) => Some("throw"),
        Statement::BreakStatement(_) => Some("break"),
        Statement::ContinueStatement(_) => Some("continue"),
        Statement::IfStatement(choice) => {
            let word = last(&choice.consequent)?;
            last(choice.alternate.as_ref()?).map(|_| word)
        }
        _ => None,
    }
}

/// The same of the last statement of a block; choices within choices are not looked at.
fn last(statement: &Statement<'_>) -> Option<&'static str> {
    let last = match statement {
        Statement::BlockStatement(block) => block.body.last()?,
        other => other,
    };
    if matches!(last, Statement::IfStatement(_)) { None } else { leaves(last) }
}

/// Whether a statement does anything when it is reached; declarations of functions do it before.
fn runs(statement: &Statement<'_>) -> bool {
    match statement {
        Statement::EmptyStatement(_) | Statement::FunctionDeclaration(_) => false,
        Statement::VariableDeclaration(declaration) => {
            declaration.kind != VariableDeclarationKind::Var
                || declaration.declarations.iter().any(|one| one.init.is_some())
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "return;\nassert.equal(1, 1);"), [(2, 1)]);
        assert_eq!(places(&RULE, "if (code) {\n  throw new Error(code);\n  assert.fail();\n}"), [(3, 3)]);
        assert_eq!(places(&RULE, "if (code) { return 1; } else throw code;\nlater();\nconst a = 1;"), [(2, 1)]);
        assert_eq!(places(&RULE, "for (const a of code) {\n  continue;\n  assert(a);\n}"), [(3, 3)]);
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "if (code) return;\nassert.equal(1, 1);");
        nothing(&RULE, "return later();\nfunction later() {}\nvar a;;");
        nothing(&RULE, "if (code) { return; } else { later(); }\nassert(code);");
        nothing(&RULE, "switch (code) { case 1: return; default: assert(code); }");
    }
}
