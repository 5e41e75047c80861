//! A walk through a source, line by line: what each line is a part of, and what it tells.

use super::asks::Asks;
use super::borrows;
use super::found::{Found, add, add_uncommon};
use super::functions::Functions;
use super::heads::Heads;
use super::lines::{Line, Lines, Part};
use super::maps;
use super::marks::Marks;
use super::parts::Parts;
use super::text::{
    behind_fn, behind_struct, behind_word, gives_associated, head, indexes, is_for_locked, is_for_results,
    is_guard_of_lock, is_in_one_line, is_link, is_projected, may_capture, name, name_is_in, names, path, shown,
    whole_type,
};
use crate::item::ITEM_WORDS;
use crate::weave::futures::hidden;
use crate::weave::locks;
use std::borrow::Cow;

/// What a line is a part of.
#[derive(Default)]
struct Around<'t> {
    function: &'t str,
    /// One that gives back what may have captured a guard, with this name, and whether it has one.
    capturing: Option<(Part, &'t str, bool)>,
    /// What the implementation calls the guard of a lock.
    guard: &'t str,
    /// An implementation, and one that shows values.
    inside: Option<Part>,
    showing: Option<Part>,
    /// The type that it shows, if that is in its first line.
    shown: &'t str,
    /// What is called to show them, and what that asks for.
    shows_by: Vec<&'t str>,
    asks: Asks<'t>,
    functions: Functions<'t>,
    /// One for what a lock gives back, or for any `Result`.
    locked: Option<Part>,
    result: Option<Part>,
    /// Whether a `use` goes on.
    using: bool,
    /// A macro of this name.
    made: Option<(Part, &'t str)>,
    /// The last `thread_local!`: what stands further to the right behind it is in it, if it is a static.
    local: Option<Part>,
    of: Option<Type<'t>>,
    file: File<'t>,
}

impl Around<'_> {
    fn is_in_part(&self) -> bool {
        self.inside.is_some()
            || self.showing.is_some()
            || self.locked.is_some()
            || self.result.is_some()
            || self.of.is_some()
    }
}

/// A type of this name, with these parameters.
type Type<'t> = (Part, &'t str, Vec<String>);

/// What is kept of a file, once it was read.
#[derive(Default)]
pub(super) struct File<'t> {
    pub(super) heads: Heads,
    /// What says more where more is known.
    said: Vec<Said<'t>>,
    parts: Parts<'t>,
    renamed: Vec<(String, String)>,
}

