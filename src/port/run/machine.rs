//! The steps.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::evaluate::Frame;
use super::jquery::{self, Converted};
use super::world::World;
use super::{Held, Stop, Thrown, request};
use crate::fetch::{Answer, FetchError, Request, TransportError, decode_text};
use crate::port::chai::{Checked, Operand, check};
use crate::port::js::{JsonError, inspect, parse_json, to_boolean};
use crate::port::plan::{Argument, Assertion, Expr, Place, Plan, Step, Target};
use crate::verdict::{AssertionFacts, TextFacts, Value};

/// A run that takes more steps than this is given to the script engine, whose limits are finer.
const MOST_STEPS: usize = 1_000_000;

/// What the machine waits for.
#[derive(Debug)]
pub enum Wanted {
    /// An answer to this request.
    Answer(Box<Request>),
    /// Nothing: it has ended.
    Nothing(Ending),
    /// Nothing yet: a browser would not wait from here on. Call [`Run::step`] again to go on all the same.
    Detached,
}

/// How a run ended.
#[derive(Debug, Clone)]
pub enum Ending {
    /// Nothing was thrown.
    Passed,
    /// An exception: the error's name, message and facts.
    Threw(Box<ThrownFacts>),
    /// The script engine has to decide, for this reason.
    Undecided(String),
}

/// What is known of an exception.
#[derive(Debug, Clone)]
pub struct ThrownFacts {
    /// `error.name`.
    pub name: String,
    /// `error.message`.
    pub message: String,
    /// The failed assertion, if one is behind it.
    pub assertion: Option<AssertionFacts>,
    /// Where in the block it was thrown.
    pub place: Option<Place>,
    /// The refused answer behind it.
    pub refusal: Option<crate::fetch::Refusal>,
    /// The failed transport behind it.
    pub transport: Option<TransportError>,
}

/// A plan at work.
#[derive(Debug)]
pub struct Run<'p> {
    plan: &'p Plan,
    frame: Frame<'p>,
    at: usize,
    tries: Vec<(Target, usize)>,
    waiting: Option<usize>,
    requests: usize,
    steps: usize,
    transport: Option<TransportError>,
}

impl<'p> Run<'p> {
    /// A run in a world.
    pub fn new(plan: &'p Plan, world: &'p World<'p>) -> Self {
        Self {
            plan,
            frame: Frame::new(plan.slots, world),
            at: 0,
            tries: Vec::new(),
            waiting: None,
            requests: 0,
            steps: 0,
            transport: None,
        }
    }

    /// Goes on, with the answer to the request that was wanted. `now` is the time in milliseconds since 1970.
    pub fn step(&mut self, answer: Option<Answer>, now: f64) -> Wanted {
        self.frame.now = now;
        if let (Some(at), Some(answer)) = (self.waiting.take(), answer)
            && let Err(stop) = self.answered(at, answer)
            && let Some(ending) = self.stopped(stop)
        {
            return Wanted::Nothing(ending);
        }
        loop {
            self.steps += 1;
            if self.steps > MOST_STEPS {
                return Wanted::Nothing(Ending::Undecided("more steps than a native plan may take".to_owned()));
            }
            let Some(step) = self.plan.steps.get(self.at) else { return Wanted::Nothing(Ending::Passed) };
            let here = self.at;
            self.at += 1;
            let done = match step {
                Step::End => return Wanted::Nothing(Ending::Passed),
                Step::Detach => return Wanted::Detached,
                Step::Fetch { request, .. } | Step::Jquery { request, .. } => {
                    match request::build(request, &mut self.frame) {
                        Ok(request) => {
                            self.waiting = Some(here);
                            return Wanted::Answer(Box::new(request));
                        }
                        Err(reason) => Err(reason),
                    }
                }
                other => self.perform(other),
            };
            if let Err(stop) = done
                && let Some(ending) = self.stopped(stop)
            {
                return Wanted::Nothing(ending);
            }
        }
    }

    /// The first failed transport that the block met: an answer that did not come, or a body that was cut and read.
    pub fn transport(&self) -> Option<&TransportError> {
        self.transport.as_ref()
    }

    /// Goes to the innermost `catch`, or ends.
    fn stopped(&mut self, stop: Stop) -> Option<Ending> {
        let thrown = match stop {
            Stop::Bail(reason) => return Some(Ending::Undecided(reason)),
            Stop::Throw(thrown) => thrown,
        };
        if let Some((catch, slot)) = self.tries.pop() {
            self.frame.put(slot, Held::Error(thrown));
            self.at = catch;
            return None;
        }
        Some(Ending::Threw(Box::new(ThrownFacts {
            name: thrown.name,
            message: thrown.message,
            assertion: thrown.facts.map(|facts| *facts),
            place: thrown.place,
            refusal: thrown.refusal,
            transport: thrown.transport,
        })))
    }

