//! File systems on which others write too, or that live in another machine: the system does not tell of their changes.

use std::path::Path;

/// The kind of such a file system, in a word, where the folder is on one.
#[cfg(target_os = "linux")]
pub(super) fn kind(folder: &Path) -> Option<&'static str> {
    /// Their numbers, as `statfs` tells them.
    const KINDS: [(u64, &str); 9] = [
        (0x6969, "NFS"),
        (0x517b, "SMB"),
        (0xff53_4d42, "SMB"),
        (0xfe53_4d42, "SMB"),
        (0x0102_1997, "9P"),
        (0x6573_5546, "FUSE"),
        (0x786f_4256, "VirtualBox"),
        (0x5346_414f, "AFS"),
        (0x00c3_6400, "Ceph"),
    ];
    let found = rustix::fs::statfs(folder).ok()?.f_type;
    // Some are negative where the type is signed.
    let number = u64::try_from(i128::from(found) & 0xffff_ffff).ok()?;
    KINDS.iter().find(|(known, _)| *known == number).map(|(_, kind)| *kind)
}

/// Elsewhere it is not known.
#[cfg(not(target_os = "linux"))]
pub(super) fn kind(_folder: &Path) -> Option<&'static str> {
    None
}
