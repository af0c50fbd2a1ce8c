//! Methods that exist only for better compiler messages. Their bounds are traits that no type implements.

use crate::pages::Paginated;
use crate::{Error, Items, Pages};

/// Request whose pages and items a `for` loop can iterate over.
#[diagnostic::on_unimplemented(
    message = "a `for` loop cannot await pages or items",
    label = "use `while let Some(next) = ….next().await`",
    note = "with the feature `blocking`, `.wait()` makes an iterator for a `for` loop"
)]
pub trait ForLoop {}

// A `for` loop requires `IntoIterator`, which the standard library implements for all iterators. An implementation of
// `IntoIterator` in place of `Iterator` would keep the compiler from reporting the missing `ForLoop`.
#[doc(hidden)]
impl<R: Paginated + ForLoop> Iterator for Pages<R> {
    type Item = Result<R::Response, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        None
    }
}

#[doc(hidden)]
impl<R: Paginated + ForLoop> Iterator for Items<R> {
    type Item = Result<R::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        None
    }
}

#[cfg(not(feature = "blocking"))]
mod wait {
    use std::iter::{self, Empty};

    use crate::pages::Paginated;
    use crate::{Call, Error, Items, Pages};

    /// Value that supports `wait`.
    #[diagnostic::on_unimplemented(
        message = "`wait` needs the feature `blocking`",
        label = "turn on the feature `blocking` of the client's crate or of `tc3`, or use `await`"
    )]
    pub trait BlockingFeature {}

    impl<T> Call<T> {
        #[doc(hidden)]
        pub fn wait(self) -> Result<T, Error>
        where
            T: BlockingFeature,
        {
            unreachable!("nothing implements the trait")
        }
    }

    impl<R: Paginated> Pages<R> {
        #[doc(hidden)]
        pub fn wait(self) -> Empty<Result<R::Response, Error>>
        where
            R: BlockingFeature,
        {
            iter::empty()
        }
    }

    impl<R: Paginated> Items<R> {
        #[doc(hidden)]
        pub fn wait(self) -> Empty<Result<R::Item, Error>>
        where
            R: BlockingFeature,
        {
            iter::empty()
        }
    }
}
