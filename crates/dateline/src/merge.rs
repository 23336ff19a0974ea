//! One happening told by many documents.
//!
//! Within a document the mentions of a happening are one event already. [`Pipeline::merge`] does the same for the events of a batch of
//! reports.
//!
//! ```
//! use dateline::{Document, Pipeline};
//!
//! let pipeline = Pipeline::embedded()?;
//! let texts = [
//!     "date 2024-03-08\n\nGunmen abducted 20 pupils from a school in Kaduna on Thursday, police said.",
//!     "date 2024-03-09\n\nTwenty pupils were kidnapped in Kaduna on Thursday.",
//!     "date 2024-03-09\n\nGunmen abducted a priest in Jos on Thursday.",
//! ];
//! let reports = texts.map(|text| pipeline.extract(&Document::new(text).expect("a short text")));
//! let happenings = pipeline.merge(&reports);
//! assert_eq!(happenings.len(), 2);
//! assert_eq!(happenings[0].events.len(), 2);
//! # Ok::<(), dateline::Error>(())
//! ```
//!
//! # The key
//!
//! A [`MergeKey`] says what events must have in common: the family of their type, the country or countries, and the day. Events with
//! keys that differ by more than a day of reporting are never merged; events with one key are compared. An event has no key, and stays
//! alone, if it is denied, planned, threatened, only possible or habitual, if it is a part of another event, if its time is longer than
//! a week or unknown, or if neither its places nor its actors name a country.
//!
//! # What speaks for one happening
//!
//! The same place, the same actors, the same figures. What excludes it: two types of which none is the more general one, days that do
//! not overlap, two towns, agents of two countries, numbers that contradict each other, and two events of one report, as its text told
//! them apart.

use std::collections::{HashMap, HashSet};

use dateline_events::annotation::{Argument, Event, Modality, PlaceRelation, Polarity, TimeBasis};
use dateline_gazetteer::PlaceKind;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Pipeline;
use crate::report::{Place, Report};

/// An event of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EventIndex {
    /// Which report of the batch.
    pub report: usize,
    /// Which of its events.
    pub event: usize,
}

/// What events must have in common to be one happening; see the [module](self) page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MergeKey {
    /// The family of the type (see [`Extractor::family`](dateline_events::Extractor::family)).
    pub family: String,
    /// The country it happened in (ISO 3166-1 alpha-2); without a place the countries of those who act and of those whom it
    /// concerns (alpha-3), as in `IRN>USA`.
    pub country: String,
    /// The first day it may have happened on, `2024-03-14`.
    pub day: String,
}

/// Events of a batch that tell of one happening.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happening {
    /// The key of the event that leads; none if that has none and stands alone.
    pub key: Option<MergeKey>,
    /// The event that says most.
    pub lead: EventIndex,
    /// All events, the leading one too, in the order of the batch.
    pub events: Vec<EventIndex>,
}

/// How many happenings of one key and place, latest first, an event is compared with.
const RECENT: usize = 24;

/// The longest time, in days, that still tells when something happened.
const WEEK: i32 = 7;

/// How many days after it an event may still be the day's news.
const NEWS: i64 = 2;

/// What two events must have in common.
const ENOUGH: i32 = 3;

impl Pipeline {
    /// What other reports' events must have in common with this one to tell of the same happening; none if it cannot be told.
    /// `event` is one of the report's.
    #[must_use]
    pub fn merge_key(&self, report: &Report, event: &Event) -> Option<MergeKey> {
        Facts::of(self, report, event).map(|facts| facts.key())
    }

