//! Values that can't be of the type that a function gives back, as far as the syntax shows both, and a `?` where none can be.
//!
//! Such a function is not compiled in any case, and is left as it is: of several such values rustc tells of the first alone, of ours it would tell of each.

use crate::item::parts;
use crate::tokens::Bare as _;
use crate::weave::pattern::is_cfg;
use crate::weave::sources::learnt;
use crate::weave::syntax::{attributes, expression_attributes};
use crate::weave::values::lent::compares;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Arm, BinOp, Expr, ExprCall, ExprReturn, ExprTry, ExprTuple, Lit, ReturnType, Stmt};

/// Whether a body gives back what its function can't.
pub(crate) fn in_body(output: &ReturnType, statements: &[Stmt]) -> bool {
    let given = Given::of(output);
    let Some(kind) = given.kind() else { return false };
    let takes_questions = matches!(kind, Kind::Named("Option" | "Result"));
    let misfit = given.differs_from_block(statements);
    let mut exits = Exits { given, takes_questions, misfit };
    statements.iter().for_each(|statement| exits.visit_stmt(statement));
    exits.misfit
}

/// Whether a function that gives back nothing ends with a value.
pub(crate) fn at_end(output: &ReturnType, statements: &[Stmt]) -> bool {
    let given = Given::of(output);
    given.kind() == Some(Kind::Tuple(0)) && given.differs_from_block(statements)
}

/// What is to be given back: the tokens of its type, none for nothing.
#[derive(Clone)]
struct Given(Vec<TokenTree>);

/// Types that are never the same.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Of so many values.
    Tuple(usize),
    Array,
    Borrow,
    /// By a name that means the same everywhere.
    Named(&'static str),
    /// A number whose type is open.
    Integer,
    Float,
    /// Anything but `()`.
    Something,
}

const INTEGERS: [&str; 12] = ["i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize"];
const FLOATS: [&str; 2] = ["f32", "f64"];
/// Neither `Rc` nor `Arc`: one may be the other's name.
const OTHERS: [&str; 7] = ["bool", "char", "Option", "Result", "String", "Vec", "Box"];

impl Given {
    fn of(output: &ReturnType) -> Self {
        match output {
            ReturnType::Default => Self(Vec::new()),
            ReturnType::Type(_, ty) => Self::typed(ty.to_token_stream()),
        }
    }

    fn typed(ty: TokenStream) -> Self {
        let tokens: Vec<_> = ty.into_iter().collect();
        match &*tokens {
            // Of a macro's fragment.
            [TokenTree::Group(group)] if group.delimiter() == Delimiter::None => Self::typed(group.stream()),
            _ => Self(tokens),
        }
    }

