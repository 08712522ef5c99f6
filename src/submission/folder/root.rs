//! Reads files of a project's folder: never outside of it, never what is hidden, never what is no ordinary file.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use thiserror::Error;

use super::path::{ProjectPath, is_plain};

/// A project's folder.
#[derive(Debug, Clone)]
pub struct Root {
    path: PathBuf,
}

/// A folder that cannot be graded.
#[derive(Debug, Error)]
pub enum FolderError {
    /// There is no such folder, or it cannot be read.
    #[error("the folder `{}` cannot be read: {why}", path.display())]
    Unreadable {
        /// As given.
        path: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// It is a file.
    #[error("`{}` is no folder", path.display())]
    NoFolder {
        /// As given.
        path: PathBuf,
    },
    /// It holds no project.
    #[error("the folder `{}` holds neither server.js nor package.json", path.display())]
    NoProject {
        /// As given.
        path: PathBuf,
    },
}

/// A file that is not read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// There is none of that name.
    #[error("there is no such file")]
    Missing,
    /// A link leads out of the folder, or to something hidden.
    #[error("it leads out of the project's folder, or to a hidden file")]
    Outside,
    /// A folder, a pipe, a device.
    #[error("it is no ordinary file")]
    NoFile,
    /// The system refuses.
    #[error("it cannot be read: {0}")]
    System(String),
}

/// A file's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The bytes, at most as many as were asked for.
    pub bytes: Bytes,
    /// Whether there are more.
    pub cut: bool,
}

impl Root {
    /// Opens a folder.
    pub fn open(path: &Path) -> Result<Self, FolderError> {
        let unreadable = |why| FolderError::Unreadable { path: path.to_owned(), why };
        let real = path.canonicalize().map_err(unreadable)?;
        if !real.metadata().map_err(unreadable)?.is_dir() {
            return Err(FolderError::NoFolder { path: path.to_owned() });
        }
        Ok(Self { path: real })
    }

    /// Opens a folder that holds a project.
    pub fn open_project(path: &Path) -> Result<Self, FolderError> {
        let root = Self::open(path)?;
        let is_there = |name: &str| root.path.join(name).is_file();
        if is_there("server.js") || is_there("package.json") {
            return Ok(root);
        }
        Err(FolderError::NoProject { path: path.to_owned() })
    }

    /// Its path, without links.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads at most `limit` bytes of a file.
    pub fn read(&self, path: &ProjectPath, limit: usize) -> Result<Content, ReadError> {
        let file = self.find(path)?;
        let limit_and_one = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        let mut bytes = Vec::new();
        file.take(limit_and_one).read_to_end(&mut bytes)?;
        let cut = bytes.len() > limit;
        bytes.truncate(limit);
        Ok(Content { bytes: bytes.into(), cut })
    }

    /// Size of a file in bytes.
    pub fn size(&self, path: &ProjectPath) -> Result<u64, ReadError> {
        Ok(self.find(path)?.metadata()?.len())
    }

    fn find(&self, path: &ProjectPath) -> Result<File, ReadError> {
        let mut full = self.path.clone();
        let mut linked = false;
        for name in path.names() {
            full.push(name);
            linked |= full.symlink_metadata()?.is_symlink();
        }
        let real = full.canonicalize()?;
        let within = real.strip_prefix(&self.path).map_err(|_| ReadError::Outside)?;
        if !linked && real != full {
            // A system that takes `Client.js` for `client.js`; the ones that projects run on do not.
            return Err(ReadError::Missing);
        }
        if !within.iter().all(|name| name.to_str().is_some_and(is_plain)) {
            return Err(ReadError::Outside);
        }
        let file = open_without_waiting(&real)?;
        if !file.metadata()?.is_file() {
            return Err(ReadError::NoFile);
        }
        Ok(file)
    }
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing,
            _ => Self::System(error.to_string()),
        }
    }
}

