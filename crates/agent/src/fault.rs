//! The catalogue of what can go wrong: a code, the sentence in Chinese and English, what to do.

use std::fmt::Write;

/// The language of sentences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Chinese (zh-CN), the default.
    #[default]
    Zh,
    /// English.
    En,
}

/// Something that went wrong, for people and for programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// `init` without options.
    OptionsMissing,
    /// A required option is absent.
    OptionMissing {
        /// Its name.
        field: &'static str,
    },
    /// An option that cannot work.
    OptionWrong {
        /// Its name.
        field: &'static str,
        /// What is expected, in Chinese.
        zh: &'static str,
        /// What is expected, in English.
        en: &'static str,
    },
    /// No link.
    NotConnected,
    /// Not logged in.
    NotLoggedIn,
    /// No answer in time.
    CommandTimeout {
        /// The request's name.
        request: &'static str,
    },
    /// The platform refused a command.
    Refused {
        /// The platform's words; empty when it gave none.
        message: String,
    },
    /// Nobody to call.
    CalledEmpty,
    /// `setUserdata` without a value.
    UserdataInvalid {
        /// What was given.
        given: String,
    },
    /// `break` during a call.
    InCall,
    /// The browser phone is not registered.
    PhoneNotRegistered,
    /// Registration of the browser phone failed.
    PhoneRegistrationFailed,
    /// The browser phone lost its link.
    PhoneDisconnected,
    /// The browser phone said what is wrong.
    Phone {
        /// Its words.
        message: String,
    },
    /// `loginType` 3 without a phone.
    NoSoftPhone,
    /// The socket never opened, or closed before the broker answered.
    ConnectFailed {
        /// Where to.
        url: String,
    },
    /// The broker did not answer in time.
    ConnectTimeout {
        /// Where to.
        url: String,
    },
    /// So many tries failed in a row.
    GaveUp {
        /// How many.
        attempts: u32,
    },
    /// Nothing came for too long.
    Silent,
    /// The broker's ERROR frame.
    Broker {
        /// Its words.
        message: String,
    },
    /// A message that is not JSON.
    NotJson {
        /// Where it stops being JSON, bytes.
        offset: usize,
    },
    /// A state event without a state.
    NoState {
        /// The event's name.
        event: String,
    },
    /// A frame over the limit.
    FrameTooLarge,
    /// A frame that breaks the protocol.
    BadFrame {
        /// What is wrong with it.
        why: &'static str,
    },
    /// A text that cannot be put into a header.
    BadHeader,
    /// The program failed twice in a short time.
    Crashed,
}

