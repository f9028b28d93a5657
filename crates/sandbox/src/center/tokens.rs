//! Tokens that the center has given out.

use std::collections::HashMap;

use super::agents::AgentKey;

/// A token is good for this long (ms).
pub(crate) const TOKEN_LIFE: u64 = 24 * 60 * 60 * 1000;
/// So many tokens of one agent are kept; the oldest goes first.
const TOKENS_PER_AGENT: usize = 64;

/// What is known of a token.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) agent: AgentKey,
    pub(crate) routing_key: String,
    issued: u64,
    expired: Option<ExpiredAnswer>,
}

impl Token {
    /// How a `reconnect` with this token is answered, if it has expired by `now`.
    pub(crate) fn expired(&self, now: u64) -> Option<ExpiredAnswer> {
        let too_old = now >= self.issued.saturating_add(TOKEN_LIFE);
        self.expired.or(too_old.then_some(ExpiredAnswer::Silent))
    }
}

/// What a `reconnect` with an expired token gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ExpiredAnswer {
    /// Nothing: the client falls back to a login after its own time-out.
    #[default]
    Silent,
    /// A response with `status` 1.
    Negative,
}

/// All tokens that are known, good or expired. Never printed.
#[derive(Default)]
pub(crate) struct Tokens {
    known: HashMap<String, Token>,
}

impl Tokens {
    pub(crate) fn get(&self, text: &str) -> Option<&Token> {
        self.known.get(text)
    }

    pub(crate) fn add(&mut self, text: String, agent: AgentKey, routing_key: &str, now: u64) {
        let mut of_agent: Vec<(u64, String)> = self
            .known
            .iter()
            .filter(|(_, token)| token.agent == agent)
            .map(|(text, token)| (token.issued, text.clone()))
            .collect();
        if of_agent.len() >= TOKENS_PER_AGENT {
            of_agent.sort_unstable();
            if let Some((_, oldest)) = of_agent.first() {
                self.known.remove(oldest);
            }
        }
        self.known.insert(
            text,
            Token {
                agent,
                routing_key: routing_key.to_owned(),
                issued: now,
                expired: None,
            },
        );
    }

    /// Forgets all tokens of an agent: whoever still shows one gets no answer.
    pub(crate) fn forget(&mut self, agent: AgentKey) {
        self.known.retain(|_, token| token.agent != agent);
    }

    /// Lets the tokens of one agent expire.
    pub(crate) fn expire(&mut self, agent: AgentKey) {
        for token in self.known.values_mut().filter(|token| token.agent == agent) {
            token.expired = Some(ExpiredAnswer::Silent);
        }
    }

    /// Lets all tokens expire.
    pub(crate) fn expire_all(&mut self, answer: ExpiredAnswer) {
        for token in self.known.values_mut() {
            token.expired = Some(answer);
        }
    }

    pub(crate) fn clear(&mut self) {
        self.known.clear();
    }
}
