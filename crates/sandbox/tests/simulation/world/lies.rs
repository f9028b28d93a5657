//! Lies and losses that no network brings about, to prove that they would be found.

use super::World;
use agent::Input;
use sandbox::center::Control;
use serde_json::json;

impl World {
    /// Tells the first page of an event that the center never sent.
    pub fn lie(&mut self) -> Result<(), String> {
        let link = self
            .attached_link(0)
            .ok_or("the first page has no socket")?;
        let line = self.network.links[link].line.as_ref();
        let line = line.ok_or("the first page has no link")?;
        let browser = &self.browsers[0];
        let body = json!({
            "type": "event",
            "event": "Busy",
            "nowState": "Busy",
            "eventTime": self.unix() + 60_000,
            "sequence": 0,
            "agentNumber": browser.agent,
            "data": {"currentBusyType": ""},
        });
        let destination = format!("/topic/{}", browser.kept.routing_key);
        let frame = line
            .connection
            .message("sub-0", &destination, "lie", &[], &body.to_string())
            .map_err(|why| why.to_string())?;
        self.tell(0, Input::Received(frame.as_bytes()))
    }

    /// The center locks the first agent, and the network loses that without losing the link.
    pub fn lose_a_lock(&mut self) -> Result<(), String> {
        let agent = self.browsers[0].agent.to_owned();
        self.lose(Control::Lock { agent })
    }

    /// The center throws the first agent out, and the network loses that without losing the link.
    pub fn lose_a_kick(&mut self) -> Result<(), String> {
        let agent = self.browsers[0].agent.to_owned();
        self.lose(Control::Kick { agent })
    }

    fn lose(&mut self, control: Control) -> Result<(), String> {
        self.control(control)?.ok_or("the center denies it")?;
        let link = self
            .attached_link(0)
            .ok_or("the first page has no socket")?;
        self.network.links[link].down.swallow();
        Ok(())
    }
}
