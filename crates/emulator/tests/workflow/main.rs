//! The workflow of mailboxes and invitations, by the generated client over HTTP, with time that moves as a test likes.

mod codes;
mod invitations;
mod mailboxes;
mod world;
