//! Work on a stream with many threads: what goes in first comes out first, and only so much is under way.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::Result;

/// Items under way at most, for each worker: enough to keep the others busy while one works on something long.
const ITEMS_A_WORKER: usize = 256;

/// Bytes under way at most; a bigger item goes alone.
const BYTES: usize = 4 << 20;

/// After so long without a result, what is waiting to be written is written.
const IDLE: Duration = Duration::from_millis(20);

/// What the consumer is told.
pub enum Step<R> {
    /// The result of the next item in order; none if working on it failed (a bug).
    Next { bytes: usize, result: Option<R> },
    /// Nothing is ready just now.
    Idle,
}

/// Why a stream ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// All items are done.
    Finished,
    /// The user or the system asked to stop; everything told to the consumer is whole.
    Interrupted,
}

/// What is under way between producer and consumer.
struct Window {
    under_way: Mutex<UnderWay>,
    room: Condvar,
    items: usize,
}

#[derive(Default)]
struct UnderWay {
    items: usize,
    bytes: usize,
    closed: bool,
}

impl Window {
    fn lock(&self) -> MutexGuard<'_, UnderWay> {
        // Counters have no broken states.
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for room; false if nobody wants more.
    fn enter(&self, bytes: usize) -> bool {
        let full = |now: &mut UnderWay| {
            !now.closed && now.items > 0 && (now.items >= self.items || now.bytes.saturating_add(bytes) > BYTES)
        };
        let mut now = self.room.wait_while(self.lock(), full).unwrap_or_else(PoisonError::into_inner);
        now.items += 1;
        now.bytes += bytes;
        !now.closed
    }

    fn leave(&self, bytes: usize) {
        let mut now = self.lock();
        now.items -= 1;
        now.bytes -= bytes;
        self.room.notify_one();
    }

    fn close(&self) {
        self.lock().closed = true;
        self.room.notify_one();
    }
}

struct Job<T> {
    number: usize,
    bytes: usize,
    item: T,
}

enum Message<R> {
    Done {
        number: usize,
        bytes: usize,
        result: Option<R>,
    },
    /// There are only so many items.
    Count(usize),
    Interrupted,
}

/// Where the producer puts its items.
pub struct Items<T, R> {
    window: Arc<Window>,
    jobs: Sender<Job<T>>,
    results: Sender<Message<R>>,
    count: usize,
}

impl<T, R> Items<T, R> {
    /// Hands over an item that takes `bytes` of memory, waiting until there is room for it. False if no more are wanted.
    pub fn push(&mut self, item: T, bytes: usize) -> bool {
        if !self.window.enter(bytes) {
            return false;
        }
        let job = Job { number: self.count, bytes, item };
        self.count += 1;
        self.jobs.send(job).is_ok()
    }
}

impl<T, R> Drop for Items<T, R> {
    fn drop(&mut self) {
        // Nobody listens any more if the consumer has given up.
        let _ = self.results.send(Message::Count(self.count));
    }
}

/// Calls `consume` with the results of `work` on all that `produce` hands over, in that order.
///
/// `produce` runs on a thread of its own, `work` on `jobs` threads, each with a state that it keeps. Threads are left alone
/// when `consume` fails or a signal to stop arrives: they may be waiting for input that never comes.
pub fn in_order<T, R, S>(
    jobs: usize,
    produce: impl FnOnce(&mut Items<T, R>) + Send + 'static,
    work: impl Fn(T, &mut S) -> R + Send + Sync + 'static,
    mut consume: impl FnMut(Step<R>) -> Result<()>,
) -> Result<End>
where
    T: Send + 'static,
    R: Send + 'static,
    S: Default,
{
    let window = Arc::new(Window {
        under_way: Mutex::default(),
        room: Condvar::new(),
        items: ITEMS_A_WORKER.saturating_mul(jobs),
    });
    let (job_sender, job_receiver) = mpsc::channel();
    let (results, incoming) = mpsc::channel();
    stop_on_signal(results.clone())?;
    let job_receiver = Arc::new(Mutex::new(job_receiver));
    let work = Arc::new(work);
    for _ in 0..jobs {
        let (job_receiver, work, results) = (Arc::clone(&job_receiver), Arc::clone(&work), results.clone());
        thread::Builder::new().name("reader of documents".to_owned()).spawn(move || {
            let mut state = S::default();
            while let Some(Job { number, bytes, item }) = next_job(&job_receiver) {
                let result: Result<R, Box<dyn Any + Send>> = catch_unwind(AssertUnwindSafe(|| work(item, &mut state)));
                if result.is_err() {
                    state = S::default();
                }
                if results.send(Message::Done { number, bytes, result: result.ok() }).is_err() {
                    break;
                }
            }
        })?;
    }
    let mut items = Items { window: Arc::clone(&window), jobs: job_sender, results, count: 0 };
    thread::Builder::new().name("input".to_owned()).spawn(move || produce(&mut items))?;
    let end = collect(&incoming, &window, &mut consume);
    window.close();
    end
}

