//! Which place does a name mean? Scores for its candidates from the name, its surroundings and the other places of the text.

use std::ops::Range;

use dateline_tokenizer::Span;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Document;
use super::lexicon::Kinds;
use super::recognize::{Spot, VAST};
use super::sphere::UnitVector;
use crate::{Candidate, Country, Gazetteer, How, Mention, NameId, PlaceId, PlaceKind, Precision, Use};

/// The most candidates of one name that are weighed.
const CANDIDATES: usize = 32;
/// The most that are asked beyond these whether they lie in the container of a mention.
const FURTHER_CANDIDATES: usize = 256;
/// The most places of the text that are context for distances.
const NEIGHBOURS: usize = 32;
/// No division.
const NONE: u32 = u32::MAX;

/// Weights of the model. A point is a natural logarithm of odds.
mod weight {
    /// Per power of ten of the population of a town.
    pub(super) const CITY_SIZE: f32 = 0.62;
    /// Per power of ten of the population of a first- or second-order division.
    pub(super) const DIVISION_SIZE: f32 = 0.25;
    /// A seat of government.
    pub(super) const CAPITAL: f32 = 1.3;
    pub(super) const ALTERNATE: f32 = -1.2;
    pub(super) const ABBREVIATION: f32 = -0.4;
    pub(super) const CODE: f32 = -3.0;
    /// A town called like a country, a continent or another part of the world.
    pub(super) const NAMESAKE: f32 = -2.5;
    /// The kind word agrees; and it does so first of all.
    pub(super) const KIND: f32 = 3.5;
    pub(super) const KIND_FIRST: f32 = 0.8;
    pub(super) const NOT_KIND: f32 = -1.5;
    /// Lies in the container that the text names; does not though one is named; holds what is said to lie in it.
    pub(super) const INSIDE: f32 = 5.0;
    pub(super) const HOLDS: f32 = 3.0;
    /// Is in a country or a division that the text speaks of.
    pub(super) const COUNTRY: f32 = 2.4;
    pub(super) const DIVISION: f32 = 2.6;
    /// Other places of the text are near.
    pub(super) const NEAR: f32 = 2.2;
    /// What places of the dateline count for, beside others.
    pub(super) const DATELINE: f32 = 3.0;
}

/// What a name means most often.
#[derive(Clone, Copy, Debug)]
pub(super) struct Top {
    pub(super) kind: PlaceKind,
    pub(super) how: How,
    pub(super) population: u64,
}

/// One possible place of a name.
#[derive(Clone, Copy, Debug)]
struct Weighed {
    place: PlaceId,
    how: How,
    kind: PlaceKind,
    population: u64,
    country: u16,
    admin1: u32,
    admin2: u32,
    geonames_id: u32,
    at: UnitVector,
    prior: f32,
    score: f32,
    /// Share of belief in this round.
    share: f32,
}

impl Weighed {
    fn new<D: AsRef<[u8]>>(gazetteer: &Gazetteer<D>, id: PlaceId, how: How, capital: bool) -> Self {
        let place = gazetteer.place(id);
        let (kind, population) = (place.kind(), place.population());
        Self {
            place: id,
            how,
            kind,
            population,
            country: country_number(place.country()),
            admin1: place.admin1().map_or(NONE, |id| id.0),
            admin2: place.admin2().map_or(NONE, |id| id.0),
            geonames_id: place.geonames_id().unwrap_or(u32::MAX),
            at: UnitVector::new((place.lat(), place.lon())),
            prior: prior(kind, population, how, capital),
            score: 0.0,
            share: 0.0,
        }
    }
}

impl Group {
    fn range(&self) -> Range<usize> {
        self.options.start as usize..self.options.end as usize
    }
}

/// All mentions of one name.
#[derive(Clone, Debug)]
struct Group {
    name: NameId,
    options: Range<u32>,
    top: Top,
    any_capital: bool,
    mentions: u32,
    in_dateline: bool,
    best_points: f32,
    /// Points of containers and kind words of all mentions, by option.
    weight: f32,
}

