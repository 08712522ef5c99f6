//! The terminal as a screen: entered, drawn on, and always left again as it was found.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, DisableLineWrap, EnableLineWrap, EndSynchronizedUpdate,
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};

use super::frame::Size;
use super::key::Key;

/// Where the terminal does not tell its size.
const USUAL: Size = Size { columns: 80, rows: 24 };

/// What a terminal sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// A key that means something.
    Key(Key),
    /// It has another size.
    Resized(Size),
    /// It is gone.
    Gone,
}

/// The terminal, as long as it is a screen. Dropping it leaves the screen.
#[derive(Debug)]
pub struct Screen {
    rows: Vec<String>,
    /// Whether it was left.
    left: Arc<AtomicBool>,
}

/// Size of the terminal.
pub fn size() -> Size {
    match crossterm::terminal::size() {
        Ok((columns, rows)) if columns > 0 && rows > 0 => Size { columns: columns.into(), rows: rows.into() },
        _ => USUAL,
    }
}

impl Screen {
    /// Enters the screen. A panic of this thread leaves it again before anything is said about it.
    pub fn enter() -> io::Result<Self> {
        let screen = Self { rows: Vec::new(), left: Arc::new(AtomicBool::new(false)) };
        enable_raw_mode()?;
        execute!(io::stdout(), EnterAlternateScreen, DisableLineWrap, Hide, Clear(ClearType::All))?;
        let left = Arc::clone(&screen.left);
        let thread = std::thread::current().id();
        let earlier = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if std::thread::current().id() == thread {
                leave(&left);
            }
            earlier(panic);
        }));
        Ok(screen)
    }

    /// Draws rows from the top, as far as they are different from those that are there.
    pub fn draw(&mut self, rows: Vec<String>) -> io::Result<()> {
        if rows == self.rows {
            return Ok(());
        }
        let mut out = Vec::new();
        queue!(out, BeginSynchronizedUpdate)?;
        for (index, row) in rows.iter().enumerate() {
            if self.rows.get(index) != Some(row) {
                // Cleared first: behind a row that fills the screen, its last character would be.
                queue!(out, MoveTo(0, u16::try_from(index).unwrap_or(u16::MAX)), Clear(ClearType::UntilNewLine))?;
                out.extend_from_slice(row.as_bytes());
            }
        }
        if rows.len() < self.rows.len() {
            queue!(out, MoveTo(0, u16::try_from(rows.len()).unwrap_or(u16::MAX)), Clear(ClearType::FromCursorDown))?;
        }
        queue!(out, EndSynchronizedUpdate)?;
        self.rows = rows;
        let mut terminal = io::stdout().lock();
        terminal.write_all(&out)?;
        terminal.flush()
    }

    /// Forgets what is there: the next picture is drawn as a whole.
    pub fn clear(&mut self) -> io::Result<()> {
        self.rows.clear();
        execute!(io::stdout(), Clear(ClearType::All))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        leave(&self.left);
    }
}

/// Leaves the screen, once. Where the terminal is gone, there is nothing to be done about it.
fn leave(left: &AtomicBool) {
    if left.swap(true, Ordering::SeqCst) {
        return;
    }
    let _ = execute!(io::stdout(), Show, EnableLineWrap, LeaveAlternateScreen);
    let _ = disable_raw_mode();
}

/// Reads keys on a thread of its own. `tell` says whether anybody still wants to hear of them.
pub fn listen(tell: impl Fn(Input) -> bool + Send + 'static) -> io::Result<()> {
    std::thread::Builder::new().name("keys".to_owned()).spawn(move || read(&tell)).map(|_| ())
}

fn read(tell: &dyn Fn(Input) -> bool) {
    while let Ok(event) = crossterm::event::read() {
        if meaning(&event).is_some_and(|input| !tell(input)) {
            return;
        }
    }
    tell(Input::Gone);
}

fn meaning(event: &Event) -> Option<Input> {
    let key = match event {
        Event::Resize(..) => return Some(Input::Resized(size())),
        Event::Key(key) if key.kind != KeyEventKind::Release => key,
        _ => return None,
    };
    Some(Input::Key(match key.code {
        KeyCode::Char(character) => Key::of(character, key.modifiers.contains(KeyModifiers::CONTROL))?,
        KeyCode::Esc => Key::Quit,
        KeyCode::Enter => Key::Again,
        KeyCode::Down => Key::Lines(1),
        KeyCode::Up => Key::Lines(-1),
        KeyCode::PageDown => Key::Pages(1),
        KeyCode::PageUp => Key::Pages(-1),
        KeyCode::Home => Key::Top,
        KeyCode::End => Key::Bottom,
        _ => return None,
    }))
}
