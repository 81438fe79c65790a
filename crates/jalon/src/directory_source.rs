//! Where a directory is read from: an export, or a live server and how to sign in to it. The flags are the same wherever a
//! directory is named.

use std::{
    ffi::OsStr,
    fs::File,
    io::{self, Read},
    num::NonZeroU32,
    path::{Path, PathBuf},
    sync::{OnceLock, mpsc},
    time::Duration,
};

use clap::{Args, builder::TypedValueParser, error::ErrorKind};
use jalon_checks::{
    CheckError,
    directory::{self, About},
};
use jalon_domain::text::Text;
use jalon_wire::ldap::{Address, Bind, Client, LdapError, Password, Query, RootDse, Settings};
use tokio::task::{JoinHandle, block_in_place};

use crate::{
    cli::patience,
    exit::{Failure, Result},
    input,
    out::Out,
    text, world,
};

/// Where the password of a directory is said. There is no argument for one: everybody on a machine sees its arguments.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Secret {
    /// The argument that names its file.
    flag: &'static str,
    /// The variable that holds it.
    variable: &'static str,
}

/// The directory that is judged or mended.
const THE_ONE: Secret = Secret {
    flag: "--password-file",
    variable: "JALON_LDAP_PASSWORD",
};

/// Another one, which it is compared with.
const THE_OTHER: Secret = Secret {
    flag: "--other-password-file",
    variable: "JALON_LDAP_OTHER_PASSWORD",
};

/// People, contacts and groups, where the schema is Active Directory's; computers are people there by their class only.
const IN_ACTIVE_DIRECTORY: &str = "(|(objectCategory=person)(objectCategory=group))";
/// The same elsewhere.
const ELSEWHERE: &str = "(|(objectClass=user)(objectClass=inetOrgPerson)(objectClass=contact)(objectClass=group))";

/// How many batches of entries may wait to be judged.
const WAITING: usize = 4;

/// What a directory is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A file; `-` is standard input.
    Export(PathBuf),
    /// A server.
    Live(Address),
}

impl Source {
    /// Reads an argument: what looks like a URL must be one of a directory, anything else is a file.
    pub(crate) fn parse(raw: &str) -> std::result::Result<Self, String> {
        if raw.contains("://") {
            address(raw).map(Self::Live)
        } else {
            Ok(Self::Export(PathBuf::from(raw)))
        }
    }

    /// Standard input can be only one of them.
    pub(crate) fn differs_from<'a>(&self, others: impl IntoIterator<Item = &'a Self>) -> Result<()> {
        let is_input = |it: &Self| matches!(it, Self::Export(path) if path == Path::new("-"));
        if is_input(self) && others.into_iter().any(is_input) {
            return Err(Failure::new("stdin-twice", &[]));
        }
        Ok(())
    }

    /// What people call it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Export(path) => path.display().to_string(),
            Self::Live(address) => address.to_string(),
        }
    }
}

/// Reads an argument without repeating it when it cannot be read, as clap would: people type passwords into addresses.
#[derive(Clone)]
pub(crate) struct Discreet<T>(pub(crate) fn(&str) -> std::result::Result<T, String>);

impl<T: Clone + Send + Sync + 'static> TypedValueParser for Discreet<T> {
    type Value = T;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> std::result::Result<T, clap::Error> {
        self.0(&value.to_string_lossy()).map_err(|told| {
            let arg = arg.map(|it| format!("{it}: ")).unwrap_or_default();
            command.clone().error(ErrorKind::ValueValidation, arg + &told)
        })
    }
}

/// The address of a directory server.
pub(crate) fn address(raw: &str) -> std::result::Result<Address, String> {
    Address::parse(raw).map_err(|it| it.to_string())
}

/// An export, ready to be judged, and its size where that is known.
pub(crate) fn export(path: &Path) -> Result<(directory::Source, Option<u64>)> {
    if path == Path::new("-") {
        return Ok((directory::Source::stream("-", io::stdin()), None));
    }
    let (file, size) = file(path)?;
    let source = directory::Source {
        name: path.display().to_string(),
        about: About::default(),
        entries: directory::Entries::Export {
            reader: Box::new(file),
            format: None,
            again: std::fs::File::open(path).ok(),
        },
    };
    Ok((source, size))
}

