//! The arguments of the attribute: `level = "full"`, `skip(password)`, `crate = path`.

use crate::errors::Errors;
use crate::tokens::Tokens;
use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use scope_plan::{Clock, Level, Overrides, SNAPSHOT_OVER, closest, parse_duration};
use std::time::Duration;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{LitStr, Path, Token, parenthesized};

/// What an attribute's own arguments say.
#[derive(Clone, Default)]
pub(crate) struct Args {
    /// `level = "…"`.
    pub(crate) level: Option<Level>,
    /// `clock = "…"`.
    pub(crate) clock: Option<Clock>,
    /// `snapshot_over = "…"`.
    pub(crate) snapshot_over: Option<Duration>,
    /// `skip(…)`: arguments and variables whose values are never captured.
    pub(crate) skip: Vec<Ident>,
    /// `crate = path`: the facade under another name.
    pub(crate) facade: Option<Path>,
}

const KEYS: [&str; 5] = ["level", "clock", "snapshot_over", "skip", "crate"];
const HINT: &str = "write `level = \"…\"`, `clock = \"…\"`, `snapshot_over = \"…\"`, `skip(…)` or `crate = path`";

impl Args {
    /// Reads the text between the parentheses; what is wrong goes to `errors`, the rest is kept.
    pub(crate) fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut args = Self::default();
        let parser = |input: ParseStream<'_>| {
            let mut seen: Vec<String> = Vec::new();
            while !input.is_empty() {
                if let Err(error) = args.argument(input, &mut seen, errors) {
                    errors.push(error);
                    skip_argument(input)?;
                }
                if input.is_empty() {
                    break;
                }
                if let Err(error) = input.parse::<Token![,]>() {
                    errors.push(error);
                    skip_argument(input)?;
                    input.parse::<Option<Token![,]>>()?;
                }
            }
            Ok(())
        };
        if let Err(error) = parser.parse2(tokens) {
            errors.push(error);
        }
        args
    }

    fn argument(&mut self, input: ParseStream<'_>, seen: &mut Vec<String>, errors: &mut Errors) -> syn::Result<()> {
        if !input.peek(syn::Ident::peek_any) {
            return Err(input.error(format!("no argument begins like this; {HINT}")));
        }
        let key = input.call(Ident::parse_any)?;
        let name = key.to_string();
        if !KEYS.contains(&name.as_str()) {
            let like = closest(&name, KEYS).map_or_else(|| HINT.to_owned(), |key| format!("did you mean `{key}`?"));
            return Err(syn::Error::new(key.span(), format!("unknown argument `{name}`; {like}")));
        }
        if seen.contains(&name) {
            errors.at(key.span(), format_args!("`{name}` is given twice; write it once"));
        }
        match name.as_str() {
            "level" => self.level = Some(choice(input, &key, "full", Level::NAMES, Level::from_name)?),
            "clock" => self.clock = Some(choice(input, &key, "coarse", Clock::NAMES, Clock::from_name)?),
            "snapshot_over" => self.snapshot_over = Some(duration(input, &key)?),
            "skip" => {
                let names;
                if !input.peek(syn::token::Paren) {
                    return Err(syn::Error::new(key.span(), "`skip` needs names; write `skip(password)`"));
                }
                parenthesized!(names in input);
                let names = Punctuated::<Ident, Token![,]>::parse_terminated_with(&names, Ident::parse_any)?;
                if names.is_empty() {
                    errors.at(key.span(), "`skip` needs names; write `skip(password)`");
                }
                self.skip.extend(names);
            }
            _ => {
                if !input.peek(Token![=]) {
                    return Err(syn::Error::new(key.span(), "`crate` needs a path; write `crate = my::scope`"));
                }
                input.parse::<Token![=]>()?;
                self.facade = Some(input.call(Path::parse_mod_style)?);
            }
        }
        seen.push(name);
        Ok(())
    }

    /// The path of the hidden module that woven code names.
    pub(crate) fn hidden(&self) -> Tokens {
        let mut tokens = Tokens::default();
        match &self.facade {
            Some(path) => tokens.0.extend(path.to_token_stream()),
            None => tokens.path("scope"),
        }
        tokens.path("__private");
        tokens
    }

    /// These arguments in the form that the plan takes.
    pub(crate) fn overrides(&self) -> Overrides {
        Overrides { level: self.level, clock: self.clock, snapshot_over: self.snapshot_over, ..Overrides::default() }
    }

    /// These, with those of an attribute further in on top.
    pub(crate) fn with(&self, inner: Self) -> Self {
        let mut skip = self.skip.clone();
        skip.extend(inner.skip);
        Self {
            level: inner.level.or(self.level),
            clock: inner.clock.or(self.clock),
            snapshot_over: inner.snapshot_over.or(self.snapshot_over),
            skip,
            facade: self.facade.clone(),
        }
    }

    /// Whether the value of `name` is never captured.
    pub(crate) fn skips(&self, name: &Ident) -> bool {
        self.skip.iter().any(|skipped| skipped.unraw() == name.unraw())
    }
}

