//! The command line: what is taken, and one line for what is not.

use sandbox::Options;
use sandbox::arguments::{Wish, parse};

fn read(arguments: &[&str]) -> Result<Wish, String> {
    parse(arguments.iter().map(|argument| (*argument).to_owned()))
}

fn options(arguments: &[&str]) -> Options {
    match read(arguments) {
        Ok(Wish::Serve(options)) => *options,
        other => panic!("{arguments:?} gave {other:?}"),
    }
}

#[test]
fn without_arguments_it_serves_this_machine() {
    let options = options(&[]);
    assert_eq!(options.listen.to_string(), "127.0.0.1:8088");
    assert_eq!(options.media.to_string(), "127.0.0.1");
    assert!(options.tls.is_none());
    assert!(options.broker.is_none());
    assert!(!options.open);
}

#[test]
fn phones_are_served_where_it_is_said() {
    let options = options(&["--tls", "127.0.0.1:8443", "--media=::1"]);
    assert_eq!(options.tls, "127.0.0.1:8443".parse().ok());
    assert_eq!(options.media.to_string(), "::1");
}

#[test]
fn arguments_are_taken_in_both_forms() {
    assert_eq!(
        options(&["--listen", "127.0.0.1:0"]).listen,
        options(&["--listen=127.0.0.1:0"]).listen
    );
    let options = options(&[
        "--open",
        "--listen",
        "0.0.0.0:9000",
        "--broker",
        "amqp://user:secret@127.0.0.1:5672/%2f",
        "--www",
        "src",
    ]);
    assert!(options.open);
    let broker = options.broker.as_ref().expect("a broker was named");
    assert_eq!(broker.vhost, "/");
    assert!(!format!("{options:?}").contains("secret"));
}

#[test]
fn help_is_given() {
    assert!(matches!(read(&["--help"]), Ok(Wish::Help)));
}

#[test]
fn broken_arguments_get_one_line() {
    for arguments in [
        &["--listen"][..],
        &["--listen", "8088"],
        &["--listen", "localhost:8088"],
        &["--listen", "0.0.0.0:8088"],
        &["--broker", "http://user:secret@host/"],
        &["--broker", "amqps://user:secret@host/"],
        &["--www", "no/such/folder"],
        &["--pkg", "Cargo.toml"],
        &["--open=yes"],
        &["--tls", "127.0.0.1"],
        &["--tls", "0.0.0.0:8443"],
        &["--media", "127.0.0.1:8088"],
        &["--media", "192.0.2.1"],
        &["--media", "0.0.0.0", "--open"],
        &["--nonsense"],
        &["8088"],
    ] {
        let why = match read(arguments) {
            Err(why) => why,
            Ok(wish) => panic!("{arguments:?} gave {wish:?}"),
        };
        assert!(!why.contains('\n'), "{why}");
        assert!(why.contains(": "), "{why} says what to do");
        assert!(!why.contains("secret"), "{why}");
    }
}
