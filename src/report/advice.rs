//! One line of help for outcomes that have nothing to do with the test's own words.

use crate::fetch::{Refusal, RefusalKind, TransportError, TransportKind};
use crate::verdict::Cause;

/// What to do about a refused answer.
pub fn for_refusal(refusal: &Refusal) -> String {
    match &refusal.kind {
        RefusalKind::MissingAllowOrigin { origin } | RefusalKind::WrongAllowOrigin { origin, .. } => format!(
            "let the project answer with `Access-Control-Allow-Origin: {origin}` (or `*`): in Express, \
             `app.use(cors({{ origin: '*' }}))` with the cors package, before the routes"
        ),
        RefusalKind::WildcardWithCredentials { origin } => {
            format!("answer with `Access-Control-Allow-Origin: {origin}` instead of `*`")
        }
        RefusalKind::MissingAllowCredentials => "answer with `Access-Control-Allow-Credentials: true`".to_owned(),
        RefusalKind::PreflightStatus { .. }
        | RefusalKind::MethodNotAllowed { .. }
        | RefusalKind::HeaderNotAllowed { .. } => {
            "a browser asks with OPTIONS first: in Express, `app.use(cors())` with the cors package answers that"
                .to_owned()
        }
        RefusalKind::MixedContent => "give the https address of the project".to_owned(),
        RefusalKind::BadPort { .. } => "let the project listen on another port, such as 3000".to_owned(),
        RefusalKind::TooManyRedirects => "the project redirects in a circle: look at its redirects".to_owned(),
        RefusalKind::CredentialsInUrl
        | RefusalKind::UnexpectedRedirect { .. }
        | RefusalKind::BadRedirect { .. }
        | RefusalKind::BadScheme { .. }
        | RefusalKind::BadMethod { .. }
        | RefusalKind::BodyNotAllowed { .. }
        | RefusalKind::BadHeader { .. } => "a browser does not make this request".to_owned(),
    }
}

/// What to do when a hint could not be checked.
pub fn for_cause(cause: &Cause) -> Option<String> {
    match cause {
        Cause::Transport(error) => for_transport(error),
        Cause::TimedOut { waiting_for: Some(_), .. } => {
            Some("look whether the project answers this request at all; --hint-timeout gives it more time".to_owned())
        }
        Cause::TimedOut { waiting_for: None, .. } => {
            Some("the test itself takes too long; --hint-timeout gives it more time".to_owned())
        }
        Cause::Limit { .. } => Some("this test asks for more than a test may use".to_owned()),
        Cause::Unsupported { .. } | Cause::Internal { .. } => {
            Some("this is a gap in grade, not a fault of the project".to_owned())
        }
        Cause::Syntax { .. } => Some("the challenge file has to be mended; the project is not at fault".to_owned()),
        Cause::Flaky { .. } => Some(
            "the same request has to be answered the same way each time: look for state that is kept, chance, and time"
                .to_owned(),
        ),
        Cause::NeedsScript { .. } => Some("allow the script engine with --engine auto".to_owned()),
    }
}

fn for_transport(error: &TransportError) -> Option<String> {
    Some(match &error.kind {
        TransportKind::ConnectionRefused { .. } => {
            "start the project, and look which port it says it listens on; then give that address with --url".to_owned()
        }
        TransportKind::NameNotResolved { .. } => "look for a typing error in the address".to_owned(),
        TransportKind::ConnectTimeout { .. } => "look whether the project is running, and the address right".to_owned(),
        TransportKind::Timeout { .. } => "the project is slow; --max-time gives it more time".to_owned(),
        TransportKind::Tls { .. } => {
            "use http:// if the project has no certificate; --cacert trusts your own, -k any".to_owned()
        }
        TransportKind::Cut => "look at the project's own output: it may have crashed".to_owned(),
        TransportKind::NotHttp => "look at the port: something else listens there".to_owned(),
        TransportKind::TooLarge { .. } => "--max-body allows larger answers".to_owned(),
        TransportKind::BadEncoding => "look at the project's compression middleware".to_owned(),
        TransportKind::TooManyRequests { .. } => "this test makes too many requests".to_owned(),
        TransportKind::Other => return None,
    })
}
