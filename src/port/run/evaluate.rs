//! Expressions.

use std::sync::Arc;

use url::Url;

use super::world::{World, is_settled};
use super::{Held, Stop, Thrown, method, operator, request};
use crate::port::chai::inherited;
use crate::port::js::{
    JsonError, inspect, number_to_string, parse_date, parse_json, stringify, to_boolean, to_display, to_number,
    type_of, units,
};
use crate::port::plan::{ErrorField, Expr, Global, ResponseField, Slot, Walk};
use crate::verdict::{Object, Value};

/// The slots of a run, and what expressions know of the world.
#[derive(Debug)]
pub(super) struct Frame<'p> {
    slots: Vec<Held>,
    pub(super) world: &'p World<'p>,
    pub(super) now: f64,
    /// The URL that was made last: it is often the next that is asked for.
    made: Option<Url>,
}

impl<'p> Frame<'p> {
    pub(super) fn new(slots: usize, world: &'p World<'p>) -> Self {
        Self { slots: vec![Held::Value(Value::Undefined, None); slots], world, now: 0.0, made: None }
    }

    pub(super) fn slot(&self, slot: Slot) -> Option<&Held> {
        self.slots.get(slot)
    }

    pub(super) fn put(&mut self, slot: Slot, held: Held) {
        if let Some(place) = self.slots.get_mut(slot) {
            *place = held;
        }
    }

    /// What `Let` puts into a slot: whatever another slot holds, or a value with where it came from.
    pub(super) fn held(&mut self, expr: &Expr) -> Result<Held, Stop> {
        if let Expr::Slot(slot) = expr
            && let Some(held) = self.slots.get(*slot)
        {
            return Ok(held.clone());
        }
        let origin = self.origin(expr);
        Ok(Held::Value(self.value(expr)?, origin))
    }

    /// `ToString`.
    pub(super) fn text(&self, value: &Value) -> Result<String, Stop> {
        to_display(value, self.world.zone()).ok_or_else(|| Stop::bail("the text of this value"))
    }

    /// The number of the request that a value comes from, as far as one slot shows it.
    pub(super) fn origin(&self, expr: &Expr) -> Option<usize> {
        let mut found = None;
        expr.each_slot(&mut |slot| {
            if found.is_none() {
                found = match self.slots.get(slot) {
                    Some(Held::Value(_, origin)) => *origin,
                    Some(Held::Response(_, number, _)) => Some(*number),
                    _ => None,
                };
            }
        });
        found
    }

    pub(super) fn value(&mut self, expr: &Expr) -> Result<Value, Stop> {
        match self.link(expr)? {
            Link::Value(value) => Ok(value),
            Link::Missing => Ok(Value::Undefined),
        }
    }

    fn link(&mut self, expr: &Expr) -> Result<Link, Stop> {
        let value = match expr {
            Expr::Const(value) => value.clone(),
            Expr::Slot(slot) => match self.slots.get(*slot) {
                Some(Held::Value(value, _)) => value.clone(),
                _ => return Err(Stop::bail("this use of a response or an error")),
            },
            Expr::Code => Value::from(self.world.code()),
            Expr::Member { object, key, optional } => {
                let Link::Value(object) = self.link(object)? else { return Ok(Link::Missing) };
                if *optional && matches!(object, Value::Undefined | Value::Null) {
                    return Ok(Link::Missing);
                }
                let key = self.value(key)?;
                self.member(&object, &key)?
            }
            Expr::Chain(inner) => self.value(inner)?,
            Expr::Call { method, receiver, arguments, optional, name } => {
                let Link::Value(subject) = self.link(receiver)? else { return Ok(Link::Missing) };
                if *optional && matches!(subject, Value::Undefined | Value::Null) {
                    return Ok(Link::Missing);
                }
                let mut values = Vec::with_capacity(arguments.len());
                if !matches!(subject, Value::Undefined | Value::Null) {
                    for argument in arguments {
                        values.push(self.value(argument)?);
                    }
                }
                method::call(self, &subject, method, &values, name)?
            }
            other => self.simple(other)?,
        };
        Ok(Link::Value(value))
    }

