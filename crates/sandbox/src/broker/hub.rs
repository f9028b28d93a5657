//! Who listens to which routing key.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::mpsc;

/// So many messages may wait for a connection; one that is slower than that is cut.
const WAITING_DELIVERIES: usize = 4096;

/// A message on its way to one subscription.
#[derive(Clone)]
pub struct Delivery {
    /// Header `id` of the subscription.
    pub subscription: String,
    /// The routing key it was sent to.
    pub routing_key: String,
    /// The body.
    pub body: String,
}

/// What the hub knows of a connection.
struct Listener {
    sender: mpsc::Sender<Delivery>,
    /// Header `id` and routing key of each subscription.
    subscriptions: Vec<(String, String)>,
}

impl Listener {
    /// Hands a message to all subscriptions that want it; `false` if there is no room for it.
    fn deliver(&self, routing_key: &str, body: &str) -> bool {
        self.subscriptions
            .iter()
            .filter(|(_, key)| key == routing_key)
            .all(|(id, key)| {
                self.sender
                    .try_send(Delivery {
                        subscription: id.clone(),
                        routing_key: key.clone(),
                        body: body.to_owned(),
                    })
                    .is_ok()
            })
    }
}

/// All subscriptions of all connections.
#[derive(Default)]
pub struct Hub {
    listeners: Mutex<BTreeMap<u64, Listener>>,
    connections: AtomicU64,
}

impl Hub {
    /// A new connection, without subscriptions.
    #[must_use]
    pub fn connect(self: &Arc<Self>) -> Subscriptions {
        let (sender, deliveries) = mpsc::channel(WAITING_DELIVERIES);
        let connection = self.connections.fetch_add(1, Ordering::Relaxed);
        let listener = Listener {
            sender,
            subscriptions: Vec::new(),
        };
        self.listeners().insert(connection, listener);
        Subscriptions {
            hub: Arc::clone(self),
            connection,
            deliveries,
        }
    }

    /// Sends to all who listen to this routing key. A connection that is too slow is given up: with its sender
    /// gone its channel ends, and with that the connection.
    pub fn publish(&self, routing_key: &str, body: &str) {
        self.listeners()
            .retain(|_, listener| listener.deliver(routing_key, body));
    }

    fn listeners(&self) -> MutexGuard<'_, BTreeMap<u64, Listener>> {
        // Nothing panics while the lock is held, and the list would be whole even then.
        self.listeners
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// One connection's subscriptions; they end with it.
pub struct Subscriptions {
    hub: Arc<Hub>,
    connection: u64,
    deliveries: mpsc::Receiver<Delivery>,
}

impl Subscriptions {
    /// Number of this connection, never used twice.
    #[must_use]
    pub fn connection(&self) -> u64 {
        self.connection
    }

    /// Listens to a routing key. A subscription of the same `id` is replaced.
    pub fn subscribe(&mut self, id: &str, routing_key: &str) {
        if let Some(listener) = self.hub.listeners().get_mut(&self.connection) {
            listener.subscriptions.retain(|(known, _)| known != id);
            listener
                .subscriptions
                .push((id.to_owned(), routing_key.to_owned()));
        }
    }

    /// Stops listening.
    pub fn unsubscribe(&mut self, id: &str) {
        if let Some(listener) = self.hub.listeners().get_mut(&self.connection) {
            listener.subscriptions.retain(|(known, _)| known != id);
        }
    }

    /// The next message; waits for one. `None` if the hub has given this connection up as too slow.
    pub async fn next(&mut self) -> Option<Delivery> {
        self.deliveries.recv().await
    }
}

impl Drop for Subscriptions {
    fn drop(&mut self) {
        self.hub.listeners().remove(&self.connection);
    }
}
