//! What looks as if it could be called, so that the compiler's message says what to write instead. Nothing implements the
//! traits here, so nothing of this ever runs.

use crate::pages::Paginated;
use crate::{Error, Items, Pages};

/// The requests whose pages and items a `for` loop can go through.
#[diagnostic::on_unimplemented(
    message = "a `for` loop cannot await pages or items",
    label = "use `while let Some(next) = ….next().await`",
    note = "with the feature `blocking`, `.wait()` makes an iterator for a `for` loop"
)]
pub trait ForLoop {}

// Of `IntoIterator`, which is what a loop asks for, the compiler has an implementation for all iterators. With another one
// beside it, it would not look at what is missing of either.
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

    /// What can be waited for on the thread.
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
