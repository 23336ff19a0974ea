//! Small closed sets of words that the rules ask for.

/// What a fixed expression of several words does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fixed {
    /// Acts as one preposition.
    Case,
    /// Begins a clause.
    Mark,
    /// Acts as one conjunction.
    Cc,
    /// Modifies a number or a clause.
    Advmod,
}

/// The fixed expression that starts at the words `word(0)`, `word(1)`, ...: what it does and how many words it has.
pub(crate) fn fixed_expression<'a>(word: impl Fn(usize) -> &'a str) -> Option<(Fixed, usize)> {
    use Fixed::{Advmod, Case, Cc, Mark};
    Some(match (word(0), word(1), word(2)) {
        ("as", "well", "as") | ("rather", "than", "the") => return Some((Cc, if word(0) == "as" { 3 } else { 2 })),
        ("in", "order", "to") => (Mark, 2),
        ("so", "that", next) if next != "," => (Mark, 2),
        ("as", "if" | "though", _) => (Mark, 2),
        ("according" | "due" | "prior" | "thanks" | "owing", "to", _) => (Case, 2),
        ("because", "of", _) | ("instead", "of", _) | ("as", "of" | "for", _) => (Case, 2),
        ("such", "as", _) => (Case, 2),
        ("as", "well", _) => (Advmod, 2),
        ("more" | "fewer" | "less", "than", _) => (Advmod, 2),
        ("of", "course", _) | ("at", "once", _) | ("so", "far", _) => (Advmod, 2),
        _ => return None,
    })
}

/// Words that only begin clauses.
pub(crate) fn is_only_subordinator(lower: &str) -> bool {
    matches!(lower, "because" | "although" | "though" | "while" | "whereas" | "if" | "unless" | "whether" | "lest" | "that")
}

/// Words that begin a phrase ("after the blast") or a clause ("after the bomb went off").
pub(crate) fn may_subordinate(lower: &str) -> bool {
    matches!(lower, "after" | "before" | "since" | "until" | "till" | "as" | "once" | "for" | "like" | "than" | "except" | "with" | "without" | "so")
}

/// Adverbs of degree, which stand before adjectives.
pub(crate) fn is_degree(lower: &str) -> bool {
    matches!(lower, "very" | "too" | "so" | "more" | "most" | "less" | "highly" | "heavily" | "extremely" | "quite" | "rather" | "fairly" | "deeply" | "newly" | "particularly" | "increasingly" | "politically" | "largely" | "mostly" | "predominantly" | "once" | "as" | "badly" | "seriously" | "severely" | "lightly" | "slightly" | "formerly" | "previously" | "recently" | "mainly" | "nearly" | "almost")
}

/// The names of the months and their usual abbreviations, in lower case.
pub(crate) fn is_month(lower: &str) -> bool {
    matches!(
        lower,
        "january" | "february" | "march" | "april" | "may" | "june" | "july" | "august" | "september" | "october" | "november"
            | "december" | "jan." | "feb." | "mar." | "apr." | "jun." | "jul." | "aug." | "sep." | "sept." | "oct." | "nov." | "dec."
            | "jan" | "feb" | "sept" | "oct" | "nov" | "dec"
    )
}

/// The names of the days of the week, in lower case.
pub(crate) fn is_weekday(lower: &str) -> bool {
    matches!(lower, "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")
}

/// Nouns that may say when something happens without a preposition ("last month", "two days ago").
pub(crate) fn is_time_noun(lemma: &str) -> bool {
    matches!(
        lemma.to_ascii_lowercase().as_str(),
        "day" | "week" | "month" | "year" | "hour" | "minute" | "second" | "night" | "morning" | "afternoon" | "evening" | "time"
            | "weekend" | "decade" | "century" | "yesterday" | "today" | "tomorrow" | "tonight" | "moment" | "summer" | "winter"
            | "spring" | "autumn" | "fall" | "midnight" | "noon" | "dawn" | "season" | "monday" | "tuesday" | "wednesday"
            | "thursday" | "friday" | "saturday" | "sunday"
    )
}

