//! Variables whose type may be open to the very end.
//!
//! `let t = s << 1;` where `s` is a number of somebody's own making: which `Shl` is meant, and so what `t` is, hangs on the type of
//! the literal, and rustc gives literals a type only behind all of the function's code. Behind the last place, that is, where a
//! late-bound token can be resolved. What is computed with a bare integer literal, and what is computed with that, is therefore
//! shown without looking for what fits: as a number, if it is one, else by the name of its type.

use super::body::Body;
use super::pattern;
use syn::ext::IdentExt;
use syn::{BinOp, Block, Expr, Lit, Local, Pat, Stmt};

/// Names, with whether they are late.
type Names = Vec<(String, bool)>;

/// Those that a pattern binds.
pub(crate) fn all(pat: &Pat, late: bool) -> impl Iterator<Item = (String, bool)> {
    pattern::bindings(pat).into_iter().map(move |ident| (ident.unraw().to_string(), late))
}

/// The names that stand for such variables, or that did so further out and now stand for others: the last one counts.
#[derive(Default)]
pub(crate) struct Late(Names);

impl Late {
    /// How many there are, for [`Self::leave`].
    pub(crate) fn enter(&self) -> usize {
        self.0.len()
    }

    /// Forgets the names of a scope.
    pub(crate) fn leave(&mut self, entered: usize) {
        self.0.truncate(entered);
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.0.iter().rev().find(|(known, _)| known == name).is_some_and(|(_, late)| *late)
    }

    /// The names that `pat` binds to `expr` or parts of it, with whether they are late.
    pub(crate) fn bound(&self, pat: &Pat, expr: &Expr) -> Names {
        let mut names = Vec::new();
        self.take_apart(pat, expr, &mut names);
        names
    }

    fn take_apart(&self, pat: &Pat, expr: &Expr, names: &mut Names) {
        match (pat, expr) {
            (Pat::Type(_), _) => names.extend(all(pat, false)),
            (_, Expr::Paren(e)) => self.take_apart(pat, &e.expr, names),
            (Pat::Tuple(pats), Expr::Tuple(parts))
                if pats.elems.len() == parts.elems.len() && !pats.elems.iter().any(|p| matches!(p, Pat::Rest(_))) =>
            {
                pats.elems.iter().zip(&parts.elems).for_each(|(pat, part)| self.take_apart(pat, part, names));
            }
            _ => names.extend(all(pat, self.may_be(expr))),
        }
    }

    /// These names come into scope; for what is under a `#[cfg]` a name may still be the outer one's.
    pub(crate) fn bind(&mut self, names: Names, conditional: bool) {
        for (name, late) in names {
            if late || !conditional && self.contains(&name) {
                self.0.push((name, late));
            }
        }
    }

    /// Whether the type of `expr` may be open to the end.
    pub(crate) fn may_be(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Binary(e) if computes(&e.op) => {
                is_integer(&e.left) || is_integer(&e.right) || self.may_be(&e.left) || self.may_be(&e.right)
            }
            Expr::Path(e) => e.path.get_ident().is_some_and(|ident| self.contains(&ident.unraw().to_string())),
            Expr::Paren(e) => self.may_be(&e.expr),
            Expr::Group(e) => self.may_be(&e.expr),
            Expr::Reference(e) => self.may_be(&e.expr),
            Expr::Unary(e) => self.may_be(&e.expr),
            Expr::Range(e) => [&e.start, &e.end].into_iter().flatten().any(|bound| self.may_be(bound)),
            Expr::Tuple(e) => e.elems.iter().any(|part| self.may_be(part)),
            Expr::Block(e) => self.tail_may_be(&e.block),
            Expr::Unsafe(e) => self.tail_may_be(&e.block),
            Expr::If(e) => {
                self.tail_may_be(&e.then_branch) || e.else_branch.as_ref().is_some_and(|(_, other)| self.may_be(other))
            }
            Expr::Match(e) => e.arms.iter().any(|arm| self.may_be(&arm.body)),
            _ => false,
        }
    }

    /// Whether that of a block's value may be, with what the block itself binds.
    pub(crate) fn value_may_be(&mut self, block: &Block) -> bool {
        let entered = self.enter();
        for statement in &block.stmts {
            if let Stmt::Local(Local { pat, init: Some(init), .. }) = statement {
                let names = self.bound(pat, &init.expr);
                self.bind(names, false);
            }
        }
        let late = self.tail_may_be(block);
        self.leave(entered);
        late
    }

    fn tail_may_be(&self, block: &Block) -> bool {
        matches!(block.stmts.last(), Some(Stmt::Expr(tail, None)) if self.may_be(tail))
    }
}

/// An integer without a type.
fn is_integer(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(e) => matches!(&e.lit, Lit::Int(int) if int.suffix().is_empty()),
        Expr::Paren(e) => is_integer(&e.expr),
        Expr::Group(e) => is_integer(&e.expr),
        Expr::Unary(e) => is_integer(&e.expr),
        _ => false,
    }
}

fn computes(op: &BinOp) -> bool {
    matches!(
        op,
        BinOp::Add(_)
            | BinOp::Sub(_)
            | BinOp::Mul(_)
            | BinOp::Div(_)
            | BinOp::Rem(_)
            | BinOp::BitXor(_)
            | BinOp::BitAnd(_)
            | BinOp::BitOr(_)
            | BinOp::Shl(_)
            | BinOp::Shr(_)
    )
}

impl Body<'_, '_> {
    /// Walks code in which these names are bound.
    pub(crate) fn with_late(&mut self, names: Names, walk: impl FnOnce(&mut Self)) {
        let entered = self.late.enter();
        self.late.bind(names, false);
        walk(self);
        self.late.leave(entered);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_computed_with_a_bare_integer() {
        let mut late = Late::default();
        late.0.push(("t".to_owned(), true));
        for (text, expected) in [
            ("s << 1", true),
            ("(s + 1) * q", true),
            ("&(q - (-1))", true),
            ("if c { a } else { a / 3 }", true),
            ("match c { 1 => { f(); a * 2 } _ => a }", true),
            ("0..n + 1", true),
            ("t", true),
            ("t + a", true),
            ("s << 1u8", false),
            ("s * 2.0", false),
            ("a + b", false),
            ("f(a + 1)", false),
            ("v[i + 1]", false),
            ("a + 1 > b", false),
            ("t.f()", false),
            ("1", false),
        ] {
            assert_eq!(late.may_be(&syn::parse_str(text).unwrap()), expected, "{text}");
        }
        let bound = |pat, expr| {
            let pat = syn::parse::Parser::parse_str(Pat::parse_single, pat).unwrap();
            late.bound(&pat, &syn::parse_str(expr).unwrap())
        };
        let names = |names: [(&str, bool); 2]| names.map(|(name, late)| (name.to_owned(), late)).to_vec();
        assert_eq!(bound("(a, b)", "(1 + a, b)"), names([("a", true), ("b", false)]));
        assert_eq!(bound("(a, .., b)", "(1 + a, b, c)"), names([("a", true), ("b", true)]));
        assert_eq!(bound("P { a, b }", "b"), names([("a", false), ("b", false)]));
        late.0.push(("t".to_owned(), false));
        assert!(!late.may_be(&syn::parse_str("t").unwrap()));
    }
}