/// What a line, or the head of an item, says by names of types.
enum Said<'t> {
    /// A function of this name gives back a type; what else its head says.
    Gives { name: &'t str, before: &'t str, ty: Cow<'t, str>, marks: Marks },
    /// `type Item = Row<'a>`, which may be associated with another type.
    Alias { head: Cow<'t, str>, is_associated: bool },
    /// `use db::{Row as R}`, or a line of it.
    Import(&'t str),
    /// The head of an implementation that shows values.
    Shows(String),
    /// What is a part of a type.
    Part { of: &'t str, text: Cow<'t, str>, marks: Marks },
    /// A line in a function, where maps are looked for.
    Maps { function: &'t str, text: &'t str, is_scc: bool },
}

impl Found {
    /// Reads a text.
    pub(super) fn read<'t>(&mut self, text: &'t str) -> File<'t> {
        // Line by line, and by bytes: unoptimised, a search through all of the text takes ten times as long.
        let mut lines = Lines::of(text);
        let is_scc = self.names.has_maps && text.contains("scc::");
        let mut around = Around::default();
        while let Some(line) = lines.next() {
            let line = Line::of(line);
            if line.is_comment() {
                continue;
            }
            let may_be_item = line.may_be_item();
            around.file.heads.line(line, may_be_item, &lines);
            if self.names.has_maps {
                self.say(Said::Maps { function: around.function, text: line.text, is_scc }, &mut around.file);
            }
            if around.capturing.is_some() {
                self.captured(line, &mut around);
            }
            if may_be_item {
                self.function(line, &mut around, &lines);
            }
            if may_be_item || around.using {
                self.used(line, &mut around);
            }
            if may_be_item || around.made.is_some() {
                self.made(line, &mut around);
            }
            if may_be_item {
                self.statics(line, &mut around, &lines);
                let head = lines.clone();
                self.items(line, &mut around, &mut lines);
                around.file.heads.taken(head, lines.number);
            }
            if around.is_in_part() {
                self.parts(line, &mut around);
            }
        }
        self.borrows = self.borrows
            || !around.shows_by.is_empty() && borrows::any_in(text, &around.functions, &mut around.shows_by);
        if !around.asks.is_empty() {
            self.names.statics.asked(std::mem::take(&mut around.asks).of_file(&around.functions));
        }
        self.pointers.for_ever(text, &mut around.file.parts);
        self.close(&around.file);
        around.file.renamed = std::mem::take(&mut self.renamed);
        self.has_renamed |= !around.file.renamed.is_empty();
        around.file
    }

    /// `debug_for!(dyn Shape, Row<'static>);`, where that macro implements `Debug` for what it is given.
    pub(super) fn shown_by_macros(&mut self, text: &str) {
        let mut lines = Lines::of(text);
        while let Some(line) = lines.next() {
            let line = line.trim_start();
            let called = path(line);
            if line[called.len()..].starts_with('!') && self.showing.iter().any(|name| name == self::name(called)) {
                let mut given = line[called.len() + 1..].to_owned();
                let is_end = |text: &str| text.trim_end().ends_with([';', '}']);
                while !is_end(&given)
                    && let Some(line) = lines.next()
                {
                    given.push_str(line);
                }
                let is_round = |c: char| "([{}]); ".contains(c);
                for ty in given.split(',') {
                    self.implementation(&format!("impl Debug for {}", ty.trim_matches(is_round)));
                }
            }
        }
    }

    /// Has a file say it again, to who knows more.
    pub(super) fn read_again(&mut self, file: &mut File<'_>) {
        self.renamed = std::mem::take(&mut file.renamed);
        file.said.iter().for_each(|said| self.hear(said, &mut file.parts));
        self.renamed.clear();
        self.close(file);
    }

    /// At the end of a file: types have what their parts have.
    fn close(&mut self, file: &File<'_>) {
        self.pointers.file(&file.parts);
        let holders = file.parts.with_holders(&file.parts.guarding);
        holders.into_iter().for_each(|name| add(&mut self.names.holders, name));
    }

    fn say<'t>(&mut self, said: Said<'t>, file: &mut File<'t>) {
        self.hear(&said, &mut file.parts);
        file.said.push(said);
    }

    fn hear<'t>(&mut self, said: &Said<'t>, parts: &mut Parts<'t>) {
        match said {
            Said::Gives { name, before, ty, marks } => self.giver(name, before, ty, marks),
            Said::Alias { head, is_associated } => self.alias(head, *is_associated),
            Said::Import(line) => self.imported(line),
            Said::Shows(head) => self.implementation(head),
            Said::Part { of, text, marks } => self.part(of, text, marks, parts),
            Said::Maps { function, text, is_scc } => {
                maps::add_named(&mut self.names.maps, &mut self.map_types, *is_scc, function, text);
            }
        }
    }

    fn function<'t>(&mut self, line: Line<'t>, around: &mut Around<'t>, lines: &Lines<'t>) {
        let Line { indent, text } = line;
        let begun = behind_fn(text);
        if let Some(behind) = begun {
            around.function = path(behind);
            around.functions.add(around.function, line, lines);
            self.method(around.function, behind);
            if around.locked.is_some_and(|part| part.0 < indent) {
                add(&mut self.names.givers, around.function);
            }
            if around.result.is_some_and(|part| part.0 < indent) {
                add(&mut self.names.passing, around.function);
            }
        }
        if (begun.is_some() || matches!(text.as_bytes(), [b')', ..] | [b'-', b'>', ..]))
            && let Some((before, ty)) = text.split_once("->")
        {
            let ty = whole_type(ty, lines);
            let marks = Marks::of(&ty);
            let captures = marks.some && may_capture(&ty) && !is_in_one_line(text);
            if !around.guard.is_empty() && around.inside.is_some() && gives_associated(&ty, around.guard) {
                add_uncommon(&mut self.names.givers, around.function);
            }
            self.say(Said::Gives { name: around.function, before, ty, marks }, &mut around.file);
            around.capturing = captures.then_some((Part(indent), around.function, false));
        }
    }

    /// `let g = m.lock().unwrap(); move |i| g[i]`
    fn captured<'t>(&mut self, line: Line<'t>, around: &mut Around<'t>) {
        let Some((part, name, holds)) = &mut around.capturing else { return };
        *holds |= line.text.starts_with("let ") && locks::is_taken_by(line.text);
        if *holds && name_is_in(line.text, "move") {
            add_uncommon(&mut self.names.givers, name);
        }
        if !part.goes_on(line) {
            around.capturing = None;
        }
    }

    fn used<'t>(&mut self, Line { text, .. }: Line<'t>, around: &mut Around<'t>) {
        if around.using || behind_word(text, &["use "]).is_some() {
            if text.contains(" as ") {
                self.say(Said::Import(text), &mut around.file);
            }
            around.using = !text.contains(';');
        }
    }

    fn made<'t>(&mut self, line: Line<'t>, around: &mut Around<'t>) {
        if let Some(behind) = line.text.strip_prefix("macro_rules! ") {
            around.made = Some((Part::of(line), path(behind)));
            add(&mut self.names.macros, path(behind));
        }
        if let Some((part, name)) = around.made {
            let code = line.text.strip_prefix("macro_rules!").unwrap_or(line.text);
            if hidden::may_wait(code) {
                add(&mut self.names.waiting, name);
            }
            if makes_items(code) {
                add(&mut self.names.making, name);
                if code.contains("Debug for $") {
                    add(&mut self.showing, name);
                }
            }
            if hidden::hides(name, line.text) {
                add(&mut self.names.leaving, name);
            }
            // A rule may end further to the left than it should.
            let is_rule = line.text.starts_with(['}', ')']) && !["}", "};", ")", ");"].contains(&line.text.trim_end());
            around.made = around.made.filter(|_| is_rule || part.goes_on(line));
        }
    }

    fn statics<'t>(&mut self, line: Line<'t>, around: &mut Around<'t>, lines: &Lines<'t>) {
        let ([b's', b't', b'a', ..] | [b't', b'h', ..] | [b'p', b'u', b'b', ..]) = line.text.as_bytes() else { return };
        let inside = line.text.strip_prefix("thread_local!");
        if inside.is_some() {
            around.local = Some(Part::of(line));
        }
        let behind = match inside {
            Some(inside) => inside.split_once("static ").map(|(_, behind)| behind),
            None => behind_word(line.text, &["static "]),
        };
        if let Some(behind) = behind {
            let is_local = around.local.is_some_and(|part| inside.is_some() || part.0 < line.indent);
            self.names.statics.add(behind, lines.clone(), is_local);
        }
    }

    fn items<'t>(&mut self, line: Line<'t>, around: &mut Around<'t>, lines: &mut Lines<'t>) {
        let part = Part::of(line);
        if matches!(line.text.as_bytes(), [b'i', b'm', b'p', b'l'] | [b'i', b'm', b'p', b'l', b' ' | b'<', ..]) {
            let head = head(line.text, lines);
            (around.inside, around.guard) = (Some(part), "");
            around.showing = shown(&head).is_some().then_some(part);
            around.shown = shown(line.text).map_or("", |(_, ty)| name(ty.trim_start_matches('&').trim_start()));
            around.locked = is_for_locked(&head).then_some(part);
            around.result = is_for_results(&head).then_some(part);
            if around.locked.is_some() && is_in_one_line(line.text) {
                line.text.split("fn ").skip(1).for_each(|behind| add(&mut self.names.givers, path(behind)));
            }
            self.indexed |= indexes(&head);
            if around.showing.is_some() {
                self.say(Said::Shows(head.into_owned()), &mut around.file);
            }
        } else if around.showing.is_some() {
        } else if let Some(behind) = behind_struct(line.text) {
            let head = head(behind, lines);
            let params = names(&head).into_iter().map(str::to_owned).collect();
            self.structure(&head);
            let of = (part, path(behind), params);
            if matches!(&head, Cow::Owned(head) if head.ends_with(')')) {
                // `struct Row(`, and all of it is read.
                self.type_part(&of, head, &mut around.file);
                around.of = None;
            } else {
                around.of = Some(of);
            }
        } else if let Some(behind) = behind_word(line.text, &["type "]) {
            let head = head(behind, lines);
            if head.split_once('=').is_some_and(|(_, ty)| is_guard_of_lock(ty)) {
                around.guard = path(behind);
            }
            self.say(Said::Alias { head, is_associated: around.inside.is_some() }, &mut around.file);
        }
    }

    /// What a line tells of the type or the implementation that it is a part of.
    fn parts<'t>(&mut self, line: Line<'t>, around: &mut Around<'t>) {
        let text = line.text;
        around.locked = around.locked.filter(|part| part.goes_on(line));
        around.result = around.result.filter(|part| part.goes_on(line));
        around.inside = around.inside.filter(|part| part.goes_on(line));
        if around.showing.is_some() {
            self.borrows |= borrows::are_in(text);
            self.waits |= ["ock()", ".read()", ".write()"].iter().any(|call| text.contains(call));
            // A pointer may be kept as a number.
            if !around.shown.is_empty() && text.contains("unsafe ") {
                around.file.parts.pointing.push(around.shown);
            }
            borrows::calls(&mut around.shows_by, text);
            around.asks.line(text);
            around.showing = around.showing.filter(|part| part.goes_on(line));
        }
        if let Some(of) = &around.of {
            around.file.parts.line(of.1, text);
            self.type_part(of, Cow::Borrowed(text), &mut around.file);
        }
        let is_end = |part: Part| !part.goes_on(line) || part.0 == line.indent && text.ends_with(';');
        if around.of.as_ref().is_some_and(|(part, ..)| is_end(*part)) {
            around.of = None;
        }
    }

    /// A line, or more, of a type.
    fn type_part<'t>(&mut self, (_, of, params): &Type<'t>, text: Cow<'t, str>, file: &mut File<'t>) {
        let marks = Marks::of(&text);
        if marks.path && params.iter().any(|param| is_projected(&text, param)) {
            add(&mut self.projected, of);
        }
        if marks.for_ever {
            file.parts.for_ever.push(of);
        }
        if marks.outlived {
            add(&mut self.outlived, of);
        }
        self.say(Said::Part { of, text, marks }, file);
    }

    fn part<'t>(&mut self, of: &'t str, text: &str, marks: &Marks, parts: &mut Parts<'t>) {
        if self.pointers.are_in(text, marks) || is_link(text) {
            parts.pointing.push(of);
        }
        let is_other_name = || self.guards.iter().any(|alias| name_is_in(text, alias));
        if marks.is_guard_of_lock() && !text.starts_with("impl") || is_other_name() {
            parts.guarding.push(of);
        }
    }
}

/// Whether a word in the text may begin an item.
fn makes_items(text: &str) -> bool {
    let mut words = text.as_bytes().split(|byte| !byte.is_ascii_lowercase() && *byte != b'_');
    words.any(|word| word.len() > 1 && ITEM_WORDS.iter().any(|item| item.as_bytes() == word))
}