impl Fault {
    /// The code for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Fault::OptionsMissing => "OPTIONS_MISSING",
            Fault::OptionMissing { .. } => "OPTION_MISSING",
            Fault::OptionWrong { .. } => "OPTION_WRONG",
            Fault::NotConnected => "NOT_CONNECTED",
            Fault::NotLoggedIn => "NOT_LOGGED_IN",
            Fault::CommandTimeout { .. } => "COMMAND_TIMEOUT",
            Fault::Refused { .. } => "REFUSED",
            Fault::CalledEmpty => "CALLED_EMPTY",
            Fault::UserdataInvalid { .. } => "USERDATA_INVALID",
            Fault::InCall => "IN_CALL",
            Fault::PhoneNotRegistered => "PHONE_NOT_REGISTERED",
            Fault::PhoneRegistrationFailed => "PHONE_REGISTRATION_FAILED",
            Fault::PhoneDisconnected => "PHONE_DISCONNECTED",
            Fault::Phone { .. } => "PHONE",
            Fault::NoSoftPhone => "NO_SOFT_PHONE",
            Fault::ConnectFailed { .. } => "CONNECT_FAILED",
            Fault::ConnectTimeout { .. } => "CONNECT_TIMEOUT",
            Fault::GaveUp { .. } => "GAVE_UP",
            Fault::Silent => "LINK_SILENT",
            Fault::Broker { .. } => "BROKER_ERROR",
            Fault::NotJson { .. } => "NOT_JSON",
            Fault::NoState { .. } => "NO_STATE",
            Fault::FrameTooLarge => "FRAME_TOO_LARGE",
            Fault::BadFrame { .. } => "BAD_FRAME",
            Fault::BadHeader => "BAD_HEADER",
            Fault::Crashed => "CRASHED",
        }
    }

    /// The sentence. Texts that pages compare with are exactly the documented ones.
    pub fn message(&self, lang: Lang) -> String {
        let mut out = String::new();
        let zh = lang == Lang::Zh;
        let (text, argument): (&str, &str) = match self {
            Fault::OptionsMissing => (
                if zh {
                    "需要传入必要配置项目"
                } else {
                    "options are required"
                },
                "",
            ),
            Fault::OptionMissing { field } => (
                if zh {
                    "配置缺少必要字段: "
                } else {
                    "configuration lacks required field: "
                },
                field,
            ),
            Fault::OptionWrong {
                field,
                zh: wanted_zh,
                en: wanted_en,
            } => {
                let _ = if zh {
                    write!(out, "配置项 {field} 无效: 应为{wanted_zh}")
                } else {
                    write!(out, "option {field} is wrong: {wanted_en} is expected")
                };
                ("", "")
            }
            Fault::NotConnected => (
                if zh {
                    "请先建立链接"
                } else {
                    "establish a link first"
                },
                "",
            ),
            Fault::NotLoggedIn => (
                if zh {
                    "请先进行登录"
                } else {
                    "log in first"
                },
                "",
            ),
            Fault::CommandTimeout { request } => (
                if zh {
                    "指令响应超时: "
                } else {
                    "no response in time to command: "
                },
                request,
            ),
            Fault::Refused { message } if message.is_empty() => (
                if zh {
                    "操作异常"
                } else {
                    "the platform refused the command"
                },
                "",
            ),
            Fault::Refused { message } | Fault::Phone { message } => ("", message),
            Fault::CalledEmpty => (
                if zh {
                    "被叫不能为空"
                } else {
                    "called number must not be empty"
                },
                "",
            ),
            Fault::UserdataInvalid { given } => (
                if zh {
                    "userdata转化 JSON 出错, 出错数据: "
                } else {
                    "userdata cannot be converted, given: "
                },
                given,
            ),
            Fault::InCall => (
                if zh {
                    "通话中不能断开链接，请先挂断"
                } else {
                    "the link cannot be ended during a call: hang up first"
                },
                "",
            ),
            Fault::PhoneNotRegistered => (
                if zh {
                    "当前话机未注册"
                } else {
                    "phone is not registered"
                },
                "",
            ),
            Fault::PhoneRegistrationFailed => (
                if zh {
                    "话机注册失败"
                } else {
                    "phone registration failed"
                },
                "",
            ),
            Fault::PhoneDisconnected => (
                if zh {
                    "话机断开链接"
                } else {
                    "phone link lost"
                },
                "",
            ),
            Fault::NoSoftPhone => (
                if zh {
                    "loginType 3 需要浏览器电话：请传入 softPhoneFactory，或改用 loginType 1 或 2"
                } else {
                    "loginType 3 needs a browser phone: pass softPhoneFactory, or use loginType 1 or 2"
                },
                "",
            ),
            Fault::ConnectFailed { url } => (
                if zh {
                    "连接失败：主机名无法解析、端口拒绝连接、TLS 证书无效或子协议不符，浏览器不说明是哪一种。会自动重试，请检查地址 "
                } else {
                    "the connection failed: unknown host, connection refused, TLS failure or wrong sub-protocol, the browser does not say which. It retries by itself; check the address "
                },
                url,
            ),
            Fault::ConnectTimeout { url } => (
                if zh {
                    "消息服务 5 秒内没有应答，会自动重试，请检查地址 "
                } else {
                    "the message service did not answer within 5 s. It retries by itself; check the address "
                },
                url,
            ),
            Fault::GaveUp { attempts } => {
                let _ = if zh {
                    write!(
                        out,
                        "连续 {attempts} 次没有连上，多半是网络限制，请联系管理员。之后每 30 秒再试一次"
                    )
                } else {
                    write!(
                        out,
                        "{attempts} tries in a row did not get through; the network may block it, ask your administrator. From now on one try every 30 s"
                    )
                };
                ("", "")
            }
            Fault::Silent => (
                if zh {
                    "链接长时间没有任何数据，已放弃并重新连接"
                } else {
                    "nothing came over the link for too long: it was abandoned and is being opened anew"
                },
                "",
            ),
            Fault::Broker { message } => (
                if zh {
                    "消息服务拒绝: "
                } else {
                    "the message service refuses: "
                },
                message,
            ),
            Fault::NotJson { offset } => {
                let _ = if zh {
                    write!(
                        out,
                        "收到的消息不是 JSON（第 {offset} 字节），已忽略，会话继续"
                    )
                } else {
                    write!(
                        out,
                        "a message is not JSON (byte {offset}); it was ignored, the session goes on"
                    )
                };
                ("", "")
            }
            Fault::NoState { event } => (
                if zh {
                    "事件缺少 nowState，座席状态保持不变: "
                } else {
                    "an event came without nowState, the agent's state stays as it was: "
                },
                event,
            ),
            Fault::FrameTooLarge => (
                if zh {
                    "收到的帧超过 8 MB，已丢弃，会话继续"
                } else {
                    "a frame was larger than 8 MB; it was dropped, the session goes on"
                },
                "",
            ),
            Fault::BadFrame { why } => (
                if zh {
                    "收到的帧不合 STOMP 协议，已忽略: "
                } else {
                    "a frame breaks the STOMP protocol and was ignored: "
                },
                why,
            ),
            Fault::BadHeader => (
                if zh {
                    "配置含有不能写入 STOMP 头的字符，请检查账号与订阅路径"
                } else {
                    "an option holds characters that a STOMP header cannot carry; check account and subscribe path"
                },
                "",
            ),
            Fault::Crashed => (
                if zh {
                    "工具条短时间内两次出错，已停止。请刷新页面；通话不受影响"
                } else {
                    "the toolbar failed twice within 10 s and has stopped. Reload the page; your call is not affected"
                },
                "",
            ),
        };
        out.push_str(text);
        out.push_str(argument);
        out
    }
}
