//! `report`: a row per function.

use std::cmp::Reverse;
use std::io::Write;

use scope_store::store::{FunctionStatistics, Statistics};
use serde_json::{Map, Value as Json, json};

use super::objects::Objects;
use super::table::{Side, Table};
use crate::cli::Format;
use crate::commands::report::{ReportArgs, Sort};
use crate::error::DumpError;
use crate::paint::{Paint, Style};
use crate::units::{Clean, Duration};

/// The columns of a function that is no JSON: its fields.
const COLUMNS: &[&str] = &[
    "kind",
    "function",
    "calls",
    "unfinished",
    "untimed",
    "errors",
    "panics",
    "cancelled",
    "async",
    "total_ns",
    "self_ns",
    "min_ns",
    "p50_ns",
    "p90_ns",
    "p99_ns",
    "max_ns",
];

/// Writes the functions in the order that was asked for.
pub(crate) fn render(
    statistics: Statistics,
    args: &ReportArgs,
    paint: Paint,
    out: &mut dyn Write,
) -> Result<(), DumpError> {
    let Statistics { mut functions, lost, .. } = statistics;
    sort(&mut functions, args.sort);
    let shown = args.top.map_or(functions.len(), |top| top.min(functions.len()));
    let (functions, rest) = functions.split_at(shown);
    if args.ask.look.format != Format::Text {
        let mut out = Objects::new(args.ask.look.format, out, &[COLUMNS])?;
        return functions.iter().try_for_each(|function| out.write(&object(function)));
    }
    text(functions, paint, out)?;
    if !rest.is_empty() {
        writeln!(out, "{}", paint.paint(Style::Dim, format_args!("and {} more functions", rest.len())))?;
    }
    if lost > 0 {
        let text = format!("! {lost} records were lost: what they told is not counted");
        writeln!(out, "{}", paint.paint(Style::Odd, text))?;
    }
    Ok(())
}

/// The most of it first; of equals by name, in which order they are.
fn sort(functions: &mut [FunctionStatistics], by: Sort) {
    let quantile = |function: &FunctionStatistics, share| function.durations.quantile(share).unwrap_or(0);
    functions.sort_by_cached_key(|function| {
        Reverse(match by {
            Sort::Total => function.total,
            Sort::Own => function.own,
            Sort::Calls => function.calls + function.unfinished,
            Sort::P50 => quantile(function, 0.5),
            Sort::P90 => quantile(function, 0.9),
            Sort::P99 => quantile(function, 0.99),
            Sort::Max => function.durations.max().unwrap_or(0),
            Sort::Errors => function.errors,
            Sort::Panics => function.panics,
            Sort::Name => 0,
        })
    });
}

fn text(functions: &[FunctionStatistics], paint: Paint, out: &mut dyn Write) -> Result<(), DumpError> {
    let right = |name| (name, Side::Right);
    let mut table = Table::new([
        right("calls"),
        right("errors"),
        right("panics"),
        right("total"),
        right("self"),
        right("p50"),
        right("p90"),
        right("p99"),
        right("max"),
        ("function", Side::Left),
    ]);
    for function in functions {
        let known = function.durations.count() > 0;
        let time = |ns: Option<u64>| match ns.filter(|_| known) {
            Some(ns) => Duration(ns).to_string(),
            None => "-".to_owned(),
        };
        table.row([
            function.calls.to_string(),
            function.errors.to_string(),
            function.panics.to_string(),
            time(Some(function.total)),
            time(Some(function.own)),
            time(function.durations.quantile(0.5)),
            time(function.durations.quantile(0.9)),
            time(function.durations.quantile(0.99)),
            time(function.durations.max()),
            name(function),
        ]);
    }
    Ok(table.write(paint, out)?)
}

/// The function's path, and what else qualifies its row.
fn name(function: &FunctionStatistics) -> String {
    let path = if function.function.is_empty() { "<unknown function>" } else { &function.function };
    let notes = [
        function.is_async.then(|| "async".to_owned()),
        (function.cancelled > 0).then(|| format!("{} cancelled", function.cancelled)),
        (function.unfinished > 0).then(|| format!("{} without an end", function.unfinished)),
        (function.untimed > 0).then(|| format!("{} of unknown duration", function.untimed)),
    ];
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    let notes = if notes.is_empty() { String::new() } else { format!("  ({})", notes.join(", ")) };
    format!("{}{notes}", Clean(path))
}

fn object(function: &FunctionStatistics) -> Map<String, Json> {
    let FunctionStatistics { calls, unfinished, untimed, errors, panics, cancelled, is_async, .. } = function;
    let durations = &function.durations;
    let known = durations.count() > 0;
    let fields = [
        json!("function"),
        if function.function.is_empty() { Json::Null } else { json!(function.function) },
        json!(calls),
        json!(unfinished),
        json!(untimed),
        json!(errors),
        json!(panics),
        json!(cancelled),
        json!(is_async),
        json!(known.then_some(function.total)),
        json!(known.then_some(function.own)),
        json!(durations.min()),
        json!(durations.quantile(0.5)),
        json!(durations.quantile(0.9)),
        json!(durations.quantile(0.99)),
        json!(durations.max()),
    ];
    COLUMNS.iter().map(|name| (*name).to_owned()).zip(fields).collect()
}