/// The names of a text with their candidates.
#[derive(Clone, Debug, Default)]
pub(super) struct Choice {
    by_name: FxHashMap<NameId, u32>,
    groups: Vec<Group>,
    options: Vec<Weighed>,
    countries: Votes,
    divisions: FxHashMap<u32, f32>,
    neighbours: Vec<(UnitVector, f32, u32)>,
    /// Scores of one mention's options.
    own: Vec<f32>,
    /// By spot: the chosen option and its share.
    chosen: Vec<Option<(u32, f32)>>,
    contained: Vec<Option<usize>>,
}

/// Weight by country, and in all.
#[derive(Clone, Debug)]
struct Votes {
    by_country: Vec<f32>,
    total: f32,
}

const COUNTRIES: usize = 26 * 26 + 1;

impl Default for Votes {
    fn default() -> Self {
        Self { by_country: vec![0.0; COUNTRIES], total: 0.0 }
    }
}

fn country_number(country: Option<Country>) -> u16 {
    country.map_or(0, |country| {
        let code = country.alpha2().as_bytes();
        1 + u16::from(code[0] - b'A') * 26 + u16::from(code[1] - b'A')
    })
}

impl Choice {
    /// Finds the gazetteer's names in the text.
    pub(super) fn collect<D: AsRef<[u8]>>(
        &mut self,
        gazetteer: &Gazetteer<D>,
        capitals: &FxHashSet<PlaceId>,
        document: Document<'_>,
        spots: &mut Vec<Spot>,
    ) {
        self.by_name.clear();
        self.groups.clear();
        self.options.clear();
        spots.clear();
        for found in gazetteer.find_iter(document.text) {
            let group = match self.by_name.get(&found.name) {
                Some(&group) => group,
                None => {
                    let Some(group) = self.add_group(gazetteer, capitals, found.name) else {
                        continue;
                    };
                    self.by_name.insert(found.name, group);
                    group
                }
            };
            let (tokens, span) = without_type_words(document, found.tokens, found.span);
            spots.push(Spot {
                tokens,
                span,
                group: Some(group),
                kinds: Kinds::default(),
                container: None,
                points: 0.0,
                written: None,
            });
        }
    }

    fn add_group<D: AsRef<[u8]>>(
        &mut self,
        gazetteer: &Gazetteer<D>,
        capitals: &FxHashSet<PlaceId>,
        name: NameId,
    ) -> Option<u32> {
        let start = self.options.len() as u32;
        let mut any_capital = false;
        for (id, how) in gazetteer.candidates(name).take(CANDIDATES) {
            let capital = capitals.contains(&id);
            any_capital |= capital;
            self.options.push(Weighed::new(gazetteer, id, how, capital));
        }
        let options = start..self.options.len() as u32;
        let named = &mut self.options[options.start as usize..];
        if named.iter().any(|option| option.how == How::Name && is_of_the_world(option)) {
            for option in named.iter_mut().filter(|option| is_settled(option.kind)) {
                option.prior += weight::NAMESAKE;
            }
        }
        let best = self.options[options.start as usize..].iter().max_by(|a, b| a.prior.total_cmp(&b.prior))?;
        let top = Top { kind: best.kind, how: best.how, population: best.population };
        self.groups.push(Group {
            name,
            options,
            top,
            any_capital,
            mentions: 0,
            in_dateline: false,
            best_points: 0.0,
            weight: 0.0,
        });
        Some(self.groups.len() as u32 - 1)
    }

    fn group(&self, spot: &Spot) -> Option<&Group> {
        self.groups.get(spot.group? as usize)
    }

    fn options(&self, spot: &Spot) -> &[Weighed] {
        self.group(spot).map_or(&[], |group| &self.options[group.range()])
    }

    /// What the name means most often.
    pub(super) fn top(&self, spot: &Spot) -> Option<Top> {
        self.group(spot).map(|group| group.top)
    }

    /// True if any of its meanings is such.
    pub(super) fn any_top(&self, spot: &Spot, is: impl Fn(Top) -> bool) -> bool {
        self.options(spot)
            .iter()
            .any(|option| is(Top { kind: option.kind, how: option.how, population: option.population }))
    }

