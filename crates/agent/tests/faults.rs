//! The sentences that pages compare with, and what holds for every sentence.

use agent::fault::{CATALOGUE, CODES};
use agent::language::{expected, keys};
use agent::rules::Situation;
use agent::{Fault, Lang};
use std::collections::BTreeMap;
use std::mem::discriminant;

/// One of each kind, in the order of the catalogue; the arguments are ASCII.
fn every_fault() -> Vec<Fault> {
    let url = || "wss://broker.test/ws".to_owned();
    let text = || "argument".to_owned();
    let request = || "makeCall".to_owned();
    vec![
        Fault::OptionMissing { field: "url" },
        Fault::OptionWrong {
            field: "url",
            expected: expected::ADDRESS,
        },
        Fault::CredentialsFailed { message: text() },
        Fault::NotConnected,
        Fault::NotLoggedIn,
        Fault::NotAllowed {
            request: request(),
            doing: Situation::Busy.words(),
        },
        Fault::NotSupervisor { request: request() },
        Fault::FeatureOff { feature: "hold" },
        Fault::NotInConversation,
        Fault::CommandTimeout { request: request() },
        Fault::NoOutcome { request: request() },
        Fault::LinkLost { request: request() },
        Fault::CallEnded {
            request: request(),
            cause: 1017,
        },
        Fault::CommandFailed {
            request: request(),
            event: "MakeCallFail".into(),
            cause: text(),
        },
        Fault::Refused {
            message: text(),
            status: 1101,
        },
        Fault::RefusedSilently { status: 1101 },
        Fault::CalledEmpty,
        Fault::DialEmpty,
        Fault::TransferEmpty,
        Fault::ConsultEmpty,
        Fault::TargetEmpty,
        Fault::GroupEmpty,
        Fault::FilterNeedsGroup,
        Fault::UserdataInvalid { given: text() },
        Fault::MissedCalls { count: 2 },
        Fault::InCall,
        Fault::PhoneNotRegistered,
        Fault::PhoneRegistrationFailed,
        Fault::PhoneDisconnected,
        Fault::Phone {
            code: text(),
            message: text(),
        },
        Fault::PhoneParameters,
        Fault::PhoneInsecure,
        Fault::PhoneUnsupported,
        Fault::ConnectFailed { url: url() },
        Fault::ConnectTimeout { url: url() },
        Fault::GaveUp { attempts: 3 },
        Fault::Silent,
        Fault::Broker { message: text() },
        Fault::NotJson { offset: 7 },
        Fault::NoState { event: text() },
        Fault::FrameTooLarge,
        Fault::BadFrame { why: "why" },
        Fault::BadHeader,
    ]
}

/// Sentences that are nothing but somebody else's words.
fn passes_on(sentence: &str) -> bool {
    sentence == "{message}"
}

