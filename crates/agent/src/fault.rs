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
    /// No [`Fault`] says it: the JavaScript of the package makes it, of the phone or while there is nothing else to.
    pub shell: bool,
}

/// What a case fills into its sentence. Not [`std::fmt::Display`], whose machinery is a kilobyte of every page.
trait Given {
    /// Appends it.
    fn put(&self, out: &mut String);
}

impl Given for String {
    fn put(&self, out: &mut String) {
        out.push_str(self);
    }
}

impl Given for &str {
    fn put(&self, out: &mut String) {
        out.push_str(self);
    }
}

macro_rules! numbers {
    ($($kind:ty)*) => { $(impl Given for $kind {
        fn put(&self, out: &mut String) {
            out.push_str(&(*self as i64).to_string());
        }
    })* };
}

numbers! { i64 u32 usize }

/// Whether a row has no name.
const fn nobody(names: &[&str]) -> bool {
    names.is_empty()
}

impl Fault {
    fn part(&self, at: usize) -> &'static str {
        self.row().split('\0').nth(at).unwrap_or_default()
    }

    /// The code for programs.
    pub fn code(&self) -> &'static str {
        self.part(0)
    }

    /// The sentence.
    pub fn message(&self, lang: Lang) -> String {
        let mut pieces = self.part(1 + lang as usize).split('{');
        let mut out = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (wanted, text) = piece.split_once('}').unwrap_or_default();
            self.fields(&mut |name, value| {
                if name == wanted {
                    value.put(&mut out);
                }
            });
            out.push_str(text);
        }
        out
    }

    /// What to do.
    pub fn remedy(&self, lang: Lang) -> &'static str {
        self.part(3 + lang as usize)
    }
}

