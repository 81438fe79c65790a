//! Why something is left to people, and what a directory cannot hold or does not show.

use super::{conflicts, join, person, user, values};
use crate::directory::{
    About,
    join::{Reason, Why},
};

#[test]
fn what_the_schema_lacks_or_a_catalogue_hides_is_not_filled() {
    let about = |absent: &[&str], hidden: Option<&[&str]>| About {
        absent: absent.iter().map(ToString::to_string).collect(),
        not_in_catalogue: hidden.map(|it| it.iter().map(ToString::to_string).collect()),
    };
    let given_up = |about: About| {
        let mut joined = join(
            &user("Ada", "employeeID: 1"),
            &person("ada", "employeeNumber: 1\nmail: ada@contoso.example"),
        );
        joined.give_up(&[about]);
        (values(&joined).len(), conflicts(&joined), joined.undecided())
    };
    let absent = given_up(about(&["mailnickname"], None));
    assert_eq!(absent, (2, vec!["mailNickname ada no-schema".to_owned()], 0));
    let hidden = given_up(about(&[], Some(&["mailNickname"])));
    assert_eq!(hidden, (2, vec!["mailNickname ada not-shown".to_owned()], 1));
    assert_eq!(given_up(about(&[], None)), (3, vec![], 0));
}

#[test]
fn every_reason_is_told_in_both_languages() {
    let reasons = [
        Reason::Differs,
        Reason::NotPrimary,
        Reason::Held(Vec::new()),
        Reason::Shared(Vec::new()),
        Reason::NoPrimary,
        Reason::LocalMailbox,
        Reason::Unsound,
        Reason::NoSchema,
        Reason::NotShown,
    ];
    let texts = reasons.iter().map(Reason::text);
    let whys = [Why::Several, Why::Shared(Vec::new())];
    for text in texts.chain(whys.iter().map(Why::text)) {
        assert!(text.is_complete() && text.en != text.fr, "{text:?}");
    }
}
