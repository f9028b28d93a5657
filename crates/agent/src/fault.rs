//! The catalogue of what can go wrong: code, sentence and remedy, in Chinese and English.
//!
//! Everything that tells of errors is made from this table: the objects that pages get, the toolbar's messages, and the
//! page of the documentation. Texts that pages compare with are exactly those of the original SDK.

/// The language of sentences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Chinese (zh-CN), the default.
    #[default]
    Zh,
    /// English.
    En,
}

/// One row of the catalogue; `{name}` stands for what a case fills in.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The code for programs.
    pub code: &'static str,
    /// The sentence, Chinese and English.
    pub sentence: [&'static str; 2],
    /// What to do, Chinese and English.
    pub remedy: [&'static str; 2],
}

macro_rules! faults {
    ($(
        $(#[$doc:meta])*
        $name:ident $({ $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* })? =
            $code:literal, $zh:literal, $en:literal, $zh_remedy:literal, $en_remedy:literal;
    )*) => {
        /// Something that went wrong, for people and for programs.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Fault {
            $($(#[$doc])* $name $({ $($(#[$field_doc])* $field: $kind,)* })?,)*
        }

        /// Every row.
        pub const CATALOGUE: &[Entry] = &[
            $(Entry { code: $code, sentence: [$zh, $en], remedy: [$zh_remedy, $en_remedy] },)*
        ];

        #[allow(unused_variables)] // a sentence of one language may not need what the other does
        impl Fault {
            /// The code for programs.
            pub const fn code(&self) -> &'static str {
                match self { $(Fault::$name $({ $($field: _,)* })? => $code,)* }
            }

            /// The sentence.
            pub fn message(&self, lang: Lang) -> String {
                match (self, lang) {
                    $((Fault::$name $({ $($field,)* })?, Lang::Zh) => format!($zh),
                    (Fault::$name $({ $($field,)* })?, Lang::En) => format!($en),)*
                }
            }

            /// What to do.
            pub const fn remedy(&self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Fault::$name $({ $($field: _,)* })?, Lang::Zh) => $zh_remedy,
                    (Fault::$name $({ $($field: _,)* })?, Lang::En) => $en_remedy,)*
                }
            }
        }
    };
}

