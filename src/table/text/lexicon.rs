//! Words of column heads: which stand alone, which stand together, which want another.

/// Words that are a whole head by themselves.
pub(crate) fn known(text: &str) -> bool {
    const HEADS: [&str; 46] = [
        "upheld",
        "withdrawn",
        "total",
        "totals",
        "letter",
        "letters",
        "email",
        "e-mail",
        "emails",
        "telephone",
        "phone",
        "online",
        "website",
        "web",
        "compliments",
        "compliment",
        "complaints",
        "complaint",
        "enquiries",
        "comments",
        "service",
        "team",
        "category",
        "number",
        "no.",
        "%",
        "percentage",
        "change",
        "adoption",
        "fostering",
        "online",
        "ombudsman",
        "resolved",
        "outstanding",
        "open",
        "ongoing",
        "closed",
        "inconclusive",
        "male",
        "female",
        "unknown",
        "finance",
        "housing",
        "education",
        "highways",
        "planning",
    ];
    HEADS.contains(&text.to_lowercase().as_str())
}

/// Whether two words often stand together in a head.
pub(crate) fn pair(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let b = b.trim_end_matches(|c: char| !c.is_alphanumeric());
    PAIRS.contains(&(a.as_str(), b)) || PAIRS.contains(&(a.as_str(), b.trim_end_matches('s')))
}

/// Whether a word wants another after it.
pub(crate) fn hangs(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.len() < 40
        && (lower != "-" && lower.ends_with(['/', '&', '-']) || CONNECTIVES.contains(&lower.as_str()))
}

/// Whether a word in small letters wants a noun after it.
pub(crate) fn wants_next(word: &str) -> bool {
    PREFIXES.contains(&word.trim_end_matches("'s"))
}

/// Whether a word in small letters wants another before it.
pub(crate) fn wants_last(word: &str) -> bool {
    SUFFIXES.contains(&word) || SUFFIXES.contains(&word.trim_end_matches('s'))
}

const CONNECTIVES: [&str; 28] = [
    "of",
    "to",
    "and",
    "in",
    "the",
    "for",
    "by",
    "with",
    "not",
    "no",
    "per",
    "on",
    "within",
    "over",
    "under",
    "part",
    "partially",
    "partly",
    "from",
    "at",
    "or",
    "a",
    "more",
    "than",
    "up",
    "less",
    "between",
    "as",
];

/// Words that often stand together in a head.
const PAIRS: [(&str, &str); 42] = [
    ("early", "help"),
    ("in", "person"),
    ("complaint", "form"),
    ("social", "care"),
    ("not", "upheld"),
    ("partially", "upheld"),
    ("partly", "upheld"),
    ("part", "upheld"),
    ("no", "further"),
    ("further", "action"),
    ("on", "time"),
    ("young", "person"),
    ("young", "people"),
    ("foster", "carer"),
    ("adult", "care"),
    ("adult", "services"),
    ("grand", "total"),
    ("web", "form"),
    ("online", "form"),
    ("social", "media"),
    ("social", "work"),
    ("social", "worker"),
    ("child", "protection"),
    ("special", "needs"),
    ("local", "resolution"),
    ("children", "looked"),
    ("looked", "after"),
    ("after", "children"),
    ("council", "tax"),
    ("customer", "service"),
    ("customer", "services"),
    ("public", "health"),
    ("waste", "management"),
    ("face-to-face", "visit"),
    ("mixed", "race"),
    ("not", "known"),
    ("not", "recorded"),
    ("not", "stated"),
    ("still", "open"),
    ("complaint", "withdrawn"),
    ("over", "65"),
    ("telephone", "call"),
];

/// Words that want a noun after them.
const PREFIXES: [&str; 40] = [
    "early",
    "social",
    "adult",
    "adults",
    "children",
    "customer",
    "corporate",
    "statutory",
    "local",
    "public",
    "special",
    "internal",
    "formal",
    "informal",
    "average",
    "mental",
    "young",
    "foster",
    "independent",
    "total",
    "number",
    "response",
    "quality",
    "staff",
    "other",
    "senior",
    "planning",
    "waste",
    "street",
    "council",
    "legal",
    "human",
    "environmental",
    "community",
    "financial",
    "lack",
    "poor",
    "failure",
    "regulatory",
    "new",
];

/// Words that want another before them.
const SUFFIXES: [&str; 36] = [
    "service",
    "team",
    "unit",
    "care",
    "form",
    "protection",
    "support",
    "work",
    "worker",
    "development",
    "management",
    "action",
    "investigation",
    "resolution",
    "rate",
    "time",
    "days",
    "help",
    "needs",
    "tax",
    "office",
    "officer",
    "health",
    "schools",
    "received",
    "upheld",
    "closed",
    "responded",
    "withdrawn",
    "resolved",
    "provided",
    "given",
    "timescale",
    "required",
    "review",
    "stage",
];