    /// True if the name may mean a seat of government.
    pub(super) fn is_capital(&self, spot: &Spot) -> bool {
        self.group(spot).is_some_and(|group| group.any_capital)
    }

    pub(super) fn note_points(&mut self, spot: &Spot) {
        if let Some(group) = spot.group.and_then(|group| self.groups.get_mut(group as usize)) {
            group.best_points = group.best_points.max(spot.points);
        }
    }

    /// What the surest mention of the same name gives to this one.
    pub(super) fn shared_points(&self, spot: &Spot) -> f32 {
        self.group(spot).map_or(0.0, |group| ((group.best_points - spot.points.max(0.0)) * 0.5).clamp(0.0, 2.0))
    }

    pub(super) fn count_mentions(&mut self, document: Document<'_>, spots: &[Spot]) {
        for spot in spots {
            if let Some(group) = spot.group.and_then(|group| self.groups.get_mut(group as usize)) {
                group.mentions += 1;
                group.in_dateline |= document.context.dateline.is_some_and(|dateline| dateline.overlaps(spot.span));
            }
        }
    }

    /// Chooses a place for every spot.
    pub(super) fn resolve(&mut self, spots: &[Spot]) {
        for group in &mut self.groups {
            group.weight = match group.mentions {
                0 => 0.0,
                1 => 1.0,
                2 => 1.3,
                _ => 1.5,
            } * if group.in_dateline { weight::DATELINE } else { 1.0 };
            for option in &mut self.options[group.range()] {
                option.score = option.prior;
            }
        }
        let cues = self.cues(spots);
        for round in 0..3 {
            self.share_belief(&cues);
            self.gather_context(round > 0);
            self.score_by_context(round > 0);
        }
        self.share_belief(&cues);
        self.choose(spots);
    }

    /// Points for lying in the container that the text names and for holding what is said to lie in it, by option.
    fn cues(&self, spots: &[Spot]) -> Vec<f32> {
        let mut points = vec![0.0_f32; self.options.len()];
        for spot in spots {
            let Some(group) = self.group(spot) else {
                continue;
            };
            let outer = spot.container.and_then(|container| self.group(spots.get(container)?));
            let Some(outer) = outer else { continue };
            let (inner, outer) = (group.range(), outer.range());
            let usual = self.options[outer.start].prior;
            for at in inner {
                for over in outer.clone() {
                    if is_inside(&self.options[at], &self.options[over]) {
                        let rank = (self.options[over].prior - usual).max(-2.0);
                        points[at] = points[at].max(weight::INSIDE + rank * 0.5);
                        points[over] = points[over].max(weight::HOLDS);
                    }
                }
            }
        }
        points
    }

    /// Shares the belief of every name among its options by their scores.
    fn share_belief(&mut self, cues: &[f32]) {
        for group in self.groups.iter().filter(|group| group.mentions > 0) {
            let range = group.range();
            let mut best = f32::MIN;
            for at in range.clone() {
                best = best.max(self.options[at].score + cues[at]);
            }
            let mut total = 0.0;
            for at in range.clone() {
                let share = libm::expf(self.options[at].score + cues[at] - best);
                self.options[at].share = share;
                total += share;
            }
            for option in &mut self.options[range] {
                option.share /= total;
            }
        }
    }