    /// `None`: not known.
    fn kind(&self) -> Option<Kind> {
        match &*self.0 {
            [] => Some(Kind::Tuple(0)),
            [TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => {
                let types: Vec<_> = group.stream().into_iter().collect();
                // One may stand in parentheses.
                Some(parts(&types).count()).filter(|count| *count != 1).map(Kind::Tuple)
            }
            [TokenTree::Group(group)] if group.delimiter() == Delimiter::Bracket => Some(Kind::Array),
            [TokenTree::Punct(and), ..] if and.as_char() == '&' => Some(Kind::Borrow),
            path => of_path(path),
        }
    }

    /// What is in an `Option`, or on one of the sides of a `Result`.
    fn inside(&self, side: usize) -> Option<Self> {
        let open = self.0.iter().position(|token| is_mark(token, '<'))?;
        let (_, inside) = self.0[open + 1..].split_last()?;
        // With fewer it is an alias.
        let sides = if self.kind()? == Kind::Named("Result") { 2 } else { 1 };
        let part = parts(inside).nth(side).filter(|_| parts(inside).count() == sides)?;
        Some(Self::typed(part.iter().cloned().collect()))
    }

    /// Whether a value is of another type for sure.
    fn differs_from(&self, value: &Expr) -> bool {
        if expression_attributes(value).iter().any(is_cfg) {
            return false;
        }
        match value {
            Expr::Paren(e) => return self.differs_from(&e.expr),
            Expr::Group(e) => return self.differs_from(&e.expr),
            Expr::Block(e) if e.label.is_none() => return self.differs_from_block(&e.block.stmts),
            Expr::Unsafe(e) => return self.differs_from_block(&e.block.stmts),
            Expr::If(e) => {
                let Some((_, other)) = &e.else_branch else { return false };
                return self.differs_from_block(&e.then_branch.stmts) || self.differs_from(other);
            }
            Expr::Match(e) => {
                let is_there = |arm: &&Arm| !arm.attrs.iter().any(is_cfg);
                return e.arms.iter().filter(is_there).any(|arm| self.differs_from(&arm.body));
            }
            _ => {}
        }
        let of_parts = match value {
            Expr::Call(call) => self.differs_from_wrapped(call),
            Expr::Tuple(values) => self.differs_in_parts(values),
            _ => None,
        };
        match (self.kind(), of_value(value)) {
            _ if of_parts.is_some() => of_parts == Some(true),
            (Some(given), Some(value)) => !given.takes(value),
            _ => false,
        }
    }

    /// The same of what is in a `Some`, an `Ok` or an `Err`. `None`: it is none of these, or not where one is asked for.
    fn differs_from_wrapped(&self, call: &ExprCall) -> Option<bool> {
        let (kind, side) = wrapper(&call.func)?;
        if self.kind()? != kind {
            return None;
        }
        let value = call.args.first().filter(|_| call.args.len() == 1);
        Some(value.zip(self.inside(side)).is_some_and(|(value, inside)| inside.differs_from(value)))
    }

    /// The same of the values of a tuple. `None`: it is not one of as many.
    fn differs_in_parts(&self, values: &ExprTuple) -> Option<bool> {
        let [TokenTree::Group(types)] = &*self.0 else { return None };
        if self.kind()? != Kind::Tuple(values.elems.len()) {
            return None;
        }
        let types: Vec<_> = types.stream().into_iter().collect();
        let mut both = parts(&types).zip(&values.elems);
        Some(both.any(|(ty, value)| Self::typed(ty.iter().cloned().collect()).differs_from(value)))
    }

    fn differs_from_block(&self, statements: &[Stmt]) -> bool {
        matches!(statements.last(), Some(Stmt::Expr(value, None)) if self.differs_from(value))
    }
}

impl Kind {
    /// Whether a value of this kind is given where this one is asked for.
    fn takes(self, value: Self) -> bool {
        match (self, value) {
            (Self::Named(name), Self::Integer) => INTEGERS.contains(&name),
            (Self::Named(name), Self::Float) => FLOATS.contains(&name),
            (given, Self::Something) => given != Self::Tuple(0),
            (given, value) => given == value,
        }
    }
}

fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

fn named(name: &str) -> Option<Kind> {
    let mut all = INTEGERS.iter().chain(&FLOATS).chain(&OTHERS);
    all.find(|known| **known == name && !learnt::is_type(name)).map(|known| Kind::Named(known))
}

/// `Option<u8>`, `std::io::Result<()>`, but not `Self::Result`.
fn of_path(ty: &[TokenTree]) -> Option<Kind> {
    let mut kind = None;
    for token in ty {
        match token {
            TokenTree::Ident(name) => {
                // In front of it are modules.
                if kind.is_some() {
                    return None;
                }
                let name = name.bare();
                let is_module = !is_primitive(&name) && name.starts_with(|first: char| first.is_lowercase());
                if !is_module {
                    kind = Some(named(&name)?);
                }
            }
            token if is_mark(token, ':') && kind.is_none() => {}
            token if is_mark(token, '<') => return kind,
            _ => return None,
        }
    }
    kind
}

fn is_primitive(name: &str) -> bool {
    INTEGERS.contains(&name) || FLOATS.contains(&name) || ["bool", "char"].contains(&name)
}

/// Whose variant is called, and which side of it that has.
fn wrapper(function: &Expr) -> Option<(Kind, usize)> {
    let Expr::Path(name) = function else { return None };
    match name.path.get_ident()?.bare().as_str() {
        "Some" => Some((Kind::Named("Option"), 0)),
        "Ok" => Some((Kind::Named("Result"), 0)),
        "Err" => Some((Kind::Named("Result"), 1)),
        _ => None,
    }
}

/// `None`: not known.
fn of_value(value: &Expr) -> Option<Kind> {
    match value {
        Expr::Lit(value) => of_literal(&value.lit),
        Expr::Array(_) => Some(Kind::Array),
        Expr::Reference(_) => Some(Kind::Borrow),
        Expr::Tuple(e) => Some(Kind::Tuple(e.elems.len())),
        Expr::Struct(_) | Expr::Range(_) => Some(Kind::Something),
        Expr::Binary(e) => match e.op {
            BinOp::And(_) | BinOp::Or(_) => named("bool"),
            BinOp::Add(_) | BinOp::Sub(_) | BinOp::Mul(_) | BinOp::Div(_) | BinOp::Rem(_) => {
                (is_number(&e.left) || is_number(&e.right)).then_some(Kind::Something)
            }
            op => compares(&op).then(|| named("bool")).flatten(),
        },
        Expr::Call(e) => wrapper(&e.func).map(|(kind, _)| kind).or_else(|| of_constructor(&e.func)),
        Expr::Path(name) => name.path.is_ident("None").then_some(Kind::Named("Option")),
        Expr::Macro(e) if !learnt::is_macro("vec") => e.mac.path.is_ident("vec").then_some(Kind::Named("Vec")),
        _ => None,
    }
}

/// `Box::new`, `String::from`.
fn of_constructor(function: &Expr) -> Option<Kind> {
    const MAKE: [&str; 3] = ["new", "from", "with_capacity"];
    let Expr::Path(path) = function else { return None };
    let mut names = path.path.segments.iter().map(|segment| &segment.ident);
    let (Some(owner), Some(function), None) = (names.next(), names.next(), names.next()) else { return None };
    let is_made = path.qself.is_none() && MAKE.iter().any(|name| function == name);
    is_made.then(|| named(&owner.bare())).flatten()
}

fn of_literal(literal: &Lit) -> Option<Kind> {
    match literal {
        Lit::Bool(_) => named("bool"),
        Lit::Char(_) => named("char"),
        Lit::Byte(_) => named("u8"),
        Lit::Str(_) | Lit::ByteStr(_) | Lit::CStr(_) => Some(Kind::Borrow),
        Lit::Int(number) if number.suffix().is_empty() => Some(Kind::Integer),
        Lit::Float(number) if number.suffix().is_empty() => Some(Kind::Float),
        Lit::Int(number) => named(number.suffix()),
        Lit::Float(number) => named(number.suffix()),
        _ => None,
    }
}

fn is_number(expr: &Expr) -> bool {
    matches!(expr, Expr::Lit(literal) if matches!(literal.lit, Lit::Int(_) | Lit::Float(_)))
}

/// The `return`s and `?` of a function itself, but for those that a `#[cfg]` may take away.
struct Exits {
    given: Given,
    takes_questions: bool,
    misfit: bool,
}

impl<'e> Visit<'e> for Exits {
    fn visit_stmt(&mut self, statement: &'e Stmt) {
        if !attributes(statement).iter().any(is_cfg) {
            visit::visit_stmt(self, statement);
        }
    }

