//! A reader of Python's pickles that knows lists, tuples, texts and numbers, and nothing that could run code: every
//! instruction that names a class or calls something is an error.

use std::rc::Rc;

use anyhow::{Context, Result, bail};

/// A value in a pickle.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    None,
    Int(i64),
    Float(f64),
    Text(Rc<str>),
    List(Vec<Value>),
}

impl Value {
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Int(number) => Some(*number as f64),
            Self::Float(number) => Some(*number),
            _ => None,
        }
    }

    pub fn as_list(&self) -> Option<&[Value]> {
        if let Self::List(items) = self { Some(items) } else { None }
    }
}

/// Reads a pickle of protocol 2 to 5.
///
/// A memorised list is remembered as it was then, which is empty: lists that are shared or hold themselves come out
/// wrong, and the pickles that we read have none.
pub fn read(bytes: &[u8]) -> Result<Value> {
    let mut reader = Reader { bytes, at: 0 };
    let (mut stack, mut marks, mut memo) = (Vec::<Value>::new(), Vec::<usize>::new(), Vec::<Value>::new());
    loop {
        let at = reader.at;
        let op = reader.take(1)?[0];
        let value = match op {
            // PROTO, FRAME: nothing to do.
            0x80 => {
                reader.take(1)?;
                continue;
            }
            0x95 => {
                reader.take(8)?;
                continue;
            }
            // STOP
            b'.' => return stack.pop().context("the pickle is empty"),
            // NONE, NEWTRUE, NEWFALSE
            b'N' => Value::None,
            0x88 => Value::Int(1),
            0x89 => Value::Int(0),
            // BININT, BININT1, BININT2, LONG1
            b'J' => Value::Int(i64::from(reader.number(4)? as u32 as i32)),
            b'K' => Value::Int(reader.number(1)? as i64),
            b'M' => Value::Int(reader.number(2)? as i64),
            0x8A => {
                let len = reader.number(1)? as usize;
                let bytes = reader.take(len)?;
                let negative = bytes.last().is_some_and(|byte| byte & 0x80 != 0);
                let Some(mut number) = (len <= 8).then_some([if negative { 0xFF } else { 0 }; 8]) else {
                    bail!("byte {at}: an integer of {len} bytes")
                };
                number[..len].copy_from_slice(bytes);
                Value::Int(i64::from_le_bytes(number))
            }
            // BINFLOAT, the only number with its highest byte first
            b'G' => Value::Float(f64::from_bits(reader.number(8)?.swap_bytes())),
            // SHORT_BINUNICODE, BINUNICODE
            0x8C | b'X' => {
                let len = reader.number(if op == b'X' { 4 } else { 1 })? as usize;
                // Python also writes halves of surrogate pairs, which are no text.
                Value::Text(String::from_utf8_lossy(reader.take(len)?).into())
            }
            // EMPTY_LIST, EMPTY_TUPLE, MARK
            b']' | b')' => Value::List(Vec::new()),
            b'(' => {
                marks.push(stack.len());
                continue;
            }
            // APPEND, APPENDS, TUPLE
            b'a' | b'e' | b't' => {
                let from = if op == b'a' { stack.len().checked_sub(1) } else { marks.pop() };
                let from = from.filter(|&from| from <= stack.len()).with_context(|| format!("byte {at}: no mark"))?;
                let items = stack.split_off(from);
                if op == b't' {
                    Value::List(items)
                } else {
                    match stack.last_mut() {
                        Some(Value::List(list)) => list.extend(items),
                        _ => bail!("byte {at}: appends to something that is no list"),
                    }
                    continue;
                }
            }
            // TUPLE1, TUPLE2, TUPLE3
            0x85..=0x87 => {
                let from =
                    stack.len().checked_sub(op as usize - 0x84).with_context(|| format!("byte {at}: no items"))?;
                Value::List(stack.split_off(from))
            }
            // MEMOIZE
            0x94 => {
                memo.push(stack.last().with_context(|| format!("byte {at}: nothing to memorise"))?.clone());
                continue;
            }
            // BINGET, LONG_BINGET
            b'h' | b'j' => {
                let index = reader.number(if op == b'j' { 4 } else { 1 })? as usize;
                memo.get(index).with_context(|| format!("byte {at}: nothing memorised as {index}"))?.clone()
            }
            _ => bail!("byte {at}: instruction {op:#04x}, which is none of plain lists, texts and numbers"),
        };
        stack.push(value);
    }
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    fn take(&mut self, len: usize) -> Result<&'b [u8]> {
        let end = self.at.checked_add(len);
        let taken = end.and_then(|end| self.bytes.get(self.at..end));
        let taken = taken.with_context(|| format!("the pickle ends at byte {}", self.bytes.len()))?;
        self.at += len;
        Ok(taken)
    }

    /// An unsigned number, lowest byte first.
    fn number(&mut self, len: usize) -> Result<u64> {
        Ok(self.take(len)?.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_plain_containers() {
        // [["Ab", -2.5, 300], "Ab", ()] in protocol 4
        let pickle = b"\x80\x04]\x94(]\x94(\x8C\x02Ab\x94G\xC0\x04\0\0\0\0\0\0M\x2C\x01eh\x02)e.";
        let text = Value::Text("Ab".into());
        let row = Value::List(vec![text.clone(), Value::Float(-2.5), Value::Int(300)]);
        assert_eq!(read(pickle).unwrap(), Value::List(vec![row, text, Value::List(vec![])]));
    }

    #[test]
    fn refuses_what_names_a_class() {
        let error = read(b"\x80\x04\x8C\x02os\x94\x8C\x06system\x94\x93\x94.").unwrap_err().to_string();
        assert!(error.contains("byte 16: instruction 0x93"), "{error}");
        assert!(read(b"cos\nsystem\n.").is_err());
    }

    #[test]
    fn a_pickle_cut_short_is_an_error() {
        let pickle = b"\x80\x04]\x94(\x8C\x02Ab\x94K\x07e.";
        assert!(read(pickle).is_ok());
        for end in 0..pickle.len() {
            assert!(read(&pickle[..end]).is_err(), "{end}");
        }
    }
}
