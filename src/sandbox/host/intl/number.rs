//! Numbers as `Intl.NumberFormat` writes them in `en-US`.

use std::collections::BTreeMap;

use super::{Part, decimal::Decimal};

/// The symbols of `en-US`; any other currency shows its code.
const SYMBOLS: &[(&str, &str)] = &[
    ("AUD", "A$"),
    ("BRL", "R$"),
    ("CAD", "CA$"),
    ("CNY", "CN¥"),
    ("EUR", "€"),
    ("GBP", "£"),
    ("HKD", "HK$"),
    ("ILS", "₪"),
    ("INR", "₹"),
    ("JPY", "¥"),
    ("KRW", "₩"),
    ("MXN", "MX$"),
    ("NZD", "NZ$"),
    ("PHP", "₱"),
    ("TWD", "NT$"),
    ("USD", "$"),
    ("VND", "₫"),
    ("XAF", "FCFA"),
    ("XCD", "EC$"),
    ("XOF", "F\u{202f}CFA"),
    ("XPF", "CFPF"),
];
const COMPACT: [(&str, &str); 4] = [("K", "thousand"), ("M", "million"), ("B", "billion"), ("T", "trillion")];

/// The parts of a number that JavaScript prints as `text`; `None` for options that we do not have.
pub(super) fn format(text: &str, options: &BTreeMap<String, String>) -> Option<Vec<Part>> {
    let option = |name: &str| options.get(name).map_or("", String::as_str);
    let count = |name: &str| option(name).parse::<usize>().ok();
    let negative = text.starts_with('-');
    let mut body = Vec::new();
    let mut zero = false;
    match text.trim_start_matches('-') {
        "NaN" => body.push(Part::new("nan", "NaN")),
        "Infinity" => body.push(Part::new("infinity", "∞")),
        digits => {
            let mut number = Decimal::parse(digits)?;
            if option("style") == "percent" {
                number = number.shifted(2);
            }
            let compact = option("notation") == "compact";
            let power = if compact { power(&number, options) } else { 0 };
            number = rounded(number.shifted(-3 * i64::try_from(power).ok()?), options);
            zero = number.is_zero();
            let fraction = if count("maximumSignificantDigits").is_some() {
                significant_fraction(&number, count("minimumSignificantDigits").unwrap_or(1))
            } else {
                count("minimumFractionDigits").unwrap_or(0)
            };
            let (whole, fraction) = number.split(count("minimumIntegerDigits").unwrap_or(1), fraction);
            group(&whole, option("useGrouping"), &mut body);
            if !fraction.is_empty() {
                body.push(Part::new("decimal", "."));
                body.push(Part::new("fraction", fraction));
            }
            if let Some((short, long)) = power.checked_sub(1).and_then(|i| COMPACT.get(i)) {
                if option("compactDisplay") == "long" {
                    body.push(Part::new("literal", " "));
                    body.push(Part::new("compact", *long));
                } else {
                    body.push(Part::new("compact", *short));
                }
            }
        }
    }
    let sign = sign(option("signDisplay"), negative, zero, text == "NaN");
    decorate(body, sign, options)
}

fn sign(display: &str, negative: bool, zero: bool, nan: bool) -> Option<Part> {
    let minus = Some(Part::new("minusSign", "-"));
    let plus = Some(Part::new("plusSign", "+"));
    match display {
        "never" => None,
        "exceptZero" if zero || nan => None,
        "always" | "exceptZero" => {
            if negative {
                minus
            } else {
                plus
            }
        }
        "negative" if zero => None,
        _ => {
            if negative {
                minus
            } else {
                None
            }
        }
    }
}

fn decorate(mut body: Vec<Part>, sign: Option<Part>, options: &BTreeMap<String, String>) -> Option<Vec<Part>> {
    let option = |name: &str| options.get(name).map_or("", String::as_str);
    let mut out = Vec::new();
    match option("style") {
        "percent" => {
            out.extend(sign);
            out.append(&mut body);
            out.push(Part::new("percentSign", "%"));
        }
        "currency" => {
            let symbol = symbol(option("currency"), option("currencyDisplay"))?;
            // A symbol that ends like a word keeps its distance from digits.
            let spaced = symbol.ends_with(char::is_alphanumeric) && body.first().is_some_and(|p| p.kind == "integer");
            let accounting = option("currencySign") == "accounting" && sign.as_ref().is_some_and(|s| s.text == "-");
            if accounting {
                out.push(Part::new("literal", "("));
            } else {
                out.extend(sign);
            }
            out.push(Part::new("currency", symbol));
            if spaced {
                out.push(Part::new("literal", "\u{a0}"));
            }
            out.append(&mut body);
            if accounting {
                out.push(Part::new("literal", ")"));
            }
        }
        _ => {
            out.extend(sign);
            out.append(&mut body);
        }
    }
    Some(out)
}

fn symbol(currency: &str, display: &str) -> Option<String> {
    let symbol = SYMBOLS.iter().find(|(code, _)| *code == currency).map(|(_, symbol)| *symbol);
    match display {
        "code" => Some(currency.to_owned()),
        "symbol" => Some(symbol.unwrap_or(currency).to_owned()),
        "narrowSymbol" => {
            let last = symbol?.chars().last().filter(|c| !c.is_alphanumeric())?;
            Some(last.to_string())
        }
        _ => None,
    }
}

fn rounded(number: Decimal, options: &BTreeMap<String, String>) -> Decimal {
    let count = |name: &str| options.get(name).and_then(|text| text.parse::<i64>().ok());
    if let Some(digits) = count("maximumSignificantDigits") {
        let places = digits - number.magnitude();
        return number.rounded(places);
    }
    if let Some(places) = count("maximumFractionDigits") {
        return number.rounded(places);
    }
    // Compact notation: two digits, or all of the integer.
    let places = (2 - number.magnitude()).max(0);
    number.rounded(places)
}

fn significant_fraction(number: &Decimal, least: usize) -> usize {
    let before = if number.is_zero() { 1 } else { number.magnitude() };
    usize::try_from(i64::try_from(least).unwrap_or(0) - before).unwrap_or(0)
}

/// How many times a thousand is taken out for compact notation.
fn power(number: &Decimal, options: &BTreeMap<String, String>) -> usize {
    let of = |n: &Decimal| usize::try_from((n.magnitude() - 1).div_euclid(3)).unwrap_or(0).min(COMPACT.len());
    let first = of(number);
    // 999,999 rounds up to the next name: 1M.
    let shift = 3 * i64::try_from(first).unwrap_or(0);
    let after = rounded(number.clone().shifted(-shift), options).shifted(shift);
    of(&after)
}

fn group(whole: &str, grouping: &str, out: &mut Vec<Part>) {
    let least = match grouping {
        "false" => usize::MAX,
        "min2" => 5,
        _ => 4,
    };
    if whole.len() < least {
        out.push(Part::new("integer", whole));
        return;
    }
    let first = match whole.len() % 3 {
        0 => 3,
        n => n,
    };
    let (head, mut rest) = whole.split_at(first);
    out.push(Part::new("integer", head));
    while !rest.is_empty() {
        let (three, after) = rest.split_at(3);
        out.push(Part::new("group", ","));
        out.push(Part::new("integer", three));
        rest = after;
    }
}
