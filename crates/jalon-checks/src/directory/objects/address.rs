//! The form of an Internet address (RFC 5322, section 3.4.1, without comments and quoted strings, as IdFix has it).

use super::{
    alike,
    flaw::{Chain, Flaw},
    tlds::TopLevelDomains,
};

/// Judges what stands behind `prefix` in the value (nothing, or `smtp:` as written) and corrects what can be corrected
/// without guessing. A top-level domain that nobody can reach breaks a rule of its own, `routing`.
pub(super) fn judge(
    chain: &mut Chain<'_>,
    rule: &'static str,
    routing: &'static str,
    prefix: usize,
    tlds: &TopLevelDomains,
) {
    let Some((local, domain)) = chain.value[prefix..].rsplit_once('@') else {
        let value = chain.value.to_string();
        chain.flaw(rule, Flaw::Format, value);
        return;
    };
    let (mut local, mut domain) = (local.to_owned(), domain.to_owned());
    let mut flaws = Vec::new();
    let tld = domain.rsplit('.').next().unwrap_or_default().to_lowercase();
    if !is_domain(&domain) {
        flaws.push((rule, Flaw::DomainPart));
        domain = mended_domain(&domain);
    } else if !tlds.has(&tld) {
        flaws.push((routing, Flaw::TopLevelDomain { tld }));
    }
    if !is_local(&local) {
        flaws.push((rule, Flaw::LocalPart));
        local = mended_local(&local);
    }
    for (rule, flaw) in flaws {
        let value = format!("{}{local}@{domain}", &chain.value[..prefix]);
        chain.flaw(rule, flaw, value);
    }
}

/// Dots between atoms, and nothing at their ends.
fn is_local(local: &str) -> bool {
    let is_atom = |it: &str| !it.is_empty() && it.bytes().all(is_atom_byte);
    local.split('.').all(is_atom)
}

/// The atext of RFC 5322, section 3.2.3.
pub(super) const fn is_atom_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'!' | b'#'
                | b'$'
                | b'%'
                | b'&'
                | b'\''
                | b'*'
                | b'+'
                | b'/'
                | b'='
                | b'?'
                | b'^'
                | b'_'
                | b'`'
                | b'{'
                | b'|'
                | b'}'
                | b'~'
                | b'-'
        )
}

/// At least two labels of letters, digits and inner hyphens; the last one no number.
pub(super) fn is_domain(domain: &str) -> bool {
    let is_label = |it: &str| {
        !it.is_empty()
            && !it.starts_with('-')
            && !it.ends_with('-')
            && it.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let last = domain.rsplit('.').next().unwrap_or_default();
    domain.contains('.') && domain.split('.').all(is_label) && !last.bytes().all(|b| b.is_ascii_digit())
}

/// Without the ASCII characters that no domain has. Letters of other scripts stay: leaving them out would be another
/// domain.
fn mended_domain(domain: &str) -> String {
    domain
        .chars()
        .filter(|c| !c.is_ascii() || c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
        .collect()
}

fn mended_local(local: &str) -> String {
    let kept = |c: char| c == '.' || u8::try_from(c).is_ok_and(is_atom_byte);
    // A letter with an accent leaves its plain letter, which is how people write it.
    let plain = |c: char| {
        if c.is_ascii() {
            c.to_string()
        } else {
            alike::folded(&c.to_string())
        }
    };
    let stripped: String = local
        .chars()
        .flat_map(|c| plain(c).chars().collect::<Vec<_>>())
        .filter(|c| kept(*c))
        .collect();
    stripped
        .split('.')
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expected: &[&str], mended: &str) {
        let mut chain = Chain::new(value);
        judge(&mut chain, "DIR-020", "DIR-031", 0, &TopLevelDomains::default());
        let words: Vec<_> = chain.flaws.iter().map(|it| it.1.word()).collect();
        assert_eq!((words.as_slice(), &*chain.value), (expected, mended), "{value}");
    }

    #[test]
    fn sound_addresses_pass() {
        for value in [
            "ada@contoso.example",
            "a.b+c@x-y.contoso.co.uk",
            "ada@contoso.xn--p1ai",
            "o'neil@contoso.paris",
        ] {
            check(value, &[], value);
        }
    }

    #[test]
    fn each_part_is_judged_and_mended_by_itself() {
        check("ada", &["format"], "ada");
        check("ada@nord.local", &["top-level-domain"], "ada@nord.local");
        check("ada@contoso", &["domain-part"], "ada@contoso");
        check("ada@con_toso.example", &["domain-part"], "ada@contoso.example");
        check("ada@cöntoso.example", &["domain-part"], "ada@cöntoso.example");
        check(".ada..x.@contoso.example", &["local-part"], "ada.x@contoso.example");
        check("a@b@contoso.example", &["local-part"], "ab@contoso.example");
        check("adé@192.0.2.1", &["domain-part", "local-part"], "ade@192.0.2.1");
        check("@", &["domain-part", "local-part"], "@");
    }
}