    fn simple(&mut self, expr: &Expr) -> Result<Value, Stop> {
        Ok(match expr {
            Expr::Template(parts) => {
                let mut out = String::new();
                for part in parts {
                    let value = self.value(part)?;
                    out.push_str(&self.text(&value)?);
                }
                Value::from(out)
            }
            Expr::Url(url, base) => self.url(url, base.as_deref())?,
            Expr::Binary { operator, left, right, .. } => {
                let left = self.value(left)?;
                let right = self.value(right)?;
                operator::binary(self, *operator, &left, &right)?
            }
            Expr::And(left, right) => match self.value(left)? {
                value if to_boolean(&value) => self.value(right)?,
                value => value,
            },
            Expr::Or(left, right) => match self.value(left)? {
                value if !to_boolean(&value) => self.value(right)?,
                value => value,
            },
            Expr::Coalesce(left, right) => match self.value(left)? {
                Value::Undefined | Value::Null => self.value(right)?,
                value => value,
            },
            Expr::Conditional(test, yes, no) => {
                let chosen = if to_boolean(&self.value(test)?) { yes } else { no };
                self.value(chosen)?
            }
            Expr::Not(inner) => Value::Bool(!to_boolean(&self.value(inner)?)),
            Expr::Negate(inner) => Value::Number(-self.number(inner)?),
            Expr::ToNumber(inner) => Value::Number(self.number(inner)?),
            Expr::TypeOf(inner) => Value::from(type_of(&self.value(inner)?)),
            Expr::Array(items) => {
                Value::Array(items.iter().map(|item| self.value(item)).collect::<Result<Vec<_>, _>>()?.into())
            }
            Expr::Object(entries) => {
                let mut values = Vec::with_capacity(entries.len());
                for (key, value) in entries {
                    values.push((Arc::clone(key), self.value(value)?));
                }
                Value::Object(Arc::new(Object::from_entries(values)))
            }
            Expr::Global { function, argument } => {
                let argument = self.value(argument)?;
                self.global(*function, &argument)?
            }
            Expr::Test { regex, text } => {
                let text = self.value(text)?;
                let text = self.text(&text)?;
                Value::Bool(regex.is_match(&text).ok_or_else(|| Stop::bail("a regular expression of this size"))?)
            }
            Expr::Match { regex, text, name } => {
                let subject = self.subject(text, "match", name)?;
                match regex.is_match(&subject) {
                    None => return Err(Stop::bail("a regular expression of this size")),
                    Some(false) => Value::Null,
                    // Only whether there is a match can be seen of it; see the compiler.
                    Some(true) => Value::Other { kind: "Array".into(), text: "[ … ]".into() },
                }
            }
            Expr::Replace { regex, text, by, name } => {
                let subject = self.subject(text, "replace", name)?;
                let by = self.value(by)?;
                let by = self.text(&by)?;
                Value::from(regex.replace(&subject, &by).ok_or_else(|| Stop::bail("half a character"))?)
            }
            Expr::Walk { walk, array, item, body, name } => self.walk(*walk, array, *item, body, name)?,
            Expr::Now => Value::Number(self.now.floor()),
            Expr::Date(None) => Value::Date(self.now.floor()),
            Expr::Date(Some(argument)) => self.date(argument)?,
            Expr::Response(slot, field) => self.response(*slot, *field)?,
            Expr::Header(slot, name) => self.header(*slot, name)?,
            Expr::Error(slot, field) => match (self.slots.get(*slot), field) {
                (Some(Held::Error(error)), ErrorField::Message) => Value::from(error.message.as_str()),
                (Some(Held::Error(error)), ErrorField::Name) => Value::from(error.name.as_str()),
                (Some(Held::Error(error)), ErrorField::Text) => Value::from(error.text()),
                _ => return Err(Stop::bail("an error that is none")),
            },
            Expr::Form(entries, style) => {
                let pairs = request::pairs(entries, self)?;
                Value::from(request::form(&pairs, *style, self)?)
            }
            _ => return Err(Stop::bail("this expression")),
        })
    }

    fn number(&mut self, expr: &Expr) -> Result<f64, Stop> {
        let value = self.value(expr)?;
        to_number(&value).ok_or_else(|| Stop::bail("arithmetic on this value"))
    }

    fn url(&mut self, url: &Expr, base: Option<&Expr>) -> Result<Value, Stop> {
        let url = self.value(url)?;
        let url = self.text(&url)?;
        let base = match base {
            Some(base) => {
                let base = self.value(base)?;
                Some(self.text(&base)?)
            }
            None => None,
        };
        let made = self.world.join(&url, base.as_deref());
        let made = made.ok_or_else(|| Stop::type_error("Failed to construct 'URL': Invalid URL".to_owned()))?;
        let text = Value::from(made.as_str());
        self.made = Some(made).filter(is_settled);
        Ok(text)
    }

