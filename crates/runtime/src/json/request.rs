use super::{Members, ReadError, Scanner, excerpt};
use crate::record::Places;

/// Reads a request, all plain fields of which are required, or says what is wrong with it.
pub(crate) fn read_request(text: &[u8], request: &mut Places<'_>) -> Result<(), String> {
    let table = request.table();
    let mut given = vec![false; table.count()];
    read_noting(text, request, &mut given).map_err(|error| error.to_string())?;
    let action = table.name();
    for (index, name) in table.fields().enumerate() {
        if given[index] || !request.place(index).is_plain() {
            continue;
        }
        return Err(match request.extra_mut().get(name) {
            Some(value) => {
                let value = excerpt(value.to_string().as_bytes());
                format!("the parameter `{name}` of `{action}` can't be {value}")
            }
            None => format!("`{action}` needs the parameter `{name}`"),
        });
    }
    Ok(())
}

/// Reads an object into a record and notes of each field whether a value came that fits it.
fn read_noting(text: &[u8], record: &mut Places<'_>, given: &mut [bool]) -> Result<(), ReadError> {
    record.reset();
    let mut scanner = Scanner::new(text);
    let mut members = Members::new(record.table());
    let mut more = scanner.enter_object()?;
    while more {
        let member = members.find(&mut scanner)?;
        let index = member.index();
        let null = scanner.peek() == Some(b'n');
        let fits = members.read(&mut scanner, record, member)?;
        if let Some(index) = index {
            given[index] = fits && !null;
        }
        more = scanner.another(b'}')?;
    }
    members.settle(record);
    scanner.end()
}
