//! Redirects to somewhere else than the test meant to look at.

use super::looked::Looked;
use crate::explain::answer::Answer;
use crate::explain::code::Code;
use crate::explain::model::Explanation;
use crate::explain::subject::Subject;

pub fn explain(subject: &Subject<'_>, answer: &Answer<'_>, looked: &Looked) -> Option<Explanation> {
    let last = &answer.exchange.hops.last()?.url;
    let first = &answer.exchange.url;
    let moved = last.path() != first.path() || last.host_str() != first.host_str();
    // Tests that follow redirects on purpose look where they lead.
    let on_purpose =
        ["redirected", "redirect", "responseURL", "url"].iter().any(|word| subject.test.contains(&format!(".{word}")))
            || subject.mentions("redirect");
    if !moved || on_purpose {
        return None;
    }
    let login = is_login(last.path());
    let follows = match looked {
        Looked::Json => true,
        Looked::Text => login,
        _ => false,
    };
    if !follows {
        return None;
    }
    let target = if last.host_str() == first.host_str() { last.path().to_owned() } else { last.to_string() };
    let target = crate::explain::show::line(&target, 120);
    let (headline, help) = if login {
        (
            format!("{} was redirected to {target}, which looks like a login", answer.asked()),
            "tests come without a login: let the project answer this route to everybody, or make its address public at the host",
        )
    } else {
        (
            format!("{} was redirected to {target}, which is no JSON", answer.asked()),
            "answer this request itself (res.json) instead of redirecting it",
        )
    };
    Some(Explanation::new(Code::Redirected, headline).maybe_fact("answer", answer.says()).help(help))
}

fn is_login(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    path.split(['/', '-', '_', '.'])
        .any(|part| matches!(part, "login" | "signin" | "auth" | "oauth" | "authorize" | "sso"))
        || path.contains("sign-in")
        || path.contains("sign_in")
        || path.contains("log-in")
}
