//! Specs that nobody thought of, and changes of them.

use serde_json::{Value, json};
use tc3_spec::Spec;

/// Numbers that look like chance, the same on every machine.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Chance {
        Chance(seed)
    }

    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        // Knuth's constants of a linear congruential generator, of which the upper bits are the better ones.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }

    fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    /// A spec and another one that differs from it in a few places.
    pub(crate) fn specs(&mut self) -> [Spec; 2] {
        let old = self.spec();
        let mut new = old.clone();
        for _ in 0..=self.below(3) {
            self.change(&mut new);
        }
        [old, new].map(|spec| {
            let path = std::path::Path::new("chance.json");
            Spec::from_json(&spec.to_string(), path).unwrap_or_else(|error| panic!("{error}"))
        })
    }

    fn spec(&mut self) -> Value {
        let mut spec = json!({
            "format": 1,
            "service": "chance",
            "version": "2021-03-31",
            "endpoint": "chance.intl.tencentcloudapi.com",
            "actions": {},
            "types": {},
        });
        for name in ["Ask", "Tell"] {
            spec["actions"][name] = self.action();
        }
        for name in ["Leaf", "Node", "Root"] {
            spec["types"][name] = json!({"description": "", "fields": self.fields()});
        }
        spec
    }

    fn action(&mut self) -> Value {
        let mut errors = vec![json!({"code": "Busy", "description": ""})];
        errors.truncate(self.below(2));
        json!({
            "description": "",
            "request": self.fields(),
            "response": self.fields(),
            "errors": errors,
            "examples": [],
        })
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
        let of = self.pick(&[
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
            "Nowhere",
        ]);
        let mut field = json!({"name": name, "type": of, "description": ""});
        if of == "Integer" && self.one_in(2) {
            field["format"] = self.pick(&["int64", "uint64"]).into();
        }
        for flag in ["required", "nullable", "deprecated"] {
            if self.one_in(3) {
                field[flag] = true.into();
            }
        }
        field
    }

    /// Changes something.
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
        let path = self.pick(&[
            "/actions/Ask/request",
            "/actions/Ask/response",
            "/actions/Tell/request",
            "/actions/Tell/response",
            "/types/Node/fields",
            "/types/Root/fields",
        ]);
        let fields = spec.pointer_mut(path).expect("the table is there");
        let fields = fields.as_array_mut().expect("a table");
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
}
