//! The lexicons of actors: names, nouns for those who act, countries and their peoples.

use dateline_gazetteer::matcher::{Dictionary, Folding, Starts};

use crate::Error;
use crate::annotation::ActorKind;
use crate::lexicon::rows;

/// A named actor.
#[derive(Debug)]
pub(super) struct Name {
    pub(super) name: &'static str,
    pub(super) iso3: Option<&'static str>,
    pub(super) sector: Option<&'static str>,
    pub(super) kind: ActorKind,
    pub(super) cameo: Option<&'static str>,
    /// From and to which month the row holds, as months since year 0.
    years: (Option<u32>, Option<u32>),
}

impl Name {
    /// Does the row hold in this month? Without a date every row does.
    pub(super) fn holds(&self, month: Option<u32>) -> bool {
        let Some(month) = month else { return true };
        self.years.0.is_none_or(|from| from <= month) && self.years.1.is_none_or(|to| month <= to)
    }
}

/// What a noun says of the actor it stands for.
#[derive(Debug)]
pub(super) struct Role {
    pub(super) sector: Option<&'static str>,
    /// None for words that only stand before another noun.
    pub(super) kind: Option<ActorKind>,
    /// CAMEO roles without the country.
    pub(super) cameo: Option<&'static str>,
    pub(super) name: Option<&'static str>,
    /// May stand before the name of a person.
    pub(super) title: bool,
    /// Takes country and sector of what it belongs to.
    pub(super) of: bool,
    /// A capitalised name of an organisation may end or begin with it.
    pub(super) body: bool,
    /// An actor only with a country, a body or a name.
    pub(super) needs: bool,
    /// An actor only as a part of a capitalised name.
    pub(super) named: bool,
    /// A place too: none where something is "in the state".
    pub(super) area: bool,
}