    /// Joins the events of a batch that tell of one happening, in the order of their first events in the batch. Every event is in one
    /// happening, alone if nothing else tells of it.
    ///
    /// What is joined does not depend on the order of the reports if their ids differ. An event is compared with a bounded number of
    /// happenings of its own key: linear in the number of events, but for sorting them.
    #[must_use]
    pub fn merge(&self, reports: &[Report]) -> Vec<Happening> {
        let all: Vec<EventIndex> = (0..reports.len())
            .flat_map(|report| (0..reports[report].events.len()).map(move |event| EventIndex { report, event }))
            .collect();
        let mut facts: Vec<(EventIndex, Facts<'_>)> = all
            .iter()
            .filter_map(|&at| Some((at, Facts::of(self, &reports[at.report], &reports[at.report].events[at.event])?)))
            .collect();
        // Those who know most first, so that what says little finds what it may belong to.
        facts.sort_by_cached_key(|(at, facts)| {
            let report = &reports[at.report];
            (
                (facts.division.is_none(), std::cmp::Reverse(facts.filled), facts.days),
                (
                    report.id.clone(),
                    facts.event.trigger.start,
                    facts.event.trigger.text.clone(),
                    facts.event.r#type.clone(),
                ),
            )
        });
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut blocks: HashMap<Block<'_>, Vec<usize>> = HashMap::new();
        let mut told: HashSet<(usize, usize)> = HashSet::new();
        for index in 0..facts.len() {
            let (at, own) = &facts[index];
            let mut best: Option<(i32, usize)> = None;
            for day in own.news_days() {
                let Some(groups_there) = blocks.get(&own.block(day, own.division)) else { continue };
                for &group in groups_there.iter().rev().take(RECENT) {
                    if told.contains(&(group, at.report)) {
                        continue;
                    }
                    let likeness = facts[groups[group][0]].1.likeness(own);
                    if let Some(score) =
                        likeness.filter(|&score| score >= ENOUGH && best.is_none_or(|(other, _)| score > other))
                    {
                        best = Some((score, group));
                    }
                }
            }
            let group = best.map_or(groups.len(), |(_, group)| group);
            if best.is_none() {
                groups.push(Vec::new());
                // Found by those who know the division, and by those who know the country alone.
                let divisions = [own.division, None];
                for division in &divisions[..1 + usize::from(own.division.is_some())] {
                    blocks.entry(own.block(own.days.0, *division)).or_default().push(group);
                }
            }
            groups[group].push(index);
            told.insert((group, at.report));
        }
        let mut happenings: Vec<Happening> = groups
            .iter()
            .map(|group| {
                let mut events: Vec<EventIndex> = group.iter().map(|&index| facts[index].0).collect();
                events.sort_unstable();
                let (lead, first) = &facts[group[0]];
                Happening { key: Some(first.key()), lead: *lead, events }
            })
            .collect();
        let keyed: HashSet<EventIndex> = facts.iter().map(|(at, _)| *at).collect();
        let alone = all.iter().filter(|at| !keyed.contains(at));
        happenings.extend(alone.map(|&at| Happening { key: None, lead: at, events: vec![at] }));
        happenings.sort_by_key(|happening| happening.events[0]);
        happenings
    }
}

/// Events are compared within a block.
type Block<'r> = (&'r str, String, Option<&'r str>, Date);

/// What comparing events asks.
struct Facts<'r> {
    report: &'r Report,
    event: &'r Event,
    family: &'r str,
    general: bool,
    country: String,
    place: Option<&'r Place>,
    /// First-order division of the place.
    division: Option<&'r str>,
    days: (Date, Date),
    /// How much it says.
    filled: usize,
}

