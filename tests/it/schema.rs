//! What `crossfoot schema` prints is held against the JSON of every report of the corpus: every key that is there has
//! to be in the schema, and every key that the schema requires has to be there.

use crate::once::checked;
use crossfoot::internal::reconcile::check;
use crossfoot::internal::report::panel::{headlines, panel};
use crossfoot::internal::report::schema::{CheckAnswer, Extract, JSON_SCHEMA};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// Where a value does not do what a schema says. Objects are closed, since the schema of a version only gains keys.
fn faults(schema: &Value, root: &Value, value: &Value, at: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for (keyword, says) in schema.as_object().unwrap() {
        match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" | "format" => {}
            "$ref" => {
                let name = says.as_str().unwrap().strip_prefix('#').unwrap();
                faults.extend(self::faults(root.pointer(name).unwrap(), root, value, at));
            }
            "type" => {
                let kinds = says.as_array().cloned().unwrap_or_else(|| vec![says.clone()]);
                if !kinds.iter().any(|kind| is(value, kind.as_str().unwrap())) {
                    faults.push(format!("{at} is no {says}: {value}"));
                }
            }
            "const" if value != says => faults.push(format!("{at} is not {says}: {value}")),
            "const" => {}
            "enum" if !says.as_array().unwrap().contains(value) => {
                faults.push(format!("{at} is none of {says}: {value}"));
            }
            "enum" => {}
            // Bounds hold for numbers and arrays only.
            "maximum" => {
                let most = says.as_f64().unwrap();
                faults.extend(
                    value
                        .as_f64()
                        .is_some_and(|number| number > most)
                        .then(|| format!("{at} is over {most}")),
                );
            }
            "minimum" => {
                let low = value.as_f64().is_some_and(|number| number < says.as_f64().unwrap());
                faults.extend(low.then(|| format!("{at} is less than {says}")));
            }
            "minItems" | "maxItems" => {
                let wanted = says.as_u64().unwrap() as usize;
                let off = |items: &Vec<Value>| match keyword.as_str() {
                    "minItems" => items.len() < wanted,
                    _ => items.len() > wanted,
                };
                faults.extend(
                    value.as_array().is_some_and(off).then(|| format!("{at} has not {keyword} {says}")),
                );
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    faults.extend(self::faults(says, root, item, &format!("{at}[{index}]")));
                }
            }
            "anyOf" | "oneOf" => {
                let branches = says.as_array().unwrap().iter();
                let tried: Vec<_> = branches.map(|branch| self::faults(branch, root, value, at)).collect();
                let fit = tried.iter().filter(|faults| faults.is_empty()).count();
                if fit == 0 {
                    faults.extend(tried.into_iter().min_by_key(Vec::len).unwrap());
                } else if fit > 1 && keyword == "oneOf" {
                    faults.push(format!("{at} is {fit} of {keyword}"));
                }
            }
            "required" => {
                let keys = says.as_array().unwrap().iter().map(|key| key.as_str().unwrap());
                let lost = keys.filter(|key| value.is_object() && value.get(*key).is_none());
                faults.extend(lost.map(|key| format!("{at} has no {key}")));
            }
            "properties" => {
                for (key, inner) in value.as_object().into_iter().flatten() {
                    match says.get(key) {
                        Some(says) => faults.extend(self::faults(says, root, inner, &format!("{at}.{key}"))),
                        None => faults.push(format!("{at} has {key}, which is not in the schema")),
                    }
                }
            }
            "additionalProperties" if schema.get("properties").is_none() => {
                for (key, inner) in value.as_object().into_iter().flatten() {
                    faults.extend(self::faults(says, root, inner, &format!("{at}.{key}")));
                }
            }
            other => panic!("the schema says {other}, which is not looked at here"),
        }
    }
    faults
}

fn is(value: &Value, kind: &str) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => panic!("there is no type {kind}"),
    }
}

/// Every report of the corpus, in every form of it that this build reads.
fn reports() -> Vec<PathBuf> {
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")];
    let mut files = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let named = |start: &str| path.file_name().unwrap().to_str().unwrap().starts_with(start);
            if path.is_dir() {
                open.push(path);
            } else if named("report.") || path.extension().is_some_and(|ending| ending == "pdf") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// That a value is what the schema says of a form, and that the whole schema takes it.
fn holds(schema: &Value, form: &str, value: &Value, what: &str) {
    let form = json!({"$ref": format!("#/$defs/{form}")});
    let mut faults = faults(&form, schema, value, "");
    if faults.is_empty() {
        faults = self::faults(schema, schema, value, "");
    }
    assert!(faults.is_empty(), "{what}: {} faults: {:#?}", faults.len(), &faults[..faults.len().min(10)]);
}

#[test]
fn what_is_printed_of_the_corpus_is_as_the_schema_says() {
    let schema: Value = serde_json::from_str(JSON_SCHEMA).unwrap();
    let mut documents = Vec::new();
    let mut extracts = Vec::new();
    for checked in reports().iter().filter_map(|path| checked(path)) {
        let path = &checked.document.origin.path;
        let extract = serde_json::to_value(checked.extract()).unwrap();
        holds(&schema, "Extract", &extract, path);
        extracts.push(extract);
        holds(&schema, "CheckAnswer", &serde_json::to_value(checked.answer()).unwrap(), path);
        documents.push(checked.document.clone());
    }
    assert!(documents.len() > 20, "{}", documents.len());
    assert_eq!(faults(&schema, &schema, &json!(extracts[..2]), ""), [""; 0]);
    let several = CheckAnswer::of(&documents[..2], &check(&documents[..2]));
    holds(&schema, "CheckAnswer", &serde_json::to_value(several).unwrap(), "several");
    holds(&schema, "Panel", &serde_json::to_value(panel(&documents)).unwrap(), "side by side");
    let headlines = serde_json::to_value(headlines(&documents)).unwrap();
    assert_eq!(faults(&schema, &schema, &headlines, ""), [""; 0]);
    let unread = serde_json::to_value(Extract::unread("lost.txt", "it is not there".to_owned())).unwrap();
    holds(&schema, "Extract", &unread, "what could not be read");
}

#[test]
fn a_key_that_is_missing_on_either_side_is_told() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/small.txt");
    let answer = serde_json::to_value(checked(&path).unwrap().answer()).unwrap();
    let schema: Value = serde_json::from_str(JSON_SCHEMA).unwrap();
    holds(&schema, "CheckAnswer", &answer, "whole");
    for (of, key) in
        [("CheckAnswer", "schema_version"), ("Claim", "verdict"), ("Span", "line"), ("Operand", "role")]
    {
        let mut less = schema.clone();
        let properties = less.pointer_mut(&format!("/$defs/{of}/properties")).unwrap();
        properties.as_object_mut().unwrap().remove(key).unwrap();
        assert!(!faults(&less, &less, &answer, "").is_empty(), "{of}.{key}");
    }
    for (of, key) in [("", "coverage"), ("/claims/0", "spans"), ("/claims/0/operands/0", "observation")] {
        let mut less = answer.clone();
        less.pointer_mut(of).unwrap().as_object_mut().unwrap().remove(key).unwrap();
        assert!(!faults(&schema, &schema, &less, "").is_empty(), "{of}/{key}");
    }
}
