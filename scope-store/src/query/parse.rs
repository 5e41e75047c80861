//! Words to conditions.

use super::ast::{Comparison, Expr, Literal, Operand, Path, Root, Step};
use super::error::QueryError;
use super::lex::{Token, WORDS, tokens};

/// How deep parentheses and `not`s may stand in each other.
const DEEPEST: usize = 64;

/// The condition that `text` is.
pub(super) fn query(text: &str) -> Result<Expr, QueryError> {
    let mut parser = Parser::new(text)?;
    let expr = parser.any()?;
    parser.end("`and`, `or` or the end")?;
    Ok(expr)
}

/// The path that `text` is.
pub(super) fn path(text: &str) -> Result<Path, QueryError> {
    let mut parser = Parser::new(text)?;
    let path = parser.path("a name")?;
    parser.end("`.`, `[` or the end")?;
    Ok(path)
}

struct Parser<'t> {
    text: &'t str,
    tokens: std::iter::Peekable<std::vec::IntoIter<(usize, Token)>>,
    depth: usize,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Result<Self, QueryError> {
        Ok(Self { text, tokens: tokens(text)?.into_iter().peekable(), depth: 0 })
    }

    /// What comes next, which stays.
    fn peek(&mut self) -> &Token {
        self.tokens.peek().map_or(&Token::End, |(_, token)| token)
    }

    fn next(&mut self) -> Token {
        self.tokens.next().map_or(Token::End, |(_, token)| token)
    }

    fn at(&mut self) -> usize {
        self.tokens.peek().map_or(self.text.len(), |(at, _)| *at)
    }

    /// Takes the next word if it is this sign.
    fn sign(&mut self, sign: &str) -> bool {
        let is_next = matches!(self.peek(), Token::Sign(next) if *next == sign);
        if is_next {
            self.next();
        }
        is_next
    }

    /// Takes the next word if it is this one.
    fn word(&mut self, word: &str) -> bool {
        let is_next = matches!(self.peek(), Token::Word(next) if next == word);
        if is_next {
            self.next();
        }
        is_next
    }

    fn error(&mut self, wrong: impl Into<String>) -> QueryError {
        QueryError::new(self.text, self.at(), wrong)
    }

    fn expected(&mut self, what: &str) -> QueryError {
        let found = match self.peek() {
            Token::Word(word) => format!("`{word}`"),
            Token::Name(name) => format!("the name `{}`", name.escape_debug()),
            Token::Text(_) => "a text".to_owned(),
            Token::Int(_) | Token::Float(_) => "a number".to_owned(),
            Token::Duration(_) => "a duration".to_owned(),
            Token::Sign(sign) => format!("`{sign}`"),
            Token::End => "the end".to_owned(),
        };
        self.error(format!("expected {what}, found {found}"))
    }

    fn end(&mut self, otherwise: &str) -> Result<(), QueryError> {
        if *self.peek() == Token::End { Ok(()) } else { Err(self.expected(otherwise)) }
    }

    fn any(&mut self) -> Result<Expr, QueryError> {
        let first = self.all()?;
        let mut parts = vec![first];
        while self.word("or") || self.sign("||") {
            parts.push(self.all()?);
        }
        Ok(alone(parts).unwrap_or_else(Expr::Any))
    }

    fn all(&mut self) -> Result<Expr, QueryError> {
        let first = self.not()?;
        let mut parts = vec![first];
        while self.word("and") || self.sign("&&") {
            parts.push(self.not()?);
        }
        Ok(alone(parts).unwrap_or_else(Expr::All))
    }

    fn not(&mut self) -> Result<Expr, QueryError> {
        if self.depth == DEEPEST {
            return Err(self.error(format!("more than {DEEPEST} parentheses and `not`s in each other")));
        }
        self.depth += 1;
        let expr = if self.word("not") || self.sign("!") {
            Expr::Not(Box::new(self.not()?))
        } else if self.sign("(") {
            let inner = self.any()?;
            if !self.sign(")") {
                return Err(self.expected("`and`, `or` or `)`"));
            }
            inner
        } else {
            self.predicate()?
        };
        self.depth -= 1;
        Ok(expr)
    }

    fn predicate(&mut self) -> Result<Expr, QueryError> {
        let path = self.path("a name, `not` or `(`")?;
        if self.word("is") {
            return Ok(Expr::Is(path, self.name("a name, as in `is Err`")?));
        }
        if self.word("contains") {
            return match self.literal() {
                Some(literal) => Ok(Expr::Contains(path, literal)),
                None => Err(self.expected("a text, a number or a duration")),
            };
        }
        if self.sign("~") {
            return match self.next_text() {
                Some(pattern) => Ok(Expr::Like(path, pattern)),
                None => Err(self.expected("a pattern in quotes")),
            };
        }
        let sign = if let Token::Sign(sign) = self.peek() { *sign } else { "" };
        let Some((_, comparison)) = Comparison::ALL.into_iter().find(|(known, _)| *known == sign) else {
            return Ok(Expr::Holds(path));
        };
        self.next();
        Ok(Expr::Compare(path, comparison, self.operand()?))
    }

    fn operand(&mut self) -> Result<Operand, QueryError> {
        match self.literal() {
            Some(literal) => Ok(Operand::Literal(literal)),
            None => self.path("a value or a name").map(Operand::Path),
        }
    }

    fn literal(&mut self) -> Option<Literal> {
        let literal = match self.peek() {
            Token::Int(int) => Literal::Int(*int),
            Token::Float(float) => Literal::Float(*float),
            Token::Duration(ns) => Literal::Duration(*ns),
            Token::Text(text) => Literal::Text(text.clone()),
            Token::Word(word) if word == "true" => Literal::Bool(true),
            Token::Word(word) if word == "false" => Literal::Bool(false),
            _ => return None,
        };
        self.next();
        Some(literal)
    }

    fn next_text(&mut self) -> Option<String> {
        let Token::Text(text) = self.peek() else { return None };
        let text = text.clone();
        self.next();
        Some(text)
    }

    /// A name, of a field or a variant.
    fn name(&mut self, what: &str) -> Result<String, QueryError> {
        match self.peek() {
            Token::Word(word) if !WORDS.contains(&word.as_str()) => {}
            Token::Name(_) => {}
            _ => return Err(self.expected(what)),
        }
        match self.next() {
            Token::Word(name) | Token::Name(name) => Ok(name),
            _ => Err(self.expected(what)),
        }
    }

    fn path(&mut self, what: &str) -> Result<Path, QueryError> {
        let quoted = matches!(self.peek(), Token::Name(_));
        let name = self.name(what)?;
        let word = Root::WORDS.into_iter().find(|(word, _)| !quoted && *word == name);
        let root = word.map_or(Root::Name(name), |(_, root)| root);
        let mut steps = Vec::new();
        loop {
            if self.sign(".") {
                steps.push(match self.peek() {
                    Token::Int(_) => self.item("a name, a number or `*`")?,
                    Token::Sign("*") => {
                        self.next();
                        Step::Every
                    }
                    _ => Step::Field(self.name("a name, a number or `*`")?),
                });
            } else if self.sign("[") {
                steps.push(if self.sign("*") {
                    Step::Every
                } else if let Some(key) = self.next_text() {
                    Step::Field(key)
                } else {
                    self.item("a number, a text or `*`")?
                });
                if !self.sign("]") {
                    return Err(self.expected("`]`"));
                }
            } else {
                return Ok(Path { root, steps });
            }
        }
    }

    fn item(&mut self, what: &str) -> Result<Step, QueryError> {
        let index = if let Token::Int(index) = self.peek() { u64::try_from(*index).ok() } else { None };
        let Some(index) = index else { return Err(self.expected(what)) };
        self.next();
        Ok(Step::Item(index))
    }
}

/// What stands alone needs no other around it.
fn alone(mut parts: Vec<Expr>) -> Result<Expr, Vec<Expr>> {
    if parts.len() == 1 { parts.pop().ok_or(parts) } else { Err(parts) }
}
