//! Realms on the thread of their caller, between two pages.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use super::super::blocks::Blocks;
use super::super::here::LocalPage;
use super::super::log::Log;
use super::super::program::{Code, Program};
use super::super::shelf::Shelf;
use super::thread::{answered, settings, with_stack};
use crate::fetch::{FetchFuture, Fetcher, Request};
use crate::verdict::{Outcome, Rules};

/// A server that never answers.
struct Silent;

impl Fetcher for Silent {
    fn fetch(&self, _: Request) -> FetchFuture<'_> {
        Box::pin(std::future::pending())
    }
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

/// A page on this thread, which shares realms with others.
fn page(shelf: &Rc<Shelf>) -> LocalPage {
    LocalPage::new(settings(Rules::Honest), Arc::<Blocks>::default(), Rc::clone(shelf))
}

fn program(text: &str) -> Program {
    Program { code: Code::at_line(text, 1), not_before: 0.0 }
}

#[test]
fn a_hint_that_was_cut_off_leaves_its_realm_to_others() {
    with_stack(|| {
        let shelf = Rc::new(Shelf::for_many(2));
        block_on(async {
            let (mut cut, mut log) = (page(&shelf), Log::default());
            let waiting = program("await fetch(code)");
            let run = cut.run(&waiting, &Silent, &mut log);
            assert!(tokio::time::timeout(Duration::from_millis(50), run).await.is_err());
            assert_eq!(log.waiting_for().as_deref(), Some("GET http://localhost:3000/"));
            let mut whole = page(&shelf);
            assert!(whole.run(&program("assert.equal(1, 1)"), &Silent, &mut Log::default()).await.is_ok());
            drop(cut);
            assert!(whole.run(&program("assert.equal(1, 1)"), &Silent, &mut Log::default()).await.is_ok());
            drop(whole);
            assert_eq!((shelf.len(), shelf.with_last(|realm| realm.history.pages())), (1, Some(2)));
        });
    });
}

/// A server that answers at the third look.
struct Later;

impl Fetcher for Later {
    fn fetch(&self, request: Request) -> FetchFuture<'_> {
        Box::pin(async move {
            for _ in 0..3 {
                tokio::task::yield_now().await;
            }
            answered(&request)
        })
    }
}

#[test]
fn a_page_that_goes_on_elsewhere_is_not_reached_by_the_realm_that_it_left() {
    with_stack(|| {
        let shelf = Rc::new(Shelf::for_many(2));
        let (brief, waiting) =
            (program("assert.equal(1, 1)"), program("assert.equal((await fetch(code)).status, 200)"));
        // On a busy machine a turn may last long.
        let passed = (0..20).any(|_| {
            block_on(async {
                let (mut one, mut other) = (page(&shelf), page(&shelf));
                for page in [&mut one, &mut other] {
                    if page.run(&brief, &Later, &mut Log::default()).await.is_err() {
                        return false;
                    }
                }
                // The realm is spoilt, and the other page has it still.
                assert!(one.run(&program("for (;;);"), &Later, &mut Log::default()).await.is_err());
                let (mut log, mut another) = (Log::default(), Log::default());
                let both = tokio::join!(one.run(&waiting, &Later, &mut log), other.run(&brief, &Later, &mut another));
                match both {
                    (Ok(one), Ok(other)) => {
                        assert!(matches!(one.outcome, Outcome::Passed), "{:?}", one.outcome);
                        assert!(matches!(other.outcome, Outcome::Passed), "{:?}", other.outcome);
                        true
                    }
                    _ => false,
                }
            })
        });
        assert!(passed);
    });
}

#[test]
fn a_realm_that_holds_much_takes_no_more_pages() {
    with_stack(|| {
        let large = program("const bytes = new Uint8Array(9e6); await fetch(code); console.log(bytes.byteLength)");
        // On a busy machine a turn may last too long for the others.
        let each_has_its_own = (0..20).any(|_| {
            let shelf = Rc::new(Shelf::for_many(4));
            block_on(async {
                let mut pages: Vec<(LocalPage, Log)> = (0..3).map(|_| (page(&shelf), Log::default())).collect();
                let (mut runs, mut realms) = (Vec::new(), Vec::new());
                for (page, log) in &mut pages {
                    // It holds its bytes for as long as it waits.
                    let mut run = Box::pin(page.run(&large, &Silent, log));
                    if tokio::time::timeout(Duration::from_millis(50), &mut run).await.is_err() {
                        runs.push(run);
                        realms.push(shelf.len());
                    }
                }
                realms == [1, 2, 3]
            })
        });
        assert!(each_has_its_own);
    });
}
