//! Active Directory tells what changed: only that is read, and yet the whole directory is judged.

use jalon_service::directory::SourceInput;
use jalon_store::{
    directory::{objects, sources::Security},
    runs::RunState,
};
use jalon_testkit::{
    lab::{has_samba, modify_samba, pem, said},
    on_both,
};

use crate::story::{Story, counted, typed};

fn below(base: &str) -> SourceInput {
    SourceInput {
        name: "contoso".to_owned(),
        server: said("JALON_LAB_AD_LDAPS").replace("ldaps://", ""),
        security: Some(Security::Ldaps),
        user: said("JALON_LAB_AD_ADMIN"),
        password: typed(&said("JALON_LAB_AD_PASSWORD")),
        bases: vec![base.to_owned()],
        roots: pem(said("JALON_LAB_AD_ROOTS")),
        ..SourceInput::default()
    }
}

fn contact(dn: &str, mail: &str) -> String {
    let (name, _) = dn[3..].split_once(',').expect("a distinguished name");
    let nickname = name.replace(' ', ".");
    format!(
        "dn: {dn}\nchangetype: add\nobjectClass: contact\ndisplayName: {name}\nmailNickname: {nickname}\nmail: {mail}\n\n"
    )
}

fn delete(dn: &str) {
    modify_samba(&format!("dn: {dn}\nchangetype: delete\n\n"));
}

fn mail(dn: &str, mail: &str) -> String {
    format!("dn: {dn}\nchangetype: modify\nreplace: mail\nmail: {mail}\n\n")
}

/// A unit of one's own in the shared domain, with two contacts.
struct Unit {
    dn: String,
}

impl Unit {
    fn create(name: &str) -> Self {
        let dn = format!("OU={name},{}", said("JALON_LAB_AD_BASE"));
        modify_samba(&format!(
            "dn: {dn}\nchangetype: add\nobjectClass: organizationalUnit\n\n"
        ));
        let unit = Self { dn };
        for it in ["First", "Second"] {
            modify_samba(&contact(&unit.at(it), &unit.address(it)));
        }
        unit
    }

    fn at(&self, name: &str) -> String {
        format!("CN={name} {},{}", self.name(), self.dn)
    }

    /// Nobody else in the domain has it.
    fn address(&self, name: &str) -> String {
        format!("{name}.{}@contoso.example", self.name())
    }

    fn name(&self) -> &str {
        self.dn.split(['=', ',']).nth(1).expect("a distinguished name")
    }

    /// Ends it: the next engine begins where this one began.
    fn end(self) {
        for dn in [self.at("First"), self.at("Second"), self.dn] {
            delete(&dn);
        }
    }
}

/// Reads everything, then a mistake, a clash with an object that did not change, its end, and a deletion. `base` says
/// what is read; all of it is asked whether it holds no more than `others` objects besides the unit's.
async fn story(it: &Story, unit: &Unit, others: u64) {
    let first = it.measured().await;
    assert_eq!(first.state, RunState::Done, "{:?}", first.reason);
    let (full, all, _) = counted(&first);
    assert!(full && all >= 2 && all - 2 <= others, "{all} read");
    assert_eq!(it.broken(&unit.dn).await, Vec::<String>::new());

    // What another test changes meanwhile is read too.
    let few = 20;
    modify_samba(&contact(&unit.at("Third"), "no address"));
    let (full, read, _) = counted(&it.measured().await);
    assert!(!full && (1..few).contains(&read), "{read} of {all} read");
    let third = unit.at("Third");
    assert!(
        !it.broken(&third).await.is_empty(),
        "a mistake in a new object is found"
    );

    modify_samba(&mail(&third, &unit.address("First")));
    let (full, read, _) = counted(&it.measured().await);
    assert!(!full && (1..few).contains(&read), "{read} of {all} read");
    for name in ["First", "Third"] {
        let broken = it.broken(&unit.at(name)).await;
        assert!(
            !broken.is_empty(),
            "{name} shares its address, whether it was read again or not"
        );
    }

    delete(&third);
    let (full, _, gone) = counted(&it.measured().await);
    assert!(!full && gone >= 1, "{gone} gone");
    assert_eq!(
        it.broken(&unit.dn).await,
        Vec::<String>::new(),
        "the clash ended with the other"
    );

    let whole = it.stage.app.full_scan(&it.stage.admin, it.id, it.target).await;
    let whole = whole.expect("it is asked for").expect("nothing else runs");
    let (full, again, _) = counted(&it.done(whole).await);
    assert!(full && again.abs_diff(all) < few, "{again} of {all} read");
    let kept = objects::page(it.stage.app.store(), it.id, it.target, None, 10_000)
        .await
        .expect("the store answers");
    assert_eq!(kept.len() as u64, again, "the copy is the directory");
}