    fn perform(&mut self, step: &Step) -> Result<(), Stop> {
        match step {
            Step::Let(slot, expr) => {
                let held = self.frame.held(expr)?;
                self.frame.put(*slot, held);
            }
            Step::Eval(expr) => {
                self.frame.value(expr)?;
            }
            Step::Read { slot, response, json, place } => {
                self.read(*slot, *response, *json).map_err(|stop| stop.at(*place))?;
            }
            Step::Assert(assertion) => self.assert(assertion)?,
            Step::Jump { to, tries } => {
                self.tries.truncate(*tries);
                self.at = *to;
            }
            Step::Unless { test, to } => {
                if !to_boolean(&self.frame.value(test)?) {
                    self.at = *to;
                }
            }
            Step::Try { catch, error } => self.tries.push((*catch, *error)),
            Step::EndTry => {
                self.tries.pop();
            }
            Step::Throw { name, message, wraps, place } => {
                return Err(self.thrown(name, message.as_ref(), *wraps, *place));
            }
            Step::Rethrow(slot) => return Err(self.rethrown(*slot)),
            Step::Walkable { slot, name, method } => {
                let value = self.frame.value(&Expr::Slot(*slot))?;
                match value {
                    Value::Array(_) => {}
                    Value::String(_) | Value::Other { .. } => return Err(Stop::bail("walking over this value")),
                    Value::Undefined | Value::Null if *method => {
                        let kind = inspect(&value);
                        return Err(Stop::type_error(format!("Cannot read properties of {kind} (reading 'forEach')")));
                    }
                    _ if *method => return Err(Stop::type_error(format!("{name} is not a function"))),
                    _ => return Err(Stop::type_error(format!("{name} is not iterable"))),
                }
            }
            Step::Fetch { .. } | Step::Jquery { .. } | Step::Detach | Step::End => {}
        }
        Ok(())
    }

