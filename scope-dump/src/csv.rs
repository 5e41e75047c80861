//! Comma-separated values, as RFC 4180 has them: a header, then one row a line. `docs/dump-csv.md` says which columns there are.

use std::io::{self, Write};

use serde_json::{Map, Value as Json};

/// Writes rows of cells.
pub(crate) struct Csv<'o> {
    out: &'o mut dyn Write,
    columns: Vec<&'static str>,
}

impl<'o> Csv<'o> {
    /// Begins with the header: these columns, list after list.
    pub fn new(out: &'o mut dyn Write, columns: &[&[&'static str]]) -> io::Result<Self> {
        let mut csv = Self { out, columns: columns.concat() };
        csv.row(columns.iter().copied().flatten().map(|name| Some(*name)))?;
        Ok(csv)
    }

    /// A row of the object's fields, those that are columns: a text as it is, anything else as JSON, nothing where there is none or it is
    /// `null`. Columns among `values` are always JSON: a text is in quotation marks there, and `null` is a value.
    pub fn object(&mut self, object: &Map<String, Json>, values: &[&str]) -> io::Result<()> {
        let cells: Vec<Option<String>> =
            self.columns.iter().map(|name| cell(object.get(*name), values.contains(name))).collect();
        self.row(cells.iter().map(Option::as_deref))
    }

    /// A row. An empty text is not the same as no value: it is written in quotation marks.
    pub fn row<'c>(&mut self, cells: impl IntoIterator<Item = Option<&'c str>>) -> io::Result<()> {
        for (index, cell) in cells.into_iter().enumerate() {
            if index > 0 {
                self.out.write_all(b",")?;
            }
            match cell {
                None => {}
                Some(text) if text.is_empty() || text.contains([',', '"', '\n', '\r']) => {
                    write!(self.out, "\"{}\"", text.replace('"', "\"\""))?;
                }
                Some(text) => self.out.write_all(text.as_bytes())?,
            }
        }
        self.out.write_all(b"\n")
    }

    /// Hands on what was written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn cell(json: Option<&Json>, is_value: bool) -> Option<String> {
    match json? {
        json if is_value => Some(json.to_string()),
        Json::Null => None,
        Json::String(text) => Some(text.clone()),
        json => Some(json.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    const COLUMNS: &[&str] = &["a", "b", "c"];

    #[test]
    fn what_needs_quotation_marks_has_them() {
        let mut out = Vec::new();
        let mut csv = Csv::new(&mut out, &[COLUMNS]).expect("a vector takes all");
        csv.row([Some("1,2"), None, Some("")]).expect("a vector takes all");
        csv.row([Some("say \"x\""), Some(" y "), Some("two\nlines")]).expect("a vector takes all");
        let json = json!({"c": null, "b": [1, "x"], "a": "t", "other": 1});
        csv.object(json.as_object().expect("an object"), &[]).expect("a vector takes all");
        csv.object(json.as_object().expect("an object"), &["a", "c"]).expect("a vector takes all");
        let text = String::from_utf8(out).expect("text");
        assert_eq!(
            text,
            "a,b,c\n\"1,2\",,\"\"\n\"say \"\"x\"\"\", y ,\"two\nlines\"\nt,\"[1,\"\"x\"\"]\",\n\"\"\"t\"\"\",\"[1,\"\"x\"\"]\",null\n"
        );
    }

    proptest! {
        #[test]
        fn another_reader_reads_the_same(rows in prop::collection::vec(prop::array::uniform3(any::<String>()), 0..8)) {
            let mut out = Vec::new();
            let mut csv = Csv::new(&mut out, &[COLUMNS]).expect("a vector takes all");
            for row in &rows {
                csv.row(row.iter().map(|cell| Some(cell.as_str()))).expect("a vector takes all");
            }
            let mut reader = ::csv::Reader::from_reader(&out[..]);
            prop_assert_eq!(reader.headers().expect("a header"), COLUMNS);
            let read: Vec<Vec<String>> =
                reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
            prop_assert_eq!(read, rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>());
        }

        #[test]
        fn objects_can_be_read_back(text: String, number: i64, list: Vec<String>) {
            let json = json!({"a": &text, "b": number, "c": &list});
            let mut out = Vec::new();
            let mut csv = Csv::new(&mut out, &[COLUMNS]).expect("a vector takes all");
            csv.object(json.as_object().expect("an object"), &["a"]).expect("a vector takes all");
            let mut reader = ::csv::Reader::from_reader(&out[..]);
            let row = reader.records().next().expect("a row").expect("a row");
            prop_assert_eq!(serde_json::from_str::<String>(&row[0]).expect("a text"), text);
            prop_assert_eq!(row[1].parse::<i64>().expect("a number"), number);
            prop_assert_eq!(serde_json::from_str::<Vec<String>>(&row[2]).expect("a list"), list);
        }
    }
}
