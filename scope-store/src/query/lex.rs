//! Text to words.

use super::error::QueryError;

/// Words that are neither names nor values.
pub(super) const WORDS: [&str; 7] = ["and", "or", "not", "is", "contains", "true", "false"];

/// Units of time in nanoseconds, the greatest first.
pub(super) const UNITS: [(&str, u64); 7] = [
    ("d", 86_400_000_000_000),
    ("h", 3_600_000_000_000),
    ("m", 60_000_000_000),
    ("s", 1_000_000_000),
    ("ms", 1_000_000),
    ("us", 1_000),
    ("ns", 1),
];

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A name, or one of the words that mean something.
    Word(String),
    /// A name in backticks.
    Name(String),
    Text(String),
    Int(i128),
    Float(f64),
    Duration(u64),
    Sign(&'static str),
    End,
}

/// The longest first.
const SIGNS: [&str; 20] =
    ["&&", "||", "==", "!=", "<=", ">=", "=", "<", ">", "!", "~", "(", ")", "[", "]", ".", "*", "&", "|", "-"];

pub(super) fn is_name(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(starts_name) && chars.all(continues_name)
}

fn starts_name(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}

fn continues_name(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// All words of `text`, each with where it begins; the last is [`Token::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<(usize, Token)>, QueryError> {
    let mut lexer = Lexer { text, rest: text };
    let mut tokens = Vec::new();
    loop {
        lexer.rest = lexer.rest.trim_start();
        let at = lexer.at();
        let after_point = matches!(tokens.last(), Some((_, Token::Sign("."))));
        let token = lexer.next(after_point)?;
        let is_end = token == Token::End;
        tokens.push((at, token));
        if is_end {
            return Ok(tokens);
        }
    }
}

struct Lexer<'t> {
    text: &'t str,
    rest: &'t str,
}

impl<'t> Lexer<'t> {
    fn at(&self) -> usize {
        self.text.len() - self.rest.len()
    }

    fn next(&mut self, after_point: bool) -> Result<Token, QueryError> {
        let Some(first) = self.rest.chars().next() else { return Ok(Token::End) };
        let behind = self.rest.strip_prefix('-').unwrap_or(self.rest);
        match first {
            '"' | '\'' => self.quoted(first).map(Token::Text),
            '`' => self.quoted(first).map(Token::Name),
            _ if starts_name(first) => Ok(Token::Word(self.take(continues_name).to_owned())),
            _ if after_point && first.is_ascii_digit() => self.int(),
            _ if behind.starts_with(|c: char| c.is_ascii_digit()) => self.number(),
            _ => self.sign(first),
        }
    }

