//! Training is reproducible, and what it makes can be used.

use dateline_syntax::training::{Material, Options, Sentence, train};
use dateline_syntax::{Analysis, Analyzer, Deprel, Relations, Upos, Xpos};

#[test]
fn the_same_sentences_give_the_same_bytes() {
    let sentences = reviewed();
    let mut options = Options::default();
    (options.tagger_passes, options.names_passes, options.parser_passes) = (3, 1, 3);
    let irregular = [("shot".to_owned(), 'V', "shoot".to_owned())];
    let words = [("Gunmen".to_owned(), 17), ("Kandahar".to_owned(), 33)];
    let material = Material { sentences: &sentences, irregular: &irregular, words: &words };
    let model = train(material, options, &mut |_| ());
    assert!(model == train(material, options, &mut |_| ()), "two trainings gave different bytes");

    let analyzer = Analyzer::from_bytes(model).unwrap();
    let (mut right, mut words) = (0, 0);
    for sentence in &sentences {
        let forms: Vec<&str> = sentence.forms.iter().map(String::as_str).collect();
        let mut analysis = Analysis::new();
        analyzer.analyze_words(&forms, &mut analysis);
        right += (0..analysis.len()).filter(|&word| analysis.head(word) == sentence.heads[word]).count();
        words += analysis.len();
    }
    // It has seen them; what is asked is that it learnt.
    assert!(right * 10 > words * 8, "{right} of {words} heads");
}

#[test]
fn no_sentences_give_a_model_that_opens() {
    let model = train(Material::default(), Options::default(), &mut |_| ());
    let error = Analyzer::from_bytes(model).map(|_| ()).unwrap_err();
    assert!(error.to_string().contains("classes"), "{error}");
}

/// The sentences have no Penn tags: some that goes with the universal one.
fn penn(upos: Upos) -> Xpos {
    match upos {
        Upos::Noun => Xpos::Nn,
        Upos::Propn => Xpos::Nnp,
        Upos::Verb | Upos::Aux => Xpos::Vbd,
        Upos::Adj => Xpos::Jj,
        Upos::Adp | Upos::Sconj => Xpos::In,
        Upos::Det => Xpos::Dt,
        Upos::Num => Xpos::Cd,
        _ => Xpos::Rb,
    }
}

/// The two hundred reviewed sentences.
fn reviewed() -> Vec<Sentence> {
    let blocks = include_str!("../testdata/news.conllu").split("\n\n").filter(|block| !block.trim().is_empty());
    blocks
        .map(|block| {
            let mut sentence = Sentence::default();
            for line in block.lines().filter(|line| !line.starts_with('#')) {
                let columns: Vec<&str> = line.split('\t').collect();
                sentence.forms.push(columns[1].to_owned());
                sentence.lemmas.push(columns[2].to_owned());
                sentence.upos.push(Upos::parse(columns[3]).unwrap());
                sentence.xpos.push(penn(Upos::parse(columns[3]).unwrap()));
                sentence.heads.push(columns[6].parse::<usize>().unwrap().checked_sub(1));
                sentence.deprels.push(Deprel::parse(columns[7]).unwrap_or(Deprel::Dep));
            }
            sentence
        })
        .collect()
}
