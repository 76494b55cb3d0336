use super::*;
use crate::reconcile::sample;

fn page(report: &Report) -> String {
    let mut out = Vec::new();
    write(&mut out, report, &mut |_, _| None).unwrap();
    String::from_utf8(out).unwrap()
}
