//! The sentences that pages compare with, and what holds for every sentence.

use agent::{Fault, Lang};
use std::collections::BTreeSet;

/// One of each kind; the arguments are ASCII.
fn every_fault() -> Vec<Fault> {
    let url = || "wss://broker.test/ws".to_owned();
    let text = || "argument".to_owned();
    vec![
        Fault::OptionsMissing,
        Fault::OptionMissing { field: "url" },
        Fault::OptionWrong {
            field: "url",
            zh: "以 ws:// 或 wss:// 开头的地址",
            en: "an address that starts with ws:// or wss://",
        },
        Fault::NotConnected,
        Fault::NotLoggedIn,
        Fault::CommandTimeout { request: "idle" },
        Fault::Refused {
            message: String::new(),
        },
        Fault::CalledEmpty,
        Fault::UserdataInvalid { given: text() },
        Fault::InCall,
        Fault::PhoneNotRegistered,
        Fault::PhoneRegistrationFailed,
        Fault::PhoneDisconnected,
        Fault::Phone { message: text() },
        Fault::NoSoftPhone,
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
        Fault::Crashed,
    ]
}

#[test]
fn the_documented_sentences_are_exact() {
    let given = "null".to_owned();
    let message = "工号或密码错误".to_owned();
    for (fault, zh) in [
        (Fault::OptionsMissing, "需要传入必要配置项目"),
        (
            Fault::OptionMissing { field: "host" },
            "配置缺少必要字段: host",
        ),
        (Fault::NotConnected, "请先建立链接"),
        (Fault::NotLoggedIn, "请先进行登录"),
        (
            Fault::CommandTimeout {
                request: "makeCall",
            },
            "指令响应超时: makeCall",
        ),
        (
            Fault::Refused {
                message: String::new(),
            },
            "操作异常",
        ),
        (
            Fault::Refused {
                message: message.clone(),
            },
            "工号或密码错误",
        ),
        (Fault::Phone { message }, "工号或密码错误"),
        (Fault::CalledEmpty, "被叫不能为空"),
        (
            Fault::UserdataInvalid { given },
            "userdata转化 JSON 出错, 出错数据: null",
        ),
        (Fault::PhoneNotRegistered, "当前话机未注册"),
        (Fault::PhoneRegistrationFailed, "话机注册失败"),
        (Fault::PhoneDisconnected, "话机断开链接"),
    ] {
        assert_eq!(fault.message(Lang::Zh), zh);
        assert_eq!(fault.message(Lang::default()), zh);
    }
}

#[test]
fn every_fault_has_an_english_sentence_in_ascii() {
    for fault in every_fault() {
        let en = fault.message(Lang::En);
        assert!(!en.trim().is_empty(), "{fault:?}");
        assert!(en.is_ascii(), "{en}");
    }
}

#[test]
fn every_fault_has_a_chinese_sentence() {
    for fault in every_fault() {
        let zh = fault.message(Lang::Zh);
        // The phone's own words are passed on as they are.
        let own_words = matches!(fault, Fault::Phone { .. });
        assert_eq!(zh.is_ascii(), own_words, "{zh}");
    }
}

#[test]
fn arguments_appear_in_both_languages() {
    for (fault, argument) in [
        (Fault::OptionMissing { field: "host" }, "host"),
        (
            Fault::OptionWrong {
                field: "host",
                zh: "文本",
                en: "text",
            },
            "host",
        ),
        (Fault::CommandTimeout { request: "busy" }, "busy"),
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
        (
            Fault::Broker {
                message: "access refused".into(),
            },
            "access refused",
        ),
        (Fault::NotJson { offset: 4711 }, "4711"),
        (
            Fault::NoState {
                event: "Idle".into(),
            },
            "Idle",
        ),
        (Fault::BadFrame { why: "no colon" }, "no colon"),
    ] {
        for lang in [Lang::Zh, Lang::En] {
            let message = fault.message(lang);
            assert!(message.contains(argument), "{message}");
        }
    }
}

#[test]
fn codes_are_unique() {
    let faults = every_fault();
    let codes: BTreeSet<&str> = faults.iter().map(Fault::code).collect();
    assert_eq!(codes.len(), faults.len());
}
