//! What is typed about a directory, and the directory as it would be typed.

use std::str::FromStr;

use jalon_service::{
    Error,
    directory::{SourceInput, SourceView},
};

use crate::pages::parts::form::Fields;

/// Read from the form.
///
/// # Errors
/// [`Error::Invalid`] at a field that holds nothing of its kind.
pub(super) fn read(fields: &Fields) -> Result<SourceInput, Error> {
    Ok(SourceInput {
        name: fields.get("name").to_owned(),
        server: fields.get("server").to_owned(),
        security: fields.optional("security")?,
        bind: fields.optional("bind")?,
        user: fields.get("user").to_owned(),
        password: fields.raw("password").map(|it| it.to_owned().into()),
        bases: fields.get("bases").lines().map(str::to_owned).collect(),
        filter: fields.get("filter").to_owned(),
        roots: fields.get("roots").to_owned(),
        rate: number(fields, "rate")?,
        page: number(fields, "page")?,
        mode: fields.optional("mode")?,
        allow_unprotected: fields.get("allow_unprotected") == "true",
    })
}

/// "1 000" is a number too.
fn number<T: FromStr>(fields: &Fields, name: &'static str) -> Result<Option<T>, Error> {
    let mut digits = Fields::default();
    digits.put(name, fields.get(name).replace(char::is_whitespace, ""));
    digits.optional(name)
}

/// A directory as it would be typed; its password is not known here.
pub(super) fn typed(source: &SourceView) -> Fields {
    let mut fields = Fields::default();
    let is_unprotected = source.security.word() == "plain" && source.user.is_some();
    for (name, value) in [
        ("name", source.name.clone()),
        ("server", source.server().to_owned()),
        ("security", source.security.to_string()),
        ("bind", source.bind.to_string()),
        ("user", source.user.clone().unwrap_or_default()),
        ("bases", source.bases.join("\n")),
        ("filter", source.filter.clone().unwrap_or_default()),
        ("roots", source.roots.clone().unwrap_or_default()),
        ("rate", source.rate.map(|it| it.to_string()).unwrap_or_default()),
        ("page", source.page.to_string()),
        ("mode", source.mode.to_string()),
        ("allow_unprotected", is_unprotected.to_string()),
        ("version", source.version.to_string()),
    ] {
        fields.put(name, value);
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::directories::sample;

    #[test]
    fn what_is_shown_is_read_back_without_the_password() {
        let source = sample::source();
        let input = read(&typed(&source)).unwrap();
        assert_eq!(
            (&input.name, &input.server),
            (&source.name, &"dc1.nord.example:636".to_owned())
        );
        assert_eq!(
            (input.bases, input.rate, input.page),
            (source.bases, source.rate, Some(source.page))
        );
        assert_eq!((input.security, input.bind), (Some(source.security), Some(source.bind)));
        assert!(input.password.is_none() && !input.allow_unprotected);
    }

    #[test]
    fn numbers_may_be_grouped_and_a_password_keeps_its_spaces() {
        let mut fields = Fields::default();
        fields.put("page", "1 000");
        fields.put("password", " a b ");
        let input = read(&fields).unwrap();
        assert_eq!(input.page, Some(1_000));
        assert_eq!(secrecy::ExposeSecret::expose_secret(&input.password.unwrap()), " a b ");
        fields.put("rate", "many");
        assert!(matches!(read(&fields), Err(Error::Invalid { field: "rate", .. })));
    }
}
