//! The catalogue through the API is the one that the program comes with.

use serde_json::json;

use crate::site::Site;

#[tokio::test]
async fn the_catalogue_is_given_whole() {
    let site = Site::open().await;
    let admin = site.admin().await;
    let list = async |path: &str| {
        admin.get(path).await.expect(200).json()["items"]
            .as_array()
            .unwrap()
            .clone()
    };
    let catalogue = admin.get("/catalogue").await.expect(200).json();
    assert_eq!(
        (&catalogue["responsibilities"], &catalogue["bullets"]),
        (&json!(76), &json!(107))
    );
    assert_eq!(list("/catalogue/bullets").await.len(), 107);
    assert_eq!(list("/catalogue/gates").await.len(), 9);
    let duties = list("/catalogue/responsibilities").await;
    assert_eq!(duties.iter().filter(|it| it["overlay"].is_null()).count(), 76);
    let added: u64 = catalogue["overlays"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["count"].as_u64().unwrap())
        .sum();
    assert_eq!(duties.len() as u64, 76 + added);
    let records = duties.iter().find(|it| it["id"] == "dns.records").unwrap();
    assert_eq!(records["code"], "o365.enable.06");
    assert!(records["citations"][0]["fr"].as_str().unwrap().contains("Office 365"));
    assert!(
        records["requirements"]
            .as_array()
            .unwrap()
            .iter()
            .any(|it| it["by"] == "check")
    );
}
