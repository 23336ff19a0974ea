//! What makes an analysis a tree. The fuzz targets hold analyses to the same law.

use dateline_syntax::{Analysis, Deprel, Relations};

/// Asserts that an analysis of words of `text` is one tree over all its words, and that its names are pieces of the text.
pub fn check(analysis: &Analysis<'_>, text: &str) {
    let len = analysis.len();
    let roots = (0..len).filter(|&word| analysis.head(word).is_none()).count();
    assert_eq!(roots, usize::from(len > 0), "roots");
    // Words whose way up is known to end are not walked again.
    let mut ends = vec![false; len];
    let mut way = Vec::new();
    for start in 0..len {
        way.clear();
        let mut at = Some(start);
        while let Some(word) = at
            && !ends[word]
        {
            way.push(word);
            assert!(way.len() <= len, "a cycle at word {start}");
            at = analysis.head(word);
        }
        way.iter().for_each(|&word| ends[word] = true);
        assert_eq!(
            analysis.deprel(start) == Deprel::Root,
            analysis.head(start).is_none(),
            "the relation of word {start}"
        );
        let inner = analysis.subtree(start);
        assert!(inner.contains(&start) && inner.end <= len);
        if let Some(head) = analysis.head(start) {
            let outer = analysis.subtree(head);
            assert!(outer.start <= inner.start && inner.end <= outer.end, "word {start} under {head}");
        }
        assert_eq!(analysis.form(start), text.get(analysis.span(start).range()).expect("a word of the text"));
        let _ = (analysis.lemma(start), analysis.upos(start), analysis.xpos(start));
    }
    let mut end = 0;
    for name in analysis.names() {
        assert!(end <= name.span.start && name.span.start < name.span.end, "{name:?}");
        assert!(text.get(name.span.range()).is_some(), "{name:?}");
        end = name.span.end;
    }
}
