//! Pages of hosts and editors that stand where the project should be.

use crate::explain::answer::Answer;
use crate::explain::code::Code;
use crate::explain::html;
use crate::explain::model::{Explanation, Fault};
use crate::explain::subject::Subject;

/// How a host's own page is recognised: every mark has to be there.
struct Host {
    /// What it is, to finish the sentence "... answered with".
    what: &'static str,
    /// Texts of the page, whatever their case.
    page: &'static [&'static str],
    /// A header of the answer, and what its value begins with.
    header: Option<(&'static str, &'static str)>,
    /// Host names that it is served at; any when empty.
    at: &'static [&'static str],
    /// What to do.
    help: &'static str,
}

const WAKE: &str = "open the address in a browser, wait until the project itself is there, and grade again";
const PUBLIC: &str = "make the port public at the host, so that the address works in a private window without a login";
const OTHER_ADDRESS: &str =
    "give the address of the running project: the one that opens in a tab of its own, without the editor";

const HOSTS: &[Host] = &[
    Host {
        what: "Replit's page for a project that sleeps or does not run",
        page: &["replit"],
        header: None,
        at: &["replit.dev", "repl.co", "replit.app"],
        help: WAKE,
    },
    Host {
        what: "Glitch's page for a project that does not run",
        page: &["glitch"],
        header: None,
        at: &["glitch.me"],
        help: WAKE,
    },
    Host {
        what: "Render's page for a project that is waking up",
        page: &["render", "application loading"],
        header: None,
        at: &["onrender.com"],
        help: WAKE,
    },
    Host {
        what: "Render's page for a project that is not there",
        page: &[],
        header: Some(("x-render-routing", "no-")),
        at: &[],
        help: WAKE,
    },
    Host {
        what: "Heroku's page for a project that crashed",
        page: &["application error", "heroku"],
        header: None,
        at: &[],
        help: "look at `heroku logs`: the project does not start",
    },
    Host {
        what: "Heroku's page for a project that is not there",
        page: &["no such app", "heroku"],
        header: None,
        at: &[],
        help: "look for a typing error in the address",
    },
    Host {
        what: "Vercel's page for a deployment that is not there",
        page: &[],
        header: Some(("x-vercel-error", "")),
        at: &[],
        help: "look at the deployment at Vercel, and for a typing error in the address",
    },
    Host {
        what: "Vercel's login page",
        page: &["vercel", "authentication required"],
        header: None,
        at: &[],
        help: PUBLIC,
    },
    Host {
        what: "ngrok's warning page",
        page: &[],
        header: Some(("ngrok-error-code", "")),
        at: &[],
        help: "start the project, and the tunnel to its port; the free plan shows a page of its own to browsers",
    },
    Host {
        what: "the tunnel's own page",
        page: &["tunnel website ahead"],
        header: None,
        at: &[],
        help: "use another tunnel, or grade the project on your own machine: --url http://localhost:3000",
    },
    Host {
        what: "GitHub's login for a private port",
        page: &["github"],
        header: None,
        at: &["app.github.dev", "github.dev", "github.com"],
        help: PUBLIC,
    },
    Host { what: "Gitpod's page", page: &["gitpod"], header: None, at: &["gitpod.io"], help: PUBLIC },
    Host {
        what: "CodeSandbox's page",
        page: &["codesandbox"],
        header: None,
        at: &["csb.app", "codesandbox.io"],
        help: OTHER_ADDRESS,
    },
    Host {
        what: "StackBlitz's page",
        page: &["stackblitz"],
        header: None,
        at: &["webcontainer.io", "webcontainer-api.io", "stackblitz.com", "stackblitz.io"],
        help: OTHER_ADDRESS,
    },
    Host {
        what: "Cloudflare's check for robots",
        page: &["just a moment"],
        header: Some(("server", "cloudflare")),
        at: &[],
        help: "grade the project on your own machine, or turn the check off for it",
    },
    Host {
        what: "an editor (code-server)",
        page: &["code-server", "workbench"],
        header: None,
        at: &[],
        help: OTHER_ADDRESS,
    },
    Host { what: "VS Code", page: &["vscode-", "workbench"], header: None, at: &[], help: OTHER_ADDRESS },
    Host {
        what: "Jupyter",
        page: &["<title>", "jupyter", "data-base-url"],
        header: None,
        at: &[],
        help: OTHER_ADDRESS,
    },
    Host {
        what: "the welcome page of nginx",
        page: &["welcome to nginx!"],
        header: None,
        at: &[],
        help: "look at the port: nginx answers there, and does not pass requests on to the project",
    },
    Host {
        what: "the welcome page of Apache",
        page: &["apache2", "default page", "it works"],
        header: None,
        at: &[],
        help: "look at the port: Apache listens there, and not the project",
    },
];

pub fn explain(subject: &Subject<'_>, answer: &Answer<'_>) -> Option<Explanation> {
    let last = answer.exchange.hops.last()?;
    // Only the address of the project itself: tests ask other hosts too.
    let own = url::Url::parse(subject.url).ok()?;
    if answer.exchange.url.host_str() != own.host_str() {
        return None;
    }
    let reached = last.url.host_str().unwrap_or_default();
    let host = HOSTS.iter().find(|host| host.answered(answer, reached))?;
    Some(
        Explanation::new(Code::SplashPage, format!("Not the project answers, but its host: {}", host.what))
            .maybe_fact("answer", answer.says())
            .fault(Fault::Environment)
            .help(host.help),
    )
}

impl Host {
    fn answered(&self, answer: &Answer<'_>, reached: &str) -> bool {
        if let Some((name, start)) = self.header
            && !answer.exchange.header(name).is_some_and(|value| value.to_ascii_lowercase().starts_with(start))
        {
            return false;
        }
        let at =
            self.at.is_empty() || self.at.iter().any(|name| reached == *name || reached.ends_with(&format!(".{name}")));
        if !at {
            return false;
        }
        if self.page.is_empty() {
            return true;
        }
        answer.is_page() && {
            let text = &answer.text;
            let mut end = text.len().min(16 * 1024);
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            let start = text.get(..end).unwrap_or_default();
            // A project at a host may speak of the host: its own page is an error, or was asked for elsewhere.
            let own_page = !self.at.is_empty()
                && answer.status() == Some(200)
                && answer.exchange.hops.len() < 2
                && !is_script_page(start);
            !own_page && self.page.iter().all(|mark| html::find(start, mark).is_some())
        }
    }
}

/// Hosts' pages are made of scripts from elsewhere and say nothing of their own to somebody without a browser; a project's page
/// that has nothing but a script is one of a framework, and names its own files.
fn is_script_page(start: &str) -> bool {
    html::find(start, "src=\"https://").is_some() && html::lines(start, 3).len() < 3
}
