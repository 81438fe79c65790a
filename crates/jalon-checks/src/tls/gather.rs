//! Looking: at each address one handshake, then the greetings that tell versions and suites. A failure is a doubt and
//! never a verdict on the server.

use std::net::SocketAddr;

use futures::{StreamExt, stream};
use jalon_domain::{engagement::Endpoint, text::Text};
use jalon_wire::{
    reach::Reach,
    tls::{Client, Dial, Handshake, Roots, StartTls, Survey, Target, TlsError, Upgraded},
};

use super::{
    Scenario, Settings,
    nodes::{is_no_way, is_out_of_sight},
};
use crate::{CheckError, Context, Doubt, Progress};

/// Addresses of one name that are looked at together.
const AT_ONCE: usize = 4;

/// What was seen of an endpoint.
pub(super) struct Looked {
    /// The name that clients call, in A-labels, or an address.
    pub(super) host: String,
    /// The protocol that asks for TLS, where it does not begin at once.
    pub(super) starttls: Option<StartTls>,
    /// Each address; one without address when there is none.
    pub(super) nodes: Vec<Node>,
    /// Addresses that were not looked at: the name has too many.
    pub(super) left_out: usize,
    /// What it is for.
    pub(super) scenario: Scenario,
    /// Names that its certificate needs for that beside its own.
    pub(super) needed: Vec<String>,
    /// Why it is not known whether a name is needed; none when that is known of each.
    pub(super) unsure: Option<Doubt>,
}

impl Looked {
    /// Where this machine speaks no IPv6 at all, an address of it is neither silent nor seen.
    pub(super) fn is_out_of_sight(&self, node: &Node) -> bool {
        let has_no_way = |it: &Node| match &it.seen {
            Err(it) => is_no_way(it.reason, &it.detail),
            Ok(_) => false,
        };
        let is_v6 = |it: &Node| it.address.is_some_and(|it| it.is_ipv6());
        is_out_of_sight(&self.nodes, node, is_v6, has_no_way)
    }
}

/// What was seen at one address.
pub(super) struct Node {
    pub(super) address: Option<SocketAddr>,
    pub(super) seen: Result<(Handshake, Survey), Unseen>,
}

/// Why nothing was seen.
pub(super) struct Unseen {
    pub(super) reason: Doubt,
    /// In the words of the client.
    pub(super) detail: String,
    /// The words of a server that speaks the protocol and does not offer TLS.
    pub(super) plain: Option<String>,
}

pub(super) async fn gather(endpoint: &Endpoint, settings: &Settings, ctx: &Context<'_>) -> Result<Looked, CheckError> {
    let client = client(settings)?;
    let starttls = settings.start.protocol(endpoint.port());
    Ok(match Target::new(endpoint.host(), endpoint.port()) {
        Ok(target) => {
            let mut looked = look(&client, &target, settings, ctx).await;
            purpose(&client, &target, &mut looked, settings, ctx).await;
            looked
        }
        Err(error) => nowhere(endpoint.host(), starttls, &error),
    })
}

/// What the endpoint is for, and what that needs. A scenario that was given is taken at its word. One that only the name
/// suggests needs what is certain: names that lead to the same address and are shown a certificate without them.
async fn purpose(client: &Client, target: &Target, looked: &mut Looked, settings: &Settings, ctx: &Context<'_>) {
    if let Some(scenario) = settings.scenario {
        looked.scenario = scenario;
        looked.needed = scenario.needed(&target.host).into_iter().map(|it| it.name).collect();
        return;
    }
    looked.scenario = Scenario::certain(&target.host, ctx.profile);
    // Where addresses were given, nothing was looked up, and no other name is known to lead there.
    if !settings.connect_to.is_empty() {
        return;
    }
    let here: Vec<SocketAddr> = looked.nodes.iter().filter_map(|it| it.address).collect();
    for it in looked.scenario.needed(&target.host) {
        match is_missed(client, &it.name, (target.port, looked.starttls), &here, ctx).await {
            Ok(true) => looked.needed.push(it.name),
            Ok(false) => {}
            Err(error) => looked.unsure = Some(unseen(&error).reason),
        }
    }
}

/// Whether a name leads here and is shown a certificate without it. A name that is not there is missed by nobody.
async fn is_missed(
    client: &Client,
    name: &str,
    (port, starttls): (u16, Option<StartTls>),
    here: &[SocketAddr],
    ctx: &Context<'_>,
) -> Result<bool, TlsError> {
    let Ok(target) = Target::new(name, port) else {
        return Ok(false);
    };
    let leads = match client.addresses(&target).await {
        Err(TlsError::NameNotFound { .. }) => return Ok(false),
        other => other?,
    };
    let Some(shared) = leads.known.into_iter().find(|it| here.contains(it)) else {
        return Ok(false);
    };
    let shown = client
        .handshake_over(&*dial(client, starttls, shared), &target, ctx.now)
        .await?;
    Ok(!shown.name_matches)
}

/// The certificate in use was not seen.
pub(super) struct NotInUse {
    pub(super) host: String,
    /// In the words of the client.
    pub(super) detail: String,
}