/// Opens for reading, but does not wait for the other end of a pipe.
#[cfg(unix)]
fn open_without_waiting(path: &Path) -> io::Result<File> {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;
    let flags = OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::NOCTTY;
    OpenOptions::new().read(true).custom_flags(i32::try_from(flags.bits()).unwrap_or_default()).open(path)
}

/// Opens for reading. The names of devices do not come this far.
#[cfg(not(unix))]
fn open_without_waiting(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> ProjectPath {
        ProjectPath::new(text).unwrap()
    }

    fn project() -> (tempfile::TempDir, Root) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("public")).unwrap();
        std::fs::write(folder.path().join("server.js"), "server").unwrap();
        std::fs::write(folder.path().join("public/client.js"), "client").unwrap();
        let root = Root::open_project(folder.path()).unwrap();
        (folder, root)
    }

    #[test]
    fn files_are_read_up_to_the_limit() {
        let (_folder, root) = project();
        assert_eq!(root.read(&path("server.js"), 6), Ok(Content { bytes: "server".into(), cut: false }));
        assert_eq!(root.read(&path("server.js"), 5), Ok(Content { bytes: "serve".into(), cut: true }));
        assert_eq!(root.size(&path("public/client.js")), Ok(6));
        assert_eq!(root.read(&path("public/none.js"), 5), Err(ReadError::Missing));
        assert_eq!(root.read(&path("server.js/x"), 5), Err(ReadError::Missing));
        assert_eq!(root.read(&path("public"), 5), Err(ReadError::NoFile));
        assert_eq!(root.read(&path("Server.js"), 5), Err(ReadError::Missing));
    }

    #[test]
    fn only_folders_with_a_project_are_opened() {
        let (folder, _root) = project();
        assert!(matches!(Root::open(&folder.path().join("none")), Err(FolderError::Unreadable { .. })));
        assert!(matches!(Root::open(&folder.path().join("server.js")), Err(FolderError::NoFolder { .. })));
        assert!(matches!(Root::open_project(&folder.path().join("public")), Err(FolderError::NoProject { .. })));
        assert!(Root::open(&folder.path().join("public")).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_nowhere_but_to_plain_files_of_the_folder() {
        use std::os::unix::fs::symlink;
        let (folder, root) = project();
        let outside = tempfile::tempdir().unwrap();
        std::fs::write(outside.path().join("secret.js"), "secret").unwrap();
        std::fs::write(folder.path().join(".env"), "SECRET=1").unwrap();
        std::fs::create_dir_all(folder.path().join("node_modules/x")).unwrap();
        std::fs::write(folder.path().join("node_modules/x/index.js"), "x").unwrap();
        let link = |to: &Path, name: &str| symlink(to, folder.path().join(name)).unwrap();
        link(&outside.path().join("secret.js"), "out.js");
        link(outside.path(), "public/out");
        link(Path::new("../../../../../../etc/passwd"), "public/passwd.js");
        link(&folder.path().join(".env"), "env.js");
        link(&folder.path().join("node_modules"), "modules");
        link(Path::new("loop.js"), "loop.js");
        link(Path::new("gone.js"), "broken.js");
        link(Path::new("server.js"), "inside.js");
        for escape in ["out.js", "public/out/secret.js", "public/passwd.js", "env.js", "modules/x/index.js"] {
            assert_eq!(root.read(&path(escape), 100), Err(ReadError::Outside), "{escape}");
        }
        assert_eq!(root.read(&path("broken.js"), 100), Err(ReadError::Missing));
        assert!(matches!(root.read(&path("loop.js"), 100), Err(ReadError::System(_))));
        assert_eq!(root.read(&path("inside.js"), 100).unwrap().bytes, "server");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn pipes_and_devices_are_no_files() {
        let (folder, root) = project();
        let pipe = folder.path().join("public/pipe.js");
        rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("socket.js")).unwrap();
        assert_eq!(root.read(&path("public/pipe.js"), 100), Err(ReadError::NoFile));
        assert!(root.read(&path("socket.js"), 100).is_err());
    }
}
