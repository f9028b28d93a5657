//! As much of HTTP and WebSocket as tests of a running sandbox need, over blocking sockets.

// Each test file is a program of its own and uses only a part of this.
#![allow(dead_code)]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use sandbox::{Options, Sandbox, start};

const PATIENCE: Duration = Duration::from_secs(60);

/// A sandbox on free ports of this machine.
pub fn options() -> Options {
    Options {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        www: "src".into(),
        ..Options::default()
    }
}

/// Runs a scene of blocking sockets against a fresh sandbox.
pub fn against_sandbox(scene: impl FnOnce(SocketAddr)) {
    against(options(), scene);
}

/// Runs a scene of blocking sockets against a sandbox with these options.
pub fn against(options: Options, scene: impl FnOnce(SocketAddr)) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime can be had");
    let sandbox: Sandbox = runtime
        .block_on(start(options))
        .expect("a free port can be had");
    scene(sandbox.address());
    drop(sandbox);
}

pub fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("the sandbox listens");
    stream
        .set_read_timeout(Some(PATIENCE))
        .expect("sockets have time-outs");
    stream
}

/// Sends a request and reads the answer to its end.
pub fn http(address: SocketAddr, method: &str, path: &str, headers: &str, body: &str) -> String {
    let mut stream = connect(address);
    let host = if headers.contains("Host:") {
        String::new()
    } else {
        format!("Host: {address}\r\n")
    };
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\n{host}{headers}Connection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .expect("the sandbox reads");
    let mut answer = String::new();
    stream
        .read_to_string(&mut answer)
        .expect("the sandbox answers");
    answer
}

pub fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

/// What a WebSocket runs on.
pub trait Stream: Read + Write + Send {}

impl<S: Read + Write + Send> Stream for S {}

/// As much of a WebSocket as a test needs.
pub struct Socket {
    stream: Box<dyn Stream>,
    pub handshake: String,
}

impl Socket {
    /// Opens one at a path, with these sub-protocols offered.
    pub fn open(address: SocketAddr, path: &str, protocols: &str) -> Self {
        Self::over(Box::new(connect(address)), address, path, protocols)
    }

    /// Opens one over a connection that is there.
    pub fn over(
        mut stream: Box<dyn Stream>,
        address: SocketAddr,
        path: &str,
        protocols: &str,
    ) -> Self {
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
             Sec-WebSocket-Protocol: {protocols}\r\n\r\n"
        )
        .expect("the sandbox reads");
        let mut handshake = Vec::new();
        let mut byte = [0];
        while !handshake.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|n| n == 1) {
            handshake.extend_from_slice(&byte);
        }
        Self {
            stream,
            handshake: String::from_utf8_lossy(&handshake).into_owned(),
        }
    }

    /// Sends a text message, masked with zeros.
    pub fn send(&mut self, text: &str) {
        let mut message = vec![0x81];
        match u16::try_from(text.len()) {
            Ok(short) if short < 126 => message.push(0x80 | text.len().to_le_bytes()[0]),
            Ok(length) => {
                message.push(0x80 | 126);
                message.extend_from_slice(&length.to_be_bytes());
            }
            Err(_) => panic!("tests send short messages"),
        }
        message.extend_from_slice(&[0; 4]);
        message.extend_from_slice(text.as_bytes());
        self.stream.write_all(&message).expect("the sandbox reads");
        self.stream.flush().expect("the sandbox reads");
    }

    /// The next message that is no heart-beat of STOMP: its operation code and content. `None` at the end.
    pub fn receive(&mut self) -> Option<(u8, Vec<u8>)> {
        loop {
            let mut head = [0; 2];
            self.stream.read_exact(&mut head).ok()?;
            let length = match head[1] {
                126 => {
                    let mut length = [0; 2];
                    self.stream.read_exact(&mut length).ok()?;
                    usize::from(u16::from_be_bytes(length))
                }
                short => usize::from(short),
            };
            let mut content = vec![0; length];
            self.stream.read_exact(&mut content).ok()?;
            if content != b"\n" {
                return Some((head[0] & 0x0f, content));
            }
        }
    }

    pub fn text(&mut self) -> String {
        match self.receive() {
            Some((1, content)) => String::from_utf8(content).expect("text messages are UTF-8"),
            other => panic!("no text message but {other:?}"),
        }
    }

    pub fn assert_closed(&mut self) {
        match self.receive() {
            Some((8, content)) => assert_eq!(content, [0x03, 0xe8]),
            other => panic!("no close but {other:?}"),
        }
    }
}