/// One handshake with whoever answers first.
pub(super) async fn in_use(
    endpoint: &Endpoint,
    settings: &Settings,
    ctx: &Context<'_>,
) -> Result<Result<Handshake, NotInUse>, CheckError> {
    let client = client(settings)?;
    let unseen = |host: &str, error: TlsError| NotInUse {
        host: host.to_owned(),
        detail: error.to_string(),
    };
    let target = match Target::new(endpoint.host(), endpoint.port()) {
        Ok(target) => settings
            .connect_to
            .iter()
            .take(1)
            .fold(target, |it, address| it.at(*address)),
        Err(error) => return Ok(Err(unseen(endpoint.host(), error))),
    };
    let seen = match settings.start.protocol(target.port) {
        None => client.handshake(&target, ctx.now).await,
        Some(protocol) => match client.upgrade(&target, protocol, ctx.now).await {
            Ok(Upgraded::Shown(handshake)) => Ok(*handshake),
            Ok(Upgraded::Plain { said }) => {
                return Ok(Err(NotInUse {
                    host: target.host,
                    detail: format!("no TLS in {protocol}: {said}")
                        .trim_end_matches([':', ' '])
                        .to_owned(),
                }));
            }
            Err(error) => Err(error),
        },
    };
    Ok(seen.map_err(|it| unseen(&target.host, it)))
}

fn client(settings: &Settings) -> Result<Client, CheckError> {
    let reach = if settings.allow_private {
        Reach::LOCAL
    } else {
        Reach::PUBLIC
    };
    let client = Client::new(roots(settings.roots_pem.as_deref())?);
    Ok(client.with_timeout(settings.timeout).with_reach(reach))
}

async fn look(client: &Client, target: &Target, settings: &Settings, ctx: &Context<'_>) -> Looked {
    let starttls = settings.start.protocol(target.port);
    let (known, left_out) = if settings.connect_to.is_empty() {
        match client.addresses(target).await {
            Ok(found) => (found.known, found.left_out),
            Err(error) => return nowhere(&target.host, starttls, &error),
        }
    } else {
        (settings.connect_to.clone(), 0)
    };
    let total = Some(known.len() as u64);
    let tell = |done| {
        (ctx.progress)(Progress {
            done,
            total,
            what: Text::new("shaking hands", "prise de contact"),
        });
    };
    tell(0);
    let mut nodes = Vec::new();
    let mut each = stream::iter(known)
        .map(|it| node(client, target, starttls, it, ctx))
        .buffered(AT_ONCE);
    while let Some(node) = each.next().await {
        nodes.push(node);
        tell(nodes.len() as u64);
    }
    Looked {
        host: target.host.clone(),
        starttls,
        nodes,
        left_out,
        scenario: Scenario::None,
        needed: Vec::new(),
        unsure: None,
    }
}

fn nowhere(host: &str, starttls: Option<StartTls>, error: &TlsError) -> Looked {
    Looked {
        host: host.to_owned(),
        starttls,
        nodes: vec![Node {
            address: None,
            seen: Err(unseen(error)),
        }],
        left_out: 0,
        scenario: Scenario::None,
        needed: Vec::new(),
        unsure: None,
    }
}

/// Connections to an address, on which TLS may begin.
fn dial(client: &Client, starttls: Option<StartTls>, address: SocketAddr) -> Box<Dial> {
    match starttls {
        Some(protocol) => client.after(protocol, address),
        None => client.at(address),
    }
}

async fn node(
    client: &Client,
    target: &Target,
    starttls: Option<StartTls>,
    address: SocketAddr,
    ctx: &Context<'_>,
) -> Node {
    let dial = dial(client, starttls, address);
    let mut handshake = client.handshake_over(&*dial, target, ctx.now).await;
    // Some servers fetch what they staple only when somebody has asked for it.
    if handshake.as_ref().is_ok_and(lacks_staple) {
        handshake = client.handshake_over(&*dial, target, ctx.now).await.or(handshake);
    }
    let seen = match handshake {
        Ok(handshake) => {
            let survey = client.survey(&*dial, target, &handshake).await;
            Ok((handshake, survey))
        }
        Err(error) => Err(unseen(&error)),
    };
    Node {
        address: Some(address),
        seen,
    }
}

fn lacks_staple(handshake: &Handshake) -> bool {
    handshake.staple.is_none() && handshake.own().is_some_and(|it| it.must_staple)
}

/// The public roots, and those given besides them.
pub(crate) fn roots(pem: Option<&str>) -> Result<Roots, CheckError> {
    let Some(pem) = pem else {
        return Ok(Roots::public());
    };
    let given = Roots::from_pem(pem.as_bytes()).map_err(|error| CheckError::Settings {
        what: format!("the given roots cannot be used: {error}"),
        remedy: "give a PEM file of root certificates".to_owned(),
    })?;
    Ok(Roots::public().and(&given))
}

fn unseen(error: &TlsError) -> Unseen {
    Unseen {
        reason: doubt_of(error),
        detail: error.to_string(),
        plain: match error {
            TlsError::NotOffered { said, .. } => Some(said.clone()),
            _ => None,
        },
    }
}

/// What a look that saw nothing leaves in doubt.
pub(crate) fn doubt_of(error: &TlsError) -> Doubt {
    match error {
        TlsError::BadTarget { .. } => Doubt::BadName,
        TlsError::NameNotFound { .. } => Doubt::NameNotFound,
        TlsError::LookupFailed { .. } => Doubt::ServerFailure,
        TlsError::OutOfReach(_) => Doubt::Forbidden,
        TlsError::Refused { .. } => Doubt::ConnectionRefused,
        TlsError::Timeout { .. } => Doubt::Timeout,
        TlsError::Unreachable { .. } => Doubt::Unreachable,
        TlsError::UnreadableCertificate { .. } | TlsError::OtherProtocol { .. } | TlsError::Incomplete { .. } => {
            Doubt::Unreadable
        }
        TlsError::TurnedAway { .. } => Doubt::TurnedAway,
        TlsError::NotOffered { .. }
        | TlsError::Closed { .. }
        | TlsError::NotTls { .. }
        | TlsError::HandshakeAlert { .. }
        | TlsError::HandshakeFailed { .. } => Doubt::NoHandshake,
    }
}