    /// A URL as the page resolves it; nothing where it does not parse.
    pub(super) fn resolve(&self, text: &str) -> Option<Url> {
        let made = self.made.as_ref().filter(|made| made.as_str() == text);
        made.cloned().or_else(|| self.world.resolve(text))
    }

    /// The text that a method of strings works on.
    fn subject(&mut self, expr: &Expr, method: &str, name: &str) -> Result<Arc<str>, Stop> {
        match self.value(expr)? {
            Value::String(text) => Ok(text),
            value @ (Value::Undefined | Value::Null) => {
                let kind = inspect(&value);
                Err(Stop::type_error(format!("Cannot read properties of {kind} (reading '{method}')")))
            }
            Value::Other { .. } => Err(Stop::bail(format!("`{method}` on this value"))),
            Value::Object(object) if object.has(method) => Err(Stop::bail(format!("an own `{method}`"))),
            _ => Err(Stop::type_error(format!("{name} is not a function"))),
        }
    }

    fn member(&self, object: &Value, key: &Value) -> Result<Value, Stop> {
        let name = self.text(key)?;
        let own = match object {
            Value::Undefined | Value::Null => {
                let kind = inspect(object);
                return Err(Stop::type_error(format!("Cannot read properties of {kind} (reading '{name}')")));
            }
            Value::Object(object) => object.get(&name).cloned(),
            Value::Array(items) if name == "length" => Some(count(items.len())),
            Value::Array(items) => array_index(&name).and_then(|index| items.get(index).cloned()),
            Value::String(text) if name == "length" => Some(count(units(text))),
            Value::String(text) => match array_index(&name) {
                Some(index) if index < units(text) => {
                    let unit = crate::port::js::slice16(text, index, index + 1);
                    Some(Value::from(unit.ok_or_else(|| Stop::bail("half a character"))?))
                }
                _ => None,
            },
            Value::Other { .. } => return Err(Stop::bail("a property of this value")),
            Value::Bool(_) | Value::Number(_) | Value::Date(_) => None,
        };
        match own {
            Some(value) => Ok(value),
            None if inherited(object, &name) => Err(Stop::bail(format!("the inherited property `{name}`"))),
            None => Ok(Value::Undefined),
        }
    }

    fn response(&self, slot: Slot, field: ResponseField) -> Result<Value, Stop> {
        let Some(Held::Response(response, ..)) = self.slots.get(slot) else {
            return Err(Stop::bail("a field of what is no response"));
        };
        Ok(match field {
            ResponseField::Ok => Value::Bool(response.ok()),
            ResponseField::Status => Value::Number(f64::from(response.status)),
            ResponseField::StatusText => Value::from(response.status_text.as_str()),
            ResponseField::Url => Value::from(response.url.as_str()),
            ResponseField::Redirected => Value::Bool(response.redirected),
        })
    }

    fn header(&mut self, slot: Slot, name: &Expr) -> Result<Value, Stop> {
        let name = self.value(name)?;
        let name = self.text(&name)?.to_lowercase();
        let Some(Held::Response(response, ..)) = self.slots.get(slot) else {
            return Err(Stop::bail("headers of what is no response"));
        };
        let values: Vec<&str> =
            response.headers.iter().filter(|(key, _)| *key == name).map(|(_, value)| value.as_str()).collect();
        Ok(if values.is_empty() { Value::Null } else { Value::from(values.join(", ")) })
    }

    fn date(&mut self, argument: &Expr) -> Result<Value, Stop> {
        Ok(Value::Date(match self.value(argument)? {
            Value::Date(time) => time,
            Value::String(text) => {
                parse_date(&text, self.world.zone()).map_err(|error| Stop::bail(error.to_string()))?
            }
            Value::Array(_) | Value::Object(_) | Value::Other { .. } => return Err(Stop::bail("a date of this value")),
            // Times end at 8.64e15 ms on both sides.
            value => to_number(&value).map(f64::trunc).filter(|time| time.abs() <= 8.64e15).unwrap_or(f64::NAN),
        }))
    }

