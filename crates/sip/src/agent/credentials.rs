//! Answers to challenges (RFC 3261 section 22), remembered so that the next request need not be challenged.

use super::UserAgent;
use crate::auth::{Digest, choose};
use crate::message::{Message, Name, fill};
use crate::transaction::Purpose;

/// What a server asked of us.
pub(super) struct Credential {
    /// The registrar's: of no concern to those whom we call.
    register: bool,
    /// `Authorization` or `Proxy-Authorization`.
    header: &'static str,
    digest: Digest,
}

/// Challenges answered in a row before we believe that something is wrong.
const ENOUGH: usize = 5;

impl UserAgent {
    /// Prepares an answer to a 401 or 407. `false`: there is none, or it was wrong.
    pub(super) fn authenticate(
        &mut self,
        index: usize,
        status: u16,
        message: &Message<'_>,
    ) -> bool {
        let (name, header) = if status == 401 {
            (Name::WwwAuthenticate, "Authorization")
        } else {
            (Name::ProxyAuthenticate, "Proxy-Authorization")
        };
        let Some(client) = self.clients.get_mut(index) else {
            return false;
        };
        let purpose = client.request.purpose;
        let Some(challenge) = choose(&message.values(name)) else {
            return false;
        };
        let tried = client.challenged.contains(&challenge.realm) && !challenge.stale;
        if client.given_up
            || tried
            || client.challenged.len() >= ENOUGH
            || matches!(purpose, Purpose::Ping | Purpose::Cancel)
        {
            return false;
        }
        client.challenged.push(challenge.realm.clone());
        let register = purpose == Purpose::Register;
        let known = self.credentials.iter_mut().find(|known| {
            known.register == register
                && known.header == header
                && known.digest.challenge().realm == challenge.realm
        });
        let digest = Digest::new(challenge);
        match known {
            Some(known) => known.digest = digest,
            None => self.credentials.push(Credential {
                register,
                header,
                digest,
            }),
        }
        true
    }

    /// Proves who we are in a request, to all who asked so far.
    pub(super) fn prove(&mut self, index: usize) {
        let Some(client) = self.clients.get_mut(index) else {
            return;
        };
        let request = &mut client.request;
        request.proof.clear();
        // A CANCEL cannot be challenged (RFC 3261 section 22.1).
        if matches!(request.purpose, Purpose::Ping | Purpose::Cancel) {
            return;
        }
        let register = request.purpose == Purpose::Register;
        let user = self.config.authorization_user.as_ref();
        let user = user.unwrap_or(&self.config.account);
        for known in &mut self.credentials {
            if known.register == register {
                let cnonce = self.chance.token(16);
                let value = known.digest.answer(
                    user,
                    &self.config.password,
                    request.purpose.method(),
                    &request.uri,
                    request.body.as_bytes(),
                    &cnonce,
                );
                fill(&mut request.proof, "%: %\r\n", &[known.header, &value]);
            }
        }
    }
}
