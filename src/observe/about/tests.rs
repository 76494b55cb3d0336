use super::body::Bodies;
use super::names::{Mention, mentions};
use crate::model::about::Basis;

/// The names in a text, with the codes of those in the list.
fn names(text: &str) -> Vec<String> {
    let names = mentions(text).into_iter().filter_map(|mention| match mention {
        Mention::Body(named) => {
            Some(named.code.map_or(named.name.clone(), |code| format!("{code} {}", named.name)))
        }
        Mention::Own => None,
    });
    names.collect()
}

#[test]
fn a_council_of_the_list_is_found_in_every_form_of_its_name() {
    let torfaen = "W06000020 Torfaen County Borough Council";
    for text in [
        "Cases at Torfaen council fell",
        "TORFAEN COUNTY BOROUGH COUNCIL",
        "Torfaen Borough Council's yearly account",
        "the figures of Torfaen CBC for May",
    ] {
        assert_eq!(names(text), [torfaen], "{text}");
    }
    let several = [
        ("Royal Borough of Windsor & Maidenhead", "E06000040 Royal Borough of Windsor and Maidenhead"),
        ("the City of York Council paid", "E06000014 City of York Council"),
        (
            "Armagh City, Banbridge & Craigavon Borough Council",
            "N09000002 Armagh City, Banbridge and Craigavon Borough Council",
        ),
        (
            "Borough Council of King's Lynn & West Norfolk",
            "E07000146 Borough Council of King's Lynn and West Norfolk",
        ),
        ("At St. Albans District Council", "E07000240 St Albans City and District Council"),
        ("Somerset County Council", "E10000027 Somerset County Council"),
        ("Somerset Council", "E06000066 Somerset Council"),
        ("North Somerset Council", "E06000024 North Somerset Council"),
    ];
    for (text, name) in several {
        assert_eq!(names(text), [name], "{text}");
    }
}

#[test]
fn a_place_in_another_name_is_not_the_council() {
    for (text, name) in [
        ("Upper Rutland Council", "Upper Rutland Council"),
        ("Torfaen Community Council", "Torfaen Community Council"),
        ("Leicester County Council", "Leicester County Council"),
    ] {
        assert_eq!(names(text), [name]);
    }
    // It may be one body or two.
    assert!(
        names("Torfaen and Newport Council").is_empty() || names("Rutland and Newport Council").is_empty()
    );
    assert!(names("complaints about reading council minutes").is_empty());
}

#[test]
fn names_of_other_bodies_are_found_by_their_form() {
    for (text, name) in [
        ("Complaints made to Larkmere Borough Council in May", "Larkmere Borough Council"),
        ("THE VALE OF LARKMERE COUNCIL", "Vale of Larkmere Council"),
        ("London Borough of Larkmere", "London Borough of Larkmere"),
        ("Healthwatch Larkmere listens", "Healthwatch Larkmere"),
        ("Report of the Larkmere Health Board", "Larkmere Health Board"),
        ("LARKMERE COUNTY SHERIFF'S DEPARTMENT", "Larkmere County Sheriff's Department"),
    ] {
        assert_eq!(names(text), [name], "{text}");
    }
}

#[test]
fn a_name_without_a_place_is_none() {
    for text in [
        "The Council",
        "Average County Council",
        "County Council",
        "Every Council",
        "Borough Council",
        "A Council",
        "Annual Report of the Council",
        "Arts Council England",
        "the Youth Council",
        "Other Unitary Councils",
        "Typical District Council",
        "All Councils",
        "Your Council",
        "North Council",
        "Care Homes",
    ] {
        assert!(names(text).is_empty(), "{text}: {:?}", names(text));
    }
}

fn decided(texts: &[(&str, Basis)], file: &str) -> Option<String> {
    let mut bodies = Bodies::default();
    texts.iter().for_each(|(text, basis)| bodies.add(text, *basis));
    bodies.add_path(file, Basis::FileName);
    bodies.decide().map(|told| told.value.name)
}

#[test]
fn the_body_is_the_one_that_the_document_says_it_is_about() {
    use Basis::{Heading, Text, Title};
    let larkmere = Some("Larkmere Borough Council".to_owned());
    let title = ("Larkmere Borough Council", Title);
    assert_eq!(decided(&[title, ("Wexley Council had more.", Text)], "report"), larkmere);
    // A title in small letters is short for the full name.
    let text = ("Larkmere Borough Council said so. The Council agreed.", Text);
    assert_eq!(decided(&[("Complaints about Larkmere council fall", Title), text], "report"), larkmere);
    assert_eq!(decided(&[("Complaints fall", Title), text, text], "report"), larkmere);
    // Two that are named alike, and many in a list.
    assert_eq!(decided(&[("Larkmere Council and its neighbour, Wexley Council", Title)], "report"), None);
    let many = ["Aford Council had 1.", "Bedale Council had 2.", "Corley Council had 3."];
    assert_eq!(decided(&many.map(|text| (text, Text)), "report"), None);
    // A place in the name of a file is a council if the document speaks of one.
    let torfaen = Some("Torfaen County Borough Council".to_owned());
    assert_eq!(decided(&[("The council had 12 cases.", Text)], "torfaen-2016-17"), torfaen);
    assert_eq!(decided(&[("There were 12 cases.", Text)], "torfaen-2016-17"), None);
    assert_eq!(
        decided(&[("There were 12 cases.", Text)], "larkmere-council-2016"),
        Some("Larkmere Council".to_owned())
    );
    assert_eq!(decided(&[("The council had 12 cases.", Text)], "reading-list"), None);
    // A body of another kind is the publisher only where the document says so.
    let board = ("Larkmere Health Board replied.", Text);
    assert_eq!(decided(&[("Cases", Heading), board, board, board], "report"), None);
    assert_eq!(
        decided(&[("Larkmere Health Board", Title), board], "report"),
        Some("Larkmere Health Board".to_owned())
    );
}

#[test]
fn what_decides_complaints_is_about_the_council_that_it_names() {
    use Basis::{Text, Title};
    let own = ("Public Services Ombudsman for Wales: annual report", Title);
    assert_eq!(decided(&[own], "report"), Some("Public Services Ombudsman for Wales".to_owned()));
    let letter = ("Letter of the Housing Ombudsman to Torfaen Council", Title);
    assert_eq!(decided(&[letter], "report"), Some("Torfaen County Borough Council".to_owned()));
    let text = ("We decided 12 cases about Torfaen Council.", Text);
    assert_eq!(decided(&[own, text, text], "report"), Some("Torfaen County Borough Council".to_owned()));
}
