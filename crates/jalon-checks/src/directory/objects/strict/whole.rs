//! What is judged of an object as a whole: what it lacks, how its addresses go together, whom it stands for.

use jiff::Timestamp;

use super::{
    super::{
        flaw::Flaw,
        found::{Found, Remedy},
        names::Name,
        object::{Kind, Object},
    },
    Strict,
};
use crate::directory::batch::{Batch, Question};

/// As many direct members as a group may have to be synchronised (Microsoft Entra Connect: limits of group membership,
/// first version of the synchronisation service).
const MEMBERS: usize = 15_000;
/// Windows counts in steps of 100 nanoseconds since 1601 (MS-DTYP, FILETIME): so many seconds before 1970.
const EPOCH: i64 = 11_644_473_600;
const STEPS: i64 = 10_000_000;
const DAY: i64 = 86_400;
/// userAccountControl, ACCOUNTDISABLE (MS-ADTS, section 2.2.16).
const DISABLED: i64 = 2;
/// Groups whose members can do anything (Microsoft: Appendix C, protected accounts and groups in Active Directory).
const PRIVILEGED: [&str; 9] = [
    "account operators",
    "administrators",
    "backup operators",
    "domain admins",
    "domain controllers",
    "enterprise admins",
    "print operators",
    "schema admins",
    "server operators",
];

/// Judges the object as a whole.
pub(super) fn judge(object: &Object<'_>, strict: &Strict<'_>, number: u32, batch: &mut Batch) {
    members(object, batch);
    addresses(object, strict, number, batch);
    if object.kind == Kind::User {
        privileged(object, batch);
        unused(object, strict, batch);
    }
}

/// The object has no value of the attribute.
pub(super) fn miss(object: &Object<'_>, name: Name, number: u32, batch: &mut Batch) {
    let is_asked = match name {
        Name::DisplayName => true,
        // Exchange made a mailbox, or mail is to go somewhere: then there is an alias.
        Name::MailNickname => {
            object.kind == Kind::User && (object.has(Name::HomeMdb) || object.has(Name::TargetAddress))
        }
        _ => false,
    };
    if is_asked {
        batch.open.push((number, Question::Blank(name)));
    }
}

/// A blank that is one, since other objects have the attribute.
pub(super) fn blank(object: &Object<'_>, name: Name, strict: &Strict<'_>) -> Found {
    let is_mail_group = object.kind == Kind::Group && receives_mail(object);
    let rule = match name {
        Name::DisplayName if is_mail_group => "DIR-035",
        Name::DisplayName => "DIR-002",
        _ => "DIR-010",
    };
    let proposal = match name {
        Name::DisplayName => object.common_name().map(|it| it.trim().to_owned()),
        _ => None,
    };
    let remedy = strict.propose(object, name, proposal);
    found(object, rule, name, String::new(), Flaw::Blank, remedy)
}

/// A group that receives mail and has no address at all.
pub(super) fn no_address(object: &Object<'_>, strict: &Strict<'_>) -> Found {
    let mail = object.text(Name::Mail).map(|it| format!("SMTP:{}", it.trim()));
    let remedy = strict.propose(object, Name::ProxyAddresses, mail);
    found(
        object,
        "DIR-035",
        Name::ProxyAddresses,
        String::new(),
        Flaw::NoPrimary,
        remedy,
    )
}

/// A group with more members than are synchronised.
pub(super) fn members(object: &Object<'_>, batch: &mut Batch) {
    let count = object.members();
    if count == 0 {
        return;
    }
    batch.counts.held[Name::Member as usize] += 1;
    if object.kind == Kind::Group && count > MEMBERS {
        let flaw = Flaw::Members { limit: MEMBERS, count };
        batch.found.push(found(
            object,
            "DIR-034",
            Name::Member,
            count.to_string(),
            flaw,
            Remedy::Look,
        ));
    }
}

fn receives_mail(object: &Object<'_>) -> bool {
    [Name::Mail, Name::ProxyAddresses, Name::MailNickname]
        .into_iter()
        .any(|it| object.has(it))
}

/// Exactly one primary address, and mail says the same.
fn addresses(object: &Object<'_>, strict: &Strict<'_>, number: u32, batch: &mut Batch) {
    let (mut primaries, mut count, mut aliases) = (None, 0_usize, None);
    for value in object.values(Name::ProxyAddresses) {
        match value.bytes.get(..5) {
            Some(b"SMTP:") => {
                count += 1;
                primaries = primaries.or(Some(value));
            }
            Some(prefix) if prefix.eq_ignore_ascii_case(b"smtp:") => aliases = aliases.or(Some(value)),
            _ => {}
        }
    }
    match (primaries, aliases) {
        (Some(primary), _) if count == 1 => same_as_mail(object, primary.bytes, strict, batch),
        (Some(_), _) => {
            let flaw = Flaw::SeveralPrimaries { count };
            batch.found.push(found(
                object,
                "DIR-032",
                Name::ProxyAddresses,
                several(object),
                flaw,
                Remedy::Edit,
            ));
        }
        (None, Some(_)) => batch.found.push(no_primary(object, strict)),
        (None, None) if object.kind == Kind::Group && receives_mail(object) => {
            batch.open.push((number, Question::NoAddress));
        }
        (None, None) => {}
    }
}

