use std::cmp::Reverse;
use std::collections::HashMap;

use dateline_syntax::Deprel;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::class::ClassSet;
use super::schema::*;
use crate::Error;
use crate::annotation::{Fit, Modality, Polarity, Status, TollKind};
use crate::codebook::{Codebooks, Traits};

/// Reads frames files one after the other and checks everything that can be checked before a text is read.
#[derive(Debug)]
pub(crate) struct Loader {
    frames: Frames,
    shapes: HashMap<String, Roles>,
    /// Lists of trigger words by name.
    lists: HashMap<String, Vec<String>>,
    /// Rules by name.
    rules: HashMap<String, usize>,
}

/// Table of one file, with what is needed to say where something is wrong.
struct Reader<'f> {
    file: &'f str,
    /// Where each line but the first begins.
    lines: Vec<usize>,
}

type Entry<'t, 'i> = (&'t str, &'t Spanned<DeValue<'i>>);

impl<'i> Reader<'_> {
    fn fail(&self, at: usize, reason: impl Into<String>) -> Error {
        Error::new(self.file, self.line(at), reason)
    }

    /// The line that a byte stands in, from 1.
    fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|&start| start <= at) + 1
    }

    fn table<'t>(&self, key: &str, value: &'t Spanned<DeValue<'i>>) -> Result<&'t DeTable<'i>, Error> {
        let fail = || self.fail(value.span().start, format!("`{key}`: expected a table"));
        value.get_ref().as_table().ok_or_else(fail)
    }

    fn tables<'t>(&self, key: &str, value: &'t Spanned<DeValue<'i>>) -> Result<Vec<(usize, &'t DeTable<'i>)>, Error> {
        let fail = || self.fail(value.span().start, format!("`{key}`: expected tables: [[{key}]]"));
        let array = value.get_ref().as_array().ok_or_else(fail)?;
        array.iter().map(|item| Ok((item.span().start, self.table(key, item)?))).collect()
    }

    fn string<'t>(&self, key: &str, value: &'t Spanned<DeValue<'i>>) -> Result<&'t str, Error> {
        let fail = || self.fail(value.span().start, format!("`{key}`: expected a string"));
        value.get_ref().as_str().ok_or_else(fail)
    }

    /// A string, or an array of strings.
    fn strings<'t>(&self, key: &str, value: &'t Spanned<DeValue<'i>>) -> Result<Vec<(usize, &'t str)>, Error> {
        if let Some(array) = value.get_ref().as_array() {
            return array.iter().map(|item| Ok((item.span().start, self.string(key, item)?))).collect();
        }
        Ok(vec![(value.span().start, self.string(key, value)?)])
    }

    /// Kinds of toll.
    fn tolls(&self, key: &str, value: &Spanned<DeValue<'i>>) -> Result<Vec<TollKind>, Error> {
        let kinds = self.strings(key, value)?.into_iter();
        kinds
            .map(|(at, text)| named(text).ok_or_else(|| self.fail(at, format!("`{key}`: unknown kind `{text}`"))))
            .collect()
    }

    fn boolean(&self, key: &str, value: &Spanned<DeValue<'i>>) -> Result<bool, Error> {
        let fail = || self.fail(value.span().start, format!("`{key}`: expected true or false"));
        value.get_ref().as_bool().ok_or_else(fail)
    }

    /// One of the names that serde knows for `T`.
    fn named<T: serde::de::DeserializeOwned>(&self, key: &str, value: &Spanned<DeValue<'i>>) -> Result<T, Error> {
        let text = self.string(key, value)?;
        named(text).ok_or_else(|| self.fail(value.span().start, format!("`{key}`: `{text}` is none of its values")))
    }
}

fn named<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    use serde::de::IntoDeserializer;
    use serde::de::value::{Error, StrDeserializer};
    let deserializer: StrDeserializer<'_, Error> = text.into_deserializer();
    T::deserialize(deserializer).ok()
}

fn entries<'t, 'i>(table: &'t DeTable<'i>) -> impl Iterator<Item = (usize, Entry<'t, 'i>)> {
    table.iter().map(|(key, value)| (key.span().start, (key.get_ref().as_ref(), value)))
}

/// Case words are lower-case letters, several joined by `_` ("because_of").
fn is_case_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

impl Loader {
    pub(crate) fn new() -> Self {
        Self {
            frames: Frames { books: Codebooks::embedded(), ..Frames::default() },
            shapes: HashMap::new(),
            lists: HashMap::new(),
            rules: HashMap::new(),
        }
    }

    pub(crate) fn lexicon(&mut self, file: &str, text: &str) -> Result<(), Error> {
        self.frames.classes.read_lexicon(file, text)
    }

    pub(crate) fn finish(mut self) -> Frames {
        for list in self.frames.by_lemma.values_mut() {
            list.sort_by_key(|lead| Reverse(lead.rank));
        }
        self.frames
    }

    /// Reads a file of this crate without the examples in it, which a test runs: they are most of its text.
    pub(crate) fn read_rules(&mut self, file: &str, text: &str) -> Result<(), Error> {
        let mut rules = String::with_capacity(text.len());
        let mut example = false;
        for line in text.split_inclusive('\n') {
            if line.starts_with('[') {
                example = line.starts_with("[[frame.example]]") || line.starts_with("[[frame.counterexample]]");
            }
            // Every line keeps its number.
            rules.push_str(if example { "\n" } else { line });
        }
        self.read(file, &rules)
    }

