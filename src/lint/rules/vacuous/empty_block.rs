//! A hint without a test.

use oxc_ast::ast::Statement;

use crate::lint::{Block, Check, Findings, Group, Level, Role, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L201",
    name: "empty-block",
    group: Group::Vacuous,
    level: Level::Warning,
    summary: "a hint has no test code, so every project passes it",
    fixable: false,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    let Role::Hint(index) = block.role else { return };
    let Some(hint) = block.file.hints().get(index) else { return };
    if hint.code.is_empty() {
        findings
            .add(hint.markdown.span, "this hint has an empty test, so every project passes it")
            .help("write the test, or take the hint out until there is one");
        return;
    }
    let is_expression = block.function.as_ref().is_some_and(|_| block.running().is_empty()) && !is_braces(block);
    if !is_expression && block.running().iter().all(|it| matches!(it, Statement::EmptyStatement(_))) {
        findings
            .add(block.first_line(), "there is no code in this test, so every project passes it")
            .help("write the test, or take the hint out until there is one");
    }
}

/// Whether the function that the block is has a body in braces.
fn is_braces(block: &Block<'_, '_>) -> bool {
    use crate::lint::block::FunctionBody;
    block.function.is_some_and(|function| matches!(function.body, FunctionBody::Statements(_)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "\n").len(), 1);
        assert_eq!(places(&RULE, "  \n\t\n").len(), 1);
        assert_eq!(places(&RULE, "").len(), 1);
        assert_eq!(places(&RULE, "// to be written\n/* some day */"), [(1, 1)]);
        assert_eq!(places(&RULE, ";;"), [(1, 1)]);
        assert_eq!(places(&RULE, "async () => {\n  // later\n};"), [(1, 1)]);
        assert_eq!(places(&RULE, "(getUserInput) => {}"), [(1, 1)]);
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "code;");
        nothing(&RULE, "assert(true);");
        nothing(&RULE, "(getUserInput) => $.get(getUserInput('url'))");
        nothing(&RULE, "{}");
    }
}
