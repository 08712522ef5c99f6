//! An assertion whose error is caught and forgotten.

use super::{MOST, is_test};
use crate::lint::{Block, Check, Findings, Group, Level, Rule};
use crate::verdict::Rules;

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L207",
    name: "swallowed-assertion",
    group: Group::Vacuous,
    level: Level::Warning,
    summary: "a `catch` swallows the error of an assertion",
    fixable: false,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    if !is_test(block) {
        return;
    }
    let flow = block.flow();
    let follows = match flow.cannot_fail(Rules::Browser) {
        Some(_) => "so the hint passes whatever the project answers",
        None => "so it does not make the hint fail",
    };
    for caught in flow.swallowed.iter().take(MOST) {
        findings
            .add(block.span(caught.at), format!("what the assertion throws is caught and forgotten here, {follows}"))
            .help("take the `catch` out, or throw the error again in it")
            .label(block.span(caught.check), "this does not count");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{nothing, places};

    #[test]
    fn trips() {
        assert_eq!(
            places(&RULE, "try { const r = await fetch(code); assert(r.ok); } catch (e) { console.log(e); }"),
            [(1, 52)]
        );
        assert_eq!(places(&RULE, "try {\n  assert.equal(code, 1);\n} catch {}"), [(3, 3)]);
        assert_eq!(places(&RULE, "await fetch(code).then(r => assert(r.ok)).catch(() => {});"), [(1, 49)]);
        assert_eq!(places(&RULE, "await fetch(code).then(r => assert(r.ok)).catch(console.error);"), [(1, 49)]);
        assert_eq!(
            places(&RULE, "try { if (!(await fetch(code)).ok) throw new Error('no'); } catch (e) { return false; }"),
            [(1, 61)]
        );
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "try { assert((await fetch(code)).ok); } catch (e) { throw new Error(e); }");
        nothing(&RULE, "try { await fetch(code); } catch (e) { console.log(e); }\nassert((await fetch(code)).ok);");
        nothing(&RULE, "try { await fetch(code); assert.fail('x'); } catch (e) { assert.equal(e.message, 'y'); }");
        nothing(&RULE, "let failed = false;\ntry { assert(code); } catch { failed = true; }\nassert.isFalse(failed);");
        nothing(&RULE, "await fetch(code).catch(() => {});\nassert((await fetch(code)).ok);");
        nothing(&RULE, "await fetch(code).then(r => assert(r.ok)).catch(e => { throw e; });");
        nothing(&RULE, "try { assert((await fetch(code)).ok); } finally { console.log('done'); }");
    }
}