    fn answered(&mut self, at: usize, answer: Answer) -> Result<(), Stop> {
        let number = self.requests;
        self.requests += 1;
        if let Err(FetchError::Transport(error)) = &answer {
            self.transport.get_or_insert_with(|| error.clone());
        }
        match self.plan.steps.get(at) {
            Some(Step::Fetch { slot, request }) => match answer {
                Ok(response) => self.frame.put(*slot, Held::Response(response, number, Arc::default())),
                Err(error) => return Err(failed_to_fetch(error, request.place)),
            },
            Some(Step::Jquery { data, xhr, failed, want_json, .. }) => {
                let failed_there = transport_of(&answer);
                if let Some(error) = &failed_there {
                    self.transport.get_or_insert_with(|| error.clone());
                }
                match jquery::convert(answer, *want_json)? {
                    Converted::Data(value) => self.frame.put(*data, Held::Value(value, Some(number))),
                    Converted::Failed(value) => {
                        self.frame.put(*xhr, Held::Value(value, Some(number)));
                        self.at = *failed;
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn read(&mut self, slot: usize, response: usize, json: bool) -> Result<(), Stop> {
        let Some(Held::Response(answer, number, used)) = self.frame.slot(response) else {
            return Err(Stop::bail("a body of what is no response"));
        };
        if used.swap(true, Ordering::Relaxed) {
            let method = if json { "json" } else { "text" };
            return Err(Stop::type_error(format!(
                "Failed to execute '{method}' on 'Response': body stream already read"
            )));
        }
        let (answer, number) = (Arc::clone(answer), *number);
        let body = match &answer.body {
            Ok(body) => body,
            Err(error) => {
                self.transport.get_or_insert_with(|| error.clone());
                return Err(failed_to_fetch(FetchError::Transport(error.clone()), Place::default()));
            }
        };
        let text = decode_text(body);
        let value = if json {
            parse_json(&text).map_err(|error| match error {
                JsonError::Syntax(message) => Stop::Throw(Box::new(Thrown {
                    facts: Some(Box::new(AssertionFacts { request: Some(number), ..AssertionFacts::default() })),
                    ..Thrown::error("SyntaxError", message)
                })),
                JsonError::Inexact(reason) => Stop::Bail(reason),
            })?
        } else {
            Value::String(Arc::from(&*text))
        };
        self.frame.put(slot, Held::Value(value, Some(number)));
        Ok(())
    }

    fn thrown(&mut self, name: &str, message: Option<&Expr>, wraps: Option<usize>, place: Place) -> Stop {
        let text = match message.map(|message| self.frame.value(message)) {
            None | Some(Ok(Value::Undefined)) => String::new(),
            Some(Ok(value)) => match self.frame.text(&value) {
                Ok(text) => text,
                Err(stop) => return stop,
            },
            Some(Err(stop)) => return stop,
        };
        let mut thrown = Thrown { place: Some(place), ..Thrown::error(name, text) };
        match wraps.and_then(|slot| self.frame.slot(slot)) {
            Some(Held::Error(inner)) => {
                thrown.facts.clone_from(&inner.facts);
                thrown.refusal.clone_from(&inner.refusal);
                thrown.transport.clone_from(&inner.transport);
                thrown.place = inner.place.or(thrown.place);
            }
            Some(Held::Value(_, Some(request))) => {
                thrown.facts = Some(Box::new(AssertionFacts { request: Some(*request), ..AssertionFacts::default() }));
            }
            _ => {}
        }
        Stop::Throw(Box::new(thrown))
    }

    fn rethrown(&self, slot: usize) -> Stop {
        match self.frame.slot(slot) {
            Some(Held::Error(error)) => Stop::Throw(error.clone()),
            // jQuery rejects with a jqXHR, which is no `Error` and has no message of its own.
            Some(Held::Value(value, request)) => Stop::Throw(Box::new(Thrown {
                facts: Some(Box::new(AssertionFacts { request: *request, ..AssertionFacts::default() })),
                ..Thrown::error("jqXHR", jquery::rejection(value))
            })),
            _ => Stop::bail("throwing this value"),
        }
    }

    fn assert(&mut self, assertion: &Assertion) -> Result<(), Stop> {
        let mut operands = Vec::with_capacity(assertion.arguments.len());
        let mut request = None;
        for argument in &assertion.arguments {
            operands.push(match argument {
                Argument::Value(expr) => {
                    request = request.or_else(|| self.frame.origin(expr));
                    Operand::Value(self.frame.value(expr)?)
                }
                Argument::Regex(regex) => Operand::Regex(regex),
            });
        }
        let plain = assertion.method.name() == "assert";
        let message = match &assertion.message {
            None => None,
            Some(message) => match self.frame.value(message)? {
                value if !to_boolean(&value) => None,
                Value::String(text) if plain && text.contains("#{") => return Err(Stop::bail("a message with `#{`")),
                Value::String(text) => Some(text.to_string()),
                _ if plain => return Err(Stop::bail("a message that is no text")),
                value => Some(self.frame.text(&value)?),
            },
        };
        let unmet = match check(assertion.method, &operands) {
            Checked::Met => return Ok(()),
            Checked::Unmet(unmet) => unmet,
            Checked::TypeError(message) => return Err(Stop::type_error(message)),
            Checked::Unknown(what) => return Err(Stop::bail(what)),
        };
        let full = match &message {
            Some(message) if plain => message.clone(),
            Some(message) => format!("{message}: {}", unmet.message),
            None => unmet.message.clone(),
        };
        let mut facts = AssertionFacts {
            name: assertion.method.name().to_owned(),
            author_message: message,
            actual: unmet.actual,
            expected: unmet.expected,
            show_diff: unmet.show_diff,
            text: None,
            failed_part: None,
            request,
        };
        self.text_facts(assertion, &operands, &mut facts);
        Err(Stop::Throw(Box::new(Thrown {
            facts: Some(Box::new(facts)),
            place: Some(assertion.place),
            ..Thrown::error("AssertionError", full)
        })))
    }

    /// What was searched for in what, and which part of a condition did not hold.
    fn text_facts(&mut self, assertion: &Assertion, operands: &[Operand<'_>], facts: &mut AssertionFacts) {
        match (assertion.method.name(), operands) {
            ("match" | "notMatch", [Operand::Value(Value::String(text)), Operand::Regex(regex)]) => {
                facts.text = Some(TextFacts {
                    pattern: regex.source().to_owned(),
                    flags: Some(regex.flags().to_owned()),
                    text: Arc::clone(text),
                    negated: assertion.method.name() == "notMatch",
                });
            }
            ("include" | "notInclude", [Operand::Value(Value::String(text)), Operand::Value(Value::String(part))]) => {
                facts.text = Some(TextFacts {
                    pattern: part.to_string(),
                    flags: None,
                    text: Arc::clone(text),
                    negated: assertion.method.name() == "notInclude",
                });
            }
            (_, [Operand::Value(_)]) => {
                if let Some(Argument::Value(expr)) = assertion.arguments.first() {
                    let wanted = !matches!(assertion.method.name(), "isNotOk" | "notOk" | "isFalse" | "isNull");
                    self.frame.failed_part(expr, wanted, self.plan, facts);
                }
            }
            _ => {}
        }
    }
}

fn failed_to_fetch(error: FetchError, place: Place) -> Stop {
    let mut thrown = Thrown::error("TypeError", "Failed to fetch".to_owned());
    thrown.place = (place != Place::default()).then_some(place);
    match error {
        FetchError::Refused(refusal) => thrown.refusal = Some(refusal),
        FetchError::Transport(transport) => thrown.transport = Some(transport),
    }
    Stop::Throw(Box::new(thrown))
}

fn transport_of(answer: &Answer) -> Option<TransportError> {
    match answer {
        Err(FetchError::Transport(error)) => Some(error.clone()),
        Err(FetchError::Refused(_)) => None,
        Ok(response) => response.body.as_ref().err().cloned(),
    }
}
