//! JMESPath queries over responses.
//!
//! Selected numbers keep their text. Comparisons, and functions such as `sum` and `max`, use doubles, so close integers
//! beyond 2^53 are equal.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::LazyLock;

use jmespath::ast::Ast;
use jmespath::functions::{ArgumentType, CustomFunction, Signature};
use jmespath::{Context, ErrorReason, JmespathError, Rcvar, Runtime, RuntimeError, Variable};
use serde_json::Value;
use tc3_arguments::{ArgumentSpan, Problem};

use crate::failure::Failure;
use crate::line::Line;
use crate::node::Node;

/// The functions of JMESPath. The library's own `to_number` loses numbers, because it reads JSON as `serde` sees it.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let mut runtime = Runtime::new();
    runtime.register_builtin_functions();
    let signature = Signature::new(vec![ArgumentType::Any], None);
    let to_number = |arguments: &[Rcvar], _: &mut Context<'_>| {
        let number = match &*arguments[0] {
            Variable::Number(number) => Some(number.clone()),
            Variable::String(text) => text.parse().ok(),
            _ => None,
        };
        Ok(Rc::new(number.map_or(Variable::Null, Variable::Number)))
    };
    let to_number = CustomFunction::new(signature, Box::new(to_number));
    runtime.register_function("to_number", Box::new(to_number));
    runtime
});

/// A JMESPath expression that can be evaluated.
pub(crate) struct Query {
    text: String,
    expression: Ast,
    /// Names of members that the expression creates, in its order.
    names: Vec<String>,
}

impl Query {
    /// Compiles an expression.
    ///
    /// # Errors
    /// Fails with the problem and its offset in the text.
    pub(crate) fn compile(text: &str) -> Result<Self, (String, usize)> {
        let problem = |error: JmespathError| (reason(&error), error.offset.min(text.len()));
        let parsed = jmespath::parse(text);
        let parsed = parsed.or_else(|error| jmespath::parse(&json_literals(text)).or(Err(error)));
        let mut expression = parsed.map_err(problem)?;
        let mut names = Vec::new();
        check(&mut expression, &mut names).map_err(problem)?;
        Ok(Self {
            text: text.to_owned(),
            expression,
            names,
        })
    }

    /// Compiles the value of an option, which starts at an offset of the argument.
    ///
    /// # Errors
    /// Fails with a pointer to the wrong part of the command line.
    pub(crate) fn of_option(
        line: &Line,
        options: &[&str],
        start: usize,
        text: &str,
    ) -> Result<Self, Failure> {
        Self::compile(text).map_err(|(problem, at)| {
            let place = line.value_of(options).and_then(|(argument, value)| {
                let at = value + start + at;
                let wrong = line.words.get(argument)?.get(at..)?.chars().next();
                Some(ArgumentSpan {
                    argument,
                    range: at..at + wrong.map_or(0, char::len_utf8),
                    is_hidden: false,
                })
            });
            let problem = Problem {
                message: format!("{} is not a JMESPath expression: {problem}", options[0]),
                place,
                similar: Vec::new(),
            };
            Failure::problems(line, 0..0, vec![problem])
        })
    }

    /// Returns the result for a response.
    ///
    /// # Errors
    /// Fails if a function does not apply to the values of the response.
    pub(crate) fn apply(&self, json: &str) -> Result<Node, String> {
        let response = Node::parse(json).map_err(|error| error.to_string())?;
        let mut context = Context::new(&self.text, &RUNTIME);
        let result = jmespath::interpret(&variable(&response), &self.expression, &mut context);
        let mut result = node(&*result.map_err(|error| reason(&error))?);
        let mut ranks = HashMap::new();
        for name in &self.names {
            rank(&mut ranks, name);
        }
        rank_members(&mut ranks, &response);
        sort(&mut result, &ranks);
        Ok(result)
    }
}

/// Returns an expression in which literals that are not JSON are strings: tccli, and the first version of JMESPath, read
/// `` `RUNNING` `` as `` `"RUNNING"` ``.
fn json_literals(text: &str) -> String {
    let mut output = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(['\'', '"', '`']) {
        let (before, quoted) = rest.split_at(start);
        let is_end = |at: &usize| !quoted[1..*at].ends_with('\\');
        let mut ends = quoted[1..]
            .match_indices(&quoted[..1])
            .map(|(at, _)| at + 1);
        let Some(end) = ends.find(is_end) else {
            break;
        };
        let content = quoted[1..end].trim_start();
        output += before;
        match quoted.starts_with('`') && serde_json::from_str::<Value>(content).is_err() {
            true => {
                output += &format!(
                    "`{}`",
                    Value::from(content.replace("\\`", "`"))
                        .to_string()
                        .replace('`', "\\`")
                )
            }
            false => output += &quoted[..=end],
        }
        rest = &quoted[end + 1..];
    }
    output + rest
}

fn reason(error: &JmespathError) -> String {
    match &error.reason {
        ErrorReason::Parse(problem) => problem.clone(),
        ErrorReason::Runtime(problem) => problem.to_string(),
    }
}