    /// What the text speaks of: countries, divisions, and points to be near to.
    fn gather_context(&mut self, with_points: bool) {
        self.countries.by_country.fill(0.0);
        self.countries.total = 0.0;
        self.divisions.clear();
        self.neighbours.clear();
        for (number, group) in self.groups.iter().enumerate().filter(|(_, group)| group.mentions > 0) {
            let range = group.range();
            let mut surest = (0.0_f32, range.start);
            for at in range {
                let option = &self.options[at];
                let vote = option.share * group.weight * loudness(option.kind);
                if option.country > 0 {
                    self.countries.by_country[option.country as usize] += vote;
                    self.countries.total += vote;
                }
                let division = if option.kind == PlaceKind::Admin1 { option.place.0 } else { option.admin1 };
                if division != NONE && option.share > 0.02 {
                    *self.divisions.entry(division).or_default() += vote;
                }
                if option.share > surest.0 {
                    surest = (option.share, at);
                }
            }
            let option = &self.options[surest.1];
            if with_points && is_point(option.kind) {
                self.neighbours.push((option.at, option.share * group.weight, number as u32));
            }
        }
        if self.neighbours.len() > NEIGHBOURS {
            self.neighbours.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.2.cmp(&b.2)));
            self.neighbours.truncate(NEIGHBOURS);
        }
    }

    fn score_by_context(&mut self, with_points: bool) {
        for (number, group) in self.groups.iter().enumerate().filter(|(_, group)| group.mentions > 0) {
            let range = group.range();
            if range.len() == 1 {
                continue;
            }
            for at in range.clone() {
                let option = self.options[at];
                // What the name itself has added is no evidence for it.
                let (mut own_country, mut own_division) = (0.0, 0.0);
                let division = if option.kind == PlaceKind::Admin1 { option.place.0 } else { option.admin1 };
                for other in &self.options[range.clone()] {
                    let vote = other.share * group.weight * loudness(other.kind);
                    if other.country == option.country {
                        own_country += vote;
                    }
                    let others = if other.kind == PlaceKind::Admin1 { other.place.0 } else { other.admin1 };
                    if others == division && other.share > 0.02 {
                        own_division += vote;
                    }
                }
                let mut score = option.prior;
                if option.country > 0 && option.kind != PlaceKind::Country {
                    let votes = (self.countries.by_country[option.country as usize] - own_country).max(0.0);
                    score += weight::COUNTRY * votes / (votes + 1.5);
                }
                if division != NONE {
                    let votes = (self.divisions.get(&division).copied().unwrap_or_default() - own_division).max(0.0);
                    score += weight::DIVISION * votes / (votes + 1.0);
                }
                if with_points && is_point(option.kind) {
                    let mut near = 0.0;
                    for (place, share, of) in &self.neighbours {
                        if *of != number as u32 {
                            let far = place.chord_km(option.at) / 60.0;
                            near += share / (1.0 + far * far);
                        }
                    }
                    score += weight::NEAR * near / (near + 1.0);
                }
                self.options[at].score = score;
            }
        }
    }

    /// The option of every spot: the name's scores, and the spot's own kind word and container.
    fn choose(&mut self, spots: &[Spot]) {
        self.chosen.clear();
        self.contained.clear();
        // Containers first: the chain "A in B in C" is settled from its end.
        self.chosen.resize(spots.len(), None);
        self.contained.resize(spots.len(), None);
        let cues = self.group_cues(spots);
        for index in (0..spots.len()).rev() {
            self.choose_one(spots, index, &cues);
        }
        // Those whose container stands before them are chosen again, now that it is known.
        for index in 0..spots.len() {
            if spots[index].container.is_some_and(|container| container < index) {
                self.choose_one(spots, index, &cues);
            }
        }
    }

    /// Container points of the name as a whole: the sense that a bare mention takes over.
    fn group_cues(&self, spots: &[Spot]) -> Vec<f32> {
        let mut points = vec![0.0_f32; self.options.len()];
        for spot in spots {
            let Some(group) = self.group(spot) else {
                continue;
            };
            let Some(outer) =
                spot.container.and_then(|container| spots.get(container)).and_then(|outer| self.group(outer))
            else {
                continue;
            };
            let Some(over) = self.best_of(outer) else {
                continue;
            };
            let range = group.range();
            for at in range {
                if is_inside(&self.options[at], &self.options[over]) {
                    points[at] = points[at].max(weight::INSIDE * 0.6);
                }
            }
        }
        points
    }

    fn best_of(&self, group: &Group) -> Option<usize> {
        let range = group.range();
        range.max_by(|&a, &b| {
            let (a, b) = (&self.options[a], &self.options[b]);
            a.share.total_cmp(&b.share).then(b.geonames_id.cmp(&a.geonames_id))
        })
    }

    fn choose_one(&mut self, spots: &[Spot], index: usize, cues: &[f32]) {
        let spot = &spots[index];
        let Some(group) = self.group(spot) else {
            return;
        };
        let range = group.range();
        let container = spot.container.and_then(|container| self.chosen.get(container).copied().flatten());
        let outer = container.map(|(option, _)| self.options[option as usize]);
        let mut own = std::mem::take(&mut self.own);
        own.clear();
        let held =
            outer.is_some_and(|outer| self.options[range.clone()].iter().any(|option| is_inside(option, &outer)));
        for at in range.clone() {
            let option = &self.options[at];
            let mut score = option.score;
            if let Some(outer) = outer
                && held
            {
                score += if is_inside(option, &outer) { weight::INSIDE } else { 0.0 };
            } else {
                score += cues[at];
            }
            if let Some(first) = spot.kinds.first() {
                score += if !spot.kinds.has(option.kind) {
                    weight::NOT_KIND
                } else if option.kind == first {
                    weight::KIND + weight::KIND_FIRST
                } else {
                    weight::KIND
                };
            }
            own.push(score);
        }
        let best = (0..own.len()).max_by(|&a, &b| {
            let ids = (self.options[range.start + a].geonames_id, self.options[range.start + b].geonames_id);
            own[a].total_cmp(&own[b]).then(ids.1.cmp(&ids.0))
        });
        if let Some(best) = best {
            let total: f32 = own.iter().map(|score| libm::expf(score - own[best])).sum();
            for (score, at) in own.iter().zip(range.clone()) {
                self.options[at].share = libm::expf(score - own[best]) / total;
            }
            self.chosen[index] = Some(((range.start + best) as u32, 1.0 / total));
            let inside = outer.is_some_and(|outer| is_inside(&self.options[range.start + best], &outer));
            self.contained[index] = spot.container.filter(|_| inside);
        }
        self.own = own;
    }

    /// The mentions of the spots.
    pub(super) fn mentions<D: AsRef<[u8]>>(
        &self,
        gazetteer: &Gazetteer<D>,
        spots: &[Spot],
        uses: &[Use],
    ) -> Vec<Mention> {
        let mut mentions: Vec<Mention> = Vec::with_capacity(spots.len());
        for (index, (spot, &usage)) in spots.iter().zip(uses).enumerate() {
            let mut mention = Mention {
                span: spot.span,
                usage,
                kind: spot.kinds.first().unwrap_or(PlaceKind::City),
                place: None,
                position: None,
                radius_km: None,
                precision: None,
                country: None,
                anchor: None,
                container: self.contained[index],
                confidence: 0.5,
                candidates: Vec::new(),
            };
            if let Some(written) = spot.written {
                mention.kind = PlaceKind::Point;
                mention.position = Some((written.lat, written.lon));
                mention.radius_km = Some(written.radius_km);
                mention.precision = Some(Precision::Exact);
                mention.confidence = 0.95;
            } else if let Some(place) = self.further_candidate(gazetteer, spots, index) {
                mention.container = spot.container;
                place_at(&mut mention, gazetteer, place);
            } else if let Some(holder) = spot.container.filter(|_| spot.group.is_none())
                && let Some((option, _)) = self.chosen[holder]
            {
                // A village in Idlib province is somewhere in the province; one in Syria may be anywhere.
                let holder = &self.options[option as usize];
                mention.container = spot.container;
                mention.country = gazetteer.place(holder.place).country();
                if !matches!(holder.kind, PlaceKind::Country | PlaceKind::Continent) {
                    let kind = mention.kind;
                    place_at(&mut mention, gazetteer, holder.place);
                    (mention.kind, mention.place) = (kind, None);
                }
            } else if let Some((option, share)) = self.chosen[index] {
                let option = &self.options[option as usize];
                place_at(&mut mention, gazetteer, option.place);
                let sure = spot.points.max(0.0);
                mention.confidence = share * (0.5 + 0.5 * sure / (sure + 1.0));
                mention.candidates = self.losers(spot, option.place);
            }
            mentions.push(mention);
        }
        mentions
    }

    /// Of a name with very many candidates, the one in the container that the text names where none of those that were weighed lies in
    /// it.
    fn further_candidate<D: AsRef<[u8]>>(
        &self,
        gazetteer: &Gazetteer<D>,
        spots: &[Spot],
        index: usize,
    ) -> Option<PlaceId> {
        let group = self.group(&spots[index]).filter(|group| group.options.len() == CANDIDATES)?;
        let (container, _) = self.chosen[spots[index].container.filter(|_| self.contained[index].is_none())?]?;
        let outer = &self.options[container as usize];
        if self.options[group.range()].iter().any(|option| is_inside(option, outer)) {
            return None;
        }
        let further = gazetteer.candidates(group.name).skip(CANDIDATES).take(FURTHER_CANDIDATES);
        further
            .map(|(id, how)| Weighed::new(gazetteer, id, how, false))
            .find(|option| is_inside(option, outer))
            .map(|option| option.place)
    }

    /// The candidates that were not chosen, best first.
    fn losers(&self, spot: &Spot, chosen: PlaceId) -> Vec<Candidate> {
        let options = self.options(spot);
        let best = options.iter().find(|option| option.place == chosen).map_or(1.0, |option| option.score);
        let mut losers: Vec<(f32, &Weighed)> = options
            .iter()
            .filter(|option| option.place != chosen)
            .map(|option| ((1.0 / (1.0 + (best - option.score).max(0.0))).min(0.99), option))
            .collect();
        losers.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.geonames_id.cmp(&b.1.geonames_id)));
        losers.truncate(5);
        losers.into_iter().map(|(score, option)| Candidate { place: option.place, score }).collect()
    }

    /// The kind that was chosen for a spot, and how its name names it.
    pub(super) fn chosen(&self, index: usize) -> Option<(PlaceKind, How, PlaceId)> {
        let (option, _) = (*self.chosen.get(index)?)?;
        let option = &self.options[option as usize];
        Some((option.kind, option.how, option.place))
    }
}