    fn global(&self, function: Global, argument: &Value) -> Result<Value, Stop> {
        let number = || to_number(argument).ok_or_else(|| Stop::bail("the number of this value"));
        Ok(match function {
            Global::Number => Value::Number(number()?),
            Global::String => Value::from(self.text(argument)?),
            Global::Boolean => Value::Bool(to_boolean(argument)),
            Global::IsNan => Value::Bool(number()?.is_nan()),
            Global::IsArray => Value::Bool(matches!(argument, Value::Array(_))),
            Global::Abs => Value::Number(number()?.abs()),
            Global::Floor => Value::Number(number()?.floor()),
            Global::ObjectKeys => match argument {
                Value::Object(object) => {
                    Value::Array(object.iter().map(|(key, _)| Value::String(key.clone())).collect())
                }
                Value::Array(items) => {
                    Value::Array((0..items.len()).map(|index| Value::from(index.to_string())).collect())
                }
                Value::Undefined | Value::Null => {
                    return Err(Stop::type_error("Cannot convert undefined or null to object".to_owned()));
                }
                _ => return Err(Stop::bail("the keys of this value")),
            },
            Global::JsonParse => parse_json(&self.text(argument)?).map_err(|error| match error {
                JsonError::Syntax(message) => {
                    Stop::Throw(Box::new(Thrown::error("SyntaxError", json_message(argument, message))))
                }
                JsonError::Inexact(reason) => Stop::Bail(reason),
            })?,
            Global::JsonStringify => match argument {
                Value::Undefined => Value::Undefined,
                value => Value::from(stringify(value).ok_or_else(|| Stop::bail("`JSON.stringify` of this value"))?),
            },
            Global::EncodeUriComponent => Value::from(request::encode_uri_component(&self.text(argument)?)),
        })
    }

    fn walk(&mut self, walk: Walk, array: &Expr, item: Slot, body: &Expr, named: &str) -> Result<Value, Stop> {
        let name = walk.name();
        let items = match self.value(array)? {
            Value::Array(items) => items,
            value @ (Value::Undefined | Value::Null) => {
                let kind = inspect(&value);
                return Err(Stop::type_error(format!("Cannot read properties of {kind} (reading '{name}')")));
            }
            Value::Other { .. } => return Err(Stop::bail(format!("`{name}` on this value"))),
            Value::Object(object) if object.has(name) => return Err(Stop::bail(format!("an own `{name}`"))),
            _ => return Err(Stop::type_error(format!("{named} is not a function"))),
        };
        let origin = self.origin(array);
        let mut kept = Vec::new();
        for (index, value) in items.iter().enumerate() {
            self.put(item, Held::Value(value.clone(), origin));
            let result = self.value(body)?;
            let truthy = to_boolean(&result);
            match walk {
                Walk::Map => kept.push(result),
                Walk::Filter if truthy => kept.push(value.clone()),
                Walk::Find if truthy => return Ok(value.clone()),
                Walk::FindIndex if truthy => return Ok(count(index)),
                Walk::Some if truthy => return Ok(Value::Bool(true)),
                Walk::Every if !truthy => return Ok(Value::Bool(false)),
                _ => {}
            }
        }
        Ok(match walk {
            Walk::Map | Walk::Filter => Value::Array(kept.into()),
            Walk::Find => Value::Undefined,
            Walk::FindIndex => Value::Number(-1.0),
            Walk::Some => Value::Bool(false),
            Walk::Every => Value::Bool(true),
        })
    }
}

enum Link {
    Value(Value),
    /// A link of an optional chain is missing: the whole chain is `undefined`.
    Missing,
}

/// V8 says more about a value that is no text at all.
fn json_message(argument: &Value, message: String) -> String {
    match argument {
        Value::Object(_) => "\"[object Object]\" is not valid JSON".to_owned(),
        Value::Undefined => "\"undefined\" is not valid JSON".to_owned(),
        _ => message,
    }
}

#[expect(clippy::cast_precision_loss, reason = "lengths are far below 2^53")]
fn count(length: usize) -> Value {
    Value::Number(length as f64)
}

fn array_index(name: &str) -> Option<usize> {
    name.parse().ok().filter(|index: &usize| number_to_string(to_f64(*index)) == name)
}

#[expect(clippy::cast_precision_loss, reason = "only indexes within a bounded body matter")]
fn to_f64(index: usize) -> f64 {
    index as f64
}
