//! `[profile.NAME]`.

use toml::de::DeTable;

use crate::parse::field::Field;
use crate::parse::keys::Table;
use crate::parse::sink::Sink;
use crate::parse::{Layer, layer};

/// Reads all profiles of a plan, by name.
pub(crate) fn read(top: &DeTable<'_>, sink: &mut Sink<'_>) -> Vec<(String, Layer)> {
    let mut profiles = Vec::new();
    let Some((key, value)) = top.get_key_value("profile") else { return profiles };
    let Some(tables) = Field::new(key, value).table(sink) else { return profiles };
    for (name, value) in tables {
        let field = Field::new(name, value);
        if !field.is_table() {
            let name = field.key;
            sink.at_key(&field, format!("`{name}` in `[profile]` is no table; write keys under `[profile.NAME]`"));
        } else if let Some(table) = field.table(sink) {
            profiles.push((field.key.to_owned(), layer(table, Table::Profile, Some(field.key), sink, None)));
        }
    }
    profiles
}
