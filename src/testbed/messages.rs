//! The behaviour `chat-messages` of the sample projects: a list of messages. `fixtures/README.md` is its specification.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

const PATH: &str = "/api/messages";
const MOST: usize = 100;

/// What a project does with an empty message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmptyMessages {
    /// Refuses it with 400.
    Refused,
    /// Stores it like any other.
    Stored,
}

/// The messages of one server.
#[derive(Debug, Default)]
pub(super) struct Messages(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    last_id: u64,
    messages: VecDeque<Value>,
}

impl Messages {
    /// Status and JSON for a request to the list; `None` for other requests.
    pub(super) fn answer(&self, rule: EmptyMessages, method: &str, path: &str, body: &[u8]) -> Option<(u16, String)> {
        if path != PATH {
            return None;
        }
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match method {
            "GET" | "HEAD" => Some((200, Value::Array(state.messages.iter().cloned().collect()).to_string())),
            "POST" => {
                let body: Value = serde_json::from_slice(body).unwrap_or_default();
                let field = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
                let (author, text) = (field("author"), field("text"));
                if text.is_empty() && rule == EmptyMessages::Refused {
                    return Some((400, json!({"error": "A message needs a text."}).to_string()));
                }
                state.last_id += 1;
                let author = if author.is_empty() { "Anonymous".to_owned() } else { author };
                let message = json!({"id": state.last_id, "author": author, "text": text});
                state.messages.push_back(message.clone());
                if state.messages.len() > MOST {
                    state.messages.pop_front();
                }
                Some((201, message.to_string()))
            }
            _ => None,
        }
    }
}
