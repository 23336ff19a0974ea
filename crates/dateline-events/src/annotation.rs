//! What was found in a text: owned records with the field names, and in the order, of the report.
//!
//! All offsets are bytes of the text, half-open, until somebody converts them ([`Annotations::for_each_span`]).

use serde::{Deserialize, Serialize};

/// A piece of the text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Phrase {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The text between.
    pub text: String,
}

/// Everything found in one text besides its places.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Annotations {
    /// Expressions of time, in text order.
    pub times: Vec<Time>,
    /// Numbers and amounts, in text order.
    pub quantities: Vec<Quantity>,
    /// Mentions of actors, in text order.
    pub actors: Vec<Actor>,
    /// Quotations, in text order.
    pub quotes: Vec<Quote>,
    /// Events, in order of their triggers.
    pub events: Vec<Event>,
}

/// Type of a time expression (TIMEX3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TimeType {
    /// A day or something longer.
    Date,
    /// A part of a day.
    Time,
    /// A length of time.
    Duration,
    /// Something that comes again.
    Set,
}

/// An expression of time with its TIMEX3 value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Time {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The text between.
    pub text: String,
    /// Type (TIMEX3).
    pub r#type: TimeType,
    /// Value (TIMEX3): `2023-11-06`, `2023-05`, `2023-11-06TNI`, `P3D`, `PAST_REF`. None where it cannot be said.
    pub value: Option<String>,
    /// Modifier (TIMEX3): `START`, `MID`, `END`, `APPROX`, `LESS_THAN`, ...
    pub r#mod: Option<String>,
    /// Value of the end, for an interval.
    pub end_value: Option<String>,
}

/// What a quantity measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dimension {
    /// A number of things.
    Count,
    /// An amount of money.
    Money,
    /// A length.
    Distance,
    /// An area.
    Area,
    /// A weight.
    Weight,
    /// A share of a hundred.
    Percent,
    /// Years of life.
    Age,
    /// A speed.
    Speed,
}

/// A number or amount with its bounds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The text between.
    pub text: String,
    /// At least so much.
    pub min: Option<f64>,
    /// At most so much.
    pub max: Option<f64>,
    /// Hedged or vague: about, nearly, several, dozens.
    pub approximate: bool,
    /// What is measured.
    pub dimension: Dimension,
    /// Unit or currency (ISO 4217): `km`, `USD`.
    pub unit: Option<String>,
    /// The lemma of the noun that is counted.
    pub of: Option<String>,
}

/// What sort of actor it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ActorKind {
    /// A country or its capital standing for it.
    Country,
    /// A ministry, an army, a company, an international body.
    Organization,
    /// One person, or people who are no organised group: gunmen, protesters.
    Person,
    /// An organised group, or a people: a militia, a gang, Taliban fighters, Palestinians.
    Group,
}

/// A mention of somebody who acts, suffers or speaks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Actor {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The text between.
    pub text: String,
    /// Canonical name, where one is known.
    pub name: Option<String>,
    /// Country, ISO 3166-1 alpha-3, or PLOVER's code of an international body.
    pub iso3: Option<String>,
    /// Sector, PLOVER's.
    pub sector: Option<String>,
    /// Actor code, CAMEO's.
    pub cameo: Option<String>,
    /// What sort of actor.
    pub kind: ActorKind,
}

/// Words in quotation marks, with who said them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// First byte: the opening mark.
    pub start: usize,
    /// Byte after the closing mark.
    pub end: usize,
    /// Who said it.
    pub speaker: Option<Phrase>,
}

/// Bounds of a number of people or things; an open side is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bounds {
    /// At least so many.
    pub min: Option<u64>,
    /// At most so many.
    pub max: Option<u64>,
}

/// Somebody or something in a role of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Argument {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The text between.
    pub text: String,
    /// Its head word as it stands in the text.
    pub head: String,
    /// Index into [`Annotations::actors`].
    pub actor: Option<usize>,
}

