//! How people mount folders and send pages.

use super::*;

const HERE: Mount = Mount::Expected { beside_source: true };
const THERE: Mount = Mount::Expected { beside_source: false };

fn public(code: &str) -> Vec<Mount> {
    facts(&format!("const app = express();\n{code}")).unwrap().public
}

fn index(code: &str) -> Vec<Mount> {
    facts(&format!("const app = express();\n{code}")).unwrap().index
}

#[test]
fn the_public_folder_is_recognised_as_people_mount_it() {
    for (code, mount) in [
        ("app.use('/public', express.static(process.cwd() + '/public'));", THERE),
        ("app.use('/public', express.static(`${process.cwd()}/public`));", THERE),
        ("app.use(\"/public\", express.static('public'))", THERE),
        ("app.use('/public', express.static('./public/'))", THERE),
        ("app.use('/public', express.static(__dirname + '/public'));", HERE),
        ("const path = require('path'); app.use('/public', express.static(path.join(__dirname, 'public')));", HERE),
        ("const dir = path.join(__dirname, 'public'); app.use('/public', express.static(dir));", HERE),
        ("const here = import.meta.dirname; app.use('/public/', express.static(`${here}/public`));", HERE),
        ("app.use('/public', express.static('assets'));", Mount::Other),
        ("app.use('/public', express.static(__dirname + '/../public'));", Mount::Other),
        ("app.use('/public', express.static(folder('public')  + '/x'));", Mount::Other),
        ("app.use('/public', auth, express.static('public'));", Mount::Other),
        ("app.use('/public', router);", Mount::Other),
        ("if (production) app.use('/public', express.static('public'));", Mount::Other),
        ("production && app.use('/public', express.static('public'));", Mount::Other),
    ] {
        assert_eq!(public(code), [mount], "{code}");
    }
    for code in [
        "// app.use('/public', express.static('public'));",
        "app.use(express.static('public'));",
        "other.use('/public', express.static('public'));",
        "console.log(\"app.use('/public', express.static('public'))\");",
    ] {
        assert_eq!(public(code), [], "{code}");
    }
}

#[test]
fn the_page_is_recognised_where_it_is_all_that_is_sent() {
    for (code, mount) in [
        ("app.get('/', (req, res) => { res.sendFile(__dirname + '/views/index.html'); });", HERE),
        ("app.get('/', function (req, res) { res.sendFile('views/index.html', { root: __dirname }); });", HERE),
        ("app.get('/', (req, res) => res.sendFile(process.cwd() + '/views/index.html'));", THERE),
        ("const at = __dirname + '/views/index.html'; app.get('/', (req, res) => res.sendFile(at));", HERE),
        (
            "app.route('/').get((req, res) => { res.type('html').send(readFileSync(`${__dirname}/views/index.html`)) })",
            HERE,
        ),
        ("app.get('/', (req, res) => { const at = __dirname + '/views/index.html'; res.sendFile(at); });", HERE),
        ("app.get('/', (req, res) => res.send('Hello Express'));", Mount::Other),
        ("app.get('/', (req, res) => res.render('index'));", Mount::Other),
        ("app.get('/', (req, res) => res.sendFile('views/index.html', { root: 'static' }));", Mount::Other),
        (
            "app.get('/', (req, res) => { if (req.user) return res.send('x'); res.sendFile('views/index.html', {}); });",
            Mount::Other,
        ),
        ("app.get('/', guard, (req, res) => res.sendFile(__dirname + '/views/index.html'));", Mount::Other),
    ] {
        assert_eq!(index(code), [mount], "{code}");
    }
    let two =
        "app.get('/', (q, s) => s.send('x')); app.get('/', (q, s) => s.sendFile(__dirname + '/views/index.html'));";
    assert_eq!(index(two), [Mount::Other, HERE]);
    assert!(facts("app.use(express.static('public'))").unwrap().catch_all);
    assert!(facts("app.get('*', (q, s) => s.end())").unwrap().catch_all);
    let none = "app.use(express.json()); app.get('env'); app.get('/api/:x', f); app.get(`/_api/${x}`, f); app.get('/a' + x, f)";
    assert!(!facts(none).unwrap().catch_all);
    assert!(facts("app.get(`/${x}`, f)").unwrap().catch_all);
}

#[test]
fn what_a_file_loads_and_allows() {
    let found = facts("import x from './a.js'; export * from './b.js'; const y = await import('./c.js');").unwrap();
    assert_eq!(found.loads, ["./a.js", "./b.js", "./c.js"]);
    let found = facts("const a = require('./a'); const cors = require('cors'); app.get('/_api/' + a, x);").unwrap();
    assert_eq!((found.loads.len(), found.has_api, found.has_cors), (2, true, true));
    let found = facts("res.set({ 'access-control-allow-ORIGIN': origin }); // '/_api/'").unwrap();
    assert_eq!((found.has_api, found.has_cors), (false, true));
}

#[test]
fn odd_files_are_left_out() {
    assert_eq!(facts("this is no JavaScript"), None);
    assert_eq!(facts(&"[".repeat(200_000)), None);
    assert_eq!(facts(&"x;".repeat(LONGEST)), None);
    // No brackets, and deep all the same.
    for part in ["-", "!", "a=>", "a?a:", "a=", "new ", "if(a)", "a**", "async a=>", "`${", "/*"] {
        let _ = facts(&part.repeat(LONGEST / part.len()));
    }
    assert!(facts("await x; return 1").is_none_or(|facts| facts == Facts::default()));
}