#[tokio::test]
async fn a_unit_is_read_by_what_changed_in_it() {
    if !has_samba() {
        return;
    }
    on_both(async |store| {
        let unit = Unit::create("Unit");
        let it = Story::of(store, &below(&unit.dn)).await;
        story(&it, &unit, 0).await;
        unit.end();
    })
    .await;
}

#[tokio::test]
async fn a_domain_is_read_by_what_changed_in_it() {
    if !has_samba() {
        return;
    }
    on_both(async |store| {
        let unit = Unit::create("Part");
        let it = Story::of(store, &below(&said("JALON_LAB_AD_BASE"))).await;
        story(&it, &unit, 5_000).await;
        unit.end();
    })
    .await;
}

/// Nothing changes in an object whose unit is renamed: only its name says so. One that leaves does not say goodbye.
#[tokio::test]
async fn what_comes_along_with_a_unit_and_what_leaves_is_noticed() {
    if !has_samba() {
        return;
    }
    on_both(async |store| {
        let unit = Unit::create("Moving");
        let inner = format!("OU=Inner,{}", unit.dn);
        modify_samba(&format!(
            "dn: {inner}\nchangetype: add\nobjectClass: organizationalUnit\n\n"
        ));
        modify_samba(&contact(&format!("CN=Third,{inner}"), "no address"));
        let it = Story::of(store, &below(&unit.dn)).await;
        it.measured().await;
        let before = it.broken("CN=Third,OU=Inner").await;
        assert!(!before.is_empty());

        modify_samba(&format!(
            "dn: {inner}\nchangetype: modrdn\nnewrdn: OU=Outer\ndeleteoldrdn: 1\n\n"
        ));
        let (full, read, gone) = counted(&it.measured().await);
        assert_eq!((full, read, gone), (false, 1, 0));
        assert_eq!(it.broken("CN=Third,OU=Outer").await, before);
        assert_eq!(it.broken("CN=Third,OU=Inner").await, Vec::<String>::new());

        let out = said("JALON_LAB_AD_BASE");
        modify_samba(&format!(
            "dn: OU=Outer,{}\nchangetype: modrdn\nnewrdn: OU=Away\ndeleteoldrdn: 1\nnewsuperior: {out}\n\n",
            unit.dn
        ));
        let (full, read, gone) = counted(&it.measured().await);
        assert_eq!((full, read, gone), (false, 0, 1));
        assert_eq!(it.broken("CN=Third").await, Vec::<String>::new());

        modify_samba(&format!(
            "dn: OU=Away,{out}\nchangetype: modrdn\nnewrdn: OU=Back\ndeleteoldrdn: 1\nnewsuperior: {}\n\n",
            unit.dn
        ));
        let (full, read, gone) = counted(&it.measured().await);
        assert_eq!((full, read, gone), (false, 1, 0));
        assert_eq!(it.broken("CN=Third,OU=Back").await, before);
        delete(&format!("CN=Third,OU=Back,{}", unit.dn));
        delete(&format!("OU=Back,{}", unit.dn));
        unit.end();
    })
    .await;
}
