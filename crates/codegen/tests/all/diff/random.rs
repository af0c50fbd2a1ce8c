//! Generates pseudorandom specs and changes of them.

use std::path::Path;

use serde_json::{Value, json};
use tc3_spec::Spec;

/// Pseudorandom generator with the same output on every machine.
pub(crate) struct Generator(u64);

impl Generator {
    pub(crate) fn new(seed: u64) -> Generator {
        Generator(seed)
    }

    /// Returns a number below `end`.
    fn below(&mut self, end: usize) -> usize {
        // A linear congruential generator with Knuth's constants. Its upper bits are more random than its lower ones.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }

    /// Returns true once in `count` calls on average.
    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn pick<'a>(&mut self, values: &[&'a str]) -> &'a str {
        values[self.below(values.len())]
    }

    /// Returns a spec and a changed copy of it.
    pub(crate) fn specs(&mut self) -> [Spec; 2] {
        let old = self.spec();
        let mut new = old.clone();
        // Some pairs change only pagination or error codes, so that no other breaking change hides their consequence.
        match self.below(7) {
            0 | 1 => self.change_pages(&mut new),
            2 | 3 => self.change_codes(&mut new),
            _ => (0..=self.below(3)).for_each(|_| self.change(&mut new)),
        }
        [old, new].map(|mut spec| {
            let path = Path::new("random.json");
            Spec::from_json(&spec.to_string(), path).unwrap_or_else(|_| {
                // The change may have removed a field that the pagination needs.
                let list = spec["actions"][LIST].as_object_mut().expect("an action");
                list.remove("pagination");
                let read = Spec::from_json(&spec.to_string(), path);
                read.unwrap_or_else(|error| panic!("{error}"))
            })
        })
    }

    fn spec(&mut self) -> Value {
        let mut spec = json!({
            "format": 1,
            "service": "random",
            "version": "2021-03-31",
            "endpoint": "random.intl.tencentcloudapi.com",
            "actions": {},
            "types": {},
        });
        for name in ["Ask", "Tell"] {
            spec["actions"][name] = self.action();
        }
        spec["actions"][LIST] = self.list();
        spec["errors"] = self.codes().into();
        for name in ["Leaf", "Node", "Root"] {
            spec["types"][name] = json!({"description": "", "fields": self.fields()});
        }
        spec
    }

    fn action(&mut self) -> Value {
        json!({
            "description": "",
            "request": self.fields(),
            "response": self.fields(),
            "errors": self.codes(),
            "examples": [],
        })
    }

    /// Returns a read action with all or most of the fields of pagination.
    fn list(&mut self) -> Value {
        let mut list = self.action();
        // With more arrays, the pagination would be ambiguous.
        rows_of(&mut list, "/response").truncate(1);
        let (parameters, response) = match self.one_in(2) {
            true => (
                OFFSET,
                [("TotalCount", "Integer"), ("Items", "Array of Leaf")],
            ),
            false => (TOKEN, [("NextToken", "String"), ("Items", "Array of Leaf")]),
        };
        for (table, rows) in [("request", parameters), ("response", response)] {
            for (name, type_ref) in rows {
                if !self.one_in(6) {
                    let field = json!({"name": name, "type": type_ref, "description": ""});
                    rows_of(&mut list, &format!("/{table}")).push(field);
                }
            }
        }
        if self.one_in(2) {
            // With two arrays, the pagination must be explicit.
            let type_ref = self.pick(&["Array of Leaf", "Array of Node", "Array of String"]);
            let others = json!({"name": "Others", "type": type_ref, "description": ""});
            rows_of(&mut list, "/response").push(others);
            let by = if parameters == OFFSET {
                "offset"
            } else {
                "token"
            };
            list["pagination"] = json!({"by": by, "items": self.pick(&ITEMS)});
        } else if self.one_in(3) {
            list["pagination"] = false.into();
        }
        list
    }

    /// Returns error codes. Some have the same Rust name, which goes to the first of them.
    fn codes(&mut self) -> Vec<Value> {
        let mut codes = Vec::new();
        for code in CODES {
            if self.one_in(3) {
                codes.insert(self.below(codes.len() + 1), documented(code));
            }
        }
        codes
    }

    fn fields(&mut self) -> Vec<Value> {
        let mut fields = Vec::new();
        for name in ["First", "Second", "Third", "ClientToken"] {
            if self.one_in(2) {
                let field = self.field(name);
                fields.insert(self.below(fields.len() + 1), field);
            }
        }
        fields
    }

    fn field(&mut self, name: &str) -> Value {
        let type_ref = self.pick(&[
            "String",
            "String",
            "Integer",
            "Date",
            "Leaf",
            "Node",
            "Root",
            "Array of Leaf",
            "Array of Node",
            "Array of String",
            "Array of Integer",
            "Array of Array of Leaf",
            "Array of Array of Integer",
            "Nowhere",
        ]);
        let mut field = json!({"name": name, "type": type_ref, "description": ""});
        if type_ref.ends_with("Integer") && self.one_in(2) {
            field["format"] = self.pick(&["int64", "uint64"]).into();
        }
        for flag in ["required", "nullable", "deprecated"] {
            if self.one_in(3) {
                field[flag] = true.into();
            }
        }
        field
    }

    /// Makes one change.
    fn change(&mut self, spec: &mut Value) {
        if self.one_in(8) {
            let types = spec["types"].as_object_mut().expect("a map");
            let name = self.pick(&["Leaf", "Nowhere"]);
            if types.remove(name).is_none() {
                types.insert(
                    name.to_owned(),
                    json!({"description": "", "fields": self.fields()}),
                );
            }
            return;
        }
        if self.one_in(8) {
            spec["actions"]["Tell"] = self.action();
            return;
        }
        if self.one_in(6) {
            self.change_codes(spec);
            return;
        }
        if self.one_in(4) {
            self.change_pages(spec);
            return;
        }
        let path = self.pick(&[
            "/actions/Ask/request",
            "/actions/Ask/response",
            "/actions/Tell/request",
            "/actions/Tell/response",
            "/actions/ListAll/response",
            "/types/Node/fields",
            "/types/Root/fields",
        ]);
        let fields = rows_of(spec, path);
        if fields.len() > 1 && self.one_in(4) {
            fields.swap(0, 1);
            return;
        }
        let name = self.pick(&["First", "Second", "Third", "ClientToken"]);
        let place = fields.iter().position(|field| field["name"] == name);
        let field = self.field(name);
        match place {
            None => fields.push(field),
            Some(place) if self.one_in(4) => drop(fields.remove(place)),
            Some(place) if self.one_in(2) => {
                let flag = self.pick(&["required", "nullable", "deprecated"]);
                let is_set = fields[place][flag] == true;
                fields[place][flag] = (!is_set).into();
            }
            Some(place) => fields[place] = field,
        }
    }

    fn change_codes(&mut self, spec: &mut Value) {
        let path = self.pick(&["/errors", "/actions/Ask/errors", "/actions/Tell/errors"]);
        let codes = rows_of(spec, path);
        let code = self.pick(&CODES);
        match codes.iter().position(|known| known["code"] == code) {
            Some(place) if self.one_in(2) => drop(codes.remove(place)),
            Some(place) => codes.swap(0, place),
            None => codes.insert(self.below(codes.len() + 1), documented(code)),
        }
    }

    /// Changes the pagination of an action.
    fn change_pages(&mut self, spec: &mut Value) {
        let list = &mut spec["actions"][LIST];
        let items = self.pick(&ITEMS);
        match self.below(8) {
            0 | 1 if list["pagination"].is_null() => list["pagination"] = false.into(),
            0 | 1 => drop(
                list.as_object_mut()
                    .expect("an action")
                    .remove("pagination"),
            ),
            2 => list["pagination"] = json!({"by": "offset", "items": items}),
            3 => list["pagination"] = json!({"by": "token", "items": items}),
            4 | 5 if list["pagination"].is_object() => list["pagination"]["items"] = items.into(),
            4 | 5 => list["access"] = self.pick(&["read", "write"]).into(),
            _ => {
                let (name, type_ref) = [OFFSET, TOKEN].concat()[self.below(4)];
                let request = rows_of(list, "/request");
                match request.iter().position(|field| field["name"] == name) {
                    Some(place) => drop(request.remove(place)),
                    None => {
                        request.push(json!({"name": name, "type": type_ref, "description": ""}));
                    }
                }
            }
        }
    }
}

/// Action that may be paginated.
const LIST: &str = "ListAll";
/// Arrays of items of its response.
const ITEMS: [&str; 2] = ["Items", "Others"];
const OFFSET: [(&str, &str); 2] = [("Offset", "Integer"), ("Limit", "Integer")];
const TOKEN: [(&str, &str); 2] = [("NextToken", "String"), ("MaxResults", "Integer")];
const CODES: [&str; 4] = ["Busy", "Gone.Late", "GoneLate", "Gone_Late"];

fn documented(code: &str) -> Value {
    json!({"code": code, "description": ""})
}

/// Returns the rows of the table at a path.
fn rows_of<'a>(value: &'a mut Value, path: &str) -> &'a mut Vec<Value> {
    let rows = value.pointer_mut(path).and_then(Value::as_array_mut);
    rows.expect("a table")
}
