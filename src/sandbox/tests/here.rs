//! Realms on the thread of their caller, between two pages.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use super::super::blocks::Blocks;
use super::super::here::LocalPage;
use super::super::log::Log;
use super::super::program::{Code, Program};
use super::super::shelf::Shelf;
use super::thread::{settings, with_stack};
use crate::fetch::{FetchFuture, Fetcher, Request};
use crate::verdict::Rules;

/// A server that never answers.
struct Silent;

impl Fetcher for Silent {
    fn fetch(&self, _: Request) -> FetchFuture<'_> {
        Box::pin(std::future::pending())
    }
}

#[test]
fn a_realm_that_was_cut_off_serves_no_other_page() {
    with_stack(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let shelf = Rc::new(Shelf::for_pages(2));
        let page = || LocalPage::new(settings(Rules::Honest), Arc::<Blocks>::default(), Rc::clone(&shelf));
        let program = |text| Program { code: Code::at_line(text, 1), not_before: 0.0 };
        runtime.block_on(async {
            let (mut cut, mut log) = (page(), Log::default());
            let waiting = program("await fetch(code)");
            let run = cut.run(&waiting, &Silent, &mut log);
            assert!(tokio::time::timeout(Duration::from_millis(50), run).await.is_err());
            assert_eq!(log.waiting_for().as_deref(), Some("GET http://localhost:3000/"));
            drop(cut);
            assert!(shelf.with_last(|_| ()).is_none());
            let mut whole = page();
            assert!(whole.run(&program("assert.equal(1, 1)"), &Silent, &mut Log::default()).await.is_some());
            drop(whole);
            assert!(shelf.with_last(|_| ()).is_some());
        });
    });
}