/// Nouns that a number may follow: "flight 370", "room 12".
pub(crate) fn takes_number(lemma: &str) -> bool {
    matches!(lemma, "room" | "flight" | "number" | "no." | "article" | "section" | "page" | "chapter" | "unit" | "gate" | "route" | "line" | "phase" | "group" | "block" | "reactor" | "highway" | "resolution")
}

/// Words for great numbers, which a number before them multiplies.
pub(crate) fn is_scale(lower: &str) -> bool {
    matches!(lower, "hundred" | "thousand" | "million" | "billion" | "trillion" | "m" | "bn" | "dozen")
}

/// Small words inside names: "Ursula von der Leyen", "Hayat Tahrir al Sham".
pub(crate) fn is_name_particle(lower: &str) -> bool {
    matches!(lower, "von" | "van" | "der" | "de" | "del" | "della" | "di" | "da" | "dos" | "bin" | "ibn" | "ben" | "al" | "el" | "abu" | "la" | "le" | "ter")
}

/// Titles and posts that stand before a person's name, in lower case.
pub(crate) fn is_title(lower: &str) -> bool {
    matches!(
        lower,
        "mr." | "mr" | "mrs." | "mrs" | "ms." | "ms" | "dr." | "dr" | "prof." | "professor" | "president" | "vice" | "prime" | "minister"
            | "king" | "queen" | "prince" | "princess" | "sheikh" | "sultan" | "emir" | "pope" | "cardinal" | "bishop" | "archbishop"
            | "imam" | "ayatollah" | "rabbi" | "senator" | "sen." | "rep." | "representative" | "congressman" | "congresswoman" | "gov."
            | "governor" | "mayor" | "chancellor" | "ambassador" | "secretary" | "general" | "gen." | "colonel" | "col." | "lieutenant"
            | "lt." | "major" | "maj." | "captain" | "capt." | "sergeant" | "sgt." | "corporal" | "cpl." | "private" | "pvt." | "admiral"
            | "adm." | "commander" | "brigadier" | "brig." | "marshal" | "detective" | "inspector" | "superintendent" | "officer" | "chief"
            | "sheriff" | "judge" | "justice" | "sir" | "lady" | "lord" | "dame" | "baroness" | "st." | "saint" | "mullah" | "mufti"
            | "spokesman" | "spokeswoman" | "deputy" | "foreign" | "defense" | "defence" | "interior" | "finance" | "first" | "rev."
            | "reverend" | "fr." | "father" | "sister" | "brother" | "crown" | "speaker" | "director" | "premier" | "taoiseach" | "chairman"
    )
}

/// Common nouns that end the names of bodies, places and works: such names have their head last.
pub(crate) fn is_name_noun(lower: &str) -> bool {
    matches!(
        lower,
        "army" | "navy" | "air" | "force" | "forces" | "guard" | "guards" | "corps" | "brigade" | "brigades" | "battalion" | "division"
            | "regiment" | "ministry" | "department" | "office" | "agency" | "commission" | "committee" | "council" | "parliament"
            | "assembly" | "senate" | "congress" | "court" | "party" | "front" | "movement" | "union" | "league" | "alliance" | "coalition"
            | "organization" | "organisation" | "group" | "company" | "corporation" | "bank" | "fund" | "foundation" | "institute"
            | "university" | "college" | "school" | "hospital" | "centre" | "center" | "airport" | "station" | "port" | "base" | "camp"
            | "prison" | "square" | "street" | "road" | "avenue" | "boulevard" | "bridge" | "park" | "hall" | "house" | "palace" | "tower"
            | "church" | "mosque" | "cathedral" | "temple" | "museum" | "stadium" | "hotel" | "market" | "mall" | "theatre" | "theater"
            | "river" | "sea" | "ocean" | "lake" | "gulf" | "bay" | "strait" | "island" | "islands" | "peninsula" | "mountain" | "mountains"
            | "valley" | "desert" | "coast" | "strip" | "bank's" | "region" | "province" | "district" | "county" | "state" | "states"
            | "republic" | "kingdom" | "city" | "town" | "village" | "territory" | "oblast" | "war" | "day" | "times" | "post" | "news"
            | "press" | "journal" | "herald" | "tribune" | "guardian" | "observer" | "observatory" | "crescent" | "cross" | "helmets"
            | "nations" | "security" | "intelligence" | "police" | "service" | "services" | "administration" | "authority" | "directorate"
            | "bureau" | "command" | "treaty" | "agreement" | "act" | "law" | "charter" | "conference" | "summit" | "games" | "cup"
            | "championship" | "house's" | "street's" | "association" | "federation" | "society" | "network" | "board" | "society's"
            | "emirates" | "east" | "west" | "north" | "south" | "africa" | "america" | "asia" | "europe" | "korea" | "line" | "dam" | "plant" | "refinery" | "militia" | "rights" | "minister" | "president" | "secretary" | "general" | "spokesman"
    )
}

