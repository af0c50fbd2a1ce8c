//! The workflow of mailboxes and invitations, called by the generated client over HTTP.

mod codes;
mod invitations;
mod mailboxes;
mod world;