    pub(crate) fn read(&mut self, file: &str, text: &str) -> Result<(), Error> {
        let lines = text.bytes().enumerate().filter(|&(_, b)| b == b'\n').map(|(at, _)| at + 1).collect();
        let reader = Reader { file, lines };
        let parsed = DeTable::parse(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            reader.fail(at, error.message().lines().next().unwrap_or("not TOML").to_owned())
        })?;
        let table = parsed.get_ref();
        for (at, (key, _)) in entries(table) {
            if !matches!(key, "class" | "shape" | "support" | "list" | "frame") {
                let reason = format!("unknown key `{key}` (expected class, shape, support, list or frame)");
                return Err(reader.fail(at, reason));
            }
        }
        // What the rest refers to comes first, wherever it stands in the file.
        if let Some(value) = table.get("class") {
            for (at, class) in reader.tables("class", value)? {
                self.class(&reader, at, class)?;
            }
        }
        if let Some(value) = table.get("shape") {
            for (at, shape) in reader.tables("shape", value)? {
                self.shape(&reader, at, shape)?;
            }
        }
        if let Some(value) = table.get("support") {
            for (at, support) in reader.tables("support", value)? {
                self.support(&reader, at, support)?;
            }
        }
        if let Some(value) = table.get("list") {
            for (at, list) in reader.tables("list", value)? {
                self.list(&reader, at, list)?;
            }
        }
        if let Some(value) = table.get("frame") {
            for (at, frame) in reader.tables("frame", value)? {
                self.frame(&reader, at, frame)?;
            }
        }
        Ok(())
    }

    fn class(&mut self, reader: &Reader<'_>, at: usize, table: &DeTable<'_>) -> Result<(), Error> {
        let mut name = None;
        let mut wider = ClassSet::default();
        let mut words = Vec::new();
        for (key_at, (key, value)) in entries(table) {
            match key {
                "name" => name = Some(reader.string(key, value)?),
                "is" => {
                    for (at, class) in reader.strings(key, value)? {
                        let unknown = || reader.fail(at, format!("unknown class `{class}` (declare it earlier)"));
                        wider = wider.union(self.frames.classes.closure(class).ok_or_else(unknown)?);
                    }
                }
                "words" => words = reader.strings(key, value)?,
                _ => return Err(reader.fail(key_at, format!("unknown key `{key}` of a class"))),
            }
        }
        let name = name.ok_or_else(|| reader.fail(at, "a class needs a `name`"))?;
        if !is_case_word(name) {
            return Err(reader.fail(at, format!("class name `{name}`: lower-case letters and `_` only")));
        }
        self.frames.classes.declare(name, wider).map_err(|reason| reader.fail(at, reason))?;
        let set = self.frames.classes.closure(name).unwrap_or_default();
        for (_, word) in words {
            self.frames.classes.add_word(word, set);
        }
        Ok(())
    }

    fn shape(&mut self, reader: &Reader<'_>, at: usize, table: &DeTable<'_>) -> Result<(), Error> {
        let mut name = None;
        let mut roles = Roles::default();
        for (key_at, (key, value)) in entries(table) {
            match (key, Role::parse(key)) {
                ("name", _) => name = Some(reader.string(key, value)?),
                (_, Some(role)) => roles.0[role as usize] = Some(self.patterns(reader, key, value)?),
                _ => return Err(reader.fail(key_at, format!("unknown key `{key}` of a shape"))),
            }
        }
        let name = name.ok_or_else(|| reader.fail(at, "a shape needs a `name`"))?;
        if self.shapes.insert(name.to_owned(), roles).is_some() {
            return Err(reader.fail(at, format!("shape `{name}` is defined twice")));
        }
        Ok(())
    }

    fn support(&mut self, reader: &Reader<'_>, at: usize, table: &DeTable<'_>) -> Result<(), Error> {
        let mut verbs = Vec::new();
        let mut noun = Vec::new();
        let mut roles = Roles::default();
        for (key_at, (key, value)) in entries(table) {
            match (key, Role::parse(key)) {
                ("verbs", _) => verbs = reader.strings(key, value)?,
                ("noun", _) => {
                    for (at, text) in reader.strings(key, value)? {
                        noun.push(path(text).map_err(|reason| reader.fail(at, reason))?);
                    }
                }
                (_, Some(role)) => roles.0[role as usize] = Some(self.patterns(reader, key, value)?),
                _ => {
                    return Err(reader.fail(key_at, format!("unknown key `{key}` of a support verb")));
                }
            }
        }
        if verbs.is_empty() || noun.is_empty() {
            return Err(reader.fail(at, "support verbs need `verbs` and `noun`"));
        }
        for (at, verb) in verbs {
            let trigger = self.trigger("verb", verb, 0).map_err(|reason| reader.fail(at, reason))?;
            let support =
                Support { others: trigger.others, noun: noun.clone(), roles: roles.clone(), turns: roles.turns() };
            self.frames.supports.entry(trigger.head).or_default().push(support);
        }
        Ok(())
    }

    fn list(&mut self, reader: &Reader<'_>, at: usize, table: &DeTable<'_>) -> Result<(), Error> {
        let mut name = None;
        let mut words = Vec::new();
        for (key_at, (key, value)) in entries(table) {
            match key {
                "name" => name = Some(reader.string(key, value)?),
                "words" => {
                    for (at, text) in reader.strings(key, value)? {
                        words.extend(self.expand(text).map_err(|reason| reader.fail(at, reason))?);
                    }
                }
                _ => return Err(reader.fail(key_at, format!("unknown key `{key}` of a list"))),
            }
        }
        let name = name.ok_or_else(|| reader.fail(at, "a list needs a `name`"))?;
        if self.lists.insert(name.to_owned(), words).is_some() {
            return Err(reader.fail(at, format!("list `{name}` is defined twice")));
        }
        Ok(())
    }

    /// The texts that a trigger with the name of a list in it ("[drone] @strike") stands for.
    fn expand(&self, text: &str) -> Result<Vec<String>, String> {
        let Some((before, rest)) = text.split_once('@') else {
            return Ok(vec![text.to_owned()]);
        };
        let end = rest.find(' ').unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        if after.contains('@') {
            return Err(format!("`{text}`: more than one list"));
        }
        let list = self.lists.get(name).ok_or_else(|| format!("unknown list `{name}`"))?;
        Ok(list.iter().map(|word| format!("{before}{word}{after}")).collect())
    }

    /// The words of a trigger; those in brackets are classes.
    fn trigger_words(&self, text: &str) -> Result<Vec<TriggerWord>, String> {
        let words = text.split_whitespace().map(|word| match word.strip_prefix('[') {
            Some(classes) => {
                let classes = classes.strip_suffix(']').ok_or_else(|| format!("`{word}`: a `[` without its `]`"))?;
                Ok(TriggerWord::Class(self.class_bits(classes)?))
            }
            None if word.bytes().any(|b| b.is_ascii_uppercase() || !b.is_ascii()) => {
                Err(format!("`{text}`: triggers are lemmas in lower case, without accents"))
            }
            None => Ok(TriggerWord::Lemma(word.to_owned())),
        });
        words.collect()
    }

    fn trigger(&self, key: &str, text: &str, rule: usize) -> Result<Trigger, String> {
        let mut words = self.trigger_words(text)?;
        if words.is_empty() {
            return Err("an empty trigger".to_owned());
        }
        let (kind, head) = match key {
            "noun" => (TriggerKind::Noun, words.pop()),
            "verb" => (TriggerKind::Verb, Some(words.remove(0))),
            _ => (TriggerKind::Adjective, Some(words.remove(0))),
        };
        match head {
            Some(TriggerWord::Lemma(head)) if head.len() > Trigger::LONGEST_HEAD => {
                Err(format!("`{head}` is longer than {} letters", Trigger::LONGEST_HEAD))
            }
            Some(TriggerWord::Lemma(head)) => Ok(Trigger { kind, head, others: words, except: Vec::new(), rule }),
            _ => Err(format!("`{text}`: the head of a trigger is a word, not a class")),
        }
    }

    fn patterns(&self, reader: &Reader<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Result<Patterns, Error> {
        let mut patterns = Vec::new();
        for (at, text) in reader.strings(key, value)? {
            let (path_text, filter) = split_filter(text).map_err(|reason| reader.fail(at, reason))?;
            let filter = filter.map(|text| self.filter(text)).transpose().map_err(|reason| reader.fail(at, reason))?;
            patterns.push(Pattern { path: path(path_text).map_err(|reason| reader.fail(at, reason))?, filter });
        }
        Ok(patterns.into())
    }

    fn filter(&self, text: &str) -> Result<Filter, String> {
        let (negated, classes) = text.strip_prefix('!').map_or((false, text), |rest| (true, rest));
        Ok(Filter { negated, any_of: self.class_bits(classes)? })
    }

    fn class_bits(&self, text: &str) -> Result<ClassSet, String> {
        let mut set = ClassSet::default();
        for name in text.split('|') {
            set = set.union(self.frames.classes.bit(name.trim()).ok_or_else(|| format!("unknown class `{name}`"))?);
        }
        Ok(set)
    }

    /// The table of `is` or `not`: roles and classes.
    fn predicates(
        &self,
        reader: &Reader<'_>,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        make: fn(Role, ClassSet) -> Predicate,
    ) -> Result<Vec<Predicate>, Error> {
        let mut predicates = Vec::new();
        for (key_at, (name, value)) in entries(reader.table(key, value)?) {
            let role =
                Role::parse(name).ok_or_else(|| reader.fail(key_at, format!("`{key}`: unknown role `{name}`")))?;
            let text = reader.string(name, value)?;
            let set = self.class_bits(text).map_err(|reason| reader.fail(value.span().start, reason))?;
            predicates.push(make(role, set));
        }
        Ok(predicates)
    }

    fn role_list(
        &self,
        reader: &Reader<'_>,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        make: fn(Role) -> Predicate,
    ) -> Result<Vec<Predicate>, Error> {
        let roles = reader.strings(key, value)?;
        let unknown = |at, name: &str| reader.fail(at, format!("`{key}`: unknown role `{name}`"));
        roles.into_iter().map(|(at, name)| Role::parse(name).map(make).ok_or_else(|| unknown(at, name))).collect()
    }

    fn frame(&mut self, reader: &Reader<'_>, at: usize, table: &DeTable<'_>) -> Result<(), Error> {
        let name = table.get("type").ok_or_else(|| reader.fail(at, "a frame needs a `type`"))?;
        let (name_at, name) = (name.span().start, reader.string("type", name)?);
        if !is_case_word(name) {
            return Err(reader.fail(name_at, format!("type `{name}`: lower-case letters and `_` only")));
        }
        // A second file may add rules and examples to a frame of the first.
        let existing = self.frames.frames.iter().position(|frame| frame.name == name);
        let index = existing.unwrap_or(self.frames.frames.len());
        if existing.is_none() {
            self.frames.frames.push(Frame {
                name: name.to_owned(),
                about: String::new(),
                family: name.to_owned(),
                generic: false,
                hurts: false,
                tells_deaths: false,
                lends: false,
                stops: None,
                kind: Kind::Act,
                quantity: Vec::new(),
                figure: None,
                codes: CodeTemplates::default(),
                codes_when: Vec::new(),
            });
        }
        let mut overrides = None;
        for (key_at, (key, value)) in entries(table) {
            let frame = &mut self.frames.frames[index];
            match key {
                "type" => {}
                "about" => frame.about = reader.string(key, value)?.to_owned(),
                "family" => frame.family = reader.string(key, value)?.to_owned(),
                "generic" => frame.generic = reader.boolean(key, value)?,
                "hurts" => frame.hurts = reader.boolean(key, value)?,
                "lends" => frame.lends = reader.boolean(key, value)?,
                "stops" => frame.stops = Some(reader.string(key, value)?.to_owned()),
                "kind" => {
                    frame.kind = match reader.string(key, value)? {
                        "act" => Kind::Act,
                        "outcome" => Kind::Outcome,
                        "speech" => Kind::Speech,
                        other => {
                            let reason = format!("`kind`: expected act, outcome or speech, not `{other}`");
                            return Err(reader.fail(value.span().start, reason));
                        }
                    }
                }
                "quantity" => {
                    let mut counted = Vec::new();
                    for (at, text) in reader.strings(key, value)? {
                        counted.push(self.counted(text).map_err(|reason| reader.fail(at, reason))?);
                    }
                    self.frames.frames[index].quantity = counted;
                }
                "figure" => frame.figure = Some(reader.named(key, value)?),
                "codes" => {
                    let table = reader.table(key, value)?;
                    let codes = self.codes(reader, entries(table).collect())?;
                    self.frames.frames[index].codes = codes;
                }
                // After the rules, which they name.
                "codes_when" => overrides = Some((key, value)),
                "rule" => {
                    for (at, table) in reader.tables(key, value)? {
                        self.rule(reader, index, at, table)?;
                    }
                }
                "example" | "counterexample" => {
                    for (at, table) in reader.tables(key, value)? {
                        self.example(reader, index, at, table, key == "example")?;
                    }
                }
                _ => {
                    return Err(reader.fail(key_at, format!("unknown key `{key}` of frame `{name}`")));
                }
            }
        }
        if let Some((key, value)) = overrides {
            for (_, table) in reader.tables(key, value)? {
                let when = self.codes_when(reader, name, table)?;
                self.frames.frames[index].codes_when.push(when);
            }
        }
        Ok(())
    }

    fn counted(&self, text: &str) -> Result<Counted, String> {
        if text == "trigger" {
            return Ok(Counted::Trigger);
        }
        let (role, filter) = split_filter(text)?;
        let role = Role::parse(role).ok_or_else(|| format!("`quantity`: unknown role `{role}`"))?;
        Ok(Counted::Role(role, filter.map(|text| self.filter(text)).transpose()?))
    }

    fn codes(&self, reader: &Reader<'_>, keys: Vec<(usize, Entry<'_, '_>)>) -> Result<CodeTemplates, Error> {
        let mut codes = CodeTemplates::default();
        for (key_at, (key, value)) in keys {
            let at = value.span().start;
            // An override takes a code away by naming it "none".
            let none = value.get_ref().as_str() == Some("none");
            match key {
                "plover" | "cameo" if none => {
                    *(if key == "plover" { &mut codes.plover } else { &mut codes.cameo }) = Some(None);
                }
                "acled" if none => codes.acled = Some(None),
                "gdelt_count" if none => codes.gdelt_count = Some(None),
                "plover" | "cameo" => {
                    let code = self.party_code(reader, key, at, reader.table(key, value)?)?;
                    *(if key == "plover" { &mut codes.plover } else { &mut codes.cameo }) = Some(Some(code));
                }
                "acled" => {
                    let (mut event, mut sub_event, mut fit) = (None, None, Fit::Exact);
                    for (at, (key, value)) in entries(reader.table(key, value)?) {
                        match key {
                            "event" => event = Some(reader.string(key, value)?),
                            "sub_event" => sub_event = Some(reader.string(key, value)?),
                            "fit" => fit = reader.named(key, value)?,
                            _ => {
                                return Err(reader.fail(at, format!("unknown key `{key}` of `acled`")));
                            }
                        }
                    }
                    let (event, sub_event) = (event.unwrap_or_default(), sub_event.unwrap_or_default());
                    if self.frames.books.acled.get(event, Some(sub_event)).is_none() {
                        return Err(reader.fail(at, format!("`acled`: there is no `{sub_event}` under `{event}`")));
                    }
                    codes.acled =
                        Some(Some(AcledTemplate { event: event.to_owned(), sub_event: sub_event.to_owned(), fit }));
                }
                "gdelt_count" => {
                    let name = reader.string(key, value)?;
                    if self.frames.books.counts.get(name, None).is_none() {
                        return Err(reader.fail(at, format!("`gdelt_count`: there is no `{name}`")));
                    }
                    codes.gdelt_count = Some(Some(name.to_owned()));
                }
                _ => return Err(reader.fail(key_at, format!("unknown key `{key}` of codes"))),
            }
        }
        Ok(codes)
    }

    fn party_code(&self, reader: &Reader<'_>, book: &str, at: usize, table: &DeTable<'_>) -> Result<PartyCode, Error> {
        let mut code = PartyCode {
            code: String::new(),
            mode: None,
            fit: Fit::Exact,
            actor: vec![Party::Role(Role::Agent)],
            recipient: vec![Party::Role(Role::Target)],
            quad: 0,
            traits: Traits::default(),
        };
        for (key_at, (key, value)) in entries(table) {
            match (key, book) {
                ("event", "plover") | ("code", "cameo") => code.code = reader.string(key, value)?.to_owned(),
                ("mode", "plover") => code.mode = Some(reader.string(key, value)?.to_owned()),
                ("fit", _) => code.fit = reader.named(key, value)?,
                ("actor" | "recipient", _) => {
                    let mut parties = Vec::new();
                    for (at, name) in reader.strings(key, value)? {
                        parties.push(match (name, Role::parse(name)) {
                            ("sender", _) => Party::Sender,
                            (_, Some(role)) => Party::Role(role),
                            _ => {
                                return Err(reader.fail(at, format!("`{key}`: unknown role `{name}`")));
                            }
                        });
                    }
                    *(if key == "actor" { &mut code.actor } else { &mut code.recipient }) = parties;
                }
                _ => return Err(reader.fail(key_at, format!("unknown key `{key}` of `{book}`"))),
            }
        }
        let entries = if book == "plover" { &self.frames.books.plover } else { &self.frames.books.cameo };
        let mode = code.mode.as_deref();
        let Some((whole, own)) = entries.get(&code.code, None).zip(entries.get(&code.code, mode)) else {
            let mode = mode.unwrap_or("-");
            return Err(reader.fail(at, format!("`{book}`: there is no `{}` with mode `{mode}`", code.code)));
        };
        (code.quad, code.traits) = (own.quad, whole.traits);
        Ok(code)
    }

    fn codes_when(&self, reader: &Reader<'_>, frame: &str, table: &DeTable<'_>) -> Result<CodesWhen, Error> {
        let mut when = CodesWhen {
            rules: Vec::new(),
            predicates: Vec::new(),
            toll: Vec::new(),
            polarity: None,
            modality: None,
            codes: CodeTemplates::default(),
        };
        let mut codes = Vec::new();
        for (key_at, (key, value)) in entries(table) {
            match key {
                "rule" => {
                    for (at, text) in reader.strings(key, value)? {
                        let name = format!("{frame}/{text}");
                        let rule = self.rules.get(&name).copied();
                        when.rules.push(rule.ok_or_else(|| reader.fail(at, format!("there is no rule `{name}`")))?);
                    }
                }
                "is" => when.predicates.extend(self.predicates(reader, key, value, Predicate::Is)?),
                "not" => when.predicates.extend(self.predicates(reader, key, value, Predicate::Not)?),
                "require" => when.predicates.extend(self.role_list(reader, key, value, Predicate::Filled)?),
                "unless" => when.predicates.extend(self.role_list(reader, key, value, Predicate::Empty)?),
                "toll" => when.toll = reader.tolls(key, value)?,
                "polarity" => when.polarity = Some(reader.named::<Polarity>(key, value)?),
                "modality" => when.modality = Some(reader.named::<Modality>(key, value)?),
                _ => codes.push((key_at, (key, value))),
            }
        }
        when.codes = self.codes(reader, codes)?;
        Ok(when)
    }

    fn rule(&mut self, reader: &Reader<'_>, frame: usize, at: usize, table: &DeTable<'_>) -> Result<(), Error> {
        let index = self.frames.rules.len();
        let mut rule = Rule {
            name: String::new(),
            frame,
            roles: Roles::default(),
            turns: Turns::new(),
            predicates: Vec::new(),
            with: None,
            without: None,
            polarity: None,
            modality: None,
            status: None,
            toll: Vec::new(),
            joins: false,
            confidence: 0.85,
            priority: 0,
        };
        let mut own = Roles::default();
        let mut triggers = Vec::new();
        let mut except = Vec::new();
        for (key_at, (key, value)) in entries(table) {
            let value_at = value.span().start;
            match (key, Role::parse(key)) {
                ("name", _) => rule.name = format!("{}/{}", self.frames.frames[frame].name, reader.string(key, value)?),
                ("shape", _) => {
                    let shape = reader.string(key, value)?;
                    let unknown = || reader.fail(value_at, format!("unknown shape `{shape}`"));
                    rule.roles = self.shapes.get(shape).ok_or_else(unknown)?.clone();
                }
                ("verb" | "noun" | "adjective", _) => {
                    for (at, text) in reader.strings(key, value)? {
                        let fail = |reason: String| reader.fail(at, format!("`{key}`: {reason}"));
                        for text in self.expand(text).map_err(fail)? {
                            triggers.push(self.trigger(key, &text, index).map_err(fail)?);
                        }
                    }
                }
                ("except", _) => {
                    for (at, text) in reader.strings(key, value)? {
                        let fail = |reason: String| reader.fail(at, format!("`{key}`: {reason}"));
                        for text in self.expand(text).map_err(fail)? {
                            let words = self.trigger_words(&text).map_err(fail)?;
                            except.push((at, text, words));
                        }
                    }
                }
                ("is", _) => rule.predicates.extend(self.predicates(reader, key, value, Predicate::Is)?),
                ("not", _) => rule.predicates.extend(self.predicates(reader, key, value, Predicate::Not)?),
                ("require", _) => rule.predicates.extend(self.role_list(reader, key, value, Predicate::Filled)?),
                ("unless", _) => rule.predicates.extend(self.role_list(reader, key, value, Predicate::Empty)?),
                ("with", _) => rule.with = Some(self.patterns(reader, key, value)?),
                ("without", _) => rule.without = Some(self.patterns(reader, key, value)?),
                ("polarity", _) => rule.polarity = Some(reader.named(key, value)?),
                ("modality", _) => rule.modality = Some(reader.named(key, value)?),
                ("status", _) => rule.status = Some(reader.named::<Status>(key, value)?),
                ("toll", _) => rule.toll = reader.tolls(key, value)?,
                ("joins", _) => rule.joins = reader.boolean(key, value)?,
                ("confidence", _) => {
                    let text = match value.get_ref() {
                        DeValue::Integer(number) => number.as_str(),
                        value => value.as_float().map_or("", |float| float.as_str()),
                    };
                    let number = text.parse::<f32>().ok();
                    let wrong = || reader.fail(value_at, "`confidence`: expected a number from 0.0 to 1.0");
                    rule.confidence = number.filter(|x| (0.0..=1.0).contains(x)).ok_or_else(wrong)?;
                }
                ("priority", _) => {
                    let number = value.get_ref().as_integer().and_then(|int| int.as_str().parse().ok());
                    rule.priority = number.ok_or_else(|| reader.fail(value_at, "`priority`: expected an integer"))?;
                }
                (_, Some(role)) => own.0[role as usize] = Some(self.patterns(reader, key, value)?),
                _ => return Err(reader.fail(key_at, format!("unknown key `{key}` of a rule"))),
            }
        }
        for (shape, own) in rule.roles.0.iter_mut().zip(own.0) {
            if own.is_some() {
                *shape = own;
            }
        }
        if rule.name.is_empty() {
            return Err(reader.fail(at, "a rule needs a `name`"));
        }
        if self.rules.insert(rule.name.clone(), index).is_some() {
            return Err(reader.fail(at, format!("rule `{}` is defined twice", rule.name)));
        }
        if triggers.is_empty() {
            return Err(reader.fail(at, format!("rule `{}` has no trigger: verb, noun or adjective", rule.name)));
        }
        for (at, text, words) in except {
            let mut used = false;
            for trigger in &mut triggers {
                used |= trigger.except(&words);
            }
            if !used {
                let reason = format!("`except`: `{text}` has the head of no trigger and more words");
                return Err(reader.fail(at, reason));
            }
        }
        for predicate in &rule.predicates {
            if let Predicate::Is(role, _) | Predicate::Filled(role) = predicate
                && rule.roles.0[*role as usize].as_ref().is_none_or(|patterns| patterns.is_empty())
            {
                let reason =
                    format!("rule `{}` can never match: it has no patterns for `{}`", rule.name, role.as_str());
                return Err(reader.fail(at, reason));
            }
        }
        self.frames.frames[frame].tells_deaths |= rule.toll.contains(&TollKind::Killed);
        rule.turns = rule.roles.turns();
        for trigger in triggers {
            let conditions =
                rule.predicates.len() + usize::from(rule.with.is_some()) + usize::from(rule.without.is_some());
            let lead = Lead {
                trigger: self.frames.triggers.len() as u32,
                kind: trigger.kind,
                rank: (rule.priority, conditions as u16, trigger.others.len() as u16, Reverse(index as u32)),
                needs: rule.predicates.iter().find_map(Predicate::needs),
            };
            self.frames.by_lemma.entry(trigger.head.clone()).or_default().push(lead);
            self.frames.triggers.push(trigger);
        }
        self.frames.rules.push(rule);
        Ok(())
    }

    fn example(
        &mut self,
        reader: &Reader<'_>,
        frame: usize,
        at: usize,
        table: &DeTable<'_>,
        matches: bool,
    ) -> Result<(), Error> {
        const KEYS: &[&str] = &[
            "rule",
            "trigger",
            "agent",
            "target",
            "instrument",
            "places",
            "quantity",
            "killed",
            "injured",
            "missing",
            "detained",
            "displaced",
            "time",
            "polarity",
            "modality",
            "status",
            "source",
            "background",
            "part_of",
            "plover",
            "cameo",
            "acled",
            "count",
            "date",
            "place_names",
        ];
        let mut text = None;
        let mut expected = Vec::new();
        for (key_at, (key, value)) in entries(table) {
            if key == "text" {
                text = Some(reader.string(key, value)?.to_owned());
            } else if !KEYS.contains(&key) || (!matches && !matches!(key, "date" | "place_names")) {
                return Err(reader.fail(key_at, format!("unknown key `{key}` of an example")));
            } else {
                let values = match value.get_ref() {
                    DeValue::Integer(number) => vec![number.as_str().to_owned()],
                    DeValue::Boolean(yes) => vec![yes.to_string()],
                    _ => reader.strings(key, value)?.into_iter().map(|(_, text)| text.to_owned()).collect(),
                };
                let wrong = |what: &str| Err(reader.fail(value.span().start, format!("`{key}`: expected {what}")));
                match (key, values.as_slice()) {
                    ("date", [date]) if date.parse::<jiff::civil::Date>().is_ok() => {}
                    ("date", _) => return wrong("a day, YYYY-MM-DD"),
                    ("count", [count]) if count.parse::<usize>().is_ok() => {}
                    ("count", _) => return wrong("a number"),
                    ("rule" | "trigger", [_]) => {}
                    ("rule" | "trigger", _) => return wrong("one string"),
                    _ => {}
                }
                expected.push((key.to_owned(), values));
            }
        }
        let text = text.ok_or_else(|| reader.fail(at, "an example needs a `text`"))?;
        let line = reader.line(at);
        self.frames.examples.push(Example { file: reader.file.to_owned(), line, frame, text, matches, expected });
        Ok(())
    }
}

