//! The envelope of an answer: `{"Response": {…, "RequestId": "…"}}`, with `Error` among the members where the service
//! refused.

use crate::Value;
use crate::json::{Members, Object, ReadError, Scanner};
use crate::record::{Extra, Places, Record as _, Slots};

/// What a service answered.
#[derive(Debug, PartialEq)]
pub enum Answer {
    /// It did what was asked, and the response holds what it sent.
    Response,
    /// It refused.
    Refusal(Refusal),
}

/// What a service said when it refused.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Refusal {
    /// The error's code, for example `AuthFailure.SignatureFailure`.
    pub code: String,
    /// The service's words, which may change at any time.
    pub message: String,
    /// The request's identifier, empty if the service sent none.
    pub request_id: String,
    /// What else stood in the error.
    pub extra: Extra,
}

/// Reads an envelope, in one pass over the bytes, into the response, in the stead of what was there.
///
/// The tolerance is that of [`json`](crate::json). The response's field `RequestId` gets the request's identifier,
/// which may be missing. Members beside `Response` go to what is [extra](crate::Extra) of the response.
///
/// # Errors
/// Fails if the text is no envelope: no JSON, cut off, something else before or behind, no `Response` that is an
/// object, an `Error` that is no object with a `Code`.
pub fn read(body: &[u8], response: &mut dyn Slots) -> Result<Answer, ReadError> {
    read_into(body, &mut response.places())
}

/// The same into what was made ready to be filled.
pub(crate) fn read_into(body: &[u8], response: &mut Places<'_>) -> Result<Answer, ReadError> {
    let mut scanner = Scanner::new(body);
    scanner.skip_byte_order_mark();
    scanner.peek();
    let start = scanner.mark();
    let mut answer = None;
    let mut beside = Object::new();
    let mut more = scanner.enter_object()?;
    while more {
        let name = scanner.name()?;
        let in_member = |error: ReadError| error.in_member(&name);
        if name == "Response" {
            response.reset();
            answer = Some(read_response(&mut scanner, response).map_err(in_member)?);
        } else {
            let value = scanner.value().map_err(in_member)?;
            beside.push(name.into_owned(), value);
        }
        more = scanner.another(b'}')?;
    }
    scanner.end()?;
    keep(beside, response);
    answer.ok_or_else(|| scanner.fail_at(start, "an object with the member `Response`"))
}

/// Reads the object in `Response`.
fn read_response(
    scanner: &mut Scanner<'_>,
    response: &mut Places<'_>,
) -> Result<Answer, ReadError> {
    let mut refusal = None;
    let mut members = Members::new(response.table());
    let mut more = scanner.enter_object()?;
    while more {
        let member = members.find(scanner)?;
        if member.name() == "Error" {
            let has_field = member.index().is_some();
            let read = read_error(scanner, has_field).map_err(|error| error.in_member("Error"))?;
            match read {
                Error::Refusal(read) => refusal = Some(read),
                Error::Absent => {}
                Error::Field => {
                    members.read(scanner, response, member)?;
                }
            }
        } else {
            members.read(scanner, response, member)?;
        }
        more = scanner.another(b'}')?;
    }
    members.settle(response);
    Ok(match refusal {
        Some(mut refusal) => {
            refusal.request_id = request_id(response).unwrap_or_default().to_owned();
            Answer::Refusal(refusal)
        }
        None => Answer::Response,
    })
}

/// What the member `Error` is.
enum Error {
    Refusal(Refusal),
    Absent,
    /// No refusal, but the response has a field of that name. Nothing of it was read.
    Field,
}

fn read_error(scanner: &mut Scanner<'_>, has_field: bool) -> Result<Error, ReadError> {
    let next = scanner.peek();
    let start = scanner.mark();
    match next {
        Some(b'n') if !has_field => {
            scanner.word("null")?;
            return Ok(Error::Absent);
        }
        Some(b'{') => {
            let mut refused = Refused::empty();
            scanner.record(refused.places())?;
            if !refused.code.is_empty() {
                let Refused {
                    code,
                    message,
                    extra,
                } = refused;
                return Ok(Error::Refusal(Refusal {
                    code,
                    message,
                    extra,
                    request_id: String::new(),
                }));
            }
        }
        _ => {}
    }
    scanner.go_back(start);
    if has_field {
        return Ok(Error::Field);
    }
    // What is no value at all is to be told first.
    scanner.value()?;
    Err(scanner.fail_at(start, "an object with the member `Code`"))
}

/// The request's identifier, which a response has in its field or among what is extra.
pub(crate) fn request_id<'a>(response: &'a mut Places<'_>) -> Option<&'a str> {
    const NAME: &str = "RequestId";
    // The field holds a text, or what came is no text and stands among what is extra.
    let index = response.table().position(NAME);
    let is_text = index.is_some_and(|index| response.place(index).text().is_some());
    let text = match index {
        Some(index) if is_text => response.place(index).text(),
        _ => response.extra_mut().get(NAME).and_then(Value::as_str),
    };
    text.filter(|text| !text.is_empty())
}

/// Keeps what stood beside `Response`, unless the response has a field or a member of that name.
fn keep(beside: Object, response: &mut Places<'_>) {
    if beside.is_empty() {
        return;
    }
    let table = response.table();
    let extra = response.extra_mut().object_mut();
    // Those within come last, and so win.
    let within = std::mem::take(extra);
    let beside = beside
        .into_iter()
        .filter(|(name, _)| table.position(name).is_none());
    *extra = beside.chain(within).collect();
}

/// What stands in `Error`.
struct Refused {
    code: String,
    message: String,
    extra: Extra,
}

crate::record!(Refused {
    0 => code: "Code",
    1 => message: "Message",
});
