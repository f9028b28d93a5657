//! Where this machine gets Debian's packages from, for what its own configuration does not offer.

use std::path::Path;
use std::process::Command;

use crate::files;
use crate::sh::{self, Failure};

/// The keys that Debian signs with, where packages put them.
const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// Where packages come from.
#[derive(Debug, PartialEq)]
pub struct Mirror {
    /// The address before `/dists/`.
    pub address: String,
    /// The name of this machine's release, such as `bookworm`.
    pub release: String,
}

impl Mirror {
    /// A line for a list of sources.
    pub fn source(&self, component: &str) -> String {
        let signed = if Path::new(KEYRING).is_file() {
            format!("[signed-by={KEYRING}] ")
        } else {
            String::new()
        };
        format!(
            "deb {signed}{} {} {component}\n",
            self.address, self.release
        )
    }
}

/// The mirror that this machine uses.
pub fn mirror() -> Result<Mirror, Failure> {
    let about = files::read(Path::new("/etc/os-release"))?;
    let release = release(&about)
        .ok_or_else(|| Failure::new("this system is not Debian, whose packages are wanted"))?;
    // What apt would fetch: so the sources are read by the one who knows all their formats.
    let listed = sh::capture(Command::new("apt-get").args(["--print-uris", "update"]))?;
    find(&listed, release).ok_or_else(|| {
        Failure::new(format!(
            "no source of apt offers {release}; add Debian's to /etc/apt/sources.list.d"
        ))
    })
}

/// Debian's release in the text of `os-release`.
fn release(about: &str) -> Option<&str> {
    let value = |name: &str| {
        about.lines().find_map(|line| {
            let (key, value) = line.split_once('=')?;
            (key == name).then(|| value.trim_matches('"'))
        })
    };
    (value("ID") == Some("debian"))
        .then(|| value("VERSION_CODENAME"))
        .flatten()
}

/// The first address that offers the release itself, and not only its updates.
fn find(listed: &str, release: &str) -> Option<Mirror> {
    listed.lines().find_map(|line| {
        let (address, rest) = line.strip_prefix('\'')?.split_once("/dists/")?;
        (rest.split('/').next() == Some(release)).then(|| Mirror {
            address: address.to_owned(),
            release: release.to_owned(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn release_is_read_on_debian_alone() {
        let debian = "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_CODENAME=bookworm\nID=debian\n";
        assert_eq!(release(debian), Some("bookworm"));
        let other = debian.replace("ID=debian", "ID=ubuntu\nID_LIKE=debian");
        assert_eq!(release(&other), None);
        assert_eq!(release("ID=debian\n"), None);
    }

    #[test]
    fn mirror_is_the_one_of_the_release_itself() {
        let listed = "\
'https://deb.nodesource.com/node_20.x/dists/nodistro/InRelease' a_InRelease 0
'http://mirror.test/debian-security/dists/bookworm-security/InRelease' b_InRelease 0
'http://mirror.test/debian/dists/bookworm-updates/InRelease' c_InRelease 0
'http://mirror.test/debian/dists/bookworm/InRelease' d_InRelease 0
";
        let found = find(listed, "bookworm").map(|mirror| mirror.address);
        assert_eq!(found.as_deref(), Some("http://mirror.test/debian"));
        assert_eq!(find(listed, "trixie"), None);
    }
}
