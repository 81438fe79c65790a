//! The address of a list with its filters: what a filter link, a form's action and a "back" link are made from.

use std::fmt;

/// A path and what is asked of it, in the order in which it was added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    path: String,
    query: Vec<(&'static str, String)>,
}

impl Address {
    /// The path by itself.
    pub(crate) fn new(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            query: Vec::new(),
        }
    }

    /// The same with `name` set to `value`; an empty value takes it away.
    pub(crate) fn with(&self, name: &'static str, value: impl fmt::Display) -> Self {
        let mut query = self.without(name).query;
        let value = value.to_string();
        if !value.is_empty() {
            query.push((name, value));
        }
        Self {
            path: self.path.clone(),
            query,
        }
    }

    /// The same with `name` set when there is a value.
    pub(crate) fn with_some(&self, name: &'static str, value: Option<impl fmt::Display>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self.without(name),
        }
    }

    /// The same without `name`.
    pub(crate) fn without(&self, name: &str) -> Self {
        let query = self.query.iter().filter(|it| it.0 != name).cloned().collect();
        Self {
            path: self.path.clone(),
            query,
        }
    }

    /// Everything that is asked but `name`, for the hidden fields of a search form.
    pub(crate) fn others(&self, name: &str) -> Vec<(String, String)> {
        self.query
            .iter()
            .filter(|it| it.0 != name)
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect()
    }

    /// The path.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// The query by itself, with its question mark; empty when nothing is asked.
    pub(crate) fn query(&self) -> String {
        self.to_string().split_off(self.path.len())
    }

    /// The address as it is written on the page that stands at the same path: short, for long lists.
    pub(crate) fn short(&self) -> String {
        // An empty address would mean the page with all that is asked of it now.
        if self.query.is_empty() {
            self.path.rsplit('/').next().unwrap_or_default().to_owned()
        } else {
            self.query()
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        for (n, (name, value)) in self.query.iter().enumerate() {
            write!(f, "{}{name}={}", if n == 0 { '?' } else { '&' }, Escaped(value))?;
        }
        Ok(())
    }
}

/// A value in a query: everything but unreserved characters is encoded (RFC 3986, section 2.3).
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.0.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                write!(f, "{}", char::from(byte))?;
            } else {
                write!(f, "%{byte:02X}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_its_filters_and_replaces_the_one_asked_for() {
        let list = Address::new("/list").with("phase", "enable").with("q", "a&b é");
        assert_eq!(list.to_string(), "/list?phase=enable&q=a%26b%20%C3%A9");
        assert_eq!(
            list.with("phase", "close").to_string(),
            "/list?q=a%26b%20%C3%A9&phase=close"
        );
        assert_eq!(list.with("q", "").to_string(), "/list?phase=enable");
        assert_eq!(list.without("phase").short(), "?q=a%26b%20%C3%A9");
        assert_eq!(
            (
                Address::new("/e/list").query().as_str(),
                Address::new("/e/list").short().as_str()
            ),
            ("", "list")
        );
        assert_eq!(list.others("q"), [("phase".to_owned(), "enable".to_owned())]);
    }
}
