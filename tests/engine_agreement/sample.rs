//! A text that a regular expression of the curriculum finds, built from its source.

/// A text that matches, for the syntax that the curriculum's hints use; whoever calls checks it.
pub fn sample(source: &str) -> String {
    let mut sampler = Sampler { source: source.chars().collect(), at: 0, groups: Vec::new() };
    sampler.alternatives()
}

struct Sampler {
    source: Vec<char>,
    at: usize,
    groups: Vec<String>,
}

impl Sampler {
    fn peek(&self) -> Option<char> {
        self.source.get(self.at).copied()
    }

    fn eat(&mut self, text: &str) -> bool {
        let found = text.chars().enumerate().all(|(i, c)| self.source.get(self.at + i) == Some(&c));
        if found {
            self.at += text.chars().count();
        }
        found
    }

    /// The first of the alternatives; the others are read over.
    fn alternatives(&mut self) -> String {
        let first = self.sequence();
        while self.eat("|") {
            self.sequence();
        }
        first
    }

    fn sequence(&mut self) -> String {
        let mut out = String::new();
        while let Some(character) = self.peek() {
            if character == '|' || character == ')' {
                break;
            }
            let atom = self.atom();
            out.push_str(&atom.repeat(self.times()));
        }
        out
    }

    fn atom(&mut self) -> String {
        let character = self.source[self.at];
        self.at += 1;
        match character {
            '(' => {
                let hidden = self.eat("?=") || self.eat("?!") || self.eat("?<=") || self.eat("?<!");
                let numbered = !self.eat("?:");
                if self.eat("?<") {
                    while self.peek().is_some_and(|it| it != '>') {
                        self.at += 1;
                    }
                    self.at += 1;
                }
                let number = self.groups.len();
                if numbered {
                    self.groups.push(String::new());
                }
                let inner = self.alternatives();
                self.at += 1;
                if numbered {
                    self.groups[number].clone_from(&inner);
                }
                if hidden { String::new() } else { inner }
            }
            '[' => self.class(),
            '\\' => {
                let escaped = self.source[self.at];
                self.at += 1;
                match escaped {
                    'd' => "7".to_owned(),
                    'w' | 'S' | 'D' => "a".to_owned(),
                    's' | 'W' => " ".to_owned(),
                    'b' | 'B' => String::new(),
                    'n' => "\n".to_owned(),
                    't' => "\t".to_owned(),
                    'k' => {
                        while self.peek().is_some_and(|it| it != '>') {
                            self.at += 1;
                        }
                        self.at += 1;
                        self.groups.first().cloned().unwrap_or_default()
                    }
                    '1'..='9' => {
                        let number = escaped as usize - '1' as usize;
                        self.groups.get(number).cloned().unwrap_or_default()
                    }
                    other => other.to_string(),
                }
            }
            '.' => "x".to_owned(),
            '^' | '$' => String::new(),
            other => other.to_string(),
        }
    }

    /// The first member of a class, or something that is not in a negated one.
    fn class(&mut self) -> String {
        let negated = self.eat("^");
        let mut members = Vec::new();
        while let Some(character) = self.peek() {
            if character == ']' {
                break;
            }
            members.push(self.atom_in_class(character));
        }
        self.at += 1;
        if negated {
            let free = ['x', ' ', '1'].into_iter().find(|it| !members.iter().any(|m| m.contains(*it)));
            free.unwrap_or('é').to_string()
        } else {
            members.first().cloned().unwrap_or_default()
        }
    }

    fn atom_in_class(&mut self, character: char) -> String {
        self.at += 1;
        if character == '\\' {
            self.at -= 1;
            self.atom()
        } else {
            character.to_string()
        }
    }

    /// How often the atom before is taken: once if it may be.
    fn times(&mut self) -> usize {
        let times = if self.eat("*") || self.eat("+") || self.eat("?") {
            1
        } else if self.peek() == Some('{') && self.source.get(self.at + 1).is_some_and(char::is_ascii_digit) {
            self.at += 1;
            let mut count = String::new();
            while let Some(character) = self.peek() {
                self.at += 1;
                if character == '}' {
                    break;
                }
                count.push(character);
            }
            count.split(',').next().and_then(|count| count.parse().ok()).unwrap_or(1)
        } else {
            return 1;
        };
        self.eat("?");
        times
    }
}

#[test]
fn samples_match() {
    for (source, wanted) in [
        (r"io.on.*('|\x22)dis\1[^]*a{3}", "ioxonx'dis'xaaa"),
        (r"passport\.use\(\s*(?:new )?[^\s]+(?<q>['`])k\k<q>", "passport.use( new x'k'"),
        (r"^[a-z]\d+(?!x)|b$", "a7"),
    ] {
        assert_eq!(sample(source), wanted);
    }
}