faults! {
    /// `init` without options.
    OptionsMissing = "OPTIONS_MISSING",
        "需要传入必要配置项目", "options are required",
        "传入 url、host、connectAccount、subscribePath", "pass url, host, connectAccount and subscribePath";
    /// A required option is absent.
    OptionMissing {
        /// Its name.
        field: &'static str,
    } = "OPTION_MISSING",
        "配置缺少必要字段: {field}", "configuration lacks required field: {field}",
        "补上该配置项", "add this option";
    /// An option that cannot work.
    OptionWrong {
        /// Its name.
        field: &'static str,
        /// What is expected, in Chinese.
        zh: &'static str,
        /// What is expected, in English.
        en: &'static str,
    } = "OPTION_WRONG",
        "配置项 {field} 无效: 应为{zh}", "option {field} is wrong: {en} is expected",
        "更正该配置项", "correct this option";
    /// The page's `credentials` gave nothing that can log in.
    CredentialsFailed {
        /// Why.
        message: String,
    } = "CREDENTIALS_FAILED",
        "credentials 没有给出登录信息: {message}", "credentials gave nothing to log in with: {message}",
        "检查 credentials 函数，再调用 login()", "check the function credentials, then call login()";
    /// No link.
    NotConnected = "NOT_CONNECTED",
        "请先建立链接", "establish a link first",
        "调用 connect()，或等待自动重连", "call connect(), or wait for the link to come back";
    /// Not logged in.
    NotLoggedIn = "NOT_LOGGED_IN",
        "请先进行登录", "log in first",
        "调用 login()", "call login()";
    /// A command is not possible in the present state.
    NotAllowed {
        /// The request's name.
        request: String,
        /// What the agent is doing, in Chinese.
        zh: &'static str,
        /// What the agent is doing, in English.
        en: &'static str,
    } = "NOT_ALLOWED",
        "{request}: 当前座席{zh}，不能执行", "{request} is not possible: the agent {en}",
        "查看 snapshot().allowed", "see snapshot().allowed for what is possible";
    /// A command for supervisors only.
    NotSupervisor {
        /// The request's name.
        request: String,
    } = "NOT_SUPERVISOR",
        "{request}: 只有班长可以执行", "{request} is for supervisors only",
        "用班长工号登录", "log in as a supervisor";
    /// A part that the page has switched off.
    FeatureOff {
        /// Its name in `features`.
        feature: &'static str,
    } = "FEATURE_OFF",
        "功能已关闭: features.{feature}", "switched off by features.{feature}",
        "在 features 中打开", "switch it on in features";
    /// The watched agent is not in a conversation.
    NotInConversation = "NOT_IN_CONVERSATION",
        "只能操作通话中的座席", "only an agent in conversation can be operated on",
        "选择通话中的座席", "choose an agent who is in conversation";
    /// No answer in time.
    CommandTimeout {
        /// The request's name.
        request: String,
    } = "COMMAND_TIMEOUT",
        "指令响应超时: {request}", "no response in time to command: {request}",
        "稍后重试；总是如此时请检查平台", "try again; if it goes on, check the platform";
    /// Accepted, but what should follow never came.
    NoOutcome {
        /// The request's name.
        request: String,
    } = "NO_OUTCOME",
        "{request} 已被接受，但没有结果事件", "{request} was accepted, but no event told its outcome",
        "以 snapshot() 的状态为准", "go by the state in snapshot()";
    /// The link was lost before the outcome was known.
    LinkLost {
        /// The request's name.
        request: String,
    } = "LINK_LOST",
        "{request} 的结果未知: 链接已断开", "the outcome of {request} is unknown: the link was lost",
        "重连后以 snapshot() 的状态为准", "go by the state in snapshot() when the link is back";
    /// The call ended before the outcome.
    CallEnded {
        /// The request's name.
        request: String,
        /// Number of the cause.
        cause: u32,
    } = "CALL_ENDED",
        "{request}: 通话已结束 (cause {cause})", "{request}: the call has ended (cause {cause})",
        "见原因码表", "see the table of causes";
    /// The platform tried and failed.
    CommandFailed {
        /// The request's name.
        request: String,
        /// The event that said so.
        event: String,
        /// The platform's words; may be empty.
        cause: String,
    } = "COMMAND_FAILED",
        "{request} 失败: {event} {cause}", "{request} failed: {event} {cause}",
        "检查目标是否可用后重试", "check whether the target can be reached, then try again";
    /// The platform refused a command.
    Refused {
        /// The platform's words.
        message: String,
        /// The platform's number.
        status: i64,
    } = "REFUSED",
        "{message}", "{message}",
        "status 见原因码表", "status: see the table of causes";
    /// The platform refused a command without a word.
    RefusedSilently {
        /// The platform's number.
        status: i64,
    } = "REFUSED",
        "操作异常", "the platform refused the command",
        "status 见原因码表", "status: see the table of causes";
    /// `send` without a command.
    CommandEmpty = "COMMAND_EMPTY",
        "指令不能为空", "command must not be empty",
        "传入 {request: '名称'}", "pass {request: 'name'}";
    /// `send` with something else.
    CommandInvalid = "COMMAND_INVALID",
        "无效的指令类型", "invalid command type",
        "传入 {request: '名称'}", "pass {request: 'name'}";
    /// Nobody to call.
    CalledEmpty = "CALLED_EMPTY",
        "被叫不能为空", "called number must not be empty",
        "传入被叫号码", "pass the number to call";
    /// The dial field is empty.
    DialEmpty = "DIAL_EMPTY",
        "请输入被叫号码", "enter the number to call",
        "输入号码后再呼叫", "enter a number, then call";
    /// Nobody to transfer to.
    TransferEmpty = "TRANSFER_EMPTY",
        "转接目标不能为空", "transfer target must not be empty",
        "传入转接目标", "pass the target";
    /// Nobody to consult.
    ConsultEmpty = "CONSULT_EMPTY",
        "咨询目标不能为空", "consultation target must not be empty",
        "传入咨询目标", "pass the target";
    /// No agent to act on.
    TargetEmpty = "TARGET_EMPTY",
        "操作目标不能为空", "operation target must not be empty",
        "传入座席工号", "pass the agent's number";
    /// No group.
    GroupEmpty = "GROUP_EMPTY",
        "技能组id不能为空", "skill-group id must not be empty",
        "传入技能组 id", "pass the group's id";
    /// A filter without a group, of an agent without one.
    FilterNeedsGroup = "FILTER_NEEDS_GROUP",
        "指定筛选项时, 必须同时指定技能组ID(groupId)", "a filter requires groupId",
        "在 filter 中加上 groupId", "add groupId to the filter";
    /// `setUserdata` without a value.
    UserdataInvalid {
        /// What was given.
        given: String,
    } = "USERDATA_INVALID",
        "userdata转化 JSON 出错, 出错数据: {given}", "userdata cannot be converted, given: {given}",
        "传入文本", "pass a text";
    /// `break` during a call.
    InCall = "IN_CALL",
        "通话中不能断开链接，请先挂断", "the link cannot be ended during a call: hang up first",
        "先调用 hangup()", "call hangup() first";
    /// `answer` without a browser phone.
    CannotAnswer = "CANNOT_ANSWER",
        "当前登录模式不支持应答", "a call cannot be answered here with this login type",
        "在话机上应答，或使用 loginType 3", "answer on the phone itself, or use loginType 3";
    /// The browser phone is not registered.
    PhoneNotRegistered = "PHONE_NOT_REGISTERED",
        "当前话机未注册", "phone is not registered",
        "调用 register()，检查 SIP 账号与网络", "call register(); check SIP account and network";
    /// Registration of the browser phone failed.
    PhoneRegistrationFailed = "PHONE_REGISTRATION_FAILED",
        "话机注册失败", "phone registration failed",
        "检查 SIP 账号、密码与服务器", "check SIP account, password and server";
    /// The browser phone lost its link.
    PhoneDisconnected = "PHONE_DISCONNECTED",
        "话机断开链接", "phone link lost",
        "检查到 SIP 服务器的网络", "check the network to the SIP server";
    /// The browser phone said what is wrong.
    Phone {
        /// Its words.
        message: String,
    } = "PHONE",
        "{message}", "{message}",
        "见话机的说明", "see the phone's own documentation";
    /// The platform gave nothing to register with.
    PhoneParameters = "PHONE_PARAMETERS",
        "缺少必要的注册参数", "registration parameters are missing",
        "平台须在 Login 数据中给出 registerSipIp、webrtcSipId", "the platform must give registerSipIp and webrtcSipId with Login";
    /// A page that may not use the microphone.
    PhoneInsecure = "PHONE_INSECURE",
        "不支持WebRTC的环境, 请使用https协议访问", "WebRTC is not available: use https",
        "用 https 打开页面", "open the page by https";
    /// A browser without a microphone.
    PhoneUnsupported = "PHONE_UNSUPPORTED",
        "不支持WebRTC的环境, 检查浏览器是否支持WebRTC", "WebRTC is not available: check the browser",
        "使用当前版本的 Chrome、Edge 或 Firefox", "use a current Chrome, Edge or Firefox";
    /// `loginType` 3 without a phone.
    NoSoftPhone = "NO_SOFT_PHONE",
        "loginType 3 需要浏览器电话：请传入 softPhoneFactory，或改用 loginType 1 或 2",
        "loginType 3 needs a browser phone: pass softPhoneFactory, or use loginType 1 or 2",
        "传入 softPhoneFactory", "pass softPhoneFactory";
    /// The socket never opened, or closed before the broker answered.
    ConnectFailed {
        /// Where to.
        url: String,
    } = "CONNECT_FAILED",
        "连接失败：主机名无法解析、端口拒绝连接、TLS 证书无效或子协议不符，浏览器不说明是哪一种。会自动重试，请检查地址 {url}",
        "the connection failed: unknown host, connection refused, TLS failure or wrong sub-protocol, the browser does not say which. It retries by itself; check the address {url}",
        "检查地址、证书与网络", "check address, certificate and network";
    /// The broker did not answer in time.
    ConnectTimeout {
        /// Where to.
        url: String,
    } = "CONNECT_TIMEOUT",
        "消息服务 5 秒内没有应答，会自动重试，请检查地址 {url}",
        "the message service did not answer within 5 s. It retries by itself; check the address {url}",
        "检查地址与网络", "check address and network";
    /// So many tries failed in a row.
    GaveUp {
        /// How many.
        attempts: u32,
    } = "GAVE_UP",
        "连续 {attempts} 次没有连上，多半是网络限制，请联系管理员。之后每 30 秒再试一次",
        "{attempts} tries in a row did not get through; the network may block it, ask your administrator. From now on one try every 30 s",
        "请管理员放行 WebSocket", "ask the administrator to let WebSockets through";
    /// Nothing came for too long.
    Silent = "LINK_SILENT",
        "链接长时间没有任何数据，已放弃并重新连接",
        "nothing came over the link for too long: it was abandoned and is being opened anew",
        "无需处理；经常出现时检查网络", "nothing; if it happens often, check the network";
    /// The broker's ERROR frame.
    Broker {
        /// Its words.
        message: String,
    } = "BROKER_ERROR",
        "消息服务拒绝: {message}", "the message service refuses: {message}",
        "检查 connectAccount、connectPassword、host", "check connectAccount, connectPassword and host";
    /// A message that is not JSON.
    NotJson {
        /// Where it stops being JSON, bytes.
        offset: usize,
    } = "NOT_JSON",
        "收到的消息不是 JSON（第 {offset} 字节），已忽略，会话继续",
        "a message is not JSON (byte {offset}); it was ignored, the session goes on",
        "把 record() 交给平台方", "send record() to the platform's support";
    /// A state event without a state.
    NoState {
        /// The event's name.
        event: String,
    } = "NO_STATE",
        "事件缺少 nowState，座席状态保持不变: {event}",
        "an event came without nowState, the agent's state stays as it was: {event}",
        "把 record() 交给平台方", "send record() to the platform's support";
    /// A frame over the limit.
    FrameTooLarge = "FRAME_TOO_LARGE",
        "收到的帧超过 8 MB，已丢弃，会话继续", "a frame was larger than 8 MB; it was dropped, the session goes on",
        "缩小监控的筛选范围", "narrow the surveillance by a filter";
    /// A frame that breaks the protocol.
    BadFrame {
        /// What is wrong with it.
        why: &'static str,
    } = "BAD_FRAME",
        "收到的帧不合 STOMP 协议，已忽略: {why}", "a frame breaks the STOMP protocol and was ignored: {why}",
        "检查消息服务与中间代理", "check the message service and proxies before it";
    /// A text that cannot be put into a header.
    BadHeader = "BAD_HEADER",
        "配置含有不能写入 STOMP 头的字符，请检查账号与订阅路径",
        "an option holds characters that a STOMP header cannot carry; check account and subscribe path",
        "更正账号与订阅路径", "correct account and subscribe path";
    /// The SDK was started anew or ended meanwhile.
    Replaced {
        /// The request's name.
        request: String,
    } = "REPLACED",
        "{request} 的结果未知: SDK 已重新初始化", "the outcome of {request} is unknown: the SDK was started anew",
        "以 snapshot() 的状态为准", "go by the state in snapshot()";
    /// The program failed twice in a short time.
    Crashed = "CRASHED",
        "工具条短时间内两次出错，已停止。请刷新页面；通话不受影响",
        "the toolbar failed twice within 10 s and has stopped. Reload the page; your call is not affected",
        "刷新页面，并把 record() 交给支持人员", "reload the page, and send record() to support";
}
