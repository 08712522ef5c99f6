//! Misbehaviour below HTTP: a front that looks at each connection's first line before HTTP is spoken on it.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::fault::Fault;
use super::record::Seen;
use super::running::Shared;

/// How much of a request is looked at, and for how long it is waited for.
const MAX_HEAD: usize = 16 * 1024;
const HEAD_TIME: Duration = Duration::from_secs(10);

/// A listener that keeps connections with a fault of the bare socket to itself and hands on the others.
#[derive(Debug)]
pub(super) struct Front {
    address: SocketAddr,
    handed: mpsc::Receiver<(TcpStream, SocketAddr)>,
    accepting: JoinHandle<()>,
}

impl Front {
    pub(super) fn new(listener: TcpListener, address: SocketAddr, shared: Arc<Shared>) -> Self {
        let (hand, handed) = mpsc::channel(16);
        let accepting = tokio::spawn(async move {
            // Ends with the task, which is aborted when the front is dropped.
            while let Ok((stream, peer)) = listener.accept().await {
                let (hand, shared) = (hand.clone(), Arc::clone(&shared));
                tokio::spawn(async move {
                    let sorted = tokio::time::timeout(HEAD_TIME, sort(stream, &shared)).await;
                    if let Ok(Ok(Some(stream))) = sorted {
                        // Nobody takes it when the server has stopped.
                        let _ = hand.send((stream, peer)).await;
                    }
                });
            }
        });
        Self { address, handed, accepting }
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl axum::serve::Listener for Front {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        match self.handed.recv().await {
            Some(connection) => connection,
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

/// Plays the fault of the path that is asked for, or gives the connection back.
async fn sort(stream: TcpStream, shared: &Arc<Shared>) -> io::Result<Option<TcpStream>> {
    let Some(first_line) = peek_line(&stream).await? else { return Ok(Some(stream)) };
    let mut words = first_line.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let path = target.split('?').next().unwrap_or_default();
    let Some(fault) = shared.faults.raw_on(path).filter(|_| method != "OPTIONS") else { return Ok(Some(stream)) };
    let (fault, path, shared) = (fault.clone(), path.to_owned(), Arc::clone(shared));
    // Faults that last must not be cut short by the time limit for heads.
    tokio::spawn(async move {
        // The client may be gone at any moment, which is the point of some faults.
        let _ = play(stream, &fault, &path, &shared).await;
    });
    Ok(None)
}

async fn peek_line(stream: &TcpStream) -> io::Result<Option<String>> {
    let mut buffer = vec![0_u8; MAX_HEAD];
    let mut before = 0;
    loop {
        let count = stream.peek(&mut buffer).await?;
        let start = buffer.get(..count).unwrap_or_default();
        if let Some(end) = start.windows(2).position(|pair| pair == b"\r\n") {
            return Ok(start.get(..end).map(|line| String::from_utf8_lossy(line).into_owned()));
        }
        if count == 0 || count == MAX_HEAD {
            return Ok(None);
        }
        if count == before {
            // `peek` returns at once while nothing new has come.
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        before = count;
    }
}

async fn play(mut stream: TcpStream, fault: &Fault, path: &str, shared: &Shared) -> io::Result<()> {
    let seen = read_request(&mut stream).await?;
    let origin = seen.header("origin").map(str::to_owned);
    shared.record.add(|| seen);
    let mut head = String::from("HTTP/1.1 200 OK\r\ncontent-type: text/plain; charset=utf-8\r\n");
    for (name, value) in shared.faults.cors_on(path).answer_headers(origin.as_deref()) {
        head.extend([name, ": ", &value, "\r\n"]);
    }
    match fault {
        Fault::Reset => stream.set_zero_linger()?,
        Fault::Cut => {
            head.push_str("content-length: 1000\r\n\r\nonly the start");
            stream.write_all(head.as_bytes()).await?;
        }
        Fault::CutChunks => {
            head.push_str("transfer-encoding: chunked\r\n\r\n5\r\nstart\r\n");
            stream.write_all(head.as_bytes()).await?;
        }
        Fault::Garbage(bytes) => stream.write_all(bytes).await?,
        Fault::StalledBody => {
            head.push_str("content-length: 1000\r\n\r\nonly the start");
            stream.write_all(head.as_bytes()).await?;
            // Until the client gives up.
            stream.read_to_end(&mut Vec::new()).await?;
        }
        Fault::EndlessBody => {
            head.push_str("\r\n");
            stream.write_all(head.as_bytes()).await?;
            let block = Bytes::from(vec![b'a'; 64 * 1024]);
            loop {
                stream.write_all(&block).await?;
            }
        }
        _ => {}
    }
    if !matches!(fault, Fault::Reset) {
        stream.shutdown().await?;
    }
    Ok(())
}

/// Reads the head and whatever of the body came with it.
async fn read_request(stream: &mut TcpStream) -> io::Result<Seen> {
    let mut bytes = Vec::new();
    let mut buffer = [0_u8; 4096];
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        let count = stream.read(&mut buffer).await?;
        if count == 0 || bytes.len() > MAX_HEAD {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes.extend_from_slice(buffer.get(..count).unwrap_or_default());
    };
    let body = Bytes::copy_from_slice(bytes.get(end + 4..).unwrap_or_default());
    let text = String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()).into_owned();
    let mut lines = text.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (method, target) = (words.next().unwrap_or_default().to_owned(), words.next().unwrap_or_default().to_owned());
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    Ok(Seen { method, target, headers, body })
}
