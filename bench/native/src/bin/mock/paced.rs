//! A connection that carries so many bytes a second, in each direction.

use std::io::{IoSlice, Result};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep_until};

/// Parts of a second that bytes are counted in.
const PARTS: u64 = 100;

/// A connection with a cap on each direction.
pub(crate) struct Paced {
    socket: TcpStream,
    read: Option<Pace>,
    write: Option<Pace>,
}

struct Pace {
    per_second: u64,
    free: Pin<Box<Sleep>>,
}

impl Pace {
    fn new(per_second: u64) -> Self {
        Self { per_second: per_second.max(PARTS), free: Box::pin(sleep_until(Instant::now())) }
    }

    /// How many bytes may pass now; waits until some may.
    fn poll_allowed(&mut self, context: &mut Context<'_>) -> Poll<usize> {
        ready!(self.free.as_mut().poll(context));
        Poll::Ready(usize::try_from(self.per_second / PARTS).unwrap_or(usize::MAX))
    }

    fn passed(&mut self, bytes: usize) {
        let takes = Duration::from_secs_f64(bytes as f64 / self.per_second as f64);
        // Time that a late timer cost is made up for, an idle time is not.
        let begun = self.free.deadline().max(Instant::now() - Duration::from_millis(20));
        self.free.as_mut().reset(begun + takes);
    }
}

impl Paced {
    pub(crate) fn new(socket: TcpStream, read: Option<u64>, write: Option<u64>) -> Self {
        Self { socket, read: read.map(Pace::new), write: write.map(Pace::new) }
    }
}

impl AsyncRead for Paced {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        let Self { socket, read, .. } = &mut *self;
        let Some(pace) = read else {
            return Pin::new(socket).poll_read(context, buffer);
        };
        let allowed = ready!(pace.poll_allowed(context));
        let mut part = ReadBuf::new(buffer.initialize_unfilled_to(allowed.min(buffer.remaining())));
        ready!(Pin::new(socket).poll_read(context, &mut part))?;
        let read = part.filled().len();
        buffer.advance(read);
        pace.passed(read);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Paced {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        let Self { socket, write, .. } = &mut *self;
        let Some(pace) = write else {
            return Pin::new(socket).poll_write(context, bytes);
        };
        let allowed = ready!(pace.poll_allowed(context)).min(bytes.len());
        let written = ready!(Pin::new(socket).poll_write(context, bytes.get(..allowed).unwrap_or(bytes)))?;
        pace.passed(written);
        Poll::Ready(Ok(written))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        runs: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        if self.write.is_none() {
            return Pin::new(&mut self.socket).poll_write_vectored(context, runs);
        }
        let first = runs.iter().find(|run| !run.is_empty()).map_or(&[][..], |run| run);
        self.poll_write(context, first)
    }

    fn is_write_vectored(&self) -> bool {
        self.write.is_none()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.socket).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(context)
    }
}