    /// The longest run of such characters.
    fn take(&mut self, wanted: impl Fn(char) -> bool) -> &'t str {
        let end = self.rest.find(|c| !wanted(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    fn error(&self, at: usize, wrong: impl Into<String>) -> QueryError {
        QueryError::new(self.text, at, wrong)
    }

    fn sign(&mut self, first: char) -> Result<Token, QueryError> {
        let Some((sign, rest)) = SIGNS.iter().find_map(|sign| Some((*sign, self.rest.strip_prefix(sign)?))) else {
            return Err(self.error(self.at(), format!("`{}` means nothing here", first.escape_debug())));
        };
        let sign = match sign {
            "==" => "=",
            "&" | "|" => return Err(self.error(self.at(), format!("expected `{sign}{sign}`"))),
            "-" => return Err(self.error(self.at(), "expected a number behind `-`")),
            sign => sign,
        };
        self.rest = rest;
        Ok(Token::Sign(sign))
    }

    fn quoted(&mut self, quote: char) -> Result<String, QueryError> {
        let start = self.at();
        let mut text = String::new();
        let mut chars = self.rest.chars();
        chars.next();
        loop {
            let here = self.text.len() - chars.as_str().len();
            match chars.next() {
                None => return Err(self.error(start, format!("there is no {quote} that ends this"))),
                Some('\\') => match escape(&mut chars) {
                    Some(c) => text.push(c),
                    None => return Err(self.error(here, "expected `\\n`, `\\r`, `\\t`, `\\u{…}`, a quote or a `\\`")),
                },
                Some(c) if c == quote => break,
                Some(c) => text.push(c),
            }
        }
        self.rest = chars.as_str();
        Ok(text)
    }

    /// The place of an item in a path: `x.0.1` has two of them.
    fn int(&mut self) -> Result<Token, QueryError> {
        let at = self.at();
        let digits = self.take(|c| c.is_ascii_digit());
        digits.parse().map(Token::Int).map_err(|_| self.error(at, "this number is too large"))
    }

    fn number(&mut self) -> Result<Token, QueryError> {
        let at = self.at();
        let digits = |c: char| c.is_ascii_digit() || c == '_';
        let mut text = String::new();
        if let Some(rest) = self.rest.strip_prefix('-') {
            (self.rest, text) = (rest, "-".to_owned());
        }
        text.push_str(self.take(digits));
        let starts_with_digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        let mut is_float = false;
        if let Some(rest) = self.rest.strip_prefix('.').filter(|rest| starts_with_digit(rest)) {
            (self.rest, is_float) = (rest, true);
            text.push('.');
            text.push_str(self.take(digits));
        }
        if let Some(rest) = self.rest.strip_prefix(['e', 'E']) {
            let (sign, rest) = match rest.strip_prefix(['+', '-']) {
                Some(behind) => (rest.starts_with('-'), behind),
                None => (false, rest),
            };
            if starts_with_digit(rest) {
                (self.rest, is_float) = (rest, true);
                text.push_str(if sign { "e-" } else { "e" });
                text.push_str(self.take(digits));
            }
        }
        text.retain(|c| c != '_');
        if self.rest.starts_with(starts_name) {
            return self.duration(at, &text);
        }
        let too_large = || self.error(at, "this number is too large");
        if is_float {
            let float: f64 = text.parse().map_err(|_| too_large())?;
            return if float.is_finite() { Ok(Token::Float(float)) } else { Err(too_large()) };
        }
        text.parse().map(Token::Int).map_err(|_| too_large())
    }

    /// `5ms`, `1m30s`; its first number is `number`.
    fn duration(&mut self, at: usize, number: &str) -> Result<Token, QueryError> {
        let (mut number, mut number_at, mut total) = (number.to_owned(), at, 0u64);
        loop {
            let unit_at = self.at();
            let unit = self.take(char::is_alphabetic);
            let size = match unit {
                "µs" | "μs" => Some(1_000),
                "min" => Some(60_000_000_000),
                _ => UNITS.iter().find(|(name, _)| *name == unit).map(|(_, size)| *size),
            };
            let Some(size) = size else {
                let found = if unit.is_empty() { "there".to_owned() } else { format!("`{unit}`") };
                let wrong = format!("{found} is no unit of time: these are ns, us, ms, s, m, h and d");
                return Err(self.error(unit_at, wrong));
            };
            let part = duration(&number, size).and_then(|part| total.checked_add(part));
            total = part.ok_or_else(|| self.error(number_at, "no duration: it is negative or too large"))?;
            number_at = self.at();
            number = self.take(|c| c.is_ascii_digit() || c == '.').to_owned();
            if number.is_empty() {
                return Ok(Token::Duration(total));
            }
        }
    }
}

/// `number` times `unit`, cut to a whole number.
fn duration(number: &str, unit: u64) -> Option<u64> {
    if let Ok(whole) = number.parse::<u64>() {
        return whole.checked_mul(unit);
    }
    let product = number.parse::<f64>().ok()? * unit as f64;
    (product >= 0.0 && product < u64::MAX as f64).then_some(product.round() as u64)
}

fn escape(chars: &mut std::str::Chars<'_>) -> Option<char> {
    match chars.next()? {
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        c @ ('\\' | '"' | '\'' | '`') => Some(c),
        'u' => {
            let (code, rest) = chars.as_str().strip_prefix('{')?.split_once('}')?;
            let c = char::from_u32(u32::from_str_radix(code, 16).ok()?)?;
            *chars = rest.chars();
            Some(c)
        }
        _ => None,
    }
}
