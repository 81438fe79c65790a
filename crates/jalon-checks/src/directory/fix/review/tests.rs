//! The table: written, changed by people and by spreadsheets, read back.

use proptest::prelude::*;

use super::*;
use crate::directory::fix::{
    plan::{ObjectChange, Plan, Reason, Undecided, ValueChange},
    tests::any_plan,
};
use jalon_domain::{finding::Action, ids::RuleId, text::Lang};

fn change(attribute: &str, from: &str, to: Option<&str>) -> ValueChange {
    ValueChange {
        attribute: attribute.to_owned(),
        from: Some(from.to_owned()).filter(|it| !it.is_empty()),
        to: to.map(str::to_owned),
        rules: vec![RuleId::parse("DIR-019").unwrap()],
    }
}

fn plan() -> Plan {
    let object = |dn: &str, changes| ObjectChange {
        dn: dn.to_owned(),
        object_class: "user".to_owned(),
        changes,
    };
    Plan {
        objects: vec![
            object(
                "CN=Ada,DC=contoso",
                vec![change("mail", "a b@contoso.example", Some("ab@contoso.example"))],
            ),
            object(
                "CN=Éric;\"Bo\",DC=contoso",
                vec![
                    change("displayName", "", Some("=cmd")),
                    change("proxyAddresses", "smtp:x@contoso.example", None),
                ],
            ),
        ],
        undecided: vec![Undecided {
            dn: "CN=Zoé,DC=contoso".to_owned(),
            object_class: "contact".to_owned(),
            attribute: "mail".to_owned(),
            value: "same@contoso.example".to_owned(),
            proposed: None,
            action: Action::Fail,
            rules: vec![RuleId::parse("DIR-006").unwrap()],
            reason: Reason::Duplicate,
            others: vec!["CN=Zoé 2,DC=contoso".to_owned()],
        }],
    }
}

fn table(lang: Lang) -> String {
    let mut table = Vec::new();
    write_review(&plan(), lang, &mut table).unwrap();
    String::from_utf8(table).unwrap()
}

fn accept(text: &str) -> Result<Plan, String> {
    let rows = read_review(text.as_bytes()).map_err(|it| it.to_string())?;
    let told = |it: Vec<ReviewError>| it.iter().map(ToString::to_string).collect::<Vec<_>>().join(" / ");
    plan().accept(&rows, &|_| false).map_err(told)
}

#[track_caller]
fn check_refused(text: &str, expected: &str) {
    let told = accept(text).expect_err(text);
    assert!(told.contains(expected), "{told}\n{text}");
}

#[test]
fn the_table_says_what_is_wrong_and_what_is_accepted() {
    let text = table(Lang::Fr);
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(
        lines[0],
        "\u{feff}accept,dn,object_class,attribute,rules,value,proposed,action,reason"
    );
    assert!(
        lines[1]
            .starts_with("yes,\"CN=Ada,DC=contoso\",user,mail,DIR-019,a b@contoso.example,ab@contoso.example,edit,")
    );
    assert!(lines[2].contains(",'=cmd,"), "{}", lines[2]);
    assert!(
        lines[3].starts_with("no,") && lines[3].contains(",remove,"),
        "{}",
        lines[3]
    );
    assert!(
        lines[4].starts_with("no,") && lines[4].contains("plusieurs objets"),
        "{}",
        lines[4]
    );
}

#[test]
fn what_is_accepted_beforehand_is_what_is_mechanical() {
    let accepted = accept(&table(Lang::En)).unwrap();
    let made: Vec<_> = accepted.objects.iter().flat_map(|it| &it.changes).collect();
    assert_eq!(made, [&plan().objects[0].changes[0], &plan().objects[1].changes[0]]);
    let left: Vec<_> = accepted.undecided.iter().map(|it| it.reason).collect();
    assert_eq!(left, [Reason::Duplicate, Reason::Declined]);
}

