//! The command line.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use lapin::uri::{AMQPScheme, AMQPUri};

use crate::start::Options;

/// What `--help` prints.
pub const HELP: &str = "\
A contact centre on this machine, to try the agent toolbar.

usage: sandbox [--listen 127.0.0.1:8088] [--tls 127.0.0.1:8443] [--media 127.0.0.1]
               [--broker amqp://USER:PASSWORD@HOST:5672/%2f] [--www DIR] [--pkg DIR] [--open]

  --listen ADDRESS:PORT  where to serve; port 0 takes a free one
  --tls ADDRESS:PORT     where to serve phones that insist on wss, on any path, with a certificate made at the start
  --media ADDRESS        where phones send their audio, over UDP at the port of --listen (default: 127.0.0.1)
  --broker URL           work behind this RabbitMQ instead of the built-in broker
  --www DIR              what to serve at / (default: www)
  --pkg DIR              what to serve at /pkg (default: pkg)
  --open                 let other machines in: anybody who reaches the port may do anything
";

/// What the command line asks for.
#[derive(Debug)]
pub enum Wish {
    /// Serve.
    Serve(Box<Options>),
    /// Print [`HELP`].
    Help,
}

/// Reads the arguments, without the program's name.
///
/// # Errors
/// One line that says what is wrong, why, and what to do. It repeats no value that may hold a password.
pub fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Wish, String> {
    let mut options = Options::default();
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let (name, attached) = match argument.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        let mut value = |example: &str| {
            attached
                .clone()
                .or_else(|| arguments.next())
                .ok_or_else(|| format!("{name} needs a value: write {name} {example}"))
        };
        match name.as_str() {
            "--listen" => options.listen = place(&name, &value("127.0.0.1:8088")?)?,
            "--tls" => options.tls = Some(place(&name, &value("127.0.0.1:8443")?)?),
            "--media" => options.media = media(&value("127.0.0.1")?)?,
            "--broker" => {
                options.broker = Some(broker(&value("amqp://USER:PASSWORD@127.0.0.1:5672/%2f")?)?);
            }
            "--www" => options.www = directory(&name, value("www")?)?,
            "--pkg" => options.pkg = directory(&name, value("pkg")?)?,
            "--open" if attached.is_none() => options.open = true,
            "--help" | "-h" => return Ok(Wish::Help),
            _ => {
                return Err(format!(
                    "{name} is not an argument of the sandbox: see sandbox --help for those that are"
                ));
            }
        }
    }
    let places = [
        ("--listen", Some(options.listen.ip())),
        ("--tls", options.tls.map(|tls| tls.ip())),
        ("--media", Some(options.media)),
    ];
    for (name, ip) in places {
        if let Some(ip) = ip.filter(|ip| !ip.is_loopback() && !options.open) {
            return Err(format!(
                "{name} {ip} can be reached from other machines, and the sandbox lets everybody in: \
                 use 127.0.0.1, or add --open if that is wanted"
            ));
        }
    }
    Ok(Wish::Serve(Box::new(options)))
}

fn place(name: &str, text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| {
        format!("{name} {text:?} is not an address with a port: write it like 127.0.0.1:8088")
    })
}

/// Phones are told this very address, so that it has to be one.
fn media(text: &str) -> Result<IpAddr, String> {
    text.parse()
        .ok()
        .filter(|ip: &IpAddr| !ip.is_unspecified())
        .ok_or_else(|| {
            format!(
                "--media {text:?} is not one address of this machine: write it like 127.0.0.1, without a port"
            )
        })
}

/// The value is never repeated: it holds a password.
fn broker(text: &str) -> Result<AMQPUri, String> {
    let uri: AMQPUri = text.parse().map_err(|_| {
        "--broker is not the address of an AMQP broker: write it like amqp://USER:PASSWORD@127.0.0.1:5672/%2f"
            .to_owned()
    })?;
    match uri.scheme {
        AMQPScheme::AMQP => Ok(uri),
        AMQPScheme::AMQPS => Err(
            "--broker asks for TLS, which the sandbox does not speak: use an amqp:// address of the broker"
                .to_owned(),
        ),
    }
}

fn directory(name: &str, text: String) -> Result<PathBuf, String> {
    let path = PathBuf::from(&text);
    if path.is_dir() {
        Ok(path)
    } else {
        Err(format!(
            "{name} {text:?} is not a folder, so there would be nothing to serve: name one that exists"
        ))
    }
}