fn next_job<T>(jobs: &Mutex<Receiver<Job<T>>>) -> Option<Job<T>> {
    jobs.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// Passes results on in the order of their items.
fn collect<R>(
    incoming: &Receiver<Message<R>>,
    window: &Window,
    consume: &mut impl FnMut(Step<R>) -> Result<()>,
) -> Result<End> {
    let mut early = BTreeMap::new();
    let (mut next, mut count) = (0, None);
    while count != Some(next) {
        let message = match incoming.recv_timeout(IDLE) {
            Err(RecvTimeoutError::Timeout) => {
                consume(Step::Idle)?;
                incoming.recv().ok()
            }
            message => message.ok(),
        };
        match message {
            Some(Message::Done { number, bytes, result }) => {
                early.insert(number, (bytes, result));
            }
            Some(Message::Count(items)) => count = Some(items),
            Some(Message::Interrupted) | None => return Ok(End::Interrupted),
        }
        while let Some((bytes, result)) = early.remove(&next) {
            consume(Step::Next { bytes, result })?;
            window.leave(bytes);
            next += 1;
        }
    }
    Ok(End::Finished)
}

/// The first signal to stop ends the stream after the record being written; the second ends the program.
fn stop_on_signal<R: Send + 'static>(results: Sender<Message<R>>) -> Result<()> {
    let mut asked = false;
    let stop = move || {
        if asked || results.send(Message::Interrupted).is_err() {
            std::process::exit(130);
        }
        asked = true;
    };
    match ctrlc::set_handler(stop) {
        Err(ctrlc::Error::MultipleHandlers) | Ok(()) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(jobs: usize, items: usize, work: impl Fn(usize) -> usize + Send + Sync + 'static) -> Vec<Option<usize>> {
        let mut results = Vec::new();
        let end = in_order(
            jobs,
            move |out: &mut Items<usize, usize>| {
                for item in 0..items {
                    assert!(out.push(item, 1000));
                }
            },
            move |item, _: &mut ()| work(item),
            |step| {
                if let Step::Next { result, .. } = step {
                    results.push(result);
                }
                Ok(())
            },
        );
        assert_eq!(end.unwrap(), End::Finished);
        results
    }

    #[test]
    fn the_order_is_that_of_the_items() {
        // Every seventh takes longer than those after it.
        let work = |item: usize| {
            if item.is_multiple_of(7) {
                thread::sleep(Duration::from_millis(1));
            }
            item * 2
        };
        for jobs in [1, 3] {
            assert_eq!(run(jobs, 500, work), (0..500).map(|item| Some(item * 2)).collect::<Vec<_>>());
        }
        assert_eq!(run(2, 0, work), []);
    }

    #[test]
    fn one_failure_leaves_the_others_alone() {
        let results = run(2, 5, |item| if item == 3 { std::panic::resume_unwind(Box::new(())) } else { item });
        assert_eq!(results, [Some(0), Some(1), Some(2), None, Some(4)]);
    }

    #[test]
    fn only_so_much_is_under_way() {
        let window = Window { under_way: Mutex::default(), room: Condvar::new(), items: 2 };
        assert!(window.enter(10 * BYTES), "a big one goes alone");
        window.leave(10 * BYTES);
        assert!(window.enter(1) && window.enter(1));
        thread::scope(|scope| {
            let third = scope.spawn(|| window.enter(1));
            thread::sleep(Duration::from_millis(5));
            assert!(!third.is_finished());
            window.leave(1);
            assert!(third.join().unwrap());
        });
        window.close();
        assert!(!window.enter(1));
    }

    #[test]
    fn a_consumer_that_fails_ends_it() {
        let endless = |out: &mut Items<u8, u8>| while out.push(0, 1) {};
        let result = in_order(
            1,
            endless,
            |item, _: &mut ()| item,
            |step| match step {
                Step::Next { .. } => anyhow::bail!("full"),
                Step::Idle => Ok(()),
            },
        );
        assert_eq!(result.unwrap_err().to_string(), "full");
    }
}
