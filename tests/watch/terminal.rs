//! A real terminal: a pty with the program in it, and what its screen shows.

use std::io::{Read, Write};
use std::num::NonZero;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long anything may take before a test gives up. Nothing is measured by it.
const PATIENCE: Duration = Duration::from_mins(1);

pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    screen: Arc<Mutex<vt100::Parser>>,
    raw: Arc<Mutex<Vec<u8>>>,
    /// Ends with the last that is written, when nobody has the terminal open any more.
    reading: JoinHandle<()>,
    /// The flags of the terminal before the program began.
    before: String,
}

impl Terminal {
    /// Runs a command, with the environment that it would be given, in a terminal of that size.
    pub fn run(command: &Command, columns: u16, rows: u16) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut builder = CommandBuilder::new(command.get_program());
        builder.args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => builder.env(name, value),
                None => builder.env_remove(name),
            }
        }
        builder.env("TERM", "xterm-256color");
        builder.env_remove("COLUMNS");
        builder.cwd(command.get_current_dir().unwrap_or(std::path::Path::new(".")));
        let before = flags(&*pair.master);
        let child = pair.slave.spawn_command(builder).unwrap();
        drop(pair.slave);
        let screen = Arc::new(Mutex::new(vt100::Parser::new(size_of(rows), size_of(columns), 0)));
        let raw = Arc::new(Mutex::new(Vec::new()));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (parser, bytes) = (Arc::clone(&screen), Arc::clone(&raw));
        let reading = std::thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut chunk) {
                parser.lock().unwrap().process(&chunk[..read]);
                bytes.lock().unwrap().extend_from_slice(&chunk[..read]);
            }
        });
        Self { master: pair.master, child, writer, screen, raw, reading, before }
    }

    /// What the screen shows.
    pub fn text(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    /// Looks at the screen.
    pub fn look<T>(&self, look: impl FnOnce(&vt100::Screen) -> T) -> T {
        look(self.screen.lock().unwrap().screen())
    }

    /// Waits until the screen shows all of these.
    #[track_caller]
    pub fn wait_for(&self, texts: &[&str]) -> String {
        self.wait_until(&format!("shows {texts:?}"), |text| texts.iter().all(|wanted| text.contains(wanted)))
    }

    /// Waits until the screen is as wanted.
    #[track_caller]
    pub fn wait_until(&self, wanted: &str, is_so: impl Fn(&str) -> bool) -> String {
        let start = Instant::now();
        loop {
            let text = self.text();
            if is_so(&text) {
                return text;
            }
            if start.elapsed() > PATIENCE {
                let raw = self.raw.lock().unwrap();
                let last = String::from_utf8_lossy(&raw[raw.len().saturating_sub(2000)..]).into_owned();
                panic!("the screen never {wanted}; it shows\n{text}\nafter {last:?}");
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    pub fn press(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    pub fn resize(&self, columns: u16, rows: u16) {
        // As a terminal does it: the new size first.
        self.screen.lock().unwrap().screen_mut().set_size(size_of(rows), size_of(columns));
        self.master.resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
    }

    pub fn signal(&self, signal: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
    }

    /// Waits until the program has ended and all that it wrote has been read; its exit code.
    #[track_caller]
    pub fn end(&mut self) -> u32 {
        let code = self.child.wait().unwrap().exit_code();
        let start = Instant::now();
        while !self.reading.is_finished() {
            assert!(start.elapsed() < PATIENCE, "the terminal is still open after the program's end");
            std::thread::sleep(Duration::from_millis(5));
        }
        code
    }

    /// Whether the terminal is as the program found it.
    #[track_caller]
    pub fn is_restored(&self) {
        assert_eq!(flags(&*self.master), self.before, "the terminal's flags");
        assert!(!self.look(vt100::Screen::alternate_screen), "the alternate screen is left");
        assert!(!self.look(vt100::Screen::hide_cursor), "the cursor is shown");
        let raw = self.raw.lock().unwrap();
        let last = |sequence: &[u8]| raw.windows(sequence.len()).rposition(|part| part == sequence);
        assert!(last(b"\x1b[?1049l") > last(b"\x1b[?1049h"), "the alternate screen was entered and left");
        assert!(last(b"\x1b[?25h") > last(b"\x1b[?25l"), "the cursor was hidden and shown");
        assert!(last(b"\x1b[?7h") > last(b"\x1b[?7l"), "lines wrap again");
    }

    /// Whether there is no colour in anything that was written.
    pub fn has_colour(&self) -> bool {
        let raw = String::from_utf8_lossy(&self.raw.lock().unwrap()).into_owned();
        regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap().is_match(&raw)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // Politely, so that nothing is left behind of a project that it has started.
        let start = Instant::now();
        while let Ok(None) = self.child.try_wait()
            && start.elapsed() < PATIENCE
        {
            self.signal("-TERM");
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = self.child.kill();
    }
}

fn size_of(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

fn flags(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}
