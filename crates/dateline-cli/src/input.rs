//! Where documents come from: files, folders and standard input, one after the other.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use same_file::Handle;
use walkdir::{DirEntry, WalkDir};

use crate::args::From;

/// A document as it lies in the input, not looked at yet.
#[derive(Debug)]
pub struct Raw {
    /// The file.
    pub name: Arc<str>,
    pub content: Content,
}

#[derive(Debug)]
pub enum Content {
    /// A line of a JSON Lines file, or the lines of a CoNLL-U file up to an empty one.
    Part { line: u64, number: u64, bytes: Vec<u8> },
    /// A whole file.
    Whole { id: String, bytes: Vec<u8>, found: Found },
    /// What could not be read, and the line if it was one.
    Bad { line: Option<u64>, reason: String },
}

/// How a file came to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The user named it.
    Named,
    /// It lies in a folder that the user named: it may be anything.
    InFolder,
}

impl Raw {
    /// Bytes of input that it holds.
    pub fn len(&self) -> usize {
        match &self.content {
            Content::Part { bytes, .. } | Content::Whole { bytes, .. } => bytes.len(),
            Content::Bad { .. } => 0,
        }
    }
}

/// How documents lie in the inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A text or a line of JSON a document; of standard input it is said which.
    Documents(From),
    /// A sentence of CoNLL-U after the other.
    Conllu,
}

/// Reads inputs and passes them on as raw documents, in order.
pub struct Reader {
    layout: Layout,
    /// Longest line or file that is a document.
    max_bytes: u64,
    /// What this run writes to: no input, even if it lies in a folder that is.
    output: Option<Handle>,
    /// Documents so far, for those that bring no id.
    number: u64,
}

/// Takes a document; false if no more are wanted.
type Each<'e> = &'e mut dyn FnMut(Raw) -> bool;

impl Reader {
    pub fn new(layout: Layout, max_bytes: u64) -> Self {
        let output = Handle::stdout().ok();
        let is_file = |handle: &Handle| handle.as_file().metadata().is_ok_and(|data| data.is_file());
        Self { layout, max_bytes, output: output.filter(is_file), number: 0 }
    }

    /// Calls `each` with every document of the inputs until it wants no more.
    pub fn read(&mut self, inputs: &[PathBuf], each: Each<'_>) {
        for input in inputs {
            let go_on = if input == Path::new("-") {
                self.standard_input(each)
            } else if input.is_dir() {
                self.folder(input, each)
            } else {
                let stem = input.file_stem().unwrap_or(input.as_os_str()).to_string_lossy().into_owned();
                self.file(input, stem, Found::Named, each)
            };
            if !go_on {
                return;
            }
        }
    }

    fn standard_input(&mut self, each: Each<'_>) -> bool {
        let name = Arc::from("standard input");
        let mut stdin = BufReader::with_capacity(1 << 16, io::stdin().lock());
        let as_lines = match self.layout {
            Layout::Conllu => return self.blocks(stdin, &name, each),
            Layout::Documents(From::Jsonl) => true,
            Layout::Documents(From::Text) => false,
            Layout::Documents(From::Auto) => match stdin.fill_buf() {
                Ok(bytes) => looks_like_json(bytes),
                Err(error) => return each(bad(&name, None, &error)),
            },
        };
        if as_lines {
            return self.lines(stdin, &name, each);
        }
        let id = (self.number + 1).to_string();
        self.whole(stdin, &name, id, Found::Named, each)
    }

    /// Every file below, by name: hidden ones excepted.
    fn folder(&mut self, folder: &Path, each: Each<'_>) -> bool {
        for entry in files_below(folder) {
            let go_on = match entry {
                Ok(entry) if entry.file_type().is_dir() => true,
                Ok(entry) if entry.file_type().is_file() => {
                    let id = relative_id(entry.path().strip_prefix(folder).unwrap_or(entry.path()));
                    self.file(entry.path(), id, Found::InFolder, each)
                }
                Ok(entry) => {
                    let name = Arc::from(entry.path().display().to_string());
                    each(bad(&name, None, &"is no regular file"))
                }
                Err(error) => {
                    let path = error.path().unwrap_or(folder).display().to_string();
                    each(bad(&Arc::from(path), None, &walk_error(&error)))
                }
            };
            if !go_on {
                return false;
            }
        }
        true
    }

    fn file(&mut self, path: &Path, id: String, found: Found, each: Each<'_>) -> bool {
        let name = Arc::from(path.display().to_string());
        let is_output = |output: &Handle| Handle::from_path(path).is_ok_and(|input| input == *output);
        if self.output.as_ref().is_some_and(is_output) {
            return each(bad(&name, None, &"is the file that this run writes to"));
        }
        match File::open(path) {
            Err(error) => each(bad(&name, None, &error)),
            Ok(file) if self.layout == Layout::Conllu => {
                self.blocks(BufReader::with_capacity(1 << 16, file), &name, each)
            }
            Ok(file) if is_jsonl(path) => self.lines(BufReader::with_capacity(1 << 16, file), &name, each),
            Ok(file) => self.whole(file, &name, id, found, each),
        }
    }

    /// One document that is the whole input.
    fn whole(&mut self, input: impl Read, name: &Arc<str>, id: String, found: Found, each: Each<'_>) -> bool {
        self.number += 1;
        let mut bytes = Vec::new();
        let content = match input.take(self.max_bytes.saturating_add(1)).read_to_end(&mut bytes) {
            Err(error) => return each(bad(name, None, &error)),
            Ok(len) if len as u64 > self.max_bytes => return each(bad(name, None, &self.too_long())),
            Ok(_) => Content::Whole { id, bytes, found },
        };
        each(Raw { name: Arc::clone(name), content })
    }

