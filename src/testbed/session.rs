//! Register, log in, see the profile, log out: with a session cookie, as the challenges about authentication have it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// The cookie's name, that of express-session.
const COOKIE: &str = "connect.sid";

/// The most accounts and sessions.
const MAX_USERS: usize = 10_000;

/// Accounts and sessions.
#[derive(Debug, Default)]
pub(super) struct Sessions(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// Passwords by user name. This is a toy for tests: they are kept as they are.
    users: BTreeMap<String, String>,
    open: BTreeSet<String>,
}

/// What a step answers.
pub(super) enum Step {
    /// Go there, with a new cookie if there is one.
    Redirect(&'static str, Option<String>),
    /// The profile page.
    Profile(String),
}

impl Sessions {
    /// Answers a request to one of the four paths.
    pub(super) fn answer(&self, method: &str, path: &str, body: &[u8], cookies: Option<&str>) -> Option<Step> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let user = cookies.and_then(session_user).filter(|user| state.open.contains(*user));
        match (method, path) {
            ("POST", "/register") => {
                let (name, password) = form(body)?;
                if state.users.contains_key(&name) || state.users.len() >= MAX_USERS {
                    return Some(Step::Redirect("/", None));
                }
                state.users.insert(name.clone(), password);
                Some(state.open(name))
            }
            ("POST", "/login") => {
                let (name, password) = form(body)?;
                if state.users.get(&name) == Some(&password) {
                    return Some(state.open(name));
                }
                Some(Step::Redirect("/", None))
            }
            ("GET", "/profile") => Some(match user {
                Some(user) => Step::Profile(user.to_owned()),
                None => Step::Redirect("/", None),
            }),
            ("GET", "/logout") => {
                if let Some(user) = user {
                    state.open.remove(user);
                }
                Some(Step::Redirect("/", None))
            }
            _ => None,
        }
    }
}

impl State {
    fn open(&mut self, user: String) -> Step {
        let cookie = format!("{COOKIE}={user}; Path=/; HttpOnly");
        self.open.insert(user);
        Step::Redirect("/profile", Some(cookie))
    }
}

fn session_user(cookies: &str) -> Option<&str> {
    cookies.split("; ").find_map(|pair| pair.strip_prefix(COOKIE)?.strip_prefix('='))
}

/// User name and password of a form; names are kept simple so that they fit into a cookie.
fn form(body: &[u8]) -> Option<(String, String)> {
    let field = |name: &str| {
        url::form_urlencoded::parse(body).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    };
    let user = field("username")?;
    let simple = !user.is_empty() && user.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    simple.then_some((user, field("password")?))
}