/// Gives a mention the place and position of an entry.
fn place_at<D: AsRef<[u8]>>(mention: &mut Mention, gazetteer: &Gazetteer<D>, id: PlaceId) {
    let place = gazetteer.place(id);
    mention.kind = place.kind();
    mention.place = Some(id);
    mention.position = Some((place.lat(), place.lon()));
    mention.radius_km = Some(place.radius_km().unwrap_or_else(|| usual_radius(place.kind(), place.population())));
    mention.precision = Some(precision(place.kind()));
    mention.country = place.country();
}

/// How much a place of this kind says of where a text is at home.
fn loudness(kind: PlaceKind) -> f32 {
    match kind {
        PlaceKind::Country | PlaceKind::Admin1 => 1.0,
        PlaceKind::Admin2 | PlaceKind::City | PlaceKind::Region | PlaceKind::Island => 0.7,
        PlaceKind::Continent | PlaceKind::Water | PlaceKind::Mountain => 0.1,
        _ => 0.5,
    }
}

/// True for places small enough to be near to something.
fn is_point(kind: PlaceKind) -> bool {
    !matches!(kind, PlaceKind::Continent | PlaceKind::Country | PlaceKind::Water | PlaceKind::Region)
}

fn prior(kind: PlaceKind, population: u64, how: How, capital: bool) -> f32 {
    let digits = libm::log10f(population as f32 + 1.0);
    let kind = match kind {
        PlaceKind::Continent => 6.0,
        PlaceKind::Country => 6.5,
        PlaceKind::Admin1 => 3.4 + weight::DIVISION_SIZE * digits,
        PlaceKind::Region => 3.2,
        PlaceKind::Water => 3.0,
        PlaceKind::Island | PlaceKind::Mountain => 2.2,
        PlaceKind::Admin2 => 1.6 + weight::DIVISION_SIZE * digits,
        PlaceKind::City => 1.5 + weight::CITY_SIZE * digits + if capital { weight::CAPITAL } else { 0.0 },
        PlaceKind::District => 0.8 + weight::CITY_SIZE * digits * 0.6,
        PlaceKind::Airport => 0.6,
        PlaceKind::Facility => 1.6,
        PlaceKind::Point => 0.0,
    };
    kind + match how {
        How::Name | How::Demonym => 0.0,
        How::Alternate => weight::ALTERNATE,
        How::Abbreviation => weight::ABBREVIATION,
        How::Code => weight::CODE,
    }
}