    /// One document a line. A line is held in memory, never the whole input.
    fn lines(&mut self, mut input: impl BufRead, name: &Arc<str>, each: Each<'_>) -> bool {
        for line in 1.. {
            let (bytes, len) = match read_line(&mut input, self.max_bytes) {
                Ok(Some(read)) => read,
                Ok(None) => break,
                Err(error) => return each(bad(name, Some(line), &error)),
            };
            if len <= self.max_bytes && bytes.trim_ascii().is_empty() {
                continue;
            }
            self.number += 1;
            let raw = if len > self.max_bytes {
                bad(name, Some(line), &self.too_long())
            } else {
                Raw { name: Arc::clone(name), content: Content::Part { line, number: self.number, bytes } }
            };
            if !each(raw) {
                return false;
            }
        }
        true
    }

    /// One block a sentence.
    fn blocks(&mut self, mut input: impl BufRead, name: &Arc<str>, each: Each<'_>) -> bool {
        let (mut block, mut len, mut first) = (Vec::new(), 0, 1);
        for line in 1.. {
            let read = match read_line(&mut input, self.max_bytes) {
                Ok(read) => read,
                Err(error) => return each(bad(name, Some(line), &error)),
            };
            let at_end = read.is_none();
            let (bytes, line_len) = read.unwrap_or_default();
            if !bytes.trim_ascii().is_empty() || line_len > self.max_bytes {
                len += line_len + 1;
                if len <= self.max_bytes {
                    block.extend_from_slice(&bytes);
                    block.push(b'\n');
                } else {
                    block = Vec::new();
                }
                continue;
            }
            if len > 0 {
                self.number += 1;
                let raw = if len > self.max_bytes {
                    bad(name, Some(first), &self.too_long())
                } else {
                    let bytes = std::mem::take(&mut block);
                    let content = Content::Part { line: first, number: self.number, bytes };
                    Raw { name: Arc::clone(name), content }
                };
                if !each(raw) {
                    return false;
                }
            }
            if at_end {
                break;
            }
            (len, first) = (0, line + 1);
        }
        true
    }

    fn too_long(&self) -> String {
        format!("has more than {} bytes; see --max-bytes", self.max_bytes)
    }
}

fn bad(name: &Arc<str>, line: Option<u64>, reason: &dyn ToString) -> Raw {
    Raw { name: Arc::clone(name), content: Content::Bad { line, reason: reason.to_string() } }
}

/// The next line with its length; no more than `most` of its bytes are kept. None at the end.
fn read_line(input: &mut impl BufRead, most: u64) -> io::Result<Option<(Vec<u8>, u64)>> {
    let (mut line, mut len) = (Vec::new(), 0);
    loop {
        let bytes = match input.fill_buf() {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let newline = memchr::memchr(b'\n', bytes);
        let part = &bytes[..newline.unwrap_or(bytes.len())];
        len += part.len() as u64;
        if len <= most {
            line.extend_from_slice(part);
        } else {
            line = Vec::new();
        }
        let used = part.len() + usize::from(newline.is_some());
        let at_end = used == 0;
        input.consume(used);
        if newline.is_some() || at_end {
            return Ok((newline.is_some() || len > 0).then_some((line, len)));
        }
    }
}

fn looks_like_json(bytes: &[u8]) -> bool {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start().first() == Some(&b'{')
}

fn is_jsonl(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("jsonl"))
}

/// The entries of a folder and all folders in it, in the order of their names; links are followed.
fn files_below(folder: &Path) -> impl Iterator<Item = walkdir::Result<DirEntry>> {
    let shown = |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".");
    WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().filter_entry(shown)
}

/// What a walk could not read; the path is said elsewhere.
fn walk_error(error: &walkdir::Error) -> Cow<'static, str> {
    match error.io_error() {
        Some(error) => error.to_string().into(),
        None => "is a link to a folder that holds it".into(),
    }
}

/// The path without its extension, with slashes.
fn relative_id(path: &Path) -> String {
    let path = path.with_extension("");
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// Bytes of all inputs together; none if that cannot be known before they are read.
pub fn total_bytes(inputs: &[PathBuf]) -> Option<u64> {
    let mut total = 0;
    for input in inputs {
        if input.is_dir() {
            let entries = files_below(input).filter_map(Result::ok);
            total += entries
                .filter_map(|entry| entry.metadata().ok())
                .filter(|data| data.is_file())
                .map(|d| d.len())
                .sum::<u64>();
        } else {
            let data = std::fs::metadata(input).ok().filter(|_| input != Path::new("-"))?;
            total += data.is_file().then_some(data.len())?;
        }
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_beyond_measure_are_passed_over() {
        let mut input = BufReader::with_capacity(4, &b"ab\n\nabcdefghijkl\r\nlast"[..]);
        let mut next = || read_line(&mut input, 5).unwrap();
        assert_eq!(next(), Some((b"ab".to_vec(), 2)));
        assert_eq!(next(), Some((Vec::new(), 0)));
        assert_eq!(next(), Some((Vec::new(), 13)));
        assert_eq!(next(), Some((b"last".to_vec(), 4)));
        assert_eq!(next(), None);
    }

    #[test]
    fn ids_are_paths_without_extension() {
        assert_eq!(relative_id(Path::new("2023/nov/istra.v2.txt")), "2023/nov/istra.v2");
        assert_eq!(relative_id(Path::new("README")), "README");
    }
}