/// "obj[weapon]" into "obj" and "weapon".
fn split_filter(text: &str) -> Result<(&str, Option<&str>), String> {
    match text.split_once('[') {
        None => Ok((text, None)),
        Some((head, rest)) => {
            let filter = rest.strip_suffix(']').ok_or_else(|| format!("`{text}`: a `[` without its `]` at the end"))?;
            Ok((head, Some(filter)))
        }
    }
}

fn path(text: &str) -> Result<Path, String> {
    text.split('>').map(step).collect()
}

fn step(text: &str) -> Result<Step, String> {
    let (up, text) = text.strip_prefix('^').map_or((false, text), |rest| (true, rest));
    if let Some(deprel) = Deprel::parse(text) {
        return Ok(Step { up, deprel, case: None });
    }
    let unknown = || format!("unknown relation `{text}`");
    let (base, case) = text.split_once(':').ok_or_else(unknown)?;
    let deprel = Deprel::parse(base).ok_or_else(unknown)?;
    let takes_case = matches!(deprel, Deprel::Obl | Deprel::Nmod | Deprel::Acl | Deprel::Advcl | Deprel::Ccomp);
    if !takes_case || !is_case_word(case) {
        return Err(unknown());
    }
    Ok(Step { up, deprel, case: Some(case.replace('_', " ").into()) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::class::Classes;
    use crate::frame::{EMBEDDED_FRAMES, EMBEDDED_LEXICONS};

    fn loader() -> Loader {
        let mut loader = Loader::new();
        for (file, text) in &EMBEDDED_FRAMES[..3] {
            loader.read(file, text).unwrap();
        }
        loader
    }

    fn error(text: &str) -> String {
        loader().read("own.toml", text).unwrap_err().to_string()
    }

    #[test]
    fn embedded_files_load() {
        let mut loader = Loader::new();
        for (file, text) in EMBEDDED_FRAMES {
            loader.read(file, text).unwrap_or_else(|error| panic!("{error}"));
        }
        for (file, text) in EMBEDDED_LEXICONS {
            loader.lexicon(file, text).unwrap_or_else(|error| panic!("{error}"));
        }
        let frames = loader.finish();
        assert!(frames.frames.iter().any(|frame| frame.name == "interception"));
        // Every type has a code in every book, or says that there is none.
        for frame in &frames.frames {
            let codes = &frame.codes;
            let told =
                [codes.plover.is_some(), codes.cameo.is_some(), codes.acled.is_some(), codes.gdelt_count.is_some()];
            assert_eq!(told, [true; 4], "{}: plover, cameo, acled, gdelt_count", frame.name);
        }
        for name in Classes::BUILT_IN {
            assert!(frames.classes.bit(name).is_some(), "{name}");
        }
    }

    #[test]
    fn errors_name_file_line_and_reason() {
        for (text, expected) in [
            ("[[frame]]\ntype = \"x\"\ncolour = 1", "own.toml:3: unknown key `colour` of frame `x`"),
            ("[[frames]]\n", "own.toml:1: unknown key `frames` (expected class, shape, support, list or frame)"),
            ("[[frame]]\nabout = \"x\"", "own.toml:1: a frame needs a `type`"),
            (
                "[[frame]]\ntype = \"x\"\n[[frame.rule]]\nname = \"a\"\nverb = [\"go\"]\nagent = [\"nsub\"]",
                "own.toml:6: unknown relation `nsub`",
            ),
            (
                "[[frame]]\ntype = \"x\"\n[[frame.rule]]\nname = \"a\"\nverb = [\"go\"]\nagent = [\"nsubj[dron]\"]",
                "own.toml:6: unknown class `dron`",
            ),
            (
                "[[frame]]\ntype = \"x\"\n[[frame.rule]]\nname = \"a\"\nverb = [\"go\"]\n[[frame.rule]]\nname = \"a\"\nverb = [\"go\"]",
                "own.toml:6: rule `x/a` is defined twice",
            ),
            (
                "[[frame]]\ntype = \"x\"\n[[frame.rule]]\nname = \"a\"",
                "own.toml:3: rule `x/a` has no trigger: verb, noun or adjective",
            ),
            (
                "[[frame]]\ntype = \"x\"\n[frame.codes]\nplover = { event = \"ASSAULT\", mode = \"dron\" }",
                "own.toml:4: `plover`: there is no `ASSAULT` with mode `dron`",
            ),
            (
                "[[frame]]\ntype = \"x\"\n[[frame.codes_when]]\nrule = \"a\"\nplover = \"none\"",
                "own.toml:4: there is no rule `x/a`",
            ),
            (
                "[[frame]]\ntype = \"x\"\n[[frame.rule]]\nname = \"a\"\nnoun = [\"arrest\"]\nexcept = [\"arrest rate\"]",
                "own.toml:6: `except`: `arrest rate` has the head of no trigger and more words",
            ),
            (
                "[[frame]]\ntype = \"x\"\n[frame.codes]\ncameo = { code = \"999\" }",
                "own.toml:4: `cameo`: there is no `999` with mode `-`",
            ),
            (
                "[[frame]]\ntype = \"x\"\n[frame.codes]\nacled = { event = \"Battles\", sub_event = \"Grenade\" }",
                "own.toml:4: `acled`: there is no `Grenade` under `Battles`",
            ),
            (
                "[[frame]]\ntype = \"x\"\n[[frame.rule]]\nname = \"a\"\nverb = [\"@goo\"]",
                "own.toml:5: `verb`: unknown list `goo`",
            ),
            (
                "[[frame]]\ntype = \"x\"\n[[frame.rule]]\nname = \"a\"\nnoun = [\"drone [drone]\"]",
                "own.toml:5: `noun`: `drone [drone]`: the head of a trigger is a word, not a class",
            ),
            (
                "[[frame]]\ntype = \"x\"\n[[frame.rule]]\nname = \"a\"\nverb = [\"go\"]\nwithout = [\"^nsub\"]",
                "own.toml:6: unknown relation `nsub`",
            ),
            (
                "[[frame]]\ntype = \"x\"\n[[frame.rule]]\nname = \"a\"\nverb = [\"go\"]\ntoll = \"dead\"",
                "own.toml:6: `toll`: unknown kind `dead`",
            ),
            (
                "[[frame]]\ntype = \"x\"\n[[frame.rule]]\nname = \"a\"\nverb = [\"go\"]\nis = { target = \"drone\" }",
                "own.toml:3: rule `x/a` can never match: it has no patterns for `target`",
            ),
        ] {
            assert_eq!(error(text), expected);
        }
        assert!(error("[[frame]]\ntype = ").starts_with("own.toml:2: "));
    }

    #[test]
    fn cycles_duplicates_and_unknown_keys_are_named() {
        for (text, expected) in [
            (
                "[[class]]\nname = \"aa\"\nis = \"bb\"\n[[class]]\nname = \"bb\"\nis = \"aa\"",
                "own.toml:3: unknown class `bb` (declare it earlier)",
            ),
            ("[[class]]\nname = \"aa\"\nis = \"aa\"", "own.toml:3: unknown class `aa` (declare it earlier)"),
            ("[[list]]\nname = \"aa\"\nwords = [\"@aa\"]", "own.toml:3: unknown list `aa`"),
            ("[[class]]\nname = \"drone\"", "own.toml:1: class `drone` is declared twice"),
            ("[[class]]\nname = \"Drone\"", "own.toml:1: class name `Drone`: lower-case letters and `_` only"),
            ("[[class]]\nwords = [\"drone\"]", "own.toml:1: a class needs a `name`"),
            ("[[class]]\nname = \"aa\"\ncolour = 1", "own.toml:3: unknown key `colour` of a class"),
            ("[[shape]]\nname = \"act\"", "own.toml:1: shape `act` is defined twice"),
            ("[[shape]]\nname = \"aa\"\nvictim = \"obj\"", "own.toml:3: unknown key `victim` of a shape"),
            ("[[list]]\nname = \"hit\"", "own.toml:1: list `hit` is defined twice"),
            ("[[list]]\nname = \"aa\"\nverbs = []", "own.toml:3: unknown key `verbs` of a list"),
            ("[[support]]\nverbs = [\"do\"]", "own.toml:1: support verbs need `verbs` and `noun`"),
            ("[class]\nname = \"aa\"", "own.toml:1: `class`: expected tables: [[class]]"),
            ("frame = [1]", "own.toml:1: `frame`: expected a table"),
        ] {
            assert_eq!(error(text), expected);
        }
        let twice = error("[[frame]]\ntype = \"x\"\ntype = \"y\"");
        assert!(twice.starts_with("own.toml:3: duplicate key"), "{twice}");
    }

    #[test]
    fn bad_values_are_named() {
        let rule = |line: &str| {
            error(&format!("[[frame]]\ntype = \"x\"\n[[frame.rule]]\nname = \"a\"\nverb = [\"go\"]\n{line}\n"))
        };
        for (line, expected) in [
            ("verbs = [\"go\"]", "own.toml:6: unknown key `verbs` of a rule"),
            (
                "noun = \"Boarding\"",
                "own.toml:6: `noun`: `Boarding`: triggers are lemmas in lower case, without accents",
            ),
            ("noun = \"\"", "own.toml:6: `noun`: an empty trigger"),
            ("noun = 3", "own.toml:6: `noun`: expected a string"),
            ("agent = \"nsubj[drone\"", "own.toml:6: `nsubj[drone`: a `[` without its `]` at the end"),
            ("agent = \"obl:By\"", "own.toml:6: unknown relation `obl:By`"),
            ("shape = \"acts\"", "own.toml:6: unknown shape `acts`"),
            ("is = { victim = \"drone\" }", "own.toml:6: `is`: unknown role `victim`"),
            ("require = \"victim\"", "own.toml:6: `require`: unknown role `victim`"),
            ("confidence = 2", "own.toml:6: `confidence`: expected a number from 0.0 to 1.0"),
            ("confidence = \"high\"", "own.toml:6: `confidence`: expected a number from 0.0 to 1.0"),
            ("priority = 1.5", "own.toml:6: `priority`: expected an integer"),
            ("polarity = \"no\"", "own.toml:6: `polarity`: `no` is none of its values"),
            ("[[frame.example]]", "own.toml:6: an example needs a `text`"),
            ("[[frame.example]]\ntext = \"a\"\ncolour = 1", "own.toml:8: unknown key `colour` of an example"),
            ("[[frame.counterexample]]\ntext = \"a\"\nagent = []", "own.toml:8: unknown key `agent` of an example"),
            ("[[frame.example]]\ntext = \"a\"\ntrigger = []", "own.toml:8: `trigger`: expected one string"),
            ("[[frame.example]]\ntext = \"a\"\ncount = \"two\"", "own.toml:8: `count`: expected a number"),
            ("[[frame.example]]\ntext = \"a\"\ndate = \"Monday\"", "own.toml:8: `date`: expected a day, YYYY-MM-DD"),
        ] {
            assert_eq!(rule(line), expected);
        }
        for (line, expected) in [
            ("type = \"Ship Boarding\"", "own.toml:2: type `Ship Boarding`: lower-case letters and `_` only"),
            ("type = \"x\"\nkind = \"deed\"", "own.toml:3: `kind`: expected act, outcome or speech, not `deed`"),
            ("type = \"x\"\nquantity = \"victim\"", "own.toml:3: `quantity`: unknown role `victim`"),
            ("type = \"x\"\ngeneric = 1", "own.toml:3: `generic`: expected true or false"),
        ] {
            assert_eq!(error(&format!("[[frame]]\n{line}\n")), expected);
        }
        let whole = "[[frame]]\ntype = \"x\"\n[[frame.rule]]\nname = \"a\"\nverb = [\"go\"]\nconfidence = 1\n";
        loader().read("own.toml", whole).unwrap();
    }

    #[test]
    fn lexicons_name_file_line_and_reason() {
        let error = |text: &str| loader().lexicon("own.tsv", text).unwrap_err().to_string();
        assert_eq!(error("# words\njahazi ship\n"), "own.tsv:2: expected `lemma<TAB>class|class`");
        assert_eq!(error("jahazi\tship|sloop\n"), "own.tsv:1: unknown class `sloop`");
        assert_eq!(error("\tship\n"), "own.tsv:1: expected `lemma<TAB>class|class`");
    }
}
