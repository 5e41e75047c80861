//! Function paths in one form, so that a glob and a path that mean the same are compared alike.
//!
//! A path is cut at each `::` outside brackets. Spaces that carry no meaning and `r#` are dropped, and
//! `<impl Trait for Type>` becomes `<Type as Trait>`: both are how people write the same thing.

/// One segment of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Segment {
    /// A name, perhaps with generic arguments, or a bracketed type.
    Name(String),
    /// `<Type as Trait>`: the methods of a trait impl; each side cut into its own names.
    Impl { of: Vec<String>, tr: Vec<String> },
}

/// The segments of a path; what is unbalanced stays part of a name.
pub(crate) fn segments(path: &str) -> Vec<Segment> {
    split(path).into_iter().map(segment).collect()
}

/// One segment's text in its common form.
pub(crate) fn segment(text: &str) -> Segment {
    let text = text.trim();
    if let Some(inner) = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
        if let Some((of, tr)) = keyword(inner, "as") {
            return implementation(of, tr);
        }
        if let Some((tr, of)) = keyword(inner, "for").filter(|(head, _)| head.trim_start().starts_with("impl")) {
            return implementation(of, after_impl(tr));
        }
    }
    Segment::Name(compact(text))
}

fn implementation(of: &str, tr: &str) -> Segment {
    let names = |text: &str| split(text).into_iter().map(compact).collect();
    Segment::Impl { of: names(of), tr: names(tr) }
}

/// `impl<'a> Shape` → `Shape`.
fn after_impl(head: &str) -> &str {
    let rest = head.trim_start();
    let rest = rest.strip_prefix("impl").unwrap_or(rest).trim_start();
    if !rest.starts_with('<') {
        return rest;
    }
    let mut depth = Depth::default();
    let end = rest.char_indices().find(|(_, c)| depth.step(*c) && *c == '>');
    end.map_or(rest, |(at, _)| &rest[at + 1..])
}

/// Cuts at each `::` outside brackets.
pub(crate) fn split(path: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut colon, mut depth) = (0, false, Depth::default());
    for (at, c) in path.char_indices() {
        let outside = depth.step(c);
        if c == ':' && outside && colon {
            parts.push(&path[start..at - 1]);
            (start, colon) = (at + 1, false);
        } else {
            colon = c == ':' && outside;
        }
    }
    parts.push(&path[start..]);
    parts
}

/// Cuts at the first `word` that stands between spaces outside brackets.
fn keyword<'a>(text: &'a str, word: &str) -> Option<(&'a str, &'a str)> {
    let mut depth = Depth::default();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if depth.step(c)
            && before.is_whitespace()
            && text[at..].strip_prefix(word).is_some_and(|rest| rest.starts_with(char::is_whitespace))
        {
            return Some((&text[..at], &text[at + word.len()..]));
        }
        before = c;
    }
    None
}

/// Drops `r#` and every space but the ones that keep two words apart.
fn compact(text: &str) -> String {
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == '\'';
    let mut out = String::with_capacity(text.len());
    let mut rest = text.trim();
    let mut space = false;
    while let Some(c) = rest.chars().next() {
        let inside_word = !space && out.ends_with(word);
        if !inside_word && rest.starts_with("r#") {
            rest = &rest[2..];
            continue;
        }
        if c.is_whitespace() {
            space = true;
        } else {
            if space && out.ends_with(word) && word(c) {
                out.push(' ');
            }
            space = false;
            out.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// How deep in brackets a walk over a text is.
#[derive(Default)]
pub(crate) struct Depth {
    open: usize,
    dash: bool,
    /// A closing bracket came that nothing opened.
    pub(crate) stray: bool,
}

impl Depth {
    /// Takes the next character; true if it lies outside all brackets (a bracket is outside if its pair is).
    pub(crate) fn step(&mut self, c: char) -> bool {
        let arrow = std::mem::replace(&mut self.dash, c == '-') && c == '>';
        match c {
            '<' | '(' | '[' | '{' => {
                self.open += 1;
                self.open == 1
            }
            // The arrow of `Fn() -> T` closes nothing.
            '>' | ')' | ']' | '}' if !arrow => {
                self.stray |= self.open == 0;
                self.open = self.open.saturating_sub(1);
                self.open == 0
            }
            _ => self.open == 0,
        }
    }

    /// Whether a bracket is still open.
    pub(crate) fn is_open(&self) -> bool {
        self.open > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Segment {
        Segment::Name(text.to_owned())
    }

    fn of_trait(of: &[&str], tr: &[&str]) -> Segment {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Segment::Impl { of: owned(of), tr: owned(tr) }
    }

    #[test]
    fn plain_paths_are_cut_at_colons() {
        assert_eq!(segments("my_app::Order::place"), [name("my_app"), name("Order"), name("place")]);
        assert_eq!(segments("my_app::r#type::r#fn"), [name("my_app"), name("type"), name("fn")]);
        assert_eq!(segments(""), [name("")]);
        assert_eq!(segments("a:::b"), [name("a"), name(":b")]);
    }

    #[test]
    fn both_spellings_of_a_trait_impl_are_one() {
        let expected = [name("my_app"), of_trait(&["Foo"], &["my_app", "Shape"]), name("area")];
        assert_eq!(segments("my_app::<impl my_app::Shape for Foo>::area"), expected);
        assert_eq!(segments("my_app::<Foo as my_app::Shape>::area"), expected);
        assert_eq!(segments("my_app::< Foo  as my_app :: Shape >::area"), expected);
    }

    #[test]
    fn generics_and_arrows_stay_inside_their_segment() {
        assert_eq!(
            segments("m::<impl<'a, T: Fn() -> a::B> Shape<'a> for x::Foo<'a, T>>::area"),
            [name("m"), of_trait(&["x", "Foo<'a,T>"], &["Shape<'a>"]), name("area")]
        );
        assert_eq!(
            segments("m::<F as for<'a> Fn(&'a str) -> a::B>::call"),
            [name("m"), of_trait(&["F"], &["for<'a>Fn(&'a str)->a", "B"]), name("call")]
        );
        assert_eq!(segments("m::Order < T >::place"), [name("m"), name("Order<T>"), name("place")]);
        assert_eq!(segments("m::<& mut dyn Foo as Bar>::f")[1], of_trait(&["&mut dyn Foo"], &["Bar"]));
    }
}
