//! Reads zone lines, `name ttl IN TYPE data`, into records: the part of RFC 1035, 5 that people paste into a form.
//! Directives, relative names and records over several lines are refused, each by its name.

use std::str::FromStr;

use hickory_proto::rr::rdata::{A, AAAA, CNAME, MX, NS, SOA, SRV, TXT};
use hickory_proto::rr::{Name, RData, Record};

use super::zones::parse_name;

/// The longest string of a TXT record, in bytes (RFC 1035, 3.3).
const LONGEST_STRING: usize = 255;

/// A line that is not a record this server can serve.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct BadLine {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: Problem,
}

/// Why a zone line is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// `$ORIGIN`, `$TTL`, `@`, parentheses.
    #[error("`{0}` is not read here: write each record whole, on one line, with its full name")]
    Shorthand(String),
    /// The line ends too early.
    #[error("the {0} is missing: a record is `name ttl IN TYPE data`")]
    Missing(&'static str),
    /// A field cannot be read.
    #[error("{field} `{text}` is not {expected}")]
    Field {
        /// Which one.
        field: &'static str,
        /// What the line says.
        text: String,
        /// What it should be.
        expected: &'static str,
    },
    /// One string of a TXT record is too long.
    #[error("a string of {0} bytes: a TXT string holds at most 255, write several side by side")]
    LongString(usize),
    /// A quotation mark has no second one.
    #[error("a quotation mark is not closed")]
    OpenQuote,
    /// Something follows the last field.
    #[error("`{0}` follows the end of the record")]
    Surplus(String),
}

/// Every record of the text, in its order; empty lines and comments are skipped.
pub(super) fn records(text: &str) -> Result<Vec<Record>, BadLine> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let record = words(line).and_then(|words| record(Fields(words.into_iter())));
        let located = record.map_err(|problem| BadLine {
            line: index + 1,
            problem,
        });
        found.extend(located?);
    }
    Ok(found)
}

/// The words of a line, a quoted string being one word, unescaped.
fn words(line: &str) -> Result<Vec<Vec<u8>>, Problem> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        let (word, after) = match first {
            ';' => break,
            '(' | ')' | '@' | '$' => {
                return Err(Problem::Shorthand(first_word(rest).to_owned()));
            }
            '"' => quoted(&rest[1..])?,
            _ => {
                let word = first_word(rest);
                (word.as_bytes().to_vec(), &rest[word.len()..])
            }
        };
        words.push(word);
        rest = after.trim_start();
    }
    Ok(words)
}

fn first_word(text: &str) -> &str {
    text.split(|it: char| it.is_whitespace() || it == ';')
        .next()
        .unwrap_or(text)
}

/// The bytes up to the closing quotation mark, `\X` and `\DDD` undone (RFC 1035, 5.1), and what follows it.
fn quoted(text: &str) -> Result<(Vec<u8>, &str), Problem> {
    let mut bytes = Vec::new();
    let mut position = 0;
    loop {
        match text.as_bytes()[position..] {
            [b'"', ..] => return Ok((bytes, &text[position + 1..])),
            [b'\\', a, b, c, ..] if [a, b, c].iter().all(u8::is_ascii_digit) => {
                bytes.push(decimal(&text[position + 1..position + 4])?);
                position += 4;
            }
            [b'\\', escaped, ..] => {
                bytes.push(escaped);
                position += 2;
            }
            [b'\\'] | [] => return Err(Problem::OpenQuote),
            [plain, ..] => {
                bytes.push(plain);
                position += 1;
            }
        }
    }
}

fn decimal(digits: &str) -> Result<u8, Problem> {
    digits.parse().map_err(|_| Problem::Field {
        field: "escape",
        text: format!("\\{digits}"),
        expected: "a byte from 000 to 255",
    })
}

/// The record of the words of one line; none when there are no words.
fn record(mut fields: Fields) -> Result<Option<Record>, Problem> {
    if fields.is_empty() {
        return Ok(None);
    }
    let name = fields.name("name")?;
    let ttl = fields.number("ttl", "a number of seconds")?;
    let class = fields.text("class")?;
    if !class.eq_ignore_ascii_case("IN") {
        return Err(bad("class", class, "IN"));
    }
    let kind = fields.text("type")?;
    let data = data(&kind.to_ascii_uppercase(), &mut fields)?;
    match fields.0.next() {
        None => Ok(Some(Record::from_rdata(name, ttl, data))),
        Some(word) => Err(Problem::Surplus(String::from_utf8_lossy(&word).into_owned())),
    }
}

fn data(kind: &str, it: &mut Fields) -> Result<RData, Problem> {
    Ok(match kind {
        "A" => RData::A(A(it.number("address", "an IPv4 address")?)),
        "AAAA" => RData::AAAA(AAAA(it.number("address", "an IPv6 address")?)),
        "CNAME" => RData::CNAME(CNAME(it.name("target")?)),
        "NS" => RData::NS(NS(it.name("server")?)),
        "MX" => RData::MX(MX::new(it.short("preference")?, it.name("exchange")?)),
        "SRV" => RData::SRV(SRV::new(
            it.short("priority")?,
            it.short("weight")?,
            it.short("port")?,
            it.name("target")?,
        )),
        "SOA" => RData::SOA(SOA::new(
            it.name("primary server")?,
            it.name("mailbox")?,
            it.number("serial", "a number")?,
            it.seconds("refresh")?,
            it.seconds("retry")?,
            it.seconds("expire")?,
            it.number("minimum", "a number of seconds")?,
        )),
        "TXT" => RData::TXT(it.strings()?),
        _ => {
            return Err(bad(
                "type",
                kind.to_owned(),
                "one of A, AAAA, CNAME, MX, NS, SOA, SRV, TXT",
            ));
        }
    })
}

