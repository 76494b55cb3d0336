//! The table of weights: the only thresholds of belief, kept as data with their reasons beside them.

use serde::Deserialize;
use std::sync::OnceLock;

/// The table of weights.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Weights {
    pub(super) licence: LicenceWeights,
    pub(super) siblings: SiblingWeights,
    pub(super) own: OwnWeights,
    pub(super) threshold: Thresholds,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LicenceWeights {
    pub(super) stated: f32,
    pub(super) labelled: f32,
    pub(super) implied: f32,
    pub(super) inferred: f32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SiblingWeights {
    pub(super) fails: f32,
    pub(super) restated: f32,
    pub(super) holds: f32,
    pub(super) all_hold: f32,
    pub(super) elsewhere: f32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OwnWeights {
    pub(super) assumed: f32,
    pub(super) near: f32,
    pub(super) out_of_scale: f32,
    pub(super) unnamed: f32,
    pub(super) explained: f32,
    pub(super) missing_row: f32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Thresholds {
    pub(super) error: f32,
    pub(super) warning: f32,
    pub(super) claim: f32,
    pub(super) heads: f32,
}

/// The weights that come with the program.
pub(super) fn weights() -> &'static Weights {
    static WEIGHTS: OnceLock<Weights> = OnceLock::new();
    WEIGHTS.get_or_init(|| toml::from_str(include_str!("weights.toml")).unwrap_or_else(|_| silent()))
}

/// Weights under which nothing is accused; only seen where the embedded table is broken, which a test excludes.
fn silent() -> Weights {
    Weights {
        licence: LicenceWeights { stated: 0.0, labelled: 0.0, implied: 0.0, inferred: 0.0 },
        siblings: SiblingWeights { fails: 0.0, restated: 0.0, holds: 0.0, all_hold: 0.0, elsewhere: 0.0 },
        own: OwnWeights {
            assumed: 0.0,
            near: 0.0,
            out_of_scale: 0.0,
            unnamed: 0.0,
            explained: 0.0,
            missing_row: 0.0,
        },
        threshold: Thresholds { error: 1.0, warning: 1.0, claim: 0.0, heads: 0.0 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_weights_are_sound() {
        let by: Weights = toml::from_str(include_str!("weights.toml")).unwrap();
        assert!(by.licence.stated > by.licence.labelled && by.licence.labelled > by.licence.implied);
        assert!(by.threshold.error > by.threshold.warning && by.threshold.warning > by.threshold.claim);
        // A failure alone must not be enough to disbelieve what a sentence states.
        assert!(by.licence.stated + by.siblings.fails >= by.threshold.error);
    }
}