/// Common nouns for persons that stand before a name as its description ("spokesman Ivan Petrov").
pub(crate) fn is_person_noun(lemma: &str) -> bool {
    matches!(
        lemma,
        "spokesman" | "spokeswoman" | "spokesperson" | "president" | "minister" | "chief" | "leader" | "commander" | "governor" | "mayor"
            | "official" | "officer" | "general" | "director" | "head" | "chairman" | "secretary" | "ambassador" | "envoy" | "journalist"
            | "reporter" | "correspondent" | "analyst" | "expert" | "professor" | "lawyer" | "attorney" | "prosecutor" | "judge" | "actor"
            | "actress" | "singer" | "writer" | "author" | "captain" | "coach" | "striker" | "midfielder" | "defender" | "goalkeeper"
            | "lawmaker" | "senator" | "deputy" | "member" | "activist" | "candidate" | "premier" | "chancellor" | "adviser" | "advisor"
            | "doctor" | "teacher" | "resident" | "witness" | "soldier" | "colonel" | "pilot" | "son" | "daughter" | "wife" | "husband"
            | "brother" | "sister" | "father" | "mother" | "man" | "woman" | "founder" | "boss" | "manager" | "researcher" | "historian"
            | "economist" | "politician" | "king" | "queen" | "prince" | "emperor" | "pope" | "bishop" | "cleric" | "imam" | "warlord"
            | "inspector" | "sergeant" | "detective" | "aide" | "veteran" | "farmer" | "student" | "shopkeeper" | "substitute" | "agency"
    )
}

/// Verbs of saying and knowing, whose clause may follow without "that".
pub(crate) fn takes_clause(lemma: &str) -> bool {
    matches!(
        lemma,
        "say" | "tell" | "report" | "claim" | "confirm" | "announce" | "state" | "declare" | "add" | "note" | "warn" | "allege" | "believe"
            | "think" | "know" | "hope" | "fear" | "deny" | "acknowledge" | "admit" | "argue" | "estimate" | "suggest" | "insist" | "indicate"
            | "reveal" | "show" | "mean" | "explain" | "write" | "tweet" | "feel" | "see" | "find" | "hear" | "learn" | "agree" | "assert"
            | "suspect" | "assume" | "expect" | "demand" | "promise" | "vow" | "pledge" | "threaten" | "conclude" | "stress" | "emphasize"
            | "emphasise" | "predict" | "reckon" | "understand" | "realize" | "ensure" | "recall" | "reply" | "answer" | "respond" | "caution"
            | "testify" | "speculate" | "maintain" | "contend" | "concede" | "disclose" | "inform" | "remark" | "observe" | "signal" | "wish"
    )
}

/// Verbs of saying that may follow or interrupt what is said ("..., the police said").
pub(crate) fn reports_speech(lemma: &str) -> bool {
    matches!(
        lemma,
        "say" | "tell" | "report" | "claim" | "confirm" | "announce" | "state" | "declare" | "add" | "note" | "warn" | "allege" | "believe"
            | "think" | "acknowledge" | "admit" | "argue" | "estimate" | "suggest" | "insist" | "explain" | "write" | "tweet" | "assert"
            | "stress" | "emphasize" | "emphasise" | "reply" | "answer" | "respond" | "caution" | "testify" | "recall" | "concede" | "show"
            | "remark" | "quote" | "post" | "continue" | "conclude" | "maintain" | "indicate" | "ask"
    )
}