/// Whether a text is what a sentence becomes when its places are filled.
fn fills(text: &str, sentence: &str) -> bool {
    let mut rest = text;
    let mut fixed = sentence.split('{').map(|part| match part.split_once('}') {
        Some((_, after)) => after,
        None => part,
    });
    let first = fixed.next().unwrap_or_default();
    let Some(after) = rest.strip_prefix(first) else {
        return false;
    };
    rest = after;
    for part in fixed {
        let Some(at) = rest.rfind(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    true
}

#[test]
fn the_documented_sentences_are_exact() {
    let request = "makeCall".to_owned();
    let given = "null".to_owned();
    let message = "工号或密码错误".to_owned();
    for (fault, zh) in [
        (
            Fault::OptionMissing { field: "host" },
            "配置缺少必要字段: host",
        ),
        (Fault::CalledEmpty, "被叫不能为空"),
        (Fault::TransferEmpty, "转接目标不能为空"),
        (Fault::ConsultEmpty, "咨询目标不能为空"),
        (Fault::TargetEmpty, "操作目标不能为空"),
        (Fault::GroupEmpty, "技能组id不能为空"),
        (
            Fault::FilterNeedsGroup,
            "指定筛选项时, 必须同时指定技能组ID(groupId)",
        ),
        (
            Fault::UserdataInvalid { given },
            "userdata转化 JSON 出错, 出错数据: null",
        ),
        (Fault::NotConnected, "请先建立链接"),
        (Fault::NotLoggedIn, "请先进行登录"),
        (Fault::PhoneNotRegistered, "当前话机未注册"),
        (Fault::CommandTimeout { request }, "指令响应超时: makeCall"),
        (
            Fault::Refused {
                message: message.clone(),
                status: 1,
            },
            "工号或密码错误",
        ),
        (Fault::RefusedSilently { status: 1 }, "操作异常"),
        (
            Fault::Phone {
                code: "1".to_owned(),
                message,
            },
            "工号或密码错误",
        ),
        (Fault::PhoneRegistrationFailed, "话机注册失败"),
        (Fault::PhoneDisconnected, "话机断开链接"),
        (Fault::PhoneParameters, "缺少必要的注册参数"),
        (
            Fault::PhoneInsecure,
            "不支持WebRTC的环境, 请使用https协议访问",
        ),
        (
            Fault::PhoneUnsupported,
            "不支持WebRTC的环境, 检查浏览器是否支持WebRTC",
        ),
        (Fault::DialEmpty, "请输入被叫号码"),
        (Fault::NotInConversation, "只能操作通话中的座席"),
    ] {
        assert_eq!(fault.message(Lang::of("zh-CN")), zh);
        assert_eq!(fault.message(Lang::default()), zh);
    }
    for (code, zh) in [
        ("OPTIONS_MISSING", "需要传入必要配置项目"),
        ("COMMAND_EMPTY", "指令不能为空"),
        ("COMMAND_INVALID", "无效的指令类型"),
        ("PHONE_OPTIONS_MISSING", "未找到配置"),
        ("MICROPHONE_DENIED", "获取授权失败:未获取麦克风授权"),
        ("MICROPHONE_MISSING", "获取授权失败:设备未找到: {message}"),
        ("MEDIA_FAILED", "获取授权失败:获取媒体异常: {message}"),
        ("NO_CALL", "当前没有通话"),
        ("CANNOT_ANSWER", "当前登录模式不支持应答"),
    ] {
        let row = CATALOGUE.iter().find(|row| row.code() == code);
        assert_eq!(
            row.map(|row| row.sentence(Lang::default())),
            Some(zh),
            "{code}"
        );
    }
}

#[test]
fn another_sentence_gets_what_a_fault_fills_into_its_own() {
    let fault = Fault::CommandFailed {
        request: "makeCall".into(),
        event: "MakeCallFail".into(),
        cause: "busy {event}".into(),
    };
    let lang = Lang::default();
    for (given, said) in [
        (
            "{cause}: no {request}, {request}",
            "busy {event}: no makeCall, makeCall",
        ),
        ("nothing", "nothing"),
        ("a {nobody} b", "a  b"),
        ("a { b", "a  b"),
        ("", ""),
    ] {
        assert_eq!(fault.filled_in(given, lang), said);
    }
}

#[test]
fn each_code_is_a_key_of_texts_and_nothing_else_is() {
    let codes: Vec<&str> = CODES.split_whitespace().collect();
    let rows: Vec<&str> = CATALOGUE.iter().map(|row| row.code()).collect();
    assert_eq!(codes, rows);
    for code in codes {
        let key = ["errors.", code].concat();
        assert!(keys::is_known(&key), "{key}");
        assert!(keys::is_known(&[&key, ".remedy"].concat()), "{key}");
        assert!(!keys::is_known(&[&key, ".cure"].concat()), "{key}");
    }
    for key in keys::TOOLBAR
        .split(' ')
        .chain(["causes.0", "causes.1017", "causes.99999"])
    {
        assert!(keys::is_known(key), "{key}");
    }
    for key in [
        "",
        " ",
        "REDAY",
        "ready",
        "errors.",
        "errors",
        "causes.",
        "causes.USER_BUSY",
        "causes.-1",
        "toolbar.READY",
        "errors.READY",
        "READY.remedy",
    ] {
        assert!(!keys::is_known(key), "{key}");
    }
}

#[test]
fn the_catalogue_has_one_row_for_each_fault() {
    let faults = every_fault();
    let rows: Vec<_> = CATALOGUE.iter().filter(|row| !row.shell).collect();
    assert_eq!(rows.len(), faults.len());
    for (at, fault) in faults.iter().enumerate() {
        let twice = faults[..at]
            .iter()
            .any(|f| discriminant(f) == discriminant(fault));
        assert!(!twice, "{fault:?}");
        let row = rows[at];
        assert_eq!(fault.code(), row.code(), "{fault:?}");
        for lang in Lang::all() {
            assert_eq!(fault.remedy(lang), row.remedy(lang));
            let sentence = row.sentence(lang);
            let message = fault.message(lang);
            assert!(fills(&message, sentence), "{message:?} of {sentence:?}");
            assert!(!message.contains(['{', '}']), "{message:?}");
        }
    }
}

#[test]
fn what_the_shell_fills_in_has_one_place_of_the_same_name_in_every_language() {
    let places = |sentence: &str| -> Vec<String> {
        let parts = sentence.split('{').skip(1);
        parts
            .filter_map(|part| Some(part.split_once('}')?.0.to_owned()))
            .collect()
    };
    for row in CATALOGUE.iter().filter(|row| row.shell) {
        let usual = places(row.sentence(Lang::default()));
        assert!(
            Lang::all().all(|lang| places(row.sentence(lang)) == usual),
            "{row:?}"
        );
        assert!(usual.len() <= 1, "{row:?}");
    }
}

#[test]
fn every_row_has_a_sentence_and_a_remedy_in_every_language() {
    for row in CATALOGUE {
        let both = |tag| [row.sentence(Lang::of(tag)), row.remedy(Lang::of(tag))];
        for (zh, en) in both("zh-CN").into_iter().zip(both("en")) {
            assert!(en.is_ascii(), "{en}");
            assert_eq!(zh.is_ascii(), passes_on(zh), "{zh}");
        }
        for lang in Lang::all() {
            let (sentence, remedy) = (row.sentence(lang), row.remedy(lang));
            assert!(
                !sentence.trim().is_empty() && !remedy.trim().is_empty(),
                "{row:?}"
            );
            assert_eq!(
                passes_on(sentence),
                passes_on(row.sentence(Lang::default())),
                "{row:?}"
            );
        }
    }
}

#[test]
fn every_fault_has_an_english_sentence_in_ascii() {
    for fault in every_fault() {
        let en = fault.message(Lang::of("en"));
        assert!(!en.trim().is_empty(), "{fault:?}");
        assert!(en.is_ascii(), "{en}");
    }
}

#[test]
fn arguments_appear_in_every_language() {
    let request = || "busy".to_owned();
    let message = || "access refused".to_owned();
    for (fault, argument) in [
        (Fault::OptionMissing { field: "host" }, "host"),
        (
            Fault::OptionWrong {
                field: "host",
                expected: expected::TEXT,
            },
            "host",
        ),
        (
            Fault::CredentialsFailed { message: message() },
            "access refused",
        ),
        (
            Fault::NotAllowed {
                request: request(),
                doing: Situation::Busy.words(),
            },
            "busy",
        ),
        (Fault::NotSupervisor { request: request() }, "busy"),
        (Fault::FeatureOff { feature: "dtmf" }, "dtmf"),
        (Fault::CommandTimeout { request: request() }, "busy"),
        (Fault::NoOutcome { request: request() }, "busy"),
        (Fault::LinkLost { request: request() }, "busy"),
        (
            Fault::CallEnded {
                request: request(),
                cause: 4711,
            },
            "4711",
        ),
        (
            Fault::CommandFailed {
                request: request(),
                event: "ListenFail".into(),
                cause: "why".into(),
            },
            "busy",
        ),
        (
            Fault::CommandFailed {
                request: request(),
                event: "ListenFail".into(),
                cause: "why".into(),
            },
            "ListenFail why",
        ),
        (
            Fault::Refused {
                message: message(),
                status: 1,
            },
            "access refused",
        ),
        (
            Fault::ConnectFailed {
                url: "ws://a.test".into(),
            },
            "ws://a.test",
        ),
        (
            Fault::ConnectTimeout {
                url: "ws://a.test".into(),
            },
            "ws://a.test",
        ),
        (Fault::GaveUp { attempts: 17 }, "17"),
        (Fault::Broker { message: message() }, "access refused"),
        (Fault::NotJson { offset: 4711 }, "4711"),
        (
            Fault::NoState {
                event: "Idle".into(),
            },
            "Idle",
        ),
        (Fault::BadFrame { why: "no colon" }, "no colon"),
    ] {
        for lang in Lang::all() {
            let message = fault.message(lang);
            assert!(message.contains(argument), "{message}");
        }
    }
}

#[test]
fn a_code_names_one_fault_and_only_the_two_refusals_share_one() {
    let mut rows: BTreeMap<&str, Vec<Fault>> = BTreeMap::new();
    for fault in every_fault() {
        rows.entry(fault.code()).or_default().push(fault);
    }
    for (code, faults) in rows {
        let refusals = faults
            .iter()
            .all(|f| matches!(f, Fault::Refused { .. } | Fault::RefusedSilently { .. }));
        assert!(faults.len() == 1 || refusals, "{code}: {faults:?}");
    }
}
