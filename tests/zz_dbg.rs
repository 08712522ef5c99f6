use grade::sandbox::*;
use grade::fetch::*;
struct No;
impl Fetcher for No { fn fetch(&self, _r: Request) -> FetchFuture<'_> { panic!() } }
#[test]
fn dbg() {
    let code = std::env::var("CODE").unwrap();
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        let s = Sandbox::new();
        for _ in 0..2 {
        let mut page = s.page(PageSettings { url: "http://x".into(), ..Default::default() });
        for c in code.split("@@") {
        let v = page.run(&Program { code: Code::at_line(c, 1) }, &No).await;
        eprintln!("{:?} {:?} {:?}", v.outcome, v.notes, v.console);
        }
        drop(page);
        std::thread::sleep(std::time::Duration::from_millis(100));
        }
    });
}
