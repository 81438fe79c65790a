//! What to type on the servers that are met most: Windows (SCHANNEL, so IIS, AD FS and Exchange), nginx, Apache.

use jalon_domain::{
    finding::Fix,
    text::{Lang, Text},
};
use jalon_wire::tls::Version;

use super::SHEET;

/// "Transport Layer Security (TLS) registry settings" (Microsoft Learn).
const PROTOCOLS: &str = r"HKLM:\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols";

pub(super) fn versions(old: &[Version]) -> Fix {
    let mut off: Vec<&str> = vec!["SSL 3.0", "TLS 1.0", "TLS 1.1"];
    off.retain(|it| old.iter().any(|old| old.to_string() == *it));
    let list = off.iter().map(|it| format!("'{it}'")).collect::<Vec<_>>().join(", ");
    let windows = format!(
        "foreach ($version in {list}) {{\n  $key = \"{PROTOCOLS}\\$version\\Server\"\n  New-Item $key -Force | Out-Null\n  \
         Set-ItemProperty $key Enabled 0 -Type DWord\n  Set-ItemProperty $key DisabledByDefault 1 -Type DWord\n}}\n\
         $key = \"{PROTOCOLS}\\TLS 1.2\\Server\"\nNew-Item $key -Force | Out-Null\nSet-ItemProperty $key Enabled 1 -Type DWord\n\
         Set-ItemProperty $key DisabledByDefault 0 -Type DWord"
    );
    commands(
        &windows,
        "ssl_protocols TLSv1.2 TLSv1.3;",
        "SSLProtocol -all +TLSv1.2 +TLSv1.3",
    )
}

pub(super) fn suites() -> Fix {
    let windows = "Get-TlsCipherSuite | Where-Object Name -Match 'RC4|3DES|DES_|NULL|EXPORT|anon' | \
                   ForEach-Object { Disable-TlsCipherSuite -Name $_.Name }\n\
                   Enable-TlsCipherSuite -Name TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 -Position 0\n\
                   Enable-TlsCipherSuite -Name TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 -Position 1";
    let list = "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:!aNULL:!eNULL:!EXPORT:!RC4:!3DES:!DES";
    commands(
        windows,
        &format!("ssl_ciphers {list};"),
        &format!("SSLCipherSuite {list}"),
    )
}

fn commands(windows: &str, nginx: &str, apache: &str) -> Fix {
    let restart = SHEET.text("restart", &[]);
    let all = |lang: Lang| {
        format!(
            "# Windows (PowerShell; IIS, AD FS, Exchange), {}\n{windows}\n# nginx\n{nginx}\n# Apache\n{apache}\n",
            restart.get(lang)
        )
    };
    steps(Text::new(all(Lang::En), all(Lang::Fr)))
}

pub(super) fn inspection() -> Fix {
    steps(SHEET.text("inspected-remedy", &[]))
}

pub(super) fn renegotiation() -> Fix {
    steps(SHEET.text("insecure-renegotiation-remedy", &[]))
}

fn steps(steps: Text) -> Fix {
    Fix::by_hand(steps)
}