impl<'r> Facts<'r> {
    fn of(pipeline: &'r Pipeline, report: &'r Report, event: &'r Event) -> Option<Self> {
        let real = event.polarity == Polarity::Affirmed && event.modality == Modality::Actual;
        if !real || event.part_of.is_some() {
            return None;
        }
        let family = pipeline.extractor().family(&event.r#type)?;
        let days = event.time.days()?;
        if (days.1 - days.0).get_days() > WEEK {
            return None;
        }
        let here = event.places.iter().find(|place| {
            matches!(place.relation, PlaceRelation::At | PlaceRelation::Over | PlaceRelation::Near)
                && report.places.get(place.place).is_some_and(|place| place.country.is_some())
        });
        let place = here.map(|place| &report.places[place.place]);
        let nation = |arguments: &[Argument]| {
            let mut actors = arguments.iter().filter_map(|argument| report.actors.get(argument.actor?));
            actors.find_map(|actor| actor.iso3.clone())
        };
        let country = match place.and_then(|place| place.country.clone()) {
            Some(country) => country,
            None => format!("{}>{}", nation(&event.agent)?, nation(&event.target).unwrap_or_default()),
        };
        let filled = [&event.agent, &event.target, &event.instrument].iter().filter(|role| !role.is_empty()).count()
            + usize::from(place.is_some())
            + usize::from(event.time.basis == TimeBasis::Text)
            + usize::from(event.quantity.is_some())
            + usize::from(!event.tolls.is_empty());
        let division = place.and_then(|place| place.admin1.as_deref());
        Some(Self {
            report,
            event,
            family: family.name,
            general: family.general,
            country,
            place,
            division,
            days,
            filled,
        })
    }

    fn key(&self) -> MergeKey {
        MergeKey { family: self.family.to_owned(), country: self.country.clone(), day: self.days.0.to_string() }
    }

    fn block(&self, day: Date, division: Option<&'r str>) -> Block<'r> {
        (self.family, self.country.clone(), division, day)
    }

    /// The first days of happenings that this may be.
    fn news_days(&self) -> impl Iterator<Item = Date> + use<> {
        let day = self.days.0;
        (-NEWS..=NEWS).filter_map(move |days| day.checked_add(days.days()).ok())
    }

    /// The days that it may have happened on: news without a day of its own may be of the days before.
    fn span(&self) -> (Date, Date) {
        match self.event.time.basis {
            TimeBasis::Document => (self.days.0.checked_sub(NEWS.days()).unwrap_or(self.days.0), self.days.1),
            _ => self.days,
        }
    }

    /// How much speaks for one happening; none if it cannot be one.
    fn likeness(&self, other: &Self) -> Option<i32> {
        if self.event.r#type != other.event.r#type && !self.general && !other.general {
            return None;
        }
        let (own, others) = (self.span(), other.span());
        if own.1 < others.0 || others.1 < own.0 {
            return None;
        }
        let dated = |facts: &Self| facts.event.time.basis != TimeBasis::Document;
        let same_day = dated(self) && dated(other) && self.days == other.days;
        let mut score = i32::from(same_day) + i32::from(self.event.r#type == other.event.r#type);
        score += match (self.place, other.place) {
            (Some(one), Some(another)) => nearness(one, another)?,
            _ => 0,
        };
        let agents = self.alike(other, |event| &event.agent);
        if agents == Some(false) {
            return None;
        }
        score += i32::from(agents.is_some());
        score += match self.alike(other, |event| &event.target) {
            Some(true) => 1,
            Some(false) => -1,
            None => 0,
        };
        if let (Some(one), Some(another)) = (&self.event.quantity, &other.event.quantity) {
            let apart = |a: Option<u64>, b: Option<u64>| a.zip(b).is_some_and(|(max, min)| max < min);
            if one.min == another.min && one.max == another.max {
                score += 1;
            } else if apart(one.max, another.min) || apart(another.max, one.min) {
                return None;
            }
        }
        let killed = (self.event.killed, other.event.killed);
        score += i32::from(killed.0.is_some() && killed.0 == killed.1);
        Some(score)
    }

    /// Do those in a role have somebody in common? Not, if they are of different countries; unknown if too little is said.
    fn alike(&self, other: &Self, role: impl Fn(&Event) -> &Vec<Argument>) -> Option<bool> {
        let mut answer = None;
        for one in role(self.event).iter().take(RECENT) {
            for another in role(other.event).iter().take(RECENT) {
                if one.head.eq_ignore_ascii_case(&another.head) {
                    return Some(true);
                }
                let actor = |facts: &Self, argument: &Argument| {
                    argument.actor.and_then(|at| facts.report.actors.get(at).cloned())
                };
                if let (Some(one), Some(another)) = (actor(self, one), actor(other, another)) {
                    if one.name.is_some() && one.name == another.name {
                        return Some(true);
                    }
                    if one.iso3.is_some() && another.iso3.is_some() && one.iso3 != another.iso3 {
                        answer = Some(false);
                    }
                }
            }
        }
        answer
    }
}

/// What two places of one country say: the same, one perhaps in the other, or two (none).
fn nearness(a: &Place, b: &Place) -> Option<i32> {
    if a.geonames_id.is_some() && a.geonames_id == b.geonames_id
        || a.name.is_some() && a.name == b.name && a.kind == b.kind
    {
        return Some(if a.kind == PlaceKind::Country { 0 } else { 2 });
    }
    if a.kind == PlaceKind::Country || b.kind == PlaceKind::Country {
        return Some(0);
    }
    let divisions = (a.admin1.as_ref(), b.admin1.as_ref());
    if divisions.0.is_some() && divisions.1.is_some() && divisions.0 != divisions.1 {
        return None;
    }
    let wide = |place: &Place| matches!(place.kind, PlaceKind::Admin1 | PlaceKind::Admin2 | PlaceKind::Region);
    (wide(a) || wide(b)).then_some(1)
}
