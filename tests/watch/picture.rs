//! The recorded session of the README: a real one, drawn as a picture that moves. `cargo test --test watch picture` writes it to
//! `target/screenshots/watch.svg`; copied to `docs/watch.svg`, it is the one that is shown.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::support::{folder, program, write};
use crate::terminal::Terminal;

const COLUMNS: u16 = 84;
const ROWS: u16 = 26;

// As docs/picture.mjs has them.
const CHARACTER: f64 = 8.4;
const LINE: f64 = 20.0;
const MARGIN: f64 = 20.0;
const BAR: f64 = 38.0;
const BACKGROUND: &str = "#15181e";
const FOREGROUND: &str = "#d5dae1";
const FAINT: &str = "#8b949e";
const COLOURS: [&str; 8] = ["#5c6370", "#ff7b72", "#56d364", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#d5dae1"];

/// A moment of the session: what was done just before, how long it is shown in seconds, and the screen.
struct Moment {
    caption: &'static str,
    seconds: f64,
    rows: Vec<Vec<Run>>,
}

/// Cells of one look.
#[derive(Clone, PartialEq)]
struct Run {
    column: u16,
    width: u16,
    text: String,
    colour: Option<&'static str>,
    bold: bool,
}

/// The sample project with two mistakes.
fn project(folder: &Path) -> std::path::PathBuf {
    let complete = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/complete");
    for name in ["grading.js", "package.json", "public/client.js", "public/style.css", "views/index.html"] {
        write(folder, name, &std::fs::read_to_string(complete.join(name)).unwrap());
    }
    let server = std::fs::read_to_string(complete.join("server.js")).unwrap();
    let mistaken = server.replace("'chat message', (", "'chat mesage', (").replace("'disconnect'", "'disconect'");
    assert!(mistaken.contains("mesage") && mistaken.contains("disconect"), "the sample project is another one");
    write(folder, "server.js", &mistaken);
    write(
        folder,
        "grade.toml",
        "dir = \".\"\nnames = [\"send-messages-both-ways\", \"count-users-and-handle-disconnects\"]\nlang = \"english\"\nno_times = true\n",
    );
    folder.join("server.js")
}

#[test]
fn picture_of_a_session() {
    let folder = folder();
    let server = project(folder.path());
    let mut command: Command = program();
    command.arg("watch").current_dir(folder.path()).env("XDG_STATE_HOME", folder.path().join("state"));
    let mut screen = Terminal::run(&command, COLUMNS, ROWS);
    let mut moments = Vec::new();
    let mut take = |screen: &Terminal, caption, seconds, texts: &[&str]| {
        screen.wait_for(texts);
        moments.push(Moment { caption, seconds, rows: screen.look(runs) });
    };
    let save = |from: &str, to: &str| {
        let text = std::fs::read_to_string(&server).unwrap().replace(from, to);
        std::fs::write(&server, text).unwrap();
    };
    take(&screen, "grade watch", 3.5, &["E107", "chat mesage", "1 failed", "watching"]);
    save("'chat mesage'", "'chat-message'");
    take(&screen, "server.js is saved", 2.5, &["the verdicts are the same", "chat-message", "1 failed", "watching"]);
    save("'chat-message'", "'chat message'");
    take(&screen, "server.js is saved", 4.0, &["passed: Send Messages Both Ways", "more rows", "1 failed", "watching"]);
    screen.press("d");
    take(&screen, "key d", 3.5, &["E107", "disconect", "watching"]);
    save("'disconect'", "'disconnect'");
    take(&screen, "server.js is saved", 3.0, &["All 2 challenges pass.", "watching"]);
    screen.press("q");
    assert_eq!(screen.end(), 0);
    let picture = draw(&moments);
    assert!(picture.len() < 150_000, "{} bytes are too many for a README", picture.len());
    let well_formed = regex::Regex::new(r"[\x00-\x08\x0b-\x1f]").unwrap();
    assert!(!well_formed.is_match(&picture) && picture.matches("<g ").count() == picture.matches("</g>").count());
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
    std::fs::create_dir_all(&place).unwrap();
    std::fs::write(place.join("watch.svg"), picture).unwrap();
}

/// The rows of a screen, each as runs of one look.
fn runs(screen: &vt100::Screen) -> Vec<Vec<Run>> {
    let row = |row| {
        let mut runs: Vec<Run> = Vec::new();
        for column in 0..COLUMNS {
            let Some(cell) = screen.cell(row, column) else { continue };
            let text = cell.contents();
            if cell.is_wide_continuation() {
                continue;
            }
            let colour = match cell.fgcolor() {
                vt100::Color::Idx(index) => COLOURS.get(usize::from(index % 8)).copied(),
                _ if cell.dim() => Some(FAINT),
                _ => None,
            };
            let text = if text.is_empty() { " " } else { text };
            let width = if cell.is_wide() { 2 } else { 1 };
            match runs.last_mut() {
                Some(last) if (last.colour, last.bold) == (colour, cell.bold()) => {
                    last.text.push_str(text);
                    last.width += width;
                }
                _ => runs.push(Run { column, width, text: text.to_owned(), colour, bold: cell.bold() }),
            }
        }
        runs.retain(|run| !run.text.trim().is_empty());
        runs
    };
    (0..ROWS).map(row).collect()
}

fn draw(moments: &[Moment]) -> String {
    let width = f64::from(COLUMNS) * CHARACTER + 2.0 * MARGIN;
    let height = BAR + 2.0 * MARGIN + f64::from(ROWS) * LINE - 4.0;
    let total: f64 = moments.iter().map(|moment| moment.seconds).sum();
    let mut style = String::from(".m{opacity:0}");
    let mut body = String::new();
    let mut begin = 0.0;
    for (index, moment) in moments.iter().enumerate() {
        let end = begin + moment.seconds;
        let (from, to) = (begin / total * 100.0, end / total * 100.0);
        // Shown from one moment to the next, without a transition.
        let before = if from > 0.0 { format!("0%,{:.3}%{{opacity:0}}", from - 0.001) } else { String::new() };
        let after = if to < 99.9 { format!("{to:.3}%,100%{{opacity:0}}") } else { String::new() };
        let _ = write!(style, "@keyframes k{index}{{{before}{from:.3}%,{:.3}%{{opacity:1}}{after}}}", to - 0.001);
        let _ = write!(style, ".m{index}{{animation:k{index} {total}s infinite}}");
        let _ = write!(body, "\n<g class=\"m m{index}\">");
        let _ = write!(
            body,
            "\n<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"13\" fill=\"{FAINT}\">{}</text>",
            width / 2.0,
            BAR / 2.0 + 5.0,
            moment.caption
        );
        for (row, runs) in (0_u16..).zip(&moment.rows) {
            let y = BAR + MARGIN + f64::from(row) * LINE + 15.0;
            for run in runs {
                draw_run(run, y, &mut body);
            }
        }
        body.push_str("\n</g>");
        begin = end;
    }
    // Whoever does not want things to move sees the moment that says most.
    style.push_str("@media (prefers-reduced-motion:reduce){.m{animation:none}.m0{opacity:1}}");
    let mut dots = String::new();
    for (colour, x) in ["#ff5f57", "#febc2e", "#28c840"].iter().zip([22, 42, 62]) {
        let _ = write!(dots, "<circle cx=\"{x}\" cy=\"19\" r=\"6\" fill=\"{colour}\"/>");
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.1} {height:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" role=\"img\">\n\
         <title>A session of grade watch: a file is saved, and the verdict changes on the screen</title>\n\
         <style>{style}</style>\n\
         <rect x=\"0.5\" y=\"0.5\" width=\"{:.1}\" height=\"{:.1}\" rx=\"10\" fill=\"{BACKGROUND}\" stroke=\"#484f58\"/>\n\
         <path d=\"M1 {BAR}V10.5A9.5 9.5 0 0 1 10.5 1H{:.1}A9.5 9.5 0 0 1 {:.1} 10.5V{BAR}Z\" fill=\"#22272e\"/>\n\
         {dots}\n\
         <g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace\" font-size=\"14\" fill=\"{FOREGROUND}\">{body}\n</g>\n</svg>\n",
        width - 1.0,
        height - 1.0,
        width - 10.5,
        width - 1.0,
    )
}

fn draw_run(run: &Run, y: f64, out: &mut String) {
    // Blanks at the ends are no part of the text: viewers differ in what they make of them.
    let lead = run.text.chars().take_while(|character| *character == ' ').count();
    let blanks = run.text.chars().count() - run.text.trim().chars().count();
    let columns = f64::from(run.width) - f64::from(u16::try_from(blanks).unwrap());
    let x = MARGIN + (f64::from(run.column) + f64::from(u16::try_from(lead).unwrap())) * CHARACTER;
    let text = run.text.trim().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let fill = run.colour.map(|colour| format!(" fill=\"{colour}\"")).unwrap_or_default();
    let bold = if run.bold { " font-weight=\"bold\"" } else { "" };
    let _ = write!(
        out,
        "\n<text x=\"{x:.1}\" y=\"{y:.0}\" textLength=\"{:.1}\" lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\"{fill}{bold}>{text}</text>",
        columns * CHARACTER
    );
}
