//! Workflow commands as GitHub documents them: `::name key=value,key=value::message`, with `%25`, `%0D` and `%0A` in all
//! values, and `%3A` and `%2C` in those of keys.

/// A command.
#[derive(Debug)]
pub struct Command {
    pub name: String,
    pub properties: Vec<(String, String)>,
    pub message: String,
}

impl Command {
    pub fn property(&self, key: &str) -> &str {
        self.properties.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str()).unwrap_or_default()
    }
}

/// The command of a line, if it is one. Leading white space is no obstacle.
pub fn parse(line: &str) -> Option<Command> {
    let (head, message) = line.trim_start().strip_prefix("::")?.split_once("::")?;
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let properties = properties.split(',').filter_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        let value = value.replace("%3A", ":").replace("%2C", ",");
        Some((key.trim().to_owned(), decoded(&value)))
    });
    Some(Command { name: name.to_owned(), properties: properties.collect(), message: decoded(message) })
}

fn decoded(text: &str) -> String {
    // `%25` last: what it gives is not looked at again.
    text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
}
