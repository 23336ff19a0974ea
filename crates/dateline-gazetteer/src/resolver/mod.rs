//! Which place does a name mean here?
//!
//! [`Resolver::resolve`] reads a tokenized text and gives its [`Mention`]s in text order. It goes this way:
//!
//! 1. **Find.** The gazetteer's names in the text, longest match first ([`Gazetteer::find_iter`]), and coordinates.
//! 2. **Recognise.** Is the name a place here at all? Names of persons are found first (titles, first names, ages, last
//!    names repeated later); then every match gets a sum of hand-set points for what speaks for a place (size and kind, a
//!    preposition, a kind word, ", State" behind it) and what speaks against one (an English word, a last name, a capital
//!    letter beside it that belongs to an organisation). Names said to be places ("the village of X", "the X area of") count without
//!    the gazetteer; where they lie is where their container does.
//! 3. **Link.** Which mention lies in which: "Istra district of the Moscow region", "Paris, Texas", "Syria's Idlib
//!    province", "Moscow's Vnukovo, Domodedovo and Zhukovsky airports".
//! 4. **Resolve.** A linear model scores the candidates of each name: prior by kind and population, how the name names
//!    it, agreement with kind words, containment, the countries and divisions that the text speaks of, distance to the other
//!    places of the text. The text's places are weighed together in three rounds, each round's choice being the next one's
//!    context. All mentions of one name have one sense unless a container or a kind word says otherwise.
//! 5. **Use.** A country or a capital that acts or speaks is a metonym; names of people are demonyms.
//! 6. **Relative locations.** "30 km north of Kirkuk" is a point of its own with Kirkuk's mention as anchor.
//!
//! The cues are those of the literature on toponym resolution: prominence by population and local containment (Leidner,
//! *Toponym Resolution in Text*, 2007), one sense per discourse (Gale, Church and Yarowsky, 1992), spatial minimality
//! (Leidner, Sinclair and Webber, 2003), local lexicons (Lieberman, Samet and Sankaranarayanan, 2010), metonymy as its
//! own layer (Gritta, Pilehvar and Collier, 2019). Weights are set by hand and stand in the module of each step.
//!
//! Cost is linear in the length of the text: at most 32 candidates of a name are weighed, and at most 32 places of the text
//! are anybody's context. Scores are `f32` sums in fixed order; ties go to the lower GeoNames id.

mod choose;
mod coordinates;
mod cues;
mod lexicon;
mod names;
mod recognize;
mod relative;
pub(crate) mod sphere;
mod usage;

use dateline_tokenizer::{NameHint, Span, TokenizedText};
use rustc_hash::FxHashSet;

use crate::{Country, Gazetteer, Mention, PlaceId, PlaceKind};
use lexicon::{Lexicon, Word};
use recognize::Spot;

/// What is known of a text before its places are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// Where the agency dateline stands ("KHARKIV, Ukraine, June 19 (Reuters) -"): its places weigh more than others.
    pub dateline: Option<Span>,
    /// The byte at which the report itself begins, after header and dateline.
    pub body: usize,
}

/// Finds the places of a text; see the [module](self).
///
/// Holds the word lists and what it needs to know of one gazetteer, and is shared freely between threads.
///
/// ```
/// use dateline_gazetteer::builder::{Builder, PlaceRecord};
/// use dateline_gazetteer::{Country, Gazetteer, PlaceKind, resolver};
/// use dateline_tokenizer::{Tokenizer, Tokens};
///
/// let mut builder = Builder::new();
/// for (name, lat, lon, country) in [("Paris", 48.85, 2.35, *b"FR"), ("Paris", 33.66, -95.55, *b"US")] {
///     let mut city = PlaceRecord::new(name, PlaceKind::City, lat, lon);
///     city.country = Country::new(country);
///     city.population = if country == *b"FR" { 2_100_000 } else { 25_000 };
///     builder.add(city)?;
/// }
/// let gazetteer = Gazetteer::from_bytes(builder.build()?)?;
/// let resolver = resolver::Resolver::new(&gazetteer);
///
/// let text = "A bomb went off in Paris on Monday.";
/// let mut tokens = Tokens::new();
/// Tokenizer::new().tokenize(text, &mut tokens);
/// let mut scratch = resolver::Scratch::new();
/// let mentions = resolver.resolve(&gazetteer, tokens.of(text), &[], &resolver::Context::default(), &mut scratch);
/// assert_eq!(&text[mentions[0].span], "Paris");
/// assert_eq!(mentions[0].country, Country::new(*b"FR"));
/// # Ok::<(), dateline_gazetteer::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Resolver {
    lexicon: Lexicon,
    capitals: FxHashSet<PlaceId>,
}

/// The memory that [`Resolver::resolve`] works in: keep one for each thread and use it again and again.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    words: Vec<Word>,
    names: names::Names,
    spots: Vec<Spot>,
    choice: choose::Choice,
}

impl Scratch {
    /// Empty buffers.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

const CAPITALS: &str = include_str!("lexicon/capitals.tsv");

impl Resolver {
    /// A resolver for this gazetteer. Reads the word lists inside the crate, in about a millisecond.
    #[must_use]
    pub fn new<D: AsRef<[u8]>>(gazetteer: &Gazetteer<D>) -> Self {
        let mut capitals = FxHashSet::default();
        for line in CAPITALS.lines().filter(|line| !line.starts_with('#')) {
            let Some((country, name)) = line.split_once('\t') else {
                continue;
            };
            let country = country.as_bytes().first_chunk().and_then(|code| Country::new(*code));
            let capital = gazetteer.lookup(name).find(|&(place, _)| {
                let place = gazetteer.place(place);
                place.kind() == PlaceKind::City && place.country() == country
            });
            capitals.extend(capital.map(|(place, _)| place));
        }
        Self { lexicon: Lexicon::new(), capitals }
    }

    /// The places that a text mentions, in text order, resolved as far as possible.
    ///
    /// `gazetteer` is the one that the resolver was made for. `hints` are names that somebody else has found (none is fine).
    /// Never fails; linear in the length of the text.
    ///
    /// # Panics
    ///
    /// If `gazetteer` is a smaller one than the resolver's own.
    #[must_use]
    pub fn resolve<D: AsRef<[u8]>>(
        &self,
        gazetteer: &Gazetteer<D>,
        text: TokenizedText<'_>,
        hints: &[NameHint],
        context: &Context,
        scratch: &mut Scratch,
    ) -> Vec<Mention> {
        let Scratch { words, names, spots, choice } = scratch;
        self.lexicon.read(text, words);
        let document = Document { text, words, hints, context };
        choice.collect(gazetteer, &self.capitals, document, spots);
        names.find(document, spots, choice);
        recognize::keep_places(document, names, choice, spots);
        cues::link(document, choice, spots);
        choice.resolve(spots);
        let uses = usage::read(document, choice, spots);
        let mentions = choice.mentions(gazetteer, spots, &uses);
        relative::add_points(document, mentions)
    }
}

/// What all steps read.
#[derive(Clone, Copy)]
struct Document<'t> {
    text: TokenizedText<'t>,
    words: &'t [Word],
    hints: &'t [NameHint],
    context: &'t Context,
}
