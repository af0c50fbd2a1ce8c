//! Parameters with their documented types.

use serde_json::{Map, Value};
use tc3_spec::{Field, IntegerFormat, Spec, TypeRef};

/// A value with its documented type.
pub(crate) enum Typed<'a> {
    String(&'a str),
    /// An integer in the range of its format.
    Integer(String),
    /// A finite number, with its text.
    Float(f64, String),
    Boolean(bool),
    List(Vec<Typed<'a>>),
    Structure(Structure<'a>),
    /// A value whose type is not documented.
    Json(&'a Value),
}

/// A structure: a data type, or the parameters of an action.
pub(crate) struct Structure<'a> {
    /// The data type, or the action.
    pub(crate) name: &'a str,
    /// The values that fit their documented type.
    pub(crate) members: Vec<Member<'a>>,
    /// The other values by name.
    pub(crate) others: Vec<(&'a str, &'a Value)>,
    /// The first required member without a value that fits.
    pub(crate) missing: Option<&'a str>,
}

/// A documented member of a structure.
pub(crate) struct Member<'a> {
    pub(crate) field: &'a Field,
    pub(crate) value: Typed<'a>,
}

impl<'a> Structure<'a> {
    pub(crate) fn new(
        spec: &'a Spec,
        name: &'a str,
        fields: &'a [Field],
        object: &'a Map<String, Value>,
    ) -> Self {
        let (mut members, mut others) = (Vec::new(), Vec::new());
        for (name, value) in object {
            let field = fields.iter().find(|field| field.name == *name);
            let field = field.filter(|field| is_word(&field.name));
            let typed = field.and_then(|field| {
                let value = Typed::new(spec, field, &field.type_ref, value)?;
                Some(Member { field, value })
            });
            match typed {
                Some(member) => members.push(member),
                None => others.push((name.as_str(), value)),
            }
        }
        let has = |field: &&Field| {
            let mut members = members.iter();
            members.any(|member| member.field.name == field.name)
        };
        let mut required = fields
            .iter()
            .filter(|field| field.required && !field.is_client_token());
        let missing = required.find(|field| !has(field));
        let missing = missing.map(|field| field.name.as_str());
        Self {
            name,
            members,
            others,
            missing,
        }
    }

    /// Whether no value is set.
    pub(crate) fn is_empty(&self) -> bool {
        self.members.is_empty() && self.others.is_empty()
    }

    /// Whether a condition holds for this structure or one within it.
    pub(crate) fn any(&self, is: &dyn Fn(&Structure<'a>) -> bool) -> bool {
        is(self) || self.members.iter().any(|member| member.value.any(is))
    }

    /// Whether a condition holds for a value in this structure, at any depth. Of a list, it gets only the elements.
    pub(crate) fn any_value(&self, is: &dyn Fn(&Typed<'a>) -> bool) -> bool {
        self.any(&|of| of.members.iter().any(|member| member.value.any_value(is)))
    }

    /// Whether the types of the vendor's SDKs can represent all values.
    pub(crate) fn is_documented(&self) -> bool {
        !self.any(&|of| !of.others.is_empty())
            && !self.any_value(&|value| matches!(value, Typed::Json(_)))
    }
}

impl<'a> Typed<'a> {
    /// Returns a value with this type of a field, if the value fits the type.
    fn new(spec: &'a Spec, field: &'a Field, of: &'a TypeRef, value: &'a Value) -> Option<Self> {
        Some(match (of, value) {
            (TypeRef::Integer, Value::Number(number)) => {
                let text = number.to_string();
                let is_integer = match field.format {
                    Some(IntegerFormat::Uint64) => text.parse::<u64>().is_ok(),
                    Some(IntegerFormat::Int64) | None => text.parse::<i64>().is_ok(),
                };
                is_integer.then_some(Typed::Integer(text))?
            }
            (TypeRef::Float | TypeRef::Double, Value::Number(number)) => {
                let text = number.to_string();
                let number = text.parse().ok().filter(|number: &f64| number.is_finite());
                Typed::Float(number?, text)
            }
            (TypeRef::Boolean, Value::Bool(value)) => Typed::Boolean(*value),
            (
                TypeRef::String
                | TypeRef::Date
                | TypeRef::Timestamp
                | TypeRef::TimestampIso8601
                | TypeRef::Binary,
                Value::String(text),
            ) => Typed::String(text),
            (TypeRef::Array(element), Value::Array(values)) => {
                let values = values.iter();
                let values = values.map(|value| Self::new(spec, field, element, value));
                Typed::List(values.collect::<Option<_>>()?)
            }
            (TypeRef::Named(name), value) => match (spec.types.get(name), value) {
                (Some(data_type), Value::Object(object)) if is_word(name) => {
                    Typed::Structure(Structure::new(spec, name, &data_type.fields, object))
                }
                (Some(_), _) => return None,
                (None, value) => Typed::Json(value),
            },
            _ => return None,
        })
    }

    fn any(&self, is: &dyn Fn(&Structure<'a>) -> bool) -> bool {
        self.any_value(&|value| matches!(value, Typed::Structure(structure) if structure.any(is)))
    }

    /// Whether a condition holds for this value or, if it is a list, for one of its elements.
    fn any_value(&self, is: &dyn Fn(&Typed<'a>) -> bool) -> bool {
        match self {
            Typed::List(values) => values.iter().any(|value| value.any_value(is)),
            value => is(value),
        }
    }
}

/// Whether a name contains only the characters of identifiers. It may begin with a digit.
pub(crate) fn is_word(name: &str) -> bool {
    let is_byte = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    !name.is_empty() && name.bytes().all(is_byte)
}
