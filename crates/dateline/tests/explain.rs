//! Why events came out as they did, and why others did not.

use std::fs;
use std::path::PathBuf;

use dateline::explain::{Answer, Explained, Question, Step};
use dateline::report::{PlaceBasis, PlaceRelation, TimeBasis};
use dateline::{Document, OffsetUnit, Pipeline};

fn articles() -> Vec<(String, String)> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/articles"));
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut texts: Vec<(String, String)> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap()))
        .collect();
    texts.sort();
    texts
}

fn explained(text: &str) -> Explained {
    Pipeline::embedded().unwrap().explain(&Document::new(text).unwrap())
}

fn why_not(text: &str, question: &Question) -> Answer {
    Pipeline::embedded().unwrap().why_not(&Document::new(text).unwrap(), question).unwrap()
}

#[test]
fn an_event_tells_its_rule_roles_place_date_and_codes() {
    let (_, text) = articles().into_iter().find(|(name, _)| name == "istra").unwrap();
    let explained = explained(&text);
    let of = |trigger: &str| explained.events.iter().find(|event| event.trigger.text == trigger).unwrap();

    let event = of("destroyed");
    assert_eq!((event.rule.as_str(), event.pattern.as_str()), ("interception/destroy", "destroy"));
    let target = event.bindings.iter().find(|binding| binding.role == "target").unwrap();
    assert_eq!(target.phrase.text, "two drones");
    assert_eq!((target.pattern.as_deref(), target.path.as_deref()), (Some("nsubj:pass"), Some("nsubj:pass")));
    assert!(target.classes.iter().any(|class| class == "drone"), "{target:?}");
    assert!(event.conditions.iter().any(|held| held.because == "\"drones\""), "{:?}", event.conditions);
    let place = &event.places[0];
    assert_eq!((place.relation, place.basis), (PlaceRelation::Over, PlaceBasis::Clause));
    assert!(place.candidates[0].starts_with("Kremlin, RU ("), "{place:?}");
    let time = &event.time;
    assert_eq!((time.value.as_deref(), time.basis), (Some("2023-05"), TimeBasis::Text));
    assert_eq!(time.expression.as_ref().map(|words| words.text.as_str()), Some("May"));
    assert_eq!(time.anchor.as_deref(), Some("2023-11-06"));
    let arithmetic = "2023-05-01 (Monday) to 2023-05-31 (Wednesday): ends 159 days before 2023-11-06 (Monday)";
    assert_eq!(time.arithmetic.as_deref(), Some(arithmetic));
    let plover = event.codes.iter().find(|code| code.book.starts_with("PLOVER")).unwrap();
    assert_eq!(plover.code.as_deref(), Some("ASSAULT drone"));
    let about = "uses violence against people or things; by unmanned aircraft";
    assert_eq!((plover.book.as_str(), plover.about.as_deref()), ("PLOVER 2.0/1", Some(about)));
    assert!(plover.reason.contains("when target is drone; actor: sender, recipient: agent"), "{plover:?}");
    assert!(event.lost.iter().any(|lost| lost.rule == "damage/verb" && lost.reason.contains("target is object")));

    // The headline tells of the same, and what was shot down had been launched.
    let merged: Vec<&str> = of("downed").merged.iter().map(|merged| merged.trigger.text.as_str()).collect();
    assert_eq!(merged, ["shot down", "launched"]);
    // The part "and one in the Istra district" has no verb of its own.
    let parts = explained.events.iter().filter(|event| event.trigger.text == "shot down");
    let part = parts.flat_map(|event| &event.bindings).find(|binding| binding.phrase.text == "one").unwrap();
    assert_eq!(part.pattern, None);
}

#[test]
fn dates_are_counted_from_the_document_or_told_whole() {
    let text = "date 2024-03-08\n\nRebels shelled Goma on Wednesday. Troops shelled Beni on 2 January 2021. Gunmen \
                abducted a priest in Butembo.";
    let explained = explained(text);
    let times: Vec<_> = explained.events.iter().map(|event| event.time.to_string()).collect();
    assert_eq!(times[0], "2024-03-06: \"Wednesday\", counted from 2024-03-08");
    assert_eq!(times[1], "2021-01-02: \"2 January 2021\", whatever the date of the document");
    assert_eq!(explained.events[1].time.anchor, None);
    let counted = explained.events[0].time.arithmetic.as_deref();
    assert_eq!(counted, Some("2024-03-08 (Friday) - 2 days = 2024-03-06 (Wednesday)"));
}

#[test]
fn a_sentence_without_an_event_names_the_condition_that_failed() {
    for (text, event_type, rule, step, reason) in [
        (
            "The cold snap arrested the growth of the vines.",
            "arrest",
            "arrest/arrest",
            Step::Condition,
            "the condition \"target is not event|ship|goods|trend\" does not hold: \"growth\" fills it",
        ),
        (
            "He died after a long battle with cancer.",
            "armed_clash",
            "armed_clash/clash-noun",
            Step::Context,
            "\"cancer\"",
        ),
        (
            "The company launched a raid on its rival's customers.",
            "raid",
            "raid/raid",
            Step::Condition,
            "does not hold: \"company\" fills it",
        ),
        (
            "The police arrest rate fell.",
            "arrest",
            "arrest/arrest",
            Step::Word,
            "\"arrest\" is NOUN and hangs as compound",
        ),
    ] {
        let answer = why_not(text, &Question::new().event_type(event_type));
        assert_eq!(answer.why_not.found, [0; 0], "{text}");
        let near = &answer.why_not.near[0];
        assert_eq!((near.rule.as_str(), near.step), (rule, step), "{text}: {near}");
        assert!(near.reason.contains(reason), "{text}: {near}");
    }
}