/// A file to read, and its size where that is known.
pub(crate) fn file(path: &Path) -> Result<(impl Read + Send + 'static, Option<u64>)> {
    let unavailable = |error| Failure::io(path, &error);
    let file = File::open(path).map_err(unavailable)?;
    let about = file.metadata().map_err(unavailable)?;
    if about.is_dir() {
        return Err(unavailable(io::ErrorKind::IsADirectory.into()));
    }
    Ok((file, about.is_file().then_some(about.len())))
}

/// Reads a live directory for whoever judges it meanwhile; the client comes back when everything was read.
pub(crate) fn feed(mut client: Client, query: Query) -> (directory::Source, JoinHandle<Client>) {
    let (send, entries) = mpsc::sync_channel(WAITING);
    let name = client.address().to_string();
    let reading = tokio::spawn(async move {
        let mut scan = client.scan(&query, &|| false);
        loop {
            let batch = scan.next_batch().await.map_err(unread).transpose();
            let Some(batch) = batch else { break };
            let is_last = batch.is_err();
            // Whoever judges may have stopped listening; whoever reads waits for whoever judges.
            if block_in_place(|| send.send(batch)).is_err() || is_last {
                break;
            }
        }
        drop(scan);
        client
    });
    let entries = directory::Entries::Live(entries);
    let about = About::default();
    (directory::Source { name, about, entries }, reading)
}

/// What the schema of a directory says of the attributes that are asked for.
pub(crate) async fn about(client: &mut Client, attributes: &[&str]) -> Result<About> {
    let schema = client.schema(attributes).await.map_err(|it| unavailable(&it))?;
    let is_catalogue = client.address().is_global_catalogue();
    Ok(About {
        absent: schema.absent,
        not_in_catalogue: is_catalogue.then_some(schema.not_in_catalogue),
    })
}

fn unread(error: LdapError) -> CheckError {
    CheckError::Source {
        what: Text::same(error.to_string()),
        remedy: text::both("directory-remedy", &[]),
    }
}

/// A directory that does not do what it is asked for.
pub(crate) fn unavailable(error: &LdapError) -> Failure {
    Failure::new("directory-unavailable", &[("error", error.to_string().into())])
}

/// How a live directory is signed in to and read.
#[derive(Args, Clone, Debug)]
pub(crate) struct LiveFlags {
    /// Sign in to the directory as this: a distinguished name, ada@contoso.example or CONTOSO\ada [default: anonymous]
    #[arg(long, visible_alias = "user", value_name = "NAME")]
    pub(crate) bind_dn: Option<String>,
    /// The file that holds the password [default: the variable JALON_LDAP_PASSWORD, else it is asked for]
    #[arg(long, value_name = "FILE", requires = "bind_dn")]
    pub(crate) password_file: Option<PathBuf>,
    /// Turn an ldap:// connection into TLS before anything is sent
    #[arg(long)]
    pub(crate) start_tls: bool,
    /// The authorities that the directory's certificate may lead to [default: the public ones]
    #[arg(long, value_name = "FILE.pem")]
    pub(crate) roots: Option<PathBuf>,
    /// Where to look in the directory, again for another base [default: everything it holds]
    #[arg(long = "base", value_name = "DN")]
    pub(crate) bases: Vec<String>,
    /// Which objects of the directory to read, as an LDAP filter [default: people, contacts and groups]
    #[arg(long, value_name = "FILTER")]
    pub(crate) filter: Option<String>,
    /// Entries a page
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) page: u32,
    /// The most objects a second, so that the directory can serve others meanwhile
    #[arg(long, value_name = "N")]
    pub(crate) rate: Option<NonZeroU32>,
    /// How long the directory may stay silent
    #[arg(long, value_name = "TIME", default_value = "120s", value_parser = patience)]
    pub(crate) timeout: Duration,
    /// Where the password is said.
    #[arg(skip = THE_ONE)]
    secret: Secret,
    /// The password, once somebody gave it: nobody is asked twice.
    #[arg(skip)]
    known: OnceLock<Password>,
}

impl LiveFlags {
    /// The same patience with another directory, which somebody else may have to sign in to.
    pub(crate) fn for_another(&self) -> Self {
        Self {
            secret: THE_OTHER,
            known: OnceLock::new(),
            ..self.clone()
        }
    }