/// Converts JSON to a value of an expression. Numbers keep their text.
fn variable(node: &Node) -> Rcvar {
    Rc::new(match node {
        Node::Null => Variable::Null,
        Node::Text(text) => Variable::String(text.clone()),
        Node::List(elements) => Variable::Array(elements.iter().map(variable).collect()),
        Node::Object(members) => {
            let members = members.iter();
            let members = members.map(|(name, node)| (name.clone(), variable(node)));
            Variable::Object(members.collect())
        }
        Node::Verbatim(text) => match (text.parse(), text.as_str()) {
            (Ok(number), _) => Variable::Number(number),
            (Err(_), "true") => Variable::Bool(true),
            (Err(_), "false") => Variable::Bool(false),
            (Err(_), nested) => Variable::String(nested.to_owned()),
        },
    })
}

/// Converts the result of an expression to JSON.
fn node(value: &Variable) -> Node {
    match value {
        Variable::Null | Variable::Expref(_) => Node::Null,
        Variable::String(text) => Node::Text(text.clone()),
        Variable::Bool(value) => Node::Verbatim(value.to_string()),
        Variable::Number(number) => Node::Verbatim(number.to_string()),
        Variable::Array(elements) => {
            Node::List(elements.iter().map(|element| node(element)).collect())
        }
        Variable::Object(members) => {
            let members = members.iter();
            let members = members.map(|(name, value)| (name.clone(), node(value)));
            Node::Object(members.collect())
        }
    }
}

/// Returns a literal with its numbers, which the library reads as `serde` sees them: as objects with their text.
fn literal(value: &Variable) -> Rcvar {
    Rc::new(match value {
        Variable::Array(elements) => {
            Variable::Array(elements.iter().map(|element| literal(element)).collect())
        }
        Variable::Object(members) => {
            let number = members.get("$serde_json::private::Number");
            match number.and_then(|text| text.as_string()?.parse().ok()) {
                Some(number) => Variable::Number(number),
                None => {
                    let members = members.iter();
                    let members = members.map(|(name, value)| (name.clone(), literal(value)));
                    Variable::Object(members.collect())
                }
            }
        }
        other => other.clone(),
    })
}

/// Checks the functions of an expression, which would fail only when it is evaluated, corrects its literals, and collects
/// the names of members.
fn check(node: &mut Ast, names: &mut Vec<String>) -> Result<(), JmespathError> {
    match node {
        Ast::Literal { value, .. } => {
            *value = literal(value);
            Ok(())
        }
        Ast::Function { offset, name, args } => {
            check_function(*offset, name, args.len())?;
            args.iter_mut().try_for_each(|node| check(node, names))
        }
        Ast::MultiHash { elements, .. } => elements.iter_mut().try_for_each(|pair| {
            names.push(pair.key.clone());
            check(&mut pair.value, names)
        }),
        Ast::MultiList { elements, .. } => {
            elements.iter_mut().try_for_each(|node| check(node, names))
        }
        Ast::Comparison { lhs, rhs, .. }
        | Ast::Projection { lhs, rhs, .. }
        | Ast::And { lhs, rhs, .. }
        | Ast::Or { lhs, rhs, .. }
        | Ast::Subexpr { lhs, rhs, .. } => {
            check(lhs, names)?;
            check(rhs, names)
        }
        Ast::Condition {
            predicate, then, ..
        } => {
            check(predicate, names)?;
            check(then, names)
        }
        Ast::Expref { ast: node, .. }
        | Ast::Flatten { node, .. }
        | Ast::Not { node, .. }
        | Ast::ObjectValues { node, .. } => check(node, names),
        Ast::Identity { .. } | Ast::Field { .. } | Ast::Index { .. } | Ast::Slice { .. } => Ok(()),
    }
}

/// Calls a function with nulls, which fails if there is none of this name and number of arguments.
fn check_function(offset: usize, name: &str, arguments: usize) -> Result<(), JmespathError> {
    let data = Rc::new(Variable::Null);
    let null = Ast::Literal {
        offset,
        value: Rc::clone(&data),
    };
    let call = Ast::Function {
        offset,
        name: name.to_owned(),
        args: vec![null; arguments],
    };
    let mut context = Context::new("", &RUNTIME);
    match jmespath::interpret(&data, &call, &mut context) {
        Err(mut error)
            if matches!(
                error.reason,
                ErrorReason::Runtime(
                    RuntimeError::UnknownFunction(_)
                        | RuntimeError::TooManyArguments { .. }
                        | RuntimeError::NotEnoughArguments { .. }
                )
            ) =>
        {
            error.offset = offset;
            Err(error)
        }
        // Other errors concern the nulls.
        _ => Ok(()),
    }
}

/// JMESPath does not keep the order of members. They are sorted by the expression, then by the response.
fn sort(node: &mut Node, ranks: &HashMap<String, usize>) {
    match node {
        Node::List(elements) => elements.iter_mut().for_each(|node| sort(node, ranks)),
        Node::Object(members) => {
            members.sort_by_key(|(name, _)| ranks.get(name).copied().unwrap_or(usize::MAX));
            members.iter_mut().for_each(|(_, node)| sort(node, ranks));
        }
        _ => {}
    }
}

fn rank(ranks: &mut HashMap<String, usize>, name: &str) {
    if !ranks.contains_key(name) {
        ranks.insert(name.to_owned(), ranks.len());
    }
}

fn rank_members(ranks: &mut HashMap<String, usize>, node: &Node) {
    match node {
        Node::List(elements) => elements.iter().for_each(|node| rank_members(ranks, node)),
        Node::Object(members) => {
            for (name, _) in members {
                rank(ranks, name);
            }
            let members = members.iter();
            members.for_each(|(_, node)| rank_members(ranks, node));
        }
        _ => {}
    }
}