/// How an event relates to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceRelation {
    /// It happened there.
    At,
    /// Over it, in the air.
    Over,
    /// Close to it.
    Near,
    /// Towards it.
    To,
    /// Out of it.
    From,
    /// Between it and another.
    Between,
}

/// Where a statement about an event was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceBasis {
    /// In the event's own clause.
    Clause,
    /// Elsewhere in its sentence.
    Sentence,
    /// From an earlier event of the same happening.
    Inherited,
    /// From the dateline.
    Dateline,
}

/// A place of an event.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventPlace {
    /// Index into the places of the report.
    pub place: usize,
    /// How the event relates to it.
    pub relation: PlaceRelation,
    /// How that is known.
    pub basis: PlaceBasis,
}

/// How the time of an event is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TimeBasis {
    /// The text says it of this event.
    Text,
    /// From an earlier event of the same happening.
    Inherited,
    /// The date of the document.
    Document,
}

/// When an event happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventTime {
    /// TIMEX3 value; an interval is `A/B`; none if even the document has no date.
    pub value: Option<String>,
    /// How it is known.
    pub basis: TimeBasis,
}

/// How many things an event concerns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventQuantity {
    /// At least so many.
    pub min: Option<u64>,
    /// At most so many.
    pub max: Option<u64>,
    /// Hedged or vague.
    pub approximate: bool,
    /// Lemma of what is counted.
    pub of: Option<String>,
}

/// What a figure of a toll counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TollKind {
    /// The dead.
    Killed,
    /// The hurt.
    Injured,
    /// The missing.
    Missing,
    /// People taken into custody.
    Detained,
    /// People driven from home.
    Displaced,
}

/// One figure of a toll as the text tells it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Toll {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// What is counted.
    pub what: TollKind,
    /// At least so many.
    pub min: Option<u64>,
    /// At most so many.
    pub max: Option<u64>,
    /// Hedged or vague.
    pub approximate: bool,
    /// Lemma of the victims' noun.
    pub of: Option<String>,
    /// Who gives the figure, where it is somebody else than the event's source.
    pub source: Option<Phrase>,
}

/// Does the source say that it happened?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// It did.
    Affirmed,
    /// It did not.
    Negated,
}

/// How real the event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// Told as a fact.
    Actual,
    /// Foiled or failed.
    Attempted,
    /// Plotted, scheduled.
    Planned,
    /// Threatened.
    Threatened,
    /// May be or may have been.
    Possible,
    /// Happens again and again.
    Habitual,
}

/// How well supported the event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// In the writer's own voice.
    Stated,
    /// Said by a source.
    Reported,
    /// Confirmed by a source.
    Confirmed,
    /// Claimed by one side.
    Claimed,
    /// Denied by the source.
    Denied,
    /// Alleged, accused of.
    Alleged,
}

/// Who says that an event happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The text between.
    pub text: String,
    /// The verb of saying ("according to" counts).
    pub verb: Option<Phrase>,
    /// Index into [`Annotations::actors`].
    pub actor: Option<usize>,
}

/// Does a codebook have just this event, or only something near?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fit {
    /// The codebook means this.
    Exact,
    /// The codebook's nearest code.
    Nearest,
}

/// Code in PLOVER.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PloverCode {
    /// Event type.
    pub event: String,
    /// Mode.
    pub mode: Option<String>,
    /// Exact or nearest.
    pub fit: Fit,
    /// Indices into [`Annotations::actors`]: the codebook's actor.
    pub actor: Vec<usize>,
    /// Indices into [`Annotations::actors`]: the codebook's recipient.
    pub recipient: Vec<usize>,
    /// Quad class, 1 to 4.
    pub quad: u8,
}