/// What a name in the dictionary of names stands for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Named {
    /// A row of the named actors. As many words as in the name have to be capitalised; `exact`: every letter.
    Actor { row: u32, exact: bool, capitals: u8 },
    /// A country by its name.
    Country { iso3: &'static str, exact: bool },
    /// The adjective of a nationality.
    Nationality { iso3: &'static str },
    /// The adjective of a people that lives in a country.
    Ethnic { iso3: &'static str },
    /// The people of a country.
    People { iso3: &'static str },
}

/// A noun in the dictionary of roles.
#[derive(Clone, Copy, Debug)]
pub(super) struct Noun {
    pub(super) role: u32,
    pub(super) plural: bool,
}

/// The lexicons, ready to search.
#[derive(Debug)]
pub(super) struct Lexicon {
    pub(super) names: Dictionary<Named>,
    pub(super) nouns: Dictionary<Noun>,
    pub(super) actors: Vec<Name>,
    pub(super) roles: Vec<Role>,
}

impl Lexicon {
    /// The embedded lexicons: parsed in a few milliseconds.
    pub(super) fn embedded() -> Result<Self, Error> {
        let mut actors = Vec::new();
        let mut names = read_actors("actors.tsv", include_str!("../../lexicon/actors.tsv"), &mut actors)?;
        read_countries("countries.tsv", include_str!("../../lexicon/countries.tsv"), &mut names)?;
        read_peoples("peoples.tsv", include_str!("../../lexicon/peoples.tsv"), &mut names)?;
        let mut roles = Vec::new();
        let nouns = read_roles("roles.tsv", include_str!("../../lexicon/roles.tsv"), &mut roles)?;
        let broken =
            |file: &'static str| move |error: dateline_gazetteer::Error| Error::new(file, 0, error.to_string());
        Ok(Self {
            names: Dictionary::new(names, Folding::Folded, Starts::Capitalized).map_err(broken("actors.tsv"))?,
            nouns: Dictionary::new(nouns, Folding::Folded, Starts::AnyWord).map_err(broken("roles.tsv"))?,
            actors,
            roles,
        })
    }
}

/// The rows of a table with their line numbers, each with exactly `N` columns.
fn columns<const N: usize>(
    file: &'static str,
    text: &'static str,
) -> impl Iterator<Item = Result<(usize, [&'static str; N]), Error>> {
    rows(text).map(move |(number, line)| {
        let mut columns = line.split('\t');
        let row = std::array::from_fn(|_| columns.next());
        let complete = row.iter().all(Option::is_some) && columns.next().is_none();
        let row = row.map(Option::unwrap_or_default);
        if complete { Ok((number, row)) } else { Err(Error::new(file, number, format!("expected {N} columns"))) }
    })
}

fn given(text: &'static str) -> Option<&'static str> {
    (text != "-").then_some(text)
}

fn kind(file: &str, line: usize, text: &str) -> Result<ActorKind, Error> {
    match text {
        "country" => Ok(ActorKind::Country),
        "organization" => Ok(ActorKind::Organization),
        "person" => Ok(ActorKind::Person),
        "group" => Ok(ActorKind::Group),
        _ => Err(Error::new(file, line, format!("unknown kind `{text}`"))),
    }
}

/// Capitals alone are no name when they are written small: "IS", "WHO".
fn is_acronym(name: &str) -> bool {
    name.len() <= 6 && !name.contains(char::is_lowercase)
}

/// How many words begin with a capital letter.
pub(super) fn capitals(name: &str) -> u8 {
    let words = name.split([' ', '-']);
    words.filter(|word| word.starts_with(char::is_uppercase)).count().min(usize::from(u8::MAX)) as u8
}

fn read_actors(
    file: &'static str,
    text: &'static str,
    actors: &mut Vec<Name>,
) -> Result<Vec<(&'static str, Named)>, Error> {
    let mut names = Vec::new();
    for row in columns::<7>(file, text) {
        let (line, [name, aliases, iso3, sector, actor_kind, cameo, years]) = row?;
        let years = match years.split_once('-') {
            Some((from, to)) if years != "-" => (month(file, line, from, 0)?, month_of_end(file, line, to)?),
            _ => (None, None),
        };
        let index = actors.len() as u32;
        for alias in std::iter::once(name).chain(given(aliases).iter().flat_map(|aliases| aliases.split('|'))) {
            names.push((alias, Named::Actor { row: index, exact: is_acronym(alias), capitals: capitals(alias) }));
        }
        let kind = kind(file, line, actor_kind)?;
        actors.push(Name { name, iso3: given(iso3), sector: given(sector), kind, cameo: given(cameo), years });
    }
    Ok(names)
}

/// "2021" or "2021-08" as a month, the year's `default` month if none is given. An end "2021-08" holds a further dash.
fn month(file: &str, line: usize, text: &str, default: u32) -> Result<Option<u32>, Error> {
    if text.is_empty() {
        return Ok(None);
    }
    let (year, month) = text.split_once('.').unwrap_or((text, ""));
    let wrong = |_| Error::new(file, line, format!("`{text}` is no year or year.month"));
    let year: u32 = year.parse().map_err(wrong)?;
    let month = if month.is_empty() { default } else { month.parse::<u32>().map_err(wrong)?.saturating_sub(1) };
    Ok(Some(year * 12 + month))
}

fn month_of_end(file: &str, line: usize, text: &str) -> Result<Option<u32>, Error> {
    month(file, line, text, 11)
}

fn read_countries(file: &'static str, text: &'static str, names: &mut Vec<(&'static str, Named)>) -> Result<(), Error> {
    for row in columns::<4>(file, text) {
        let (_, [iso3, countries, adjectives, peoples]) = row?;
        // A name with a star is left to the gazetteer.
        for country in countries.split('|').filter(|country| !country.ends_with('*')) {
            names.push((country, Named::Country { iso3, exact: is_acronym(country) }));
        }
        for adjective in given(adjectives).iter().flat_map(|list| list.split('|')) {
            names.push((adjective, Named::Nationality { iso3 }));
        }
        for people in given(peoples).iter().flat_map(|list| list.split('|')) {
            names.push((people, Named::People { iso3 }));
        }
    }
    Ok(())
}

fn read_peoples(file: &'static str, text: &'static str, names: &mut Vec<(&'static str, Named)>) -> Result<(), Error> {
    for row in columns::<3>(file, text) {
        let (_, [iso3, adjectives, peoples]) = row?;
        for adjective in given(adjectives).iter().flat_map(|list| list.split('|')) {
            names.push((adjective, Named::Ethnic { iso3 }));
        }
        for people in given(peoples).iter().flat_map(|list| list.split('|')) {
            names.push((people, Named::People { iso3 }));
        }
    }
    Ok(())
}

fn read_roles(file: &'static str, text: &'static str, roles: &mut Vec<Role>) -> Result<Vec<(String, Noun)>, Error> {
    let mut nouns = Vec::new();
    for row in columns::<6>(file, text) {
        let (line, [noun, sector, role_kind, cameo, uses, name]) = row?;
        let kind = match role_kind {
            "-" => None,
            _ => Some(kind(file, line, role_kind)?),
        };
        let role = roles.len() as u32;
        if let Some(collective) = noun.strip_suffix('=') {
            nouns.push((collective.to_owned(), Noun { role, plural: kind == Some(ActorKind::Person) }));
        } else {
            let (singular, plural) = match noun.split_once('/') {
                Some((singular, plural)) => (singular, plural.to_owned()),
                None => (noun, plural_of(noun)),
            };
            nouns.push((singular.to_owned(), Noun { role, plural: false }));
            nouns.push((plural, Noun { role, plural: true }));
        }
        let mut entry = Role {
            sector: given(sector),
            kind,
            cameo: given(cameo),
            name: given(name),
            title: false,
            of: false,
            body: false,
            needs: false,
            named: false,
            area: false,
        };
        for word in given(uses).iter().flat_map(|uses| uses.split(',')) {
            match word {
                "title" => entry.title = true,
                "of" => entry.of = true,
                "body" => entry.body = true,
                "needs" => entry.needs = true,
                "named" => entry.named = true,
                "area" => entry.area = true,
                "modifier" => entry.kind = None,
                _ => return Err(Error::new(file, line, format!("unknown use `{word}`"))),
            }
        }
        roles.push(entry);
    }
    Ok(nouns)
}

/// The regular plural.
fn plural_of(noun: &str) -> String {
    let ends = |suffixes: &[&str]| suffixes.iter().any(|suffix| noun.ends_with(suffix));
    match noun {
        _ if ends(&["s", "x", "ch", "sh"]) => format!("{noun}es"),
        _ if noun.ends_with('y') && !ends(&["ay", "ey", "oy", "uy"]) => format!("{}ies", &noun[..noun.len() - 1]),
        _ => format!("{noun}s"),
    }
}

/// The CAMEO roles of a PLOVER sector.
pub(super) fn cameo_of_sector(sector: &str) -> &'static str {
    match sector {
        "GOV" => "GOV",
        "MIL" => "MIL",
        "COP" => "COP",
        "JUD" => "JUD",
        "LEG" => "LEG",
        "OPP" => "OPP",
        "REB" => "REB",
        "SPY" => "SPY",
        "UAF" | "PRM" => "UAF",
        "PTY" => "PTY",
        "PRE" => "SEP",
        "AGR" => "AGR",
        "BUS" => "BUS",
        "CRM" => "CRM",
        "CVL" | "SOC" => "CVL",
        "EDU" => "EDU",
        "ELI" => "ELI",
        "JRN" => "MED",
        "LAB" => "LAB",
        "MED" => "HLH",
        "REF" => "REF",
        _ => "",
    }
}

/// The beginning of a CAMEO code: PLOVER's codes of international bodies have longer ones.
pub(super) fn cameo_of_country(iso3: &str) -> &str {
    match iso3 {
        "UNO" => "IGOUNO",
        "EUR" => "IGOEUR",
        _ => iso3,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use dateline_gazetteer::Country;

    use super::*;

    /// PLOVER's sectors.
    const SECTORS: [&str; 26] = [
        "AGR", "BUS", "COP", "CRM", "CVL", "EDU", "ELI", "GOV", "IGO", "JRN", "JUD", "LAB", "LEG", "MED", "MIL", "NGO",
        "OPP", "PRE", "PRM", "PTY", "REB", "REF", "REL", "SOC", "SPY", "UAF",
    ];

    /// PLOVER's codes beside those of countries: bodies of states and of citizens, companies and armed groups of many countries.
    const BODIES: [&str; 6] = ["EUR", "IGO", "IMG", "MNC", "NGO", "UNO"];

    fn actors() -> (Vec<Name>, Vec<(&'static str, Named)>) {
        let mut actors = Vec::new();
        let names = read_actors("actors.tsv", include_str!("../../lexicon/actors.tsv"), &mut actors).unwrap();
        (actors, names)
    }

    fn is_code(iso3: &str) -> bool {
        BODIES.contains(&iso3) || Country::from_alpha3(iso3).and_then(|country| country.plover()) == Some(iso3)
    }

    #[test]
    fn every_code_is_one_of_plover() {
        let lexicon = Lexicon::embedded().unwrap();
        for actor in &lexicon.actors {
            assert!(actor.iso3.is_none_or(is_code), "{}: {:?}", actor.name, actor.iso3);
            assert!(actor.sector.is_none_or(|sector| SECTORS.contains(&sector)), "{}: {:?}", actor.name, actor.sector);
            let (from, to) = actor.years;
            assert!(from.zip(to).is_none_or(|(from, to)| from <= to), "{} ends before it begins", actor.name);
        }
        for role in &lexicon.roles {
            assert!(role.sector.is_none_or(|sector| SECTORS.contains(&sector)), "{:?}", role.sector);
        }
        let mut names = Vec::new();
        read_countries("countries.tsv", include_str!("../../lexicon/countries.tsv"), &mut names).unwrap();
        read_peoples("peoples.tsv", include_str!("../../lexicon/peoples.tsv"), &mut names).unwrap();
        for (name, named) in names {
            let (Named::Country { iso3, .. }
            | Named::Nationality { iso3 }
            | Named::Ethnic { iso3 }
            | Named::People { iso3 }) = named
            else {
                panic!("{name} is an actor");
            };
            assert!(is_code(iso3), "{name}: {iso3}");
        }
    }

    #[test]
    fn no_name_is_given_to_two_actors_of_one_time() {
        let (actors, names) = actors();
        let mut rows: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (name, named) in names {
            let Named::Actor { row, .. } = named else { unreachable!("only actors are read") };
            rows.entry(name).or_default().push(row);
        }
        let years = |row: u32| actors[row as usize].years;
        for (name, rows) in rows {
            for (index, &one) in rows.iter().enumerate() {
                for &other in &rows[index + 1..] {
                    let (early, late) = if years(one).0 <= years(other).0 { (one, other) } else { (other, one) };
                    let apart = years(early).1.zip(years(late).0).is_some_and(|(end, start)| end <= start);
                    assert!(apart, "{name:?} is {:?} and {:?}", actors[one as usize], actors[other as usize]);
                }
            }
        }
    }

    #[test]
    fn the_lists_are_as_long_as_the_documentation_says() {
        let (actors, names) = actors();
        let of = |kind: ActorKind| actors.iter().filter(move |actor| actor.kind == kind).map(|actor| actor.name);
        let bodies: BTreeSet<&str> = of(ActorKind::Organization).collect();
        let persons: BTreeSet<&str> = of(ActorKind::Person).collect();
        let countries: BTreeSet<_> = actors.iter().filter_map(|actor| actor.iso3).collect();
        assert!(bodies.len() >= 850, "{} bodies", bodies.len());
        assert!(persons.len() >= 700, "{} persons", persons.len());
        assert!(names.len() >= 3000, "{} names", names.len());
        assert!(countries.len() >= 120, "actors of {} countries", countries.len());
        let nouns = rows(include_str!("../../lexicon/roles.tsv")).count();
        let others = [
            include_str!("../../lexicon/weapons.tsv"),
            include_str!("../../lexicon/targets.tsv"),
            include_str!("../../lexicon/people.tsv"),
            include_str!("../../lexicon/armed.tsv"),
        ];
        let others: usize = others.iter().map(|list| rows(list).count()).sum();
        assert!(
            nouns >= 1200 && others >= 1800,
            "{nouns} nouns for those who act, {others} for weapons, targets, people"
        );
    }
}
