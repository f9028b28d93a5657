//! Any text as the body of a message: no panic, and every value that comes out can be asked everything.
#![no_main]

use agent::backend::vcall;
use agent::event::Incoming;
use agent::json::Value;
use libfuzzer_sys::fuzz_target;

fn ask(value: Value<'_>) {
    let _ = (value.text(), value.number(), value.get("a"));
    for (name, member) in value.members() {
        let _ = name.text();
        ask(member);
    }
    value.items().for_each(ask);
}

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    match vcall::read(&text) {
        Ok(Incoming::Event(event)) => {
            let _ = (event.data.direction(), event.data.party());
            event.data.known().for_each(|(_, value)| ask(value));
            event.data.unknown.iter().for_each(|(_, value)| ask(*value));
        }
        Ok(_) => {}
        Err(e) => assert!(e.offset <= text.len()),
    }
    if let Ok(value) = Value::parse(&text) {
        ask(value);
    }
});