macro_rules! faults {
    // What only the JavaScript makes has no name.
    ($(
        $(
            $(#[$doc:meta])*
            $name:ident $({ $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* })? =
        )?
            $code:literal, $zh:literal, $en:literal, $zh_remedy:literal, $en_remedy:literal;
    )*) => {
        /// Something that went wrong, for people and for programs.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Fault {
            $($($(#[$doc])* $name $({ $($(#[$field_doc])* $field: $kind,)* })?,)?)*
        }

        /// Every row.
        pub const CATALOGUE: &[Entry] = &[
            $(Entry {
                code: $code,
                sentence: [$zh, $en],
                remedy: [$zh_remedy, $en_remedy],
                shell: nobody(&[$(stringify!($name))?]),
            },)*
        ];

        impl Fault {
            /// Code, sentences and remedies with a NUL between them: one text takes less room in a page than five.
            const fn row(&self) -> &'static str {
                match self {
                    $($(Fault::$name $({ $($field: _,)* })? => {
                        concat!($code, "\0", $zh, "\0", $en, "\0", $zh_remedy, "\0", $en_remedy)
                    })?)*
                }
            }

            /// Hands name and value of each field to `take`.
            fn fields(&self, take: &mut dyn FnMut(&str, &dyn Given)) {
                match self {
                    $($(Fault::$name $({ $($field,)* })? => { $($(take(stringify!($field), $field);)*)? })?)*
                }
            }
        }
    };
}

faults! {
    // `init` without options.
    "OPTIONS_MISSING",
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
    // `send` without a command.
    "COMMAND_EMPTY",
        "指令不能为空", "command must not be empty",
        "传入 {request: '名称'}", "pass {request: 'name'}";
    // `send` with something else.
    "COMMAND_INVALID",
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
    // `answer` without a browser phone.
    "CANNOT_ANSWER",
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
    /// Nothing to register with.
    PhoneParameters = "PHONE_PARAMETERS",
        "缺少必要的注册参数", "registration parameters are missing",
        "给出 wss（或 url）、account、password；由平台给出时检查 Login 数据中的 registerSipIp、webrtcSipId",
        "give wss (or url), account and password; where the platform gives them, check registerSipIp and webrtcSipId in the data of Login";
    /// A page that may not use the microphone.
    PhoneInsecure = "PHONE_INSECURE",
        "不支持WebRTC的环境, 请使用https协议访问", "WebRTC is not available: use https",
        "用 https 打开页面", "open the page by https";
    /// A browser without a microphone.
    PhoneUnsupported = "PHONE_UNSUPPORTED",
        "不支持WebRTC的环境, 检查浏览器是否支持WebRTC", "WebRTC is not available: check the browser",
        "使用当前版本的 Chrome、Edge 或 Firefox", "use a current Chrome, Edge or Firefox";
    // A phone without options.
    "PHONE_OPTIONS_MISSING",
        "未找到配置", "the phone has no options",
        "传入 wss（或 url）、account、password", "pass wss (or url), account and password";
    // The page may not use the microphone.
    "MICROPHONE_DENIED",
        "获取授权失败:未获取麦克风授权", "microphone: permission was not granted",
        "在浏览器地址栏中允许使用麦克风，然后重新注册", "allow the microphone beside the browser's address, then register again";
    // There is no microphone, or not the one that was asked for.
    "MICROPHONE_MISSING",
        "获取授权失败:设备未找到: {message}", "microphone: no such device: {message}",
        "插入话筒，或用 setMicrophone() 选择另一个", "plug in a microphone, or choose another by setMicrophone()";
    // The browser could not give sound or make a connection.
    "MEDIA_FAILED",
        "获取授权失败:获取媒体异常: {message}", "media failed: {message}",
        "关闭占用话筒的其他程序，再试一次", "end other programs that use the microphone, then try again";
    // No call to do this with.
    "NO_CALL",
        "当前没有通话", "there is no such call",
        "查看 calls()", "see calls()";
    // The call is not in the state for this.
    "CALL_NOT_READY",
        "{request}: 通话的当前状态不允许", "{request} is not possible in the call's present state",
        "查看通话的 state", "see the call's state";
    // Something else than one key.
    "DTMF_INVALID",
        "按键无效: 应为 0-9、*、# 中的一个", "one of 0-9, * and # is expected as a key",
        "每次发送一个按键", "send one key at a time";
    // The browser does not play the ring tone before somebody has touched the page.
    "RING_BLOCKED",
        "浏览器禁止自动播放铃声", "the browser does not let the ring tone play",
        "点击页面任意处；来电照常显示", "click anywhere in the page; the call is shown all the same";
    // The other side did not let a held call go on.
    "HOLD_REFUSED",
        "对方拒绝恢复通话 ({status})，通话仍处于保持",
        "the other side refused to resume the call ({status}); it is still on hold",
        "稍后再试 unHold()", "call unHold() again later";
    // A step of the pre-call check took too long.
    "CHECK_TIMEOUT",
        "在规定时间内没有完成", "it was not done in time",
        "检查网络与服务器", "check network and server";
    // The pre-call check met no STUN server.
    "CHECK_NO_STUN",
        "STUN 服务器没有应答", "no STUN server answered",
        "检查 iceServers，放行 UDP", "check iceServers, let UDP through";
    // The pre-call check was given no relay.
    "CHECK_NO_TURN",
        "TURN 服务器没有给出中继地址", "no TURN server gave a relay address",
        "检查 iceServers 的地址与账号", "check address and credentials in iceServers";
    // The pre-call check found no way out of the machine.
    "CHECK_NO_CANDIDATE",
        "浏览器没有可用的网络接口", "the browser has no network interface to use",
        "检查网络；检查麦克风授权", "check the network, and the permission for the microphone";
    // The echo call of the pre-call check was silent.
    "CHECK_NO_ECHO",
        "回声测试通话没有收到声音", "the echo call brought no sound back",
        "检查防火墙是否放行 UDP", "check whether the firewall lets UDP through";
    // Warning: the browser does not play the other party before somebody has touched the page.
    "WARN_AUDIO_BLOCKED",
        "浏览器暂时不允许播放对方声音，请点击页面任意处",
        "the browser does not play the other side's voice yet: click anywhere in the page",
        "点击页面或按任意键", "click into the page or press a key";
    // Warning: the microphone gives no sound.
    "WARN_MICROPHONE_SILENT",
        "话筒没有声音", "the microphone gives no sound",
        "检查话筒是否静音、是否选对", "check whether the microphone is muted, and whether it is the right one";
    // Warning: nothing is heard of the other party.
    "WARN_NO_INCOMING_AUDIO",
        "没有收到对方的声音", "no sound arrives from the other party",
        "检查网络与防火墙 (UDP)", "check network and firewall (UDP)";
    // Warning: packets are lost.
    "WARN_LOSS",
        "丢包率 {percent}%", "{percent} % of the packets are lost",
        "改用有线网络，关闭占用带宽的程序", "use a cable, end what takes the bandwidth";
    // Warning: packets come unevenly.
    "WARN_JITTER",
        "抖动 {ms} 毫秒", "packets come {ms} ms early or late",
        "改用有线网络，关闭占用带宽的程序", "use a cable, end what takes the bandwidth";
    // Warning: packets take long.
    "WARN_ROUND_TRIP",
        "往返时延 {ms} 毫秒", "packets take {ms} ms there and back",
        "检查 VPN 与网络线路", "check VPN and network route";
    // Warning: the call sounds bad.
    "WARN_MOS",
        "通话质量差", "the call sounds bad",
        "检查网络；严重时换一个话机", "check the network; if it stays so, use another phone";
    // Warning: media no longer get through.
    "WARN_MEDIA_LOST",
        "媒体连接中断，正在恢复", "the connection for sound is lost and is being made anew",
        "无需处理；经常出现时检查网络", "nothing; if it happens often, check the network";
    // The phone's program failed, and another took over.
    "PHONE_CRASHED",
        "话机程序出错，已重新启动并注册；正在进行的通话已中断",
        "the phone failed and was started anew; a call that went on is lost",
        "把错误报告交给支持人员", "send the error to support";
    // It failed twice in a short time.
    "PHONE_STOPPED",
        "话机程序短时间内两次出错，已停止", "the phone failed twice within 10 s and has stopped",
        "刷新页面，并把错误报告交给支持人员", "reload the page, and send the error to support";
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
    // The SDK was started anew or ended meanwhile.
    "REPLACED",
        "{request} 的结果未知: SDK 已重新初始化", "the outcome of {request} is unknown: the SDK was started anew",
        "以 snapshot() 的状态为准", "go by the state in snapshot()";
    // The program failed twice in a short time.
    "CRASHED",
        "工具条短时间内两次出错，已停止。请刷新页面；通话不受影响",
        "the toolbar failed twice within 10 s and has stopped. Reload the page; your call is not affected",
        "刷新页面，并把 record() 交给支持人员", "reload the page, and send record() to support";
}