/// Verbs whose infinitive after an object belongs to the object ("forced them to leave").
pub(crate) fn controls_object(lemma: &str) -> bool {
    matches!(
        lemma,
        "urge" | "ask" | "force" | "order" | "tell" | "allow" | "want" | "expect" | "compel" | "persuade" | "convince" | "encourage"
            | "invite" | "permit" | "enable" | "help" | "instruct" | "require" | "request" | "warn" | "advise" | "command" | "oblige" | "lead"
            | "cause" | "push" | "pressure" | "press" | "prompt" | "leave" | "authorize" | "authorise" | "beg" | "call" | "get" | "believe"
            | "know" | "consider" | "find" | "appoint" | "elect" | "train" | "forbid" | "task" | "lure" | "direct"
    )
}

/// Verbs that are followed by an "-ing" form of their own.
pub(crate) fn takes_ing(lemma: &str) -> bool {
    matches!(
        lemma,
        "begin" | "start" | "stop" | "continue" | "keep" | "deny" | "admit" | "avoid" | "consider" | "finish" | "quit" | "risk" | "resume"
            | "suggest" | "recommend" | "oppose" | "report" | "recall" | "like" | "love" | "hate" | "enjoy" | "practise" | "practice" | "go"
            | "end" | "remain" | "spend" | "try" | "cease" | "involve" | "include" | "mean" | "justify" | "favor" | "favour" | "prevent"
    )
}

/// Verbs with an "-ing" form or participle after their object ("saw troops crossing", "left 12 people dead").
pub(crate) fn takes_object_and_participle(lemma: &str) -> bool {
    matches!(lemma, "see" | "hear" | "find" | "keep" | "leave" | "catch" | "watch" | "show" | "send" | "set" | "get" | "have" | "want" | "declare" | "make" | "hold" | "render" | "consider" | "call" | "report")
}

/// Verbs whose participle after a phrase tells the result of the whole ("exploded in a market killing ten").
pub(crate) fn tells_result(lemma: &str) -> bool {
    matches!(
        lemma,
        "kill" | "injure" | "wound" | "cause" | "leave" | "destroy" | "damage" | "force" | "prompt" | "trigger" | "set" | "hit" | "strike"
            | "say" | "cite" | "claim" | "raise" | "bring" | "make" | "use" | "target" | "knock" | "spark"
    )
}

/// Participles that act as prepositions before a noun phrase.
pub(crate) fn is_participle_preposition(lower: &str) -> bool {
    matches!(lower, "including" | "following" | "concerning" | "regarding" | "excluding" | "given" | "considering" | "pending")
}

/// Verbs that link a subject to an adjective or noun.
pub(crate) fn links(lemma: &str) -> bool {
    matches!(lemma, "become" | "remain" | "seem" | "appear" | "stay" | "look" | "feel" | "sound" | "prove" | "grow" | "turn" | "go" | "stand" | "lie" | "die" | "fall")
}

/// Verbs that may have two objects ("gave the army weapons").
pub(crate) fn takes_two_objects(lemma: &str) -> bool {
    matches!(lemma, "give" | "tell" | "send" | "offer" | "show" | "grant" | "hand" | "pay" | "ask" | "cost" | "promise" | "award" | "teach" | "deny" | "sell" | "lend" | "owe" | "bring" | "buy" | "allow" | "issue" | "assign" | "deal" | "inform" | "notify" | "remind" | "warn")
}

/// Nouns that an infinitive completes ("a plan to attack", "efforts to end").
pub(crate) fn noun_takes_infinitive(lemma: &str) -> bool {
    matches!(
        lemma,
        "attempt" | "plan" | "decision" | "effort" | "bid" | "threat" | "ability" | "right" | "order" | "plot" | "agreement" | "promise"
            | "pledge" | "vow" | "proposal" | "demand" | "call" | "need" | "way" | "chance" | "opportunity" | "move" | "failure" | "refusal"
            | "willingness" | "readiness" | "permission" | "offer" | "deal" | "duty" | "power" | "capacity" | "desire" | "intention" | "measure"
            | "step" | "time" | "reason" | "campaign" | "mission" | "operation" | "request" | "warrant" | "obligation" | "warning" | "push" | "drive" | "struggle" | "fight" | "conspiracy" | "appeal" | "pressure" | "tendency" | "goal" | "aim"
    )
}