#[test]
fn a_rule_that_matches_and_makes_no_event_says_what_came_first() {
    let text = "Rebels shelled a market in Goma on Monday. The shelling killed nine people.";
    let answer = why_not(text, &Question::new().event_type("casualties"));
    let merged = answer.why_not.near.iter().find(|miss| miss.reason.contains("is part of the event of shelling/"));
    assert_eq!(merged.map(|miss| miss.step), Some(Step::Choice), "{:?}", answer.why_not);
}

#[test]
fn a_question_goes_to_a_sentence_or_to_bytes() {
    let text = "Police arrested a man. The frost arrested the growth of the vines.";
    let first = why_not(text, &Question::new().event_type("arrest").sentence(0));
    assert_eq!((first.why_not.found, first.why_not.near.len()), (vec![0], 0));
    let second = why_not(text, &Question::new().sentence(1));
    assert_eq!((second.why_not.found.len(), second.why_not.near[0].word.text.as_str()), (0, "arrested"));
    let start = text.find("growth").unwrap();
    assert_eq!(why_not(text, &Question::new().within(start, start + 1)).why_not.near, []);
    assert_eq!(why_not(text, &Question::new().sentence(7)).why_not.near, []);
    assert_eq!(why_not(text, &Question::new().sentence(1).most(0)).why_not.near, []);
    let pipeline = Pipeline::embedded().unwrap();
    assert_eq!(pipeline.why_not(&Document::new(text).unwrap(), &Question::new().event_type("picnic")), None);
}

#[test]
fn explanations_are_of_the_report_that_an_extraction_gives() {
    let pipeline = Pipeline::embedded().unwrap();
    let mut events = 0;
    for (name, text) in articles() {
        let document = Document::new(text.as_str()).unwrap();
        let explained = pipeline.explain(&document);
        assert_eq!(explained.report, pipeline.extract(&document), "{name}");
        assert_eq!(explained.events.len(), explained.report.events.len(), "{name}");
        for (number, (event, told)) in explained.events.iter().zip(&explained.report.events).enumerate() {
            let why = format!("{name}: {event}");
            assert_eq!(event.event, number, "{why}");
            assert_eq!(
                (&event.r#type, &event.trigger, &event.rule),
                (&told.r#type, &told.trigger, &told.rule),
                "{why}"
            );
            assert_eq!(event.time.value, told.time.value, "{why}");
            assert!(!event.pattern.is_empty(), "{why}");
            let merged: Vec<_> = event.merged.iter().map(|merged| &merged.trigger).collect();
            // A part without a verb of its own has the verb of its whole, and its number as a mention.
            let all_there = told.mentions.iter().all(|mention| merged.contains(&mention));
            assert!(all_there || told.part_of.is_some(), "{why}");
            let places: Vec<usize> = event.places.iter().map(|place| place.place).collect();
            assert_eq!(places, told.places.iter().map(|place| place.place).collect::<Vec<_>>(), "{why}");
            for (role, arguments) in
                [("agent", &told.agent), ("target", &told.target), ("instrument", &told.instrument)]
            {
                let bound = event.bindings.iter().filter(|binding| binding.role == role);
                let bound: Vec<&str> = bound.map(|binding| binding.phrase.text.as_str()).collect();
                assert_eq!(bound, arguments.iter().map(|argument| argument.text.as_str()).collect::<Vec<_>>(), "{why}");
            }
            let codes: Vec<bool> = event.codes.iter().map(|code| code.code.is_some()).collect();
            let of = &told.codes;
            let told = [of.plover.is_some(), of.cameo.is_some(), of.acled_style.is_some(), of.gdelt_count.is_some()];
            assert_eq!(codes, told, "{why}");
        }
        events += explained.events.len();
        let again: Explained = serde_json::from_str(&serde_json::to_string(&explained).unwrap()).unwrap();
        assert_eq!(again, explained, "{name}");
        let chars = explained.to_offsets(&text, OffsetUnit::Chars);
        let letters: Vec<char> = text.chars().collect();
        for phrase in chars.events.iter().flat_map(|event| event.bindings.iter().map(|binding| &binding.phrase)) {
            assert_eq!(letters[phrase.start..phrase.end].iter().collect::<String>(), phrase.text, "{name}");
        }
    }
    assert!(events > 100, "{events}");
}

#[test]
fn nothing_is_too_odd_to_explain() {
    for text in ["", " ", "date 2023-11-06", "\u{feff}.", "Shot shot shot shot.", "\"Attack\" \"attack\" of attack"] {
        let explained = explained(text);
        assert_eq!(explained.events.len(), explained.report.events.len(), "{text:?}");
        why_not(text, &Question::new());
    }
}