/// True for places that every reader knows by name.
fn is_of_the_world(option: &Weighed) -> bool {
    match option.kind {
        PlaceKind::Country | PlaceKind::Continent => true,
        PlaceKind::Region => option.population >= VAST,
        _ => false,
    }
}

fn is_settled(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::City | PlaceKind::District | PlaceKind::Admin2)
}

/// A found name without the lower-case words at its end: "Vnukovo" of "Vnukovo airport", though the gazetteer has the
/// place under both. What they say is read again as a kind word.
fn without_type_words(document: Document<'_>, found: Range<usize>, span: Span) -> (Range<usize>, Span) {
    let tokens = document.text.tokens;
    let mut end = found.end;
    while end > found.start + 1
        && tokens.span(end - 2).end < tokens.span(end - 1).start
        && document.text.as_str(end - 1).chars().all(char::is_lowercase)
    {
        end -= 1;
    }
    if end == found.end { (found, span) } else { (found.start..end, Span::new(span.start, tokens.span(end - 1).end)) }
}

/// True if one place lies in the other.
fn is_inside(inner: &Weighed, outer: &Weighed) -> bool {
    if inner.place == outer.place {
        return false;
    }
    match outer.kind {
        PlaceKind::Country => inner.country != 0 && inner.country == outer.country && inner.kind != PlaceKind::Country,
        PlaceKind::Admin1 => inner.admin1 == outer.place.0,
        PlaceKind::Admin2 => {
            inner.admin2 == outer.place.0 || inner.at.chord_km(outer.at) < 40.0 && inner.admin1 == outer.admin1
        }
        PlaceKind::Region | PlaceKind::Island => {
            is_point(inner.kind) && inner.kind != PlaceKind::Admin1 && inner.at.chord_km(outer.at) < 250.0
        }
        PlaceKind::City => {
            let part = matches!(
                inner.kind,
                PlaceKind::District
                    | PlaceKind::Airport
                    | PlaceKind::Facility
                    | PlaceKind::City
                    | PlaceKind::Admin2
                    | PlaceKind::Island
            );
            part && inner.at.chord_km(outer.at) < 60.0
        }
        _ => false,
    }
}