    fn visit_arm(&mut self, arm: &'e Arm) {
        if !arm.attrs.iter().any(is_cfg) {
            visit::visit_arm(self, arm);
        }
    }

    fn visit_expr(&mut self, expr: &'e Expr) {
        if !expression_attributes(expr).iter().any(is_cfg) {
            visit::visit_expr(self, expr);
        }
    }

    fn visit_expr_return(&mut self, exit: &'e ExprReturn) {
        self.misfit |= match &exit.expr {
            Some(value) => self.given.differs_from(value),
            None => self.given.kind() != Some(Kind::Tuple(0)),
        };
        visit::visit_expr_return(self, exit);
    }

    fn visit_expr_try(&mut self, question: &'e ExprTry) {
        self.misfit |= !self.takes_questions;
        visit::visit_expr_try(self, question);
    }

    fn visit_item(&mut self, _: &'e syn::Item) {}
    fn visit_expr_async(&mut self, _: &'e syn::ExprAsync) {}
    fn visit_expr_closure(&mut self, _: &'e syn::ExprClosure) {}
    fn visit_expr_const(&mut self, _: &'e syn::ExprConst) {}
    fn visit_expr_try_block(&mut self, _: &'e syn::ExprTryBlock) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_misfit(function: &str) -> bool {
        let function: syn::ItemFn = syn::parse_str(function).unwrap();
        in_body(&function.sig.output, &function.block.stmts)
    }

    #[test]
    fn what_may_fit_is_none() {
        for function in [
            "fn f() -> u8 { 1 }",
            "fn f() -> f32 { return 1.0; }",
            "fn f() -> Self::Result { return Ok(1); }",
            "fn f() -> Status { return Ok(1)?; }",
            "fn f() -> Arc<u8> { Rc::new(1) }",
            "fn f() -> io::Result<()> { g()?; Ok(()) }",
            "fn f() -> Result<u8> { return Err(1); }",
            "fn f() -> Option<(u8, Option<bool>)> { Some((1, Some(a < b && c))) }",
            "fn f() -> (u8) { return 1; }",
            "fn f() -> (u8,) { return (1,); }",
            "fn f() -> [u8; 2] { [1, 2] }",
            "fn f() -> &'static [u8] { if c { return b\"x\"; } &[] }",
            "fn f() -> *const u8 { return &1; }",
            "fn f() -> Vec<u8> { if c { return vec![1]; } Vec::new() }",
            "fn f() -> bool { let g = || { return Some(1)?; }; async { return 1; }; fn h() -> u8 { return 1; } true }",
            "fn f() -> bool { #[cfg(a)] return 1; match g() { #[cfg(a)] 1 => return 1, _ => true } }",
            "fn f() { if c { return; } return g(); }",
            "fn f() -> impl Display { return 1; }",
            "fn f() -> ! { panic!() }",
            "fn f() -> Box<dyn Fn(u8) -> u8> { if c { return g; } Box::new(|x| x) }",
        ] {
            assert!(!is_misfit(function), "{function}");
        }
    }

    #[test]
    fn what_never_fits_is_one() {
        for function in [
            "fn f() -> u8 { 1.0 }",
            "fn f() -> u8 { return 1u16; }",
            "fn f() -> f32 { if c { return 1; } g() }",
            "fn f() -> bool { g()?; true }",
            "fn f() -> io::Result<()> { return None; }",
            "fn f() -> Result<u8, String> { return Err(1); }",
            "fn f() -> Option<(u8, Option<bool>)> { Some((1, Some(1))) }",
            "fn f() -> (u8, u8) { return (1, 2, 3); }",
            "fn f() -> &'static str { match c { 1 => \"x\", _ => 'y' } }",
            "fn f() -> Vec<u8> { return [1]; }",
            "fn f() -> String { loop { if c { return \"x\"; } } }",
            "fn f() { loop { return 1; } }",
            "fn f() -> u8 { return; }",
        ] {
            assert!(is_misfit(function), "{function}");
        }
    }
}