/// Every primary address, for a reader.
fn several(object: &Object<'_>) -> String {
    let primaries = object
        .values(Name::ProxyAddresses)
        .filter(|it| it.bytes.starts_with(b"SMTP:"));
    primaries
        .map(|it| it.readable().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Aliases without a primary address. When one of them is what mail says, it is the one.
fn no_primary(object: &Object<'_>, strict: &Strict<'_>) -> Found {
    let mail = object.text(Name::Mail).map(|it| it.trim().to_lowercase());
    let own = object.values(Name::ProxyAddresses).map(|it| it.readable().into_owned());
    let held = own
        .into_iter()
        .find(|it| it.get(5..).map(str::to_lowercase) == mail && mail.is_some());
    let primary = held.as_ref().map(|it| format!("SMTP:{}", &it[5..]));
    let remedy = strict.propose(object, Name::ProxyAddresses, primary);
    found(
        object,
        "DIR-032",
        Name::ProxyAddresses,
        held.unwrap_or_default(),
        Flaw::NoPrimary,
        remedy,
    )
}

fn same_as_mail(object: &Object<'_>, primary: &[u8], strict: &Strict<'_>, batch: &mut Batch) {
    let Some(mail) = object.first(Name::Mail) else { return };
    let (mail, primary) = (mail.bytes.trim_ascii(), primary[5..].trim_ascii());
    if mail.eq_ignore_ascii_case(primary) {
        return;
    }
    let text = |it: &[u8]| String::from_utf8_lossy(it).into_owned();
    let (mail, primary) = (text(mail), text(primary));
    if mail.to_lowercase() != primary.to_lowercase() {
        let flaw = Flaw::NotPrimary {
            primary: primary.clone(),
        };
        let remedy = strict.propose(object, Name::Mail, Some(primary));
        batch
            .found
            .push(found(object, "DIR-033", Name::Mail, mail, flaw, remedy));
    }
}

/// Accounts that can do anything stay out of the cloud.
fn privileged(object: &Object<'_>, batch: &mut Batch) {
    let [admin, member] = [Name::AdminCount, Name::MemberOf];
    for name in [admin, member] {
        batch.counts.held[name as usize] += u64::from(object.has(name));
    }
    if object.number(admin) == Some(1) {
        let flaw = Flaw::Privileged {
            by: admin.spelling().to_owned(),
        };
        batch
            .found
            .push(found(object, "DIR-037", admin, "1".to_owned(), flaw, Remedy::Look));
        return;
    }
    let group = object.values(member).find(|it| is_privileged(it.bytes));
    if let Some(group) = group {
        let by = group.readable().into_owned();
        let flaw = Flaw::Privileged { by: by.clone() };
        batch
            .found
            .push(found(object, "DIR-037", member, by, flaw, Remedy::Look));
    }
}

/// By the first part of the group's name: these groups cannot be renamed by accident, and are never many.
fn is_privileged(dn: &[u8]) -> bool {
    let Some(name) = dn
        .get(..3)
        .filter(|it| it.eq_ignore_ascii_case(b"CN="))
        .map(|_| &dn[3..])
    else {
        return false;
    };
    let name = &name[..memchr::memchr(b',', name).unwrap_or(name.len())];
    PRIVILEGED.iter().any(|it| name.eq_ignore_ascii_case(it.as_bytes()))
}

/// Accounts that nobody uses: disabled, run out, or not signed in with for long.
fn unused(object: &Object<'_>, strict: &Strict<'_>, batch: &mut Batch) {
    for name in [Name::AccountControl, Name::LastLogon] {
        batch.counts.held[name as usize] += u64::from(object.has(name));
    }
    let number = |name| object.number(name).filter(|it| *it > 0);
    if let Some(control) = number(Name::AccountControl)
        && control & DISABLED != 0
    {
        let found = found(
            object,
            "DIR-038",
            Name::AccountControl,
            control.to_string(),
            Flaw::Disabled,
            Remedy::Look,
        );
        batch.found.push(found);
        return;
    }
    // The largest number stands for "never" (MS-ADA1, accountExpires).
    let seconds = |name| number(name).filter(|it| *it < i64::MAX).map(|it| it / STEPS - EPOCH);
    if let Some(since) = seconds(Name::AccountExpires).filter(|it| *it < strict.now) {
        let since = Timestamp::from_second(since)
            .map(|it| it.strftime("%F").to_string())
            .unwrap_or_default();
        let flaw = Flaw::Expired { since };
        batch.found.push(found(
            object,
            "DIR-038",
            Name::AccountExpires,
            raw(object, Name::AccountExpires),
            flaw,
            Remedy::Look,
        ));
        return;
    }
    let days = seconds(Name::LastLogon).map(|it| (strict.now - it) / DAY);
    if let Some(days) = days.filter(|it| *it > strict.settings.stale_after_days) {
        let flaw = Flaw::Stale { days };
        batch.found.push(found(
            object,
            "DIR-038",
            Name::LastLogon,
            raw(object, Name::LastLogon),
            flaw,
            Remedy::Look,
        ));
    }
}

fn found(object: &Object<'_>, rule: &'static str, name: Name, value: String, flaw: Flaw, remedy: Remedy) -> Found {
    Found {
        rule,
        dn: object.dn.to_owned(),
        class: object.class(),
        attribute: name.spelling(),
        value,
        flaws: vec![flaw],
        remedy,
        holder: None,
        others: Vec::new(),
    }
}

/// A number as the directory writes it.
fn raw(object: &Object<'_>, name: Name) -> String {
    object.text(name).map(|it| it.trim().to_owned()).unwrap_or_default()
}