/// The words of a line that are not read yet.
struct Fields(std::vec::IntoIter<Vec<u8>>);

impl Fields {
    fn is_empty(&self) -> bool {
        self.0.len() == 0
    }

    fn text(&mut self, field: &'static str) -> Result<String, Problem> {
        let word = self.0.next().ok_or(Problem::Missing(field))?;
        String::from_utf8(word).map_err(|it| bad(field, String::from_utf8_lossy(it.as_bytes()).into(), "text"))
    }

    fn name(&mut self, field: &'static str) -> Result<Name, Problem> {
        let text = self.text(field)?;
        parse_name(&text).map_err(|_| bad(field, text, "a domain name"))
    }

    fn number<T: FromStr>(&mut self, field: &'static str, expected: &'static str) -> Result<T, Problem> {
        let text = self.text(field)?;
        text.parse().map_err(|_| bad(field, text, expected))
    }

    fn short(&mut self, field: &'static str) -> Result<u16, Problem> {
        self.number(field, "a number from 0 to 65535")
    }

    fn seconds(&mut self, field: &'static str) -> Result<i32, Problem> {
        self.number(field, "a number of seconds")
    }

    fn strings(&mut self) -> Result<TXT, Problem> {
        let strings: Vec<Vec<u8>> = self.0.by_ref().collect();
        if strings.is_empty() {
            return Err(Problem::Missing("text"));
        }
        match strings.iter().find(|it| it.len() > LONGEST_STRING) {
            Some(long) => Err(Problem::LongString(long.len())),
            None => Ok(TXT::from_bytes(strings.iter().map(Vec::as_slice).collect())),
        }
    }
}

fn bad(field: &'static str, text: String, expected: &'static str) -> Problem {
    Problem::Field { field, text, expected }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let seen = match records(line) {
            Ok(records) => {
                let shown: Vec<_> = records.iter().map(ToString::to_string).collect();
                shown.join("\n")
            }
            Err(error) => error.to_string(),
        };
        assert_eq!(seen, expected);
    }

    #[test]
    fn each_type_is_read() {
        check("a.example 60 IN A 192.0.2.1", "a.example. 60 IN A 192.0.2.1");
        check("a.example. 60 in aaaa 2001:db8::1", "a.example. 60 IN AAAA 2001:db8::1");
        check("a.example 60 IN CNAME b.example", "a.example. 60 IN CNAME b.example.");
        check("a.example 60 IN MX 10 b.example", "a.example. 60 IN MX 10 b.example.");
        check("a.example 60 IN MX 0 .", "a.example. 60 IN MX 0 .");
        check("a.example 60 IN NS b.example", "a.example. 60 IN NS b.example.");
        check(
            "_sip._tls.a.example 60 IN SRV 100 1 443 b.example",
            "_sip._tls.a.example. 60 IN SRV 100 1 443 b.example.",
        );
        check(
            "a.example 60 IN SOA b.example c.example 1 2 3 4 5",
            "a.example. 60 IN SOA b.example. c.example. 1 2 3 4 5",
        );
    }

    #[test]
    fn strings_keep_their_bytes_and_comments_are_dropped() {
        let text = r#"
            ; a comment
            a.example 60 IN TXT "v=x; \"y\" \233" plain ; another
        "#;
        let records = records(text).unwrap();
        let RData::TXT(data) = &records[0].data else {
            panic!("a TXT record was read")
        };
        let strings: Vec<&[u8]> = data.txt_data.iter().map(|it| &**it).collect();
        assert_eq!(strings, [&b"v=x; \"y\" \xe9"[..], b"plain"]);
    }

    #[test]
    fn a_line_that_cannot_be_read_says_where_and_why() {
        check(
            "\n a.example",
            "line 2: the ttl is missing: a record is `name ttl IN TYPE data`",
        );
        check(
            "a.example x IN A 192.0.2.1",
            "line 1: ttl `x` is not a number of seconds",
        );
        check("a.example 60 CH A 192.0.2.1", "line 1: class `CH` is not IN");
        check(
            "a.example 60 IN A nowhere",
            "line 1: address `nowhere` is not an IPv4 address",
        );
        check(
            "a..example 60 IN A 192.0.2.1",
            "line 1: name `a..example` is not a domain name",
        );
        check(
            "é.example 60 IN A 192.0.2.1",
            "line 1: name `é.example` is not a domain name",
        );
        check(
            "a.example 60 IN HINFO x y",
            "line 1: type `HINFO` is not one of A, AAAA, CNAME, MX, NS, SOA, SRV, TXT",
        );
        check(
            "a.example 60 IN MX 70000 b.example",
            "line 1: preference `70000` is not a number from 0 to 65535",
        );
        check(
            "a.example 60 IN A 192.0.2.1 x",
            "line 1: `x` follows the end of the record",
        );
        check("a.example 60 IN TXT \"open", "line 1: a quotation mark is not closed");
        check("a.example 60 IN TXT \"open\\", "line 1: a quotation mark is not closed");
        check(
            "a.example 60 IN TXT \"\\256\"",
            "line 1: escape `\\256` is not a byte from 000 to 255",
        );
        check(
            "$ORIGIN a.example",
            "line 1: `$ORIGIN` is not read here: write each record whole, on one line, with its full name",
        );
        let long = format!("a.example 60 IN TXT \"{}\"", "x".repeat(256));
        check(
            &long,
            "line 1: a string of 256 bytes: a TXT string holds at most 255, write several side by side",
        );
    }
}
