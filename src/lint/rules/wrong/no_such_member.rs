//! A property that a value cannot have.

use oxc_ast::AstKind;
use oxc_ast::ast::{Expression, StaticMemberExpression};
use oxc_span::GetSpan;
use oxc_syntax::node::NodeId;

use crate::lint::kind::Kind;
use crate::lint::members::{has, members, statics};
use crate::lint::nearest::nearest;
use crate::lint::words::shown;
use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L303",
    name: "no-such-member",
    group: Group::Wrong,
    level: Level::Error,
    summary: "a test calls a method that the value cannot have",
    fixable: false,
    check: Check::Block(check),
};

/// Methods of an answer that people call on the promise of it.
const OF_ANSWERS: [&str; 6] = ["json", "text", "ok", "status", "headers", "url"];
/// How many names of a block are compared with those that there are.
const COMPARED: usize = 50;

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    // Who adds methods to the language's own objects knows better.
    if block.survey().members.is_empty() || block.code.text.contains(".prototype") {
        return;
    }
    let mut left = COMPARED;
    for (node, member) in &block.survey().members {
        look(block, *node, member, &mut left, findings);
    }
}

fn look<'a>(
    block: &Block<'_, 'a>,
    node: NodeId,
    member: &'a StaticMemberExpression<'a>,
    left: &mut usize,
    findings: &mut Findings<'_>,
) {
    let property = member.property.name.as_str();
    let (what, lists, kind) = match &member.object {
        Expression::Identifier(name) if block.is_global(name) && name.name != "code" => {
            let Some(lists) = statics(&name.name) else { return };
            (format!("`{}`", name.name), lists, Kind::Unknown)
        }
        object => {
            let kind = block.kind(object);
            let Some((what, [own, object])) = members(kind) else { return };
            (what.to_owned(), [own, object, ""], kind)
        }
    };
    if has(&lists, property) || member.optional {
        return;
    }
    let called = match block.semantic.nodes().parent_kind(node) {
        AstKind::CallExpression(call) => call.callee.span() == member.span && !call.optional,
        // What is assigned or deleted is not asked for.
        AstKind::AssignmentExpression(assignment) if assignment.left.span() == member.span => return,
        AstKind::UnaryExpression(_) | AstKind::UpdateExpression(_) => return,
        _ => false,
    };
    let known = lists.iter().flat_map(|list| list.split_ascii_whitespace());
    let near = if *left > 0 { nearest(property, known) } else { None };
    *left = left.saturating_sub(1);
    let waits = kind == Kind::Promise;
    // To read what is not there may be the point of a test, unless it is a slip of the pen.
    if !called && near.is_none() && !(waits && OF_ANSWERS.contains(&property)) {
        return;
    }
    let message = format!("{what} has no {} `{property}`", if called { "method" } else { "property" });
    let finding = findings.add(block.span(member.property.span), message);
    let object = member.object.span();
    if waits {
        let code = shown(block.text(object));
        finding.help(format!("wait for the value first: `(await {code}).{property}`"));
    } else if let Some(near) = near {
        finding.help(format!("did you mean `{near}`?"));
    }
    if !matches!(member.object, Expression::Identifier(_)) || kind == Kind::Unknown {
        return;
    }
    finding.label(block.span(object), format!("this is {what}"));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{in_code, nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "const name = `a${Date.now()}`.substingr(0, 29);"), [(1, 31)]);
        assert_eq!(
            places(&RULE, "const res = await fetch(code);\nconst t = await res.text();\nt.contains('x');"),
            [(3, 3)]
        );
        assert_eq!(places(&RULE, "assert.equal(Math.flor(1.5), JSON.parze('1'));"), [(1, 19), (1, 35)]);
        assert_eq!(places(&RULE, "const res = fetch(code);\nconst data = await res.json();"), [(2, 24)]);
        assert_eq!(places(&RULE, "assert.equal((await (await fetch(code)).text()).lenght, 1);"), [(1, 49)]);
        assert_eq!(places(&RULE, "const all = [1];\nall.foreach((one) => assert.isOk(one));"), [(2, 5)]);
    }

    #[test]
    fn says_what_was_meant() {
        let help = |code: &str| in_code(&RULE, code)[0].help.clone().unwrap();
        assert_eq!(help("'a'.substingr(1);"), "did you mean `substring`?");
        assert_eq!(help("fetch(code).json();"), "wait for the value first: `(await fetch(code)).json`");
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "const res = await fetch(code);\nconst data = await res.json();\ndata.substingr(1);");
        nothing(&RULE, "let a = 'x';\na = [a];\na.forEach(() => {});");
        nothing(&RULE, "assert.isUndefined('a'.missing);\n'a'.missing?.();\nconst o = { f() {} };\no.g();");
        nothing(&RULE, "const Math = { flor: () => 1 };\nMath.flor();");
        nothing(&RULE, "String.prototype.shout = function () {};\n'a'.shout();");
        nothing(&RULE, "const d = new Date();\nd.whatever();\nObject.keys(d).map(String).join().trim();");
    }
}
