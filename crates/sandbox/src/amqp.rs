//! The center behind a real RabbitMQ.
//!
//! Browsers then speak Web STOMP to RabbitMQ, and the sandbox AMQP: it consumes the commands of the request
//! exchange and publishes the answers to the topic exchange. RabbitMQ maps a SEND to `/exchange/NAME` to an
//! empty routing key, and a header of the client's own to an AMQP header.

use std::time::Duration;

use futures_util::StreamExt;
use lapin::message::Delivery;
use lapin::options::{
    BasicConsumeOptions, BasicPublishOptions, ExchangeDeclareOptions, QueueBindOptions,
    QueueDeclareOptions,
};
use lapin::types::{AMQPValue, FieldTable, ShortString};
use lapin::uri::AMQPUri;
use lapin::{BasicProperties, Channel, Connection, ConnectionProperties, Consumer, ExchangeKind};
use tokio::sync::mpsc;
use tokio::time::sleep;

use crate::actor::Handle;
use crate::broker::REQUEST_EXCHANGE;

/// The exchange that `/topic/…` of Web STOMP stands for.
const TOPIC_EXCHANGE: &str = "amq.topic";
/// The first pause before the broker is tried again; it doubles with every failure.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(15);

/// A message on its way to whoever listens to a routing key.
pub struct Outgoing {
    /// The routing key from the agent's login.
    pub routing_key: String,
    /// Compact JSON. It may hold a token and passwords, so it must not be logged.
    pub body: String,
}

/// Works behind the broker until the sandbox ends. A lost broker is reached for again by itself, and standard
/// error says so.
pub async fn run(uri: AMQPUri, center: Handle, mut outputs: mpsc::Receiver<Outgoing>) {
    // Never the whole URI: it holds the password.
    let place = format!("{}:{}", uri.authority.host, uri.authority.port);
    let mut pause = FIRST_PAUSE;
    loop {
        match open(&uri).await {
            Ok(link) => {
                eprintln!("sandbox: working behind the broker at {place}");
                pause = FIRST_PAUSE;
                match link.work(&center, &mut outputs).await {
                    Ok(()) => return,
                    Err(why) => report(&place, "was lost", &why, pause),
                }
            }
            Err(why) => report(&place, "cannot be reached", &why.to_string(), pause),
        }
        sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

fn report(place: &str, what: &str, why: &str, pause: Duration) {
    eprintln!(
        "sandbox: the broker at {place} {what} ({why}): trying again in {} ms; see that it runs and takes this account",
        pause.as_millis()
    );
}

/// What is needed of an open connection.
struct Link {
    channel: Channel,
    commands: Consumer,
    /// Only held: the connection closes when it is dropped.
    _connection: Connection,
}

async fn open(uri: &AMQPUri) -> lapin::Result<Link> {
    let properties = ConnectionProperties::default().with_connection_name("sandbox".into());
    let connection = Connection::connect_uri(uri.clone(), properties).await?;
    let channel = connection.create_channel().await?;
    channel
        .exchange_declare(
            REQUEST_EXCHANGE.into(),
            ExchangeKind::Direct,
            ExchangeDeclareOptions {
                durable: true,
                ..ExchangeDeclareOptions::default()
            },
            FieldTable::default(),
        )
        .await?;
    // The broker names the queue, and it goes with the connection: commands to a center that is away are lost
    // rather than done late.
    let queue = channel
        .queue_declare(
            "".into(),
            QueueDeclareOptions {
                exclusive: true,
                auto_delete: true,
                ..QueueDeclareOptions::default()
            },
            FieldTable::default(),
        )
        .await?;
    channel
        .queue_bind(
            queue.name().clone(),
            REQUEST_EXCHANGE.into(),
            "".into(),
            QueueBindOptions::default(),
            FieldTable::default(),
        )
        .await?;
    let commands = channel
        .basic_consume(
            queue.name().clone(),
            "sandbox".into(),
            BasicConsumeOptions {
                no_ack: true,
                ..BasicConsumeOptions::default()
            },
            FieldTable::default(),
        )
        .await?;
    Ok(Link {
        channel,
        commands,
        _connection: connection,
    })
}

impl Link {
    /// Carries commands in and answers out. `Ok` when the sandbox ends, the reason when the broker is lost.
    async fn work(
        mut self,
        center: &Handle,
        outputs: &mut mpsc::Receiver<Outgoing>,
    ) -> Result<(), String> {
        loop {
            tokio::select! {
                delivery = self.commands.next() => match delivery {
                    Some(Ok(delivery)) => {
                        let token = token(&delivery);
                        // A body that is no text is no command either.
                        if let Ok(body) = String::from_utf8(delivery.data) {
                            center.command(token, body).await;
                        }
                    }
                    Some(Err(why)) => return Err(why.to_string()),
                    None => return Err("the broker ended the subscription".to_owned()),
                },
                output = outputs.recv() => match output {
                    Some(output) => self.publish(output).await.map_err(|why| why.to_string())?,
                    None => return Ok(()),
                },
            }
        }
    }

    async fn publish(&self, output: Outgoing) -> lapin::Result<()> {
        // AMQP knows no longer routing keys, so that nobody can listen to one.
        let Ok(routing_key) = ShortString::try_new(output.routing_key) else {
            return Ok(());
        };
        // Without publisher confirms there is nothing to wait for.
        let _unconfirmed = self
            .channel
            .basic_publish(
                TOPIC_EXCHANGE.into(),
                routing_key,
                BasicPublishOptions::default(),
                output.body.as_bytes(),
                BasicProperties::default(),
            )
            .await?;
        Ok(())
    }
}

/// The client's `token` header, empty where there is none.
fn token(delivery: &Delivery) -> String {
    let value = delivery
        .properties
        .headers()
        .as_ref()
        .and_then(|headers| headers.inner().get("token"));
    match value {
        Some(AMQPValue::LongString(text)) => text.to_string(),
        Some(AMQPValue::ShortString(text)) => text.to_string(),
        _ => String::new(),
    }
}