#[test]
fn people_say_yes_in_their_way_and_write_other_values() {
    let semicolons = "accept;dn;attribute;value;proposed;action;notes\n\
                      OUI;CN=Zoé,DC=contoso;mail;same@contoso.example; zoe@contoso.example ;fail;ask her\n\
                      x;\"CN=Éric;\"\"Bo\"\",DC=contoso\";proxyAddresses;smtp:x@contoso.example;;remove\n\
                      non;CN=Nobody;mail;x;;edit\n;;;;;;\n";
    let accepted = accept(semicolons).unwrap();
    let made: Vec<_> = accepted
        .objects
        .iter()
        .flat_map(|it| &it.changes)
        .map(|it| it.to.as_deref())
        .collect();
    assert_eq!(made, [Some("zoe@contoso.example"), None]);
    assert_eq!(accepted.objects[0].object_class, "contact");
}

#[test]
fn a_row_that_cannot_be_followed_is_told_with_its_number() {
    let of = |row: &str| format!("accept,dn,attribute,value,proposed,action\nno,CN=x,mail,x,,edit\n{row}\n");
    let ada = "\"CN=Ada,DC=contoso\"";
    check_refused(
        &of("yes,CN=x,mail,x,y,edit"),
        "row 3: nothing is known to be wrong with `CN=x`",
    );
    check_refused(
        &of(&format!("yes,{ada},mail,a c@contoso.example,y,edit")),
        "row 3: `a c@contoso.example` is not a value of mail",
    );
    check_refused(
        &of(&format!("yes,{ada},mail,a b@contoso.example,,edit")),
        "row 3: it is accepted, but proposes nothing",
    );
    check_refused(
        &of(&format!("maybe,{ada},mail,a b@contoso.example,y,edit")),
        "row 3: `maybe` is neither yes nor no",
    );
    check_refused(
        &of(&format!("yes,{ada},mail,a b@contoso.example,y,mend")),
        "row 3: `mend` is no action",
    );
    let twice = format!("yes,{ada},mail,a b@contoso.example,y,edit\nyes,{ada},Mail,a b@contoso.example,z,edit");
    check_refused(&of(&twice), "row 4: the value is accepted twice");
    check_refused(
        "accept,dn,attribute,value,action\n",
        "row 1: there is no column `proposed`",
    );
    let latin = [&b"accept,dn,attribute,value,proposed,action\nno,CN=\xc9ric,mail,x,,edit\n"[..]].concat();
    assert_eq!(
        read_review(&latin[..]).unwrap_err().to_string(),
        "row 2: the table is not UTF-8"
    );
}

#[test]
fn what_is_done_already_is_passed_over() {
    let text = "accept,dn,attribute,value,proposed,action\nyes,CN=done,mail,x,y,edit\n";
    let rows = read_review(text.as_bytes()).unwrap();
    assert_eq!(plan().accept(&rows, &|it| it == "CN=done").unwrap().objects, []);
}

#[test]
fn values_that_people_write_clash_like_any_other() {
    let text = "accept,dn,attribute,value,proposed,action\n\
                yes,\"CN=Ada,DC=contoso\",mail,a b@contoso.example,one@contoso.example,edit\n\
                yes,\"CN=Zoé,DC=contoso\",mail,same@contoso.example,ONE@contoso.example,fail\n";
    let accepted = accept(text).unwrap();
    assert_eq!(accepted.objects, []);
    let reasons: Vec<_> = accepted.undecided.iter().map(|it| it.reason).collect();
    assert_eq!(
        reasons.iter().filter(|it| **it == Reason::Collision).count(),
        2,
        "{reasons:?}"
    );
}

proptest! {
    #[test]
    fn what_is_accepted_as_it_was_proposed_is_the_plan_itself(plan in any_plan(), semicolons in any::<bool>()) {
        let mut written = Vec::new();
        write_review(&plan, Lang::En, &mut written).unwrap();
        let mut rows = read_review(&written[..]).unwrap();
        if semicolons {
            let mut other = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
            for record in csv::ReaderBuilder::new().has_headers(false).from_reader(&written[3..]).records() {
                other.write_record(&record.unwrap()).unwrap();
            }
            let other = read_review(&other.into_inner().unwrap()[..]).unwrap();
            prop_assert_eq!(&other, &rows);
        }
        let changes = plan.values();
        rows.iter_mut().enumerate().for_each(|(at, it)| it.accept = at < changes);
        let accepted = plan.clone().accept(&rows, &|_| false).unwrap();
        prop_assert_eq!(accepted.objects, plan.objects);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(accept,dn,attribute,value,proposed,action\n)?[ -~\n\"';,é]{0,80}") {
        drop(read_review(text.as_bytes()));
    }
}
