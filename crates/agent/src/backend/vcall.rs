//! The v-call platform: JSON in STOMP frames.

use crate::config::Credentials;
use crate::event::{Data, Event, EventName, Incoming, Response};
use crate::json::{BadJson, Object, Reader, Value};
use crate::{Command, State};
use std::borrow::Cow;

/// The level of the original SDK that we are compatible with; header `version`.
pub const COMPATIBLE: &str = "1.1.65";

/// Where all commands go.
pub const DESTINATION: &str = "/exchange/ccs.request.exchange";

/// The members of a message that count, beside `data`; with their quotes, so that no name needs decoding.
const MEMBERS: [&str; 15] = [
    "\"type\"",
    "\"event\"",
    "\"nowState\"",
    "\"eventTime\"",
    "\"sequence\"",
    "\"userdata\"",
    "\"ivrParam\"",
    "\"agentNumber\"",
    "\"response\"",
    "\"status\"",
    "\"msg\"",
    "\"groupID\"",
    "\"groupWaitNumber\"",
    "\"handleAgentID\"",
    "\"isInQueue\"",
];

/// Reads the body of a MESSAGE. Any order of members, numbers as strings, absent and unknown members are all right.
#[inline]
pub fn read(body: &str) -> Result<Incoming<'_>, BadJson> {
    let mut reader = Reader::new(body);
    if !reader.open(b'{') {
        // Valid JSON that is no object says nothing to us.
        return Value::parse(body).map(|_| Incoming::Other);
    }
    let mut values = [Value::default(); MEMBERS.len()];
    let mut data = Data::default();
    let (mut has_data, mut callers) = (false, Value::default());
    while let Some(name) = reader.name()? {
        let is_data = name.raw() == "\"data\"";
        if is_data {
            (data, callers) = (Data::default(), Value::default());
            has_data = reader.next_is(b'{');
            if has_data {
                read_data(&mut reader, &mut data)?;
                continue;
            }
        }
        let value = reader.value()?;
        if is_data && value.raw().starts_with('[') {
            callers = value;
        }
        for (member, slot) in MEMBERS.iter().zip(&mut values) {
            if *member == name.raw() {
                *slot = value;
            }
        }
    }
    reader.end()?;
    let [
        kind,
        event,
        now_state,
        event_time,
        sequence,
        userdata,
        ivr_param,
        agent_number,
        response,
        status,
        message,
        group_id,
        group_wait_number,
        handle_agent_id,
        is_in_queue,
    ] = values;
    Ok(match kind.raw() {
        "\"event\"" => {
            let name = event.text().unwrap_or_default();
            Incoming::Event(Event {
                known: EventName::parse(&name),
                name,
                now_state: now_state.text().filter(|s| !s.is_empty()),
                event_time: event_time.number(),
                sequence: sequence.number().unwrap_or(0),
                userdata,
                ivr_param,
                agent_number,
                group_id,
                group_wait_number,
                handle_agent_id,
                is_in_queue,
                callers,
                data,
                has_data,
            })
        }
        "\"response\"" => Incoming::Response(Response {
            request: response.text().unwrap_or_default(),
            sequence: sequence.number().unwrap_or(0),
            // Absent counts as refused.
            ok: status.number() == Some(0) || matches!(status.text().as_deref(), Some("0000")),
            status: status.number().unwrap_or(0),
            message: message.text(),
        }),
        _ => Incoming::Other,
    })
}

#[inline]
fn read_data<'a>(reader: &mut Reader<'a>, data: &mut Data<'a>) -> Result<(), BadJson> {
    reader.open(b'{');
    while let Some((name, value)) = reader.member()? {
        data.set(name, value);
    }
    Ok(())
}

/// Writes the body of a command. Members stand in the order that the platform knows.
pub fn write(
    command: &Command,
    sequence: i64,
    credentials: &Credentials,
    routing_key: &str,
    userdata: Option<&str>,
) -> String {
    let mut body = Object::new();
    body.text("request", command.request())
        .number("sequence", sequence);
    if matches!(command, Command::Login) {
        body.text("agentNumber", &credentials.agent_number)
            .text("password", credentials.password.expose())
            .text("companyShortName", &credentials.company)
            .raw("loginType", &credentials.login_type)
            .text("routingKey", routing_key);
    }
    members(command, &mut body);
    if let Some(userdata) = userdata
        && !matches!(command, Command::Heartbeat)
    {
        body.text("userdata", userdata);
    }
    body.finish()
}

/// Writes what a command has of its own. Who logs in is not its own.
pub(crate) fn members(command: &Command, body: &mut Object) {
    match command {
        Command::Busy {
            busy_type: Some(busy_type),
        } => {
            body.text("busyType", busy_type);
        }
        Command::MakeCall(call) => {
            body.text("called", &call.called)
                .raw("calledType", &call.called_type);
            for (name, value) in [
                ("callId", &call.call_id),
                ("contactId", &call.contact_id),
                ("caller", &call.caller),
            ] {
                if let Some(value) = value {
                    body.text(name, value);
                }
            }
        }
        Command::TransferCall {
            target,
            target_type,
            mode,
        } => {
            body.raw("transferType", target_type)
                .text("transferId", target)
                .raw("transferMode", mode);
        }
        Command::ConsultCall {
            target,
            target_type,
        } => {
            if let Some(target_type) = target_type {
                body.raw("consultType", target_type);
            }
            body.text("consultId", target);
        }
        Command::SendDtmf { digits } => {
            body.text("dtmf", digits);
        }
        Command::Supervise(_, agent) => {
            body.text("beAgentNumber", agent);
        }
        Command::IdleAgent { group_id } => {
            body.text("groupId", group_id);
        }
        Command::Surveillance { filter: members } | Command::Other { members, .. } => {
            for (name, value) in members {
                body.raw(name, value);
            }
        }
        _ => {}
    }
}

/// Whether the platform says that the token is of no use any more.
pub(crate) fn token_refused(message: &str) -> bool {
    message.as_bytes().windows(5).any(|word| word == b"token")
}

/// Whether wrap-up ends by itself: only `1` does, and not when the phone is gone.
pub(crate) fn auto_idle_seconds(data: &Data<'_>) -> Option<u64> {
    let wanted =
        data.agent_auto_idle.number() == Some(1) && data.data.text().as_deref() != Some("话机注销");
    wanted.then(|| u64::try_from(data.agent_auto_idle_time.number().unwrap_or(0)).unwrap_or(0))
}

/// `code` of `After` and `Logout` where the agent's phone is gone.
pub(crate) const PHONE_LOST: i64 = -1001;

/// `cause` of `After` where the agent refused the call on the phone.
pub(crate) const REJECTED: i64 = 1021;

/// Whether `Logout` keeps the token.
pub(crate) fn keeps_token(data: &Data<'_>) -> bool {
    data.code.number() == Some(-1002)
}

/// The reasons for not being ready: separated by commas, of either width.
pub(crate) fn busy_types(text: &str) -> Vec<String> {
    text.split([',', '，'])
        .map(str::trim)
        .filter(|t| !t.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The state that an event tells, if it counts.
pub(crate) fn state(event: &Event<'_>) -> Option<State> {
    // These repeat the state of a moment that may have passed.
    if matches!(
        event.known,
        Some(EventName::GroupQueueNum | EventName::Surveillance)
    ) {
        return None;
    }
    event
        .now_state
        .as_ref()
        .map(|s: &Cow<'_, str>| State::told(s))
}
