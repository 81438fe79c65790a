//! What every rendered page must satisfy under the strict content security policy, for the tests of pages and components.

/// Fails when `html` holds an inline style, an inline script, an event handler, or an icon without its symbol.
#[track_caller]
pub(crate) fn assert_clean(html: &str) {
    for tag in tags(html) {
        assert!(!attributes(tag).any(|it| it == "style"), "inline style in <{tag}>");
        assert!(
            !attributes(tag).any(|it| it.starts_with("on") && it.len() > 2),
            "event handler in <{tag}>"
        );
        assert!(
            !tag.starts_with("script") || attributes(tag).any(|it| it == "src"),
            "inline script in <{tag}>"
        );
        assert!(tag != "style", "inline style sheet");
    }
    assert!(!html.contains("javascript:"), "script address");
}

/// Fails when a whole page uses a symbol that its sprite lacks, or repeats an id.
#[track_caller]
pub(crate) fn assert_whole(html: &str) {
    assert_clean(html);
    let ids: Vec<&str> = html
        .split(" id=\"")
        .skip(1)
        .filter_map(|it| it.split_once('"'))
        .map(|it| it.0)
        .collect();
    for (n, id) in ids.iter().enumerate() {
        assert!(!ids[..n].contains(id), "id {id} is there twice");
    }
    for used in html
        .split("<use href=\"#")
        .skip(1)
        .filter_map(|it| it.split_once('"'))
        .map(|it| it.0)
    {
        assert!(ids.contains(&used), "symbol {used} is used and not drawn");
    }
}

/// The inside of every opening tag; good enough for maud's own output.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<')
        .skip(1)
        .filter_map(|it| it.split_once('>'))
        .map(|it| it.0)
        .filter(|it| !it.starts_with(['/', '!']))
}

/// The names of a tag's attributes: what stands before `="`, outside values.
fn attributes(tag: &str) -> impl Iterator<Item = &str> {
    tag.split('"')
        .step_by(2)
        .flat_map(|it| it.trim_end_matches('=').split_whitespace())
}

#[test]
fn the_lint_finds_what_the_policy_forbids() {
    let refused = [
        "<p style=\"x\">",
        "<script>x</script>",
        "<a onclick=\"x\">",
        "<a href=\"javascript:x\">",
        "<style>",
    ];
    for html in refused {
        assert!(std::panic::catch_unwind(|| assert_clean(html)).is_err(), "{html}");
    }
    assert_clean(
        "<script src=\"/a.js\" defer></script><p title=\"style=1 onclick=2\" class=\"only\">on time, style = calm</p>",
    );
}
