//! What the toolbar says, in Chinese and English. Adding a text is adding a line; both languages are in it.

use agent::Lang;

/// One text in both languages.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Word(&'static str, &'static str);

impl Word {
    /// The text in a language.
    pub fn say(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.0,
            Lang::En => self.1,
        }
    }
}

macro_rules! words {
    ($($name:ident = $zh:literal, $en:literal;)*) => {
        $(#[allow(missing_docs)] pub const $name: Word = Word($zh, $en);)*
    };
}

words! {
    TOOLBAR = "座席工具条", "Agent toolbar";
    STATE = "座席状态", "Agent state";
    OFFLINE = "离线", "Offline";
    CONNECTING = "连接中", "Connecting";
    RECONNECTING = "重新连接", "Reconnecting";
    SIGNED_OUT = "未登录", "Signed out";
    SIGNED_IN = "已登录", "Signed in";
    USED_ELSEWHERE = "已下线", "Signed out";
    READY = "就绪", "Ready";
    BUSY = "忙碌", "Busy";
    LOCKED = "已锁定", "Locked";
    CALLING = "呼叫中", "Calling";
    RINGING = "来电", "Ringing";
    IN_CALL = "通话中", "In call";
    ON_HOLD = "保持中", "On hold";
    MUTED = "已静音", "Muted";
    TRANSFERRING = "转接中", "Transferring";
    CONSULTING = "咨询中", "Consulting";
    CONFERENCE = "三方通话", "Conference";
    LISTENING = "监听中", "Listening";
    WHISPERING = "耳语中", "Whispering";
    BARGED_IN = "插话中", "Barged in";
    WRAP_UP = "话后", "Wrap-up";
    CALL_ENDED = "通话结束", "Call ended";
    CALL_FAILED = "呼叫失败", "Call failed";

    BUSY_BECAUSE = "忙碌原因", "Busy because";
    SIGN_OUT = "退出登录", "Sign out";
    NUMBER = "外呼号码", "Number to call";
    TYPE_NUMBER = "输入或粘贴号码", "Type or paste a number";
    CALL = "呼叫", "Call";
    INBOUND = "呼入", "Inbound";
    OUTBOUND = "呼出", "Outbound";
    UNKNOWN_PARTY = "未知号码", "Unknown number";
    FAR_END_RINGS = "对方振铃中…", "Ringing…";
    OWN_PHONE_RINGS = "您的话机正在振铃", "Your phone is ringing";
    CANCEL_CALL = "取消呼叫", "Cancel call";
    REJECT = "拒接", "Reject";
    HANG_UP = "挂断", "Hang up";
    TALKED = "通话", "Talked";
    THEY_HUNG_UP = "客户挂断", "Caller hung up";
    YOU_HUNG_UP = "您已挂断", "You hung up";
    DONE = "完成并就绪", "Done, ready";
    READY_IN = "秒后自动就绪", "s until ready again";

    LINK = "连接状态", "Connection";
    LINK_GOOD = "连接良好", "Connection good";
    LINK_FAIR = "连接一般", "Connection fair";
    LINK_POOR = "连接较差", "Connection poor";
    LINK_NONE = "没有连接", "Not connected";

    REACHING = "正在连接座席服务", "Reaching the agent service";
    REACHING_HINT = "通常不到 2 秒。", "Usually under 2 seconds.";
    NO_LINK = "没有连接座席服务", "Not connected to the agent service";
    NO_LINK_HINT = "连接后开始接听。", "Connect to take calls.";
    CONNECT = "连接", "Connect";
    LOST_NEXT = "连接中断，", "Link lost, next try in ";
    LOST_SECONDS = " 秒后重试", " s";
    CALL_NOT_AFFECTED = "电话不受影响，可以继续通话。", "Your call is not affected, keep talking.";
    COMES_BACK = "恢复后会自动重连，并回到原来的状态。", "It reconnects by itself and goes back to your state.";
    TRY_NOW = "立即重试", "Try now";
    SIGN_IN_HINT = "登录后开始接听", "Sign in to take calls";
    SIGN_IN = "登录", "Sign in";
    SIGN_IN_AGAIN = "重新登录", "Retry";
    KICKED = "该工号在另一处登录：", "Signed in elsewhere: ";
    KICKED_HINT = "如果不是您，请改密码并告诉班长。", "If this was not you, change the password and tell your supervisor.";
    SIGN_IN_HERE = "在此登录", "Sign in here";
    LOCKED_TITLE = "系统已锁定，接不到来电", "Locked, no calls arrive";
    LOCKED_HINT = "请联系班长解锁。", "Ask your supervisor to unlock.";
    CLOSE = "关闭", "Close";
}
