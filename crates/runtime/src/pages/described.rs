use std::{fmt, future::poll_fn};

use tc3_protocol::message::{Field, FieldReader, Kind, Message as _, Table, read};
use tc3_protocol::paging::{LIMIT, OFFSET, Paging, Progress};

use super::fetch::RawPages;
use crate::{Action, Client, Error, Json, UntypedResponse, check};

/// List action that is described at run time, such as one of a spec, and how it is paginated.
#[derive(Debug)]
pub struct Listing {
    action: &'static Action,
    paging: Paging,
    items: &'static str,
    /// Parameters and response fields that the pagination needs. The fields are named by their whole paths.
    request: Table,
    response: Table,
}

impl Listing {
    /// Describes a list action. The description is never freed, so create one for each action.
    ///
    /// `items` is the path of the response field with the items. `is_text` returns whether the parameter of this name,
    /// which is a page number or a number of items, is documented as a String.
    pub fn describe(
        action: &'static Action,
        paging: Paging,
        items: &'static str,
        is_text: impl Fn(&str) -> bool,
    ) -> &'static Self {
        let number = |name| match is_text(name) {
            true => Field(name, Kind::String),
            false => Field(name, Kind::U64),
        };
        let mut response = vec![Field(items, Kind::List(&Kind::Json))];
        let mut count = |total: Option<_>| response.extend(total.map(|it| Field(it, Kind::U64)));
        let request = match paging {
            Paging::Offset { total, .. } => {
                count(total);
                vec![number(OFFSET), number(LIMIT)]
            }
            Paging::Number {
                number: name,
                size,
                total,
                ..
            } => {
                count(total);
                [name].into_iter().chain(size).map(number).collect()
            }
            Paging::Token { token, next, last } => {
                response.push(Field(next, Kind::Json));
                response.extend(last.map(|last| Field(last.field, Kind::Bool)));
                vec![Field(token, Kind::Json)]
            }
        };
        let table = |fields: Vec<Field>| Table {
            name: action.name,
            fields: fields.leak(),
        };
        Box::leak(Box::new(Self {
            action,
            paging,
            items,
            request: table(request),
            response: table(response),
        }))
    }
}

/// Pages of an action that is described at run time. The [module](super) documentation describes where they end.
#[must_use = "no page is fetched unless `next` is called"]
pub struct DescribedPages {
    pages: RawPages,
}

impl DescribedPages {
    /// Fetches the next page; `None` after the last one.
    ///
    /// Dropping the future loses no page: the next future waits for the same one.
    ///
    /// # Errors
    /// Fails as [`Pages::next`](super::Pages::next) does.
    pub async fn next(&mut self) -> Option<Result<UntypedResponse, Error>> {
        let page = poll_fn(|context| self.pages.poll(context)).await?;
        Some(page.map(|mut page| UntypedResponse::read(&mut FieldReader::new(&mut page))))
    }
}

impl fmt::Debug for DescribedPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DescribedPages")
            .field("action", &self.pages.action.name)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Returns the pages of a list that is described at run time, starting at the requested page.
    ///
    /// # Errors
    /// Fails if `parameters` is not a JSON object, or the action's name is not one.
    pub fn pages_described(
        &self,
        listing: &'static Listing,
        parameters: impl Into<Json>,
    ) -> Result<DescribedPages, Error> {
        check::action(listing.action.name)?;
        let parameters = read(parameters.into().text(), &listing.request)
            .map_err(|_| Error::request("parameters must be a JSON object"))?;
        let tables = [&listing.request, &listing.response];
        let progress = Progress::new(listing.paging, tables, &[], listing.items, parameters);
        let pages = RawPages {
            client: self.clone(),
            action: listing.action,
            tables: [&listing.request, UntypedResponse::TABLE],
            progress,
            view: Some(&listing.response),
            call: None,
        };
        Ok(DescribedPages { pages })
    }
}
