//! `--format csv`, read by another reader, beside the JSON.

mod common;

use std::collections::HashMap;

use common::{dump, objects, text};
use serde_json::Value as Json;

/// The rows of this view, each by its columns' names.
fn rows(view: &[&str]) -> Vec<HashMap<String, String>> {
    let output = dump(&[view, &["--format", "csv"]].concat());
    let mut reader = csv::Reader::from_reader(text(&output).as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

/// The columns that hold values of the program.
const VALUES: [&str; 4] = ["value", "old", "new", "message"];

#[test]
fn rows_are_what_the_objects_are() {
    for view in [
        &["events"][..],
        &["tree"],
        &["tree", "--details"],
        &["threads"],
        &["check"],
        &["events", "--kind", "exit"],
        &["report"],
        &["slow"],
        &["errors"],
        &["call", "1.1"],
        &["at", "1:5"],
        &["history", "number"],
    ] {
        let (rows, objects) = (rows(view), objects(&dump(&[view, &["--format", "json"]].concat())));
        assert_eq!(rows.len(), objects.len(), "{view:?}");
        assert!(!rows.is_empty());
        for (row, object) in rows.iter().zip(&objects) {
            let object = object.as_object().expect("an object");
            for (name, value) in object {
                let cell = row.get(name).unwrap_or_else(|| panic!("{view:?} has no column for {name}"));
                let expected = match value {
                    value if VALUES.contains(&name.as_str()) => value.to_string(),
                    Json::Null => String::new(),
                    Json::String(text) => text.clone(),
                    value => value.to_string(),
                };
                assert_eq!(*cell, expected, "{view:?} {name}");
            }
            let empty = row.iter().filter(|(name, _)| !object.contains_key(*name)).all(|(_, cell)| cell.is_empty());
            assert!(empty, "{row:?}");
        }
    }
}

#[test]
fn info_is_a_row_per_field() {
    let rows = rows(&["info"]);
    let objects = objects(&dump(&["info", "--format", "json"]));
    let fields: Vec<&str> = rows.iter().map(|row| row["field"].as_str()).collect();
    assert_eq!(fields, objects[0].as_object().expect("an object").keys().collect::<Vec<_>>());
    let value = |field: &str| rows.iter().find(|row| row["field"] == field).expect("a row")["value"].clone();
    assert_eq!((value("end"), value("lost")), ("sealed".to_owned(), "0".to_owned()));
    assert_eq!(serde_json::from_str::<Json>(&value("threads")).expect("JSON"), objects[0]["threads"]);
}

/// Programs may count on the order of the columns; new ones come last.
#[test]
fn columns_keep_their_order() {
    let header = |view: &str| text(&dump(&[view, "--format", "csv"])).lines().next().expect("a header").to_owned();
    assert_eq!(
        header("events"),
        "kind,time,time_ns,thread,thread_name,event,depth,call,parent,correlation,function,file,line,async,args,outcome,value,\
         exit_line,duration_ns,text,values,name,old,new,channel,message,fields,count,mark,reason,code,bytes,log"
    );
    assert_eq!(
        header("tree"),
        "kind,time,time_ns,thread,thread_name,event,depth,call,parent,correlation,function,file,line,async,args,end_ns,outcome,\
         value,exit_line,duration_ns,text,values,name,old,new,channel,message,fields,count,mark,reason,code,bytes,log"
    );
    assert_eq!(
        header("report"),
        "kind,function,calls,unfinished,untimed,errors,panics,cancelled,async,total_ns,self_ns,min_ns,p50_ns,p90_ns,p99_ns,max_ns"
    );
    assert_eq!(header("slow"), header("tree"));
    assert_eq!(header("errors"), "kind,time,time_ns,thread,thread_name,value,steps,end,handled,log");
    assert_eq!(header("threads"), "kind,thread,thread_name,os_id,first,first_ns,last,last_ns,events,calls,lost,depth");
    assert_eq!(
        header("check"),
        "kind,log,offset,bytes,damage,time,time_ns,thread,count,told,read,text,verdict,events,calls,lost"
    );
    assert_eq!(header("info"), "field,value");
}
