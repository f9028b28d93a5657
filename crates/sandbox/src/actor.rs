//! The one task that owns the center. Everybody else talks to it through a [`Handle`].

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;
use tokio::sync::{mpsc, oneshot};

use crate::amqp::Outgoing;
use crate::broker::Hub;
use crate::center::{Center, Control, Denied, Input, Output, PhoneNews};
use crate::pbx;

/// So many pieces of work may wait for the center before senders have to.
const WAITING_WORK: usize = 1024;

enum Work {
    Input(Input),
    Control(Control, oneshot::Sender<Result<Value, Denied>>),
}

/// Where the center's messages go.
#[non_exhaustive]
pub enum Outlet {
    /// To the subscribers of the sandbox's own broker.
    Hub(Arc<Hub>),
    /// To a real broker. What does not fit into the channel is lost, as it would be without a queue.
    Amqp(mpsc::Sender<Outgoing>),
}

impl Outlet {
    fn publish(&self, routing_key: String, body: String) {
        match self {
            Self::Hub(hub) => hub.publish(&routing_key, &body),
            Self::Amqp(sender) => {
                if sender.try_send(Outgoing { routing_key, body }).is_err() {
                    eprintln!(
                        "sandbox: a message was lost, because the broker is away or too slow: \
                         clients that wait for it will ask again"
                    );
                }
            }
        }
    }
}

/// Access to the running center. Cheap to clone; when the last one is gone, the center ends.
#[derive(Clone)]
pub struct Handle {
    work: mpsc::Sender<Work>,
}

impl Handle {
    /// Gives a client's command to the center. The answers come through the broker.
    pub async fn command(&self, token: String, body: String) {
        // The center outlives all its handles, so that this can only fail while the process ends.
        let _ = self
            .work
            .send(Work::Input(Input::Command { token, body }))
            .await;
    }

    /// Tells the center of an agent's browser phone.
    pub async fn phone(&self, agent: String, news: PhoneNews) {
        // As above.
        let _ = self
            .work
            .send(Work::Input(Input::Phone { agent, news }))
            .await;
    }

    /// Has a wish of the control API granted.
    ///
    /// # Errors
    /// As [`Center::control`]; also while the sandbox ends.
    pub async fn control(&self, control: Control) -> Result<Value, Denied> {
        let ended = || Denied::Conflict("the sandbox is ending: start it again".to_owned());
        let (answer, answered) = oneshot::channel();
        self.work
            .send(Work::Control(control, answer))
            .await
            .map_err(|_| ended())?;
        answered.await.map_err(|_| ended())?
    }
}

/// Starts the task that drives a center.
#[must_use]
pub fn start(center: Center, outlet: Outlet, pbx: pbx::Handle) -> Handle {
    let (sender, receiver) = mpsc::channel(WAITING_WORK);
    tokio::spawn(drive(center, outlet, pbx, receiver));
    Handle { work: sender }
}

async fn drive(
    mut center: Center,
    outlet: Outlet,
    pbx: pbx::Handle,
    mut work: mpsc::Receiver<Work>,
) {
    let mut plan = Vec::new();
    loop {
        let due = center.poll_timeout();
        let answer = tokio::select! {
            job = work.recv() => match job {
                None => return,
                Some(Work::Input(input)) => {
                    center.handle(input, unix_ms());
                    None
                }
                Some(Work::Control(control, answer)) => {
                    let result = center.control(control, unix_ms());
                    Some((answer, result))
                }
            },
            () = until(due) => {
                center.handle_timeout(unix_ms());
                None
            }
        };
        while let Some(output) = center.poll_output() {
            match output {
                Output::Message { routing_key, body } => outlet.publish(routing_key, body),
                Output::Phone { agent, order } => pbx.order(agent, order),
            }
        }
        let planned = center.plan();
        if planned != plan {
            plan.clone_from(&planned);
            pbx.plan(planned);
        }
        if let Some((answer, result)) = answer {
            // Whoever asked may have gone away meanwhile.
            let _ = answer.send(result);
        }
    }
}

/// Waits until a time in Unix ms; for ever without one.
async fn until(due: Option<u64>) {
    match due {
        Some(due) => {
            tokio::time::sleep(Duration::from_millis(due.saturating_sub(unix_ms()))).await;
        }
        None => std::future::pending().await,
    }
}

/// The time in ms since 1970.
fn unix_ms() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| u64::try_from(since.as_millis()).ok())
        .unwrap_or(0)
}
