//! The running sandbox over real sockets: control, files, STOMP over WebSocket.

mod sockets;

use std::time::Duration;

use sockets::{Socket, against_sandbox, http, status};

#[test]
fn the_control_answers_and_keeps_strangers_out() {
    against_sandbox(|address| {
        let state = http(address, "GET", "/sandbox/state", "", "");
        assert_eq!(status(&state), "200");
        assert!(state.contains("\"agentNumber\":\"1009\""), "{state}");
        assert!(state.contains("cache-control: no-cache"), "{state}");

        let foreign = http(
            address,
            "GET",
            "/sandbox/state",
            "Host: evil.example\r\n",
            "",
        );
        assert_eq!(status(&foreign), "403");
        let origin = "Origin: http://evil.example\r\n";
        let foreign = http(address, "POST", "/sandbox/reset", origin, "");
        assert_eq!(status(&foreign), "403");
        let own = format!("Origin: http://{address}\r\n");
        assert_eq!(
            status(&http(address, "POST", "/sandbox/reset", &own, "")),
            "200"
        );

        let call = r#"{"from":"13800138000","agent":"1001"}"#;
        let answer = http(address, "POST", "/sandbox/calls", "", call);
        assert_eq!(status(&answer), "200");
        assert!(answer.contains("\"callId\""));
        for (method, path, body, expected) in [
            (
                "POST",
                "/sandbox/calls",
                r#"{"from":"1","group":"g-none"}"#,
                "404",
            ),
            (
                "POST",
                "/sandbox/calls",
                r#"{"from":"1","agent":"7"}"#,
                "404",
            ),
            ("POST", "/sandbox/calls/none/hangup", "", "404"),
            ("POST", "/sandbox/calls/none/keys", r#"{"keys":"1"}"#, "404"),
            (
                "POST",
                "/sandbox/faults",
                r#"{"kind":"kick","agent":"1001"}"#,
                "409",
            ),
            ("POST", "/sandbox/faults", "{}", "422"),
            ("GET", "/sandbox/reset", "", "405"),
            ("GET", "/sandbox/nothing", "", "404"),
        ] {
            let answer = http(address, method, path, "", body);
            assert_eq!(status(&answer), expected, "{path}");
            assert!(answer.contains("{\"error\":\""), "{answer}");
        }
    });
}

#[test]
fn files_are_served_fresh() {
    against_sandbox(|address| {
        let answer = http(address, "GET", "/main.rs", "", "");
        assert_eq!(status(&answer), "200");
        assert!(answer.contains("cache-control: no-cache"));
        assert_eq!(status(&http(address, "GET", "/nothing", "", "")), "404");
        assert_eq!(
            status(&http(address, "GET", "/../Cargo.toml", "", "")),
            "404"
        );
    });
}

#[test]
fn texts_name_their_charset_and_folders_show_their_first_page() {
    let www = std::env::temp_dir().join(format!("sandbox-www-{}", std::process::id()));
    let docs = www.join("docs/zh-CN");
    std::fs::create_dir_all(&docs).expect("a folder for temporary files");
    for (file, text) in [
        ("docs/404.html", "<h1>没有</h1>"),
        ("docs/zh-CN/index.html", "<h1>文档</h1>"),
        ("docs/zh-CN/search.json", "[]"),
        ("docs/site.js", ""),
        ("docs/site.css", ""),
        ("docs/icon.svg", ""),
    ] {
        std::fs::write(www.join(file), text).expect("a folder for temporary files");
    }
    let options = sandbox::Options {
        www: www.clone(),
        ..sockets::options()
    };
    sockets::against(options, |address| {
        for (path, expected) in [
            ("/docs/zh-CN/", "text/html; charset=utf-8"),
            ("/docs/zh-CN/search.json", "application/json"),
            ("/docs/site.js", "text/javascript; charset=utf-8"),
            ("/docs/site.css", "text/css; charset=utf-8"),
            ("/docs/icon.svg", "image/svg+xml"),
        ] {
            let answer = http(address, "GET", path, "", "");
            assert_eq!(status(&answer), "200", "{path}");
            let kind = format!("content-type: {expected}\r\n");
            assert!(answer.contains(&kind), "{path}: {answer}");
        }
        let folder = http(address, "GET", "/docs/zh-CN", "", "");
        assert!(folder.contains("location: /docs/zh-CN/\r\n"), "{folder}");
        let lost = http(address, "GET", "/docs/zh-CN/nothing.html", "", "");
        assert_eq!(status(&lost), "404");
        assert!(lost.contains("content-type: text/html; charset=utf-8\r\n"));
        assert!(lost.contains("<h1>没有</h1>"), "{lost}");
    });
    std::fs::remove_dir_all(&www).expect("the folder is ours");
}

/// Sub-protocols, the first of which is known.
const STOMP: &str = "v10.stomp, v11.stomp";
const CONNECT: &str =
    "CONNECT\nlogin:a\npasscode:b\nhost:/\naccept-version:1.1,1.0\nheart-beat:50000,50000\n\n\0";

#[test]
fn a_client_logs_in_over_stomp() {
    against_sandbox(|address| {
        let mut socket = Socket::open(address, "/ws", STOMP);
        assert_eq!(status(&socket.handshake), "101");
        assert!(
            socket
                .handshake
                .to_ascii_lowercase()
                .contains("sec-websocket-protocol: v10.stomp\r\n"),
            "the first offer that is known"
        );
        socket.send(CONNECT);
        let connected = socket.text();
        assert!(connected.starts_with("CONNECTED\n"), "{connected}");
        for header in [
            "\nversion:1.1\n",
            "\nheart-beat:",
            "\nsession:",
            "\nserver:",
        ] {
            assert!(connected.contains(header), "{connected}");
        }
        assert!(connected.ends_with("\0\n"));

        socket.send("SUBSCRIBE\nid:sub-0\ndestination:/topic/key-1\n\n\0");
        let body = r#"{"request":"login","sequence":7,"agentNumber":"1001","password":"123456","companyShortName":"demo","loginType":1,"routingKey":"key-1"}"#;
        // Cut in two, as clients do with long frames.
        socket.send("SEND\ntoken:\ndestination:/exchange/ccs.request.exchange\n\n");
        socket.send(&format!("{body}\0"));
        let response = socket.text();
        assert!(response.starts_with("MESSAGE\n"), "{response}");
        for header in [
            "\nsubscription:sub-0\n",
            "\ndestination:/topic/key-1\n",
            "\nmessage-id:T_sub-0@@session-",
            "\nredelivered:false\n",
            "\ncontent-length:",
        ] {
            assert!(response.contains(header), "{response}");
        }
        assert!(response.contains(
            r#"{"type":"response","response":"login","sequence":7,"status":0,"msg":"success"}"#
        ));
        assert!(response.ends_with("}\0\n"));
        let login = socket.text();
        assert!(login.contains(r#""event":"Login""#));

        socket.send("DISCONNECT\nreceipt:bye\n\n\0");
        let receipt = socket.text();
        assert!(receipt.contains("receipt-id:bye"), "{receipt}");
        socket.assert_closed();
    });
}

#[test]
fn strangers_get_an_error_and_the_end() {
    against_sandbox(|address| {
        let mut socket = Socket::open(address, "/ws", STOMP);
        socket.send("CONNECT\nlogin:a\npasscode:b\nhost:nope\naccept-version:1.1\n\n\0");
        let error = socket.text();
        assert!(error.starts_with("ERROR\nmessage:Bad CONNECT\n"), "{error}");
        assert!(error.contains("Virtual host 'nope' access denied"));
        socket.assert_closed();

        let mut socket = Socket::open(address, "/ws", STOMP);
        socket.send(CONNECT);
        socket.text();
        socket.send("SUBSCRIBE\nid:sub-0\ndestination:/nowhere/key\n\n\0");
        let error = socket.text();
        assert!(
            error.starts_with("ERROR\nmessage:Unknown destination\n"),
            "{error}"
        );
        socket.assert_closed();
    });
}

#[test]
fn faults_reach_the_sockets() {
    against_sandbox(|address| {
        let fault = |body: &str| {
            let answer = http(address, "POST", "/sandbox/faults", "", body);
            assert_eq!(status(&answer), "200", "{answer}");
        };
        let mut socket = Socket::open(address, "/ws", STOMP);
        socket.send(CONNECT);
        socket.text();
        fault(r#"{"kind":"drop-sockets"}"#);
        assert!(socket.receive().is_none(), "no closing handshake");

        fault(r#"{"kind":"refuse-connections","ms":60000,"path":"/ws"}"#);
        assert_eq!(
            status(&Socket::open(address, "/ws", STOMP).handshake),
            "503"
        );
        assert_eq!(
            status(&http(address, "POST", "/sandbox/reset", "", "")),
            "200"
        );

        let mut socket = Socket::open(address, "/ws", STOMP);
        assert_eq!(status(&socket.handshake), "101");
        let frozen = std::time::Instant::now();
        fault(r#"{"kind":"freeze","ms":400}"#);
        socket.send(CONNECT);
        socket.text();
        assert!(frozen.elapsed() >= Duration::from_millis(390));
    });
}
