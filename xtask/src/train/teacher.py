"""Makes words.tsv.gz: words with a class of their own, which the tagger and the name finder learn from beside the corpora.

    python3 teacher.py MODEL CORPORA

MODEL is the folder of spaCy's `en_core_web_md` 3.8.0 (MIT), the model that labelled the names of the corpora; spaCy 3.8.18 and
wordfreq 3.1.1 (word frequencies, CC BY-SA 4.0) are needed beside it. CORPORA is the folder with `ud` and `silver`.

Each word is put into four short sentences, and the model's inner state there is what it knows of the word. Words whose states
are alike get the same class: 15 groups of up to 16 classes, the group in the upper four bits.

The file that is there was made in these steps by the script's first form: it drew other random numbers, and had more words to
begin with, of which those that are in no text below and not among wordfreq's were taken out.
"""

import collections
import gzip
import pathlib
import sys

import numpy as np
import spacy
from spacy.tokens import Doc
from wordfreq import top_n_list

HERE = pathlib.Path(__file__).parent
WORDS = HERE / "words.tsv.gz"
FRAMES = [("He went to", "last week ."), ("John", "was there ."), ("They saw", "Miller there ."), ("it , and", "has been ,")]
GROUPS, CLASSES = 15, 16


def read(path):
    """Sentences of a treebank, as lists of forms."""
    opened = gzip.open(path, "rt") if path.suffix == ".gz" else open(path)
    forms = []
    for line in opened:
        if line[0].isdigit():
            number, form = line.split("\t")[:2]
            if number.isdigit():
                forms.append(form)
        elif forms and not line.strip():
            yield forms
            forms = []
    if forms:
        yield forms


def texts(corpora):
    """The sentences that weights may learn from, as lists of forms."""
    for part in ["silver/free-ud.conllu.gz", "ud/ewt-train.conllu", "ud/gum-train-permissive.conllu"]:
        yield from read(corpora / part)


def vocabulary(model, corpora):
    """Words with their weight: capitalised ones of the corpora and of a frequency list, and the small ones of the corpora."""
    capital, small = collections.Counter(), collections.Counter()
    for forms in texts(corpora):
        for at, form in enumerate(forms):
            if any(letter.isalpha() for letter in form) and len(form) < 30:
                if form[0].isupper():
                    capital[form] += 0.2 if at == 0 else 1
                else:
                    small[form.lower()] += 1
    words = {form: count for form, count in capital.items() if count >= 1}
    have, known = {form.lower() for form in words}, set(model.vocab.vectors.keys())
    for form in top_n_list("en", 400000):
        capitalised = form[0].upper() + form[1:]
        usable = any(letter.isalpha() for letter in form) and len(form) < 30 and form not in have
        if usable and capitalised not in words and model.vocab.strings[capitalised] in known:
            words[capitalised] = 0.5
    return words | {form: count for form, count in small.items() if count >= 4}


def states(model, words):
    """The model's inner state at each word in each frame, and whether the label there is a name's, as numbers."""
    finder = model.get_pipe("ner")
    network = finder.model.get_ref("tok2vec")
    kinds = ["PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "EVENT"]
    out, labels = np.zeros((len(words), len(FRAMES), 64), np.float32), np.zeros((len(words), len(FRAMES), 8), np.float32)
    for number, (before, after) in enumerate(FRAMES):
        before, after = before.split(), after.split()
        for start in range(0, len(words), 4096):
            docs, places = [], []
            for first in range(start, min(start + 4096, len(words)), 64):
                forms = []
                for word in words[first : first + 64]:
                    places.append((len(docs), len(forms) + len(before)))
                    forms += before + [word] + after
                docs.append(Doc(model.vocab, words=forms))
            found = np.asarray(network.predict(docs))
            offsets = np.cumsum([0] + [len(doc) for doc in docs])
            finder.set_annotations(docs, finder.predict(docs))
            for index, (doc, place) in enumerate(places, start):
                out[index, number] = found[offsets[doc] + place]
                kind = docs[doc][place].ent_type_
                labels[index, number, kinds.index(kind) if kind in kinds else 7] = 1
    return out, labels


def cluster(points, weights, count, rounds, dice):
    """Which of so many clusters (k-means) each point is in."""
    if len(points) <= count:
        return np.arange(len(points))
    centres = points[dice.choice(len(points), count, replace=False, p=weights / weights.sum())]
    for _ in range(rounds):
        squares = (centres**2).sum(1)[None]
        parts = [points[at : at + 20000] for at in range(0, len(points), 20000)]
        nearest = np.concatenate([np.argmin(squares - 2 * part @ centres.T, 1) for part in parts])
        for number in range(count):
            members = nearest == number
            if members.any():
                centres[number] = np.average(points[members], 0, weights=weights[members])
            else:
                centres[number] = points[dice.integers(len(points))]
    return nearest


def make_words(model, corpora):
    weights = vocabulary(model, corpora)
    words = sorted(weights, key=lambda word: (-weights[word], word))
    inner, labels = states(model, words)
    inner = (inner - inner.mean(0)) / (inner.reshape(-1, 64).std(0) + 1e-6) / 16
    points = np.concatenate([inner.reshape(len(words), -1), 0.4 * labels.reshape(len(words), -1)], 1)
    weight = np.minimum(np.sqrt([weights[word] for word in words]), 10)
    dice = np.random.default_rng(1)
    groups = cluster(points, weight, GROUPS, 20, dice)
    classes = np.zeros(len(words), int)
    for group in range(GROUPS):
        members = np.where(groups == group)[0]
        classes[members] = (group + 1) * 16 + cluster(points[members], weight[members], CLASSES, 12, dice)
    with gzip.GzipFile(WORDS, "wb", mtime=0) as out:
        out.write(b"# Made by `python3 xtask/src/train/teacher.py MODEL CORPORA`. Do not edit.\n")
        out.write("".join(f"{word}\t{number}\n" for word, number in zip(words, classes)).encode())


if __name__ == "__main__":
    _, folder, corpora = sys.argv
    make_words(spacy.load(folder), pathlib.Path(corpora))