/// `= "…"`, one of some names.
fn choice<T, const N: usize>(
    input: ParseStream<'_>,
    key: &Ident,
    like: &str,
    names: [&str; N],
    from_name: fn(&str) -> Option<T>,
) -> syn::Result<T> {
    let all = || names.map(|name| format!("`\"{name}\"`")).join(", ");
    if !input.peek(Token![=]) {
        return Err(syn::Error::new(key.span(), format!("`{key}` needs a value; write `{key} = \"{like}\"`")));
    }
    input.parse::<Token![=]>()?;
    if !input.peek(LitStr) {
        return Err(input.error(format!("the {key} is a text: one of {}", all())));
    }
    let text: LitStr = input.parse()?;
    from_name(&text.value()).ok_or_else(|| {
        let hint = closest(&text.value(), names)
            .map_or_else(|| format!("the {key}s are {}", all()), |name| format!("did you mean `\"{name}\"`?"));
        syn::Error::new(text.span(), format!("unknown {key} `\"{}\"`; {hint}", text.value()))
    })
}

/// `= "50 ms"`.
fn duration(input: ParseStream<'_>, key: &Ident) -> syn::Result<Duration> {
    if !input.peek(Token![=]) {
        return Err(syn::Error::new(key.span(), format!("`{key}` needs a value; write `{key} = \"50 ms\"`")));
    }
    input.parse::<Token![=]>()?;
    if !input.peek(LitStr) {
        return Err(input.error(format!("`{key}` is a text, as in `\"50 ms\"`")));
    }
    let text: LitStr = input.parse()?;
    let bad = |error: &dyn std::fmt::Display| {
        Err(syn::Error::new(text.span(), format!("bad duration `\"{}\"`: {error}", text.value())))
    };
    match parse_duration(&text.value()) {
        Ok(duration) if SNAPSHOT_OVER.contains(&duration) => Ok(duration),
        Ok(_) => bad(&"1 us to 1440 min are possible"),
        Err(error) => bad(&error),
    }
}

/// Goes on behind the next comma, so that the arguments behind a bad one are looked at too.
fn skip_argument(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<proc_macro2::TokenTree>()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> (Args, Vec<String>) {
        let mut errors = Errors::default();
        let args = Args::parse(text.parse().unwrap(), &mut errors);
        (args, errors.into_vec().iter().map(crate::errors::Error::text).collect())
    }

    #[test]
    fn all_arguments() {
        let (args, errors) = parse(r#"level = "full", skip(a, r#type, self), crate = my::scope,"#);
        assert_eq!(errors, [""; 0]);
        assert_eq!(args.level, Some(Level::Full));
        assert!(args.skips(&quote::format_ident!("type")) && !args.skips(&quote::format_ident!("b")));
        assert_eq!(args.hidden().to_token_stream().to_string(), "my :: scope :: __private");
        assert_eq!(parse("").0.hidden().to_token_stream().to_string(), ":: scope :: __private");
    }

    #[test]
    fn durations_have_the_bounds_of_a_plan() {
        for (text, sound) in
            [("1 us", true), ("1440 min", true), ("0 ms", false), ("1441 min", false), ("1 h", true), ("25 h", false)]
        {
            let (args, errors) = parse(&format!("snapshot_over = \"{text}\""));
            assert_eq!((args.snapshot_over.is_some(), errors.is_empty()), (sound, sound), "{text}: {errors:?}");
        }
    }

    #[test]
    fn every_fault_is_found() {
        let (args, errors) = parse(r#"levle = "full", skip, level = 3, "x", level = "fill", skip(a), skip(b) crate"#);
        assert_eq!(
            errors,
            [
                "unknown argument `levle`; did you mean `level`?",
                "`skip` needs names; write `skip(password)`",
                "the level is a text: one of `\"none\"`, `\"boundaries\"`, `\"detailed\"`, `\"full\"`, `\"custom\"`",
                "no argument begins like this; write `level = \"…\"`, `clock = \"…\"`, `snapshot_over = \"…\"`, `skip(…)` or `crate = path`",
                "unknown level `\"fill\"`; did you mean `\"full\"`?",
                "`skip` is given twice; write it once",
                "expected `,`",
            ]
        );
        assert_eq!(args.skip.len(), 2);
    }
}