/// Code in CAMEO.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CameoCode {
    /// Two to four digits.
    pub code: String,
    /// Exact or nearest.
    pub fit: Fit,
    /// Indices into [`Annotations::actors`]: the codebook's source actor.
    pub actor: Vec<usize>,
    /// Indices into [`Annotations::actors`]: the codebook's target actor.
    pub recipient: Vec<usize>,
    /// Quad class after GDELT, 1 to 4.
    pub quad: u8,
}

/// Code in the style of ACLED.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AcledCode {
    /// Event type.
    pub event: String,
    /// Sub-event type.
    pub sub_event: String,
    /// Exact or nearest.
    pub fit: Fit,
}

/// An event in the codebooks; none where a book has nothing near.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Codes {
    /// PLOVER.
    pub plover: Option<PloverCode>,
    /// CAMEO.
    pub cameo: Option<CameoCode>,
    /// ACLED style.
    pub acled_style: Option<AcledCode>,
    /// GDELT's count type.
    pub gdelt_count: Option<String>,
}

/// One event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Type: the frame's.
    pub r#type: String,
    /// The words that name it.
    pub trigger: Phrase,
    /// Further triggers of the same happening.
    pub mentions: Vec<Phrase>,
    /// Index of the sentence of the trigger.
    pub sentence: usize,
    /// Who did it.
    pub agent: Vec<Argument>,
    /// To what or whom.
    pub target: Vec<Argument>,
    /// With what weapon or means.
    pub instrument: Vec<Argument>,
    /// Where, best first.
    pub places: Vec<EventPlace>,
    /// When.
    pub time: EventTime,
    /// How many things it concerns.
    pub quantity: Option<EventQuantity>,
    /// Dead.
    pub killed: Option<Bounds>,
    /// Hurt.
    pub injured: Option<Bounds>,
    /// Missing.
    pub missing: Option<Bounds>,
    /// Taken into custody.
    pub detained: Option<Bounds>,
    /// Driven from home.
    pub displaced: Option<Bounds>,
    /// Each figure as told.
    pub tolls: Vec<Toll>,
    /// Did it happen?
    pub polarity: Polarity,
    /// How real is it?
    pub modality: Modality,
    /// Earlier than the report's own news, told as context.
    pub background: bool,
    /// Who says so.
    pub source: Option<Source>,
    /// How well supported it is.
    pub status: Status,
    /// Index of the event whose count includes this one.
    pub part_of: Option<usize>,
    /// Its codes.
    pub codes: Codes,
    /// The rule that fired: `frame/rule`.
    pub rule: String,
    /// How sure it is, from 0 to 1, two decimals.
    pub confidence: f32,
}

impl Annotations {
    /// Calls `edit(start, end)` on the offsets of every span of every record, in no particular order.
    pub fn for_each_span(&mut self, mut edit: impl FnMut(&mut usize, &mut usize)) {
        for x in &mut self.times {
            edit(&mut x.start, &mut x.end);
        }
        for x in &mut self.quantities {
            edit(&mut x.start, &mut x.end);
        }
        for x in &mut self.actors {
            edit(&mut x.start, &mut x.end);
        }
        for x in &mut self.quotes {
            edit(&mut x.start, &mut x.end);
            if let Some(s) = &mut x.speaker {
                edit(&mut s.start, &mut s.end);
            }
        }
        for e in &mut self.events {
            edit(&mut e.trigger.start, &mut e.trigger.end);
            for m in &mut e.mentions {
                edit(&mut m.start, &mut m.end);
            }
            for a in e.agent.iter_mut().chain(&mut e.target).chain(&mut e.instrument) {
                edit(&mut a.start, &mut a.end);
            }
            for t in &mut e.tolls {
                edit(&mut t.start, &mut t.end);
                if let Some(s) = &mut t.source {
                    edit(&mut s.start, &mut s.end);
                }
            }
            if let Some(s) = &mut e.source {
                edit(&mut s.start, &mut s.end);
                if let Some(v) = &mut s.verb {
                    edit(&mut v.start, &mut v.end);
                }
            }
        }
    }
}