    /// Connects and signs in.
    pub(crate) async fn connect(&self, out: &Out, address: &Address) -> Result<Client> {
        let (settings, bind) = (self.settings()?, self.bind(out)?);
        let is_open = !address.is_ldaps() && !self.start_tls && !is_here(address);
        if is_open && !matches!(bind, Bind::Anonymous) {
            out.remark(&out.say("directory-unprotected", &[("address", address.to_string().into())]));
        }
        let client = Client::connect(address.clone(), bind, settings).await;
        client.map_err(|it| unavailable(&it))
    }

    /// Who signs in.
    fn bind(&self, out: &Out) -> Result<Bind> {
        let Some(name) = self.bind_dn.clone() else {
            return Ok(Bind::Anonymous);
        };
        let password = match self.known.get() {
            Some(known) => known.clone(),
            None => Password::new(self.password(out, &name)?),
        };
        // Whoever came first was asked the same.
        let password = self.known.get_or_init(|| password).clone();
        Ok(Bind::Simple { name, password })
    }

    /// Whom to trust and how long to wait.
    fn settings(&self) -> Result<Settings> {
        let mut settings = Settings::new();
        if let Some(path) = &self.roots {
            settings.roots = input::roots(path)?;
        }
        settings.start_tls = self.start_tls;
        settings.operation_timeout = self.timeout;
        Ok(settings)
    }

    /// Which objects to read, and what of them: below the bases of the flags, else that of the address, else everything.
    pub(crate) async fn query(&self, client: &mut Client, attributes: &[&str]) -> Result<Query> {
        let root: RootDse = client.root_dse().await.map_err(|it| unavailable(&it))?;
        let usual = if root.is_active_directory() {
            IN_ACTIVE_DIRECTORY
        } else {
            ELSEWHERE
        };
        let bases = match (self.bases.as_slice(), client.address().base()) {
            ([], Some(base)) => vec![base.to_owned()],
            ([], None) => root.bases(),
            (bases, _) => bases.to_vec(),
        };
        Ok(Query {
            bases,
            page: self.page,
            rate: self.rate,
            time_limit: self.timeout,
            ..Query::below("", attributes).filtered(self.filter.as_deref().unwrap_or(usual))
        })
    }

    /// The password of whoever signs in: from the file, else from the environment, else asked for at the terminal.
    fn password(&self, out: &Out, name: &str) -> Result<String> {
        let password = match &self.password_file {
            Some(path) => from_file(path)?,
            None => world::variable(self.secret.variable).map_or_else(|| self.prompt(out, name), Ok)?,
        };
        if password.is_empty() {
            // A bind with a name and no password succeeds as anonymous (RFC 4513, section 5.1.2): never what was meant.
            return Err(self.no_password("password-empty", name));
        }
        Ok(password)
    }

    fn prompt(&self, out: &Out, name: &str) -> Result<String> {
        let question = out.say("password-prompt", &[("name", name.into())]);
        rpassword::prompt_password(question).map_err(|_| self.no_password("password-missing", name))
    }

    fn no_password(&self, key: &str, name: &str) -> Failure {
        let Secret { flag, variable } = self.secret;
        let args = [
            ("name", name.into()),
            ("flag", flag.into()),
            ("variable", variable.into()),
        ];
        Failure::new(key, &args)
    }
}

/// Whether nothing leaves this machine on the way there.
fn is_here(address: &Address) -> bool {
    let ip = address.host().parse::<std::net::IpAddr>();
    address.host() == "localhost" || ip.is_ok_and(|it| it.is_loopback())
}

/// What a file holds, without the line's end that editors put behind it.
fn from_file(path: &Path) -> Result<String> {
    let mut text = input::small_file(path)?;
    text.truncate(text.trim_end_matches(['\r', '\n']).len());
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_a_directory_or_a_file() {
        assert_eq!(
            Source::parse("ldaps://dc1.contoso.example"),
            Ok(Source::Live(Address::parse("ldaps://dc1.contoso.example").unwrap()))
        );
        assert_eq!(Source::parse("export.ldif"), Ok(Source::Export("export.ldif".into())));
        assert!(
            Source::parse("http://dc1.contoso.example")
                .unwrap_err()
                .contains("ldap://HOST")
        );
    }

    #[test]
    fn a_password_ends_before_the_end_of_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("password");
        std::fs::write(&path, " s3cret \r\n").unwrap();
        assert_eq!(from_file(&path), Ok(" s3cret ".to_owned()));
    }
}