fn precision(kind: PlaceKind) -> Precision {
    match kind {
        PlaceKind::Airport | PlaceKind::Facility | PlaceKind::Point => Precision::Exact,
        PlaceKind::City | PlaceKind::District => Precision::City,
        PlaceKind::Admin2 => Precision::Admin2,
        PlaceKind::Admin1 => Precision::Admin1,
        PlaceKind::Country => Precision::Country,
        PlaceKind::Continent | PlaceKind::Water | PlaceKind::Island | PlaceKind::Region | PlaceKind::Mountain => {
            Precision::Region
        }
    }
}

/// A radius for places of which the gazetteer has none, in kilometres.
fn usual_radius(kind: PlaceKind, population: u64) -> f64 {
    match kind {
        PlaceKind::Continent => 3000.0,
        PlaceKind::Country => 400.0,
        PlaceKind::Admin1 => 120.0,
        PlaceKind::Admin2 => 30.0,
        // A town of a million people has some 15 km; area goes with the number of people.
        PlaceKind::City => (libm::sqrt(population as f64) * 0.015).clamp(1.0, 30.0),
        PlaceKind::District => 3.0,
        PlaceKind::Airport => 3.0,
        PlaceKind::Facility => 1.0,
        PlaceKind::Water => 300.0,
        PlaceKind::Island => 30.0,
        PlaceKind::Region => 200.0,
        PlaceKind::Mountain => 30.0,
        PlaceKind::Point => 1.0,
    }
}
