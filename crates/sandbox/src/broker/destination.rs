//! Destinations, as RabbitMQ names them.

use super::REQUEST_EXCHANGE;

/// The exchange behind `/topic/…`.
const TOPIC_EXCHANGE: &str = "amq.topic";

/// Where a frame goes or a subscription listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Destination<'a> {
    /// The exchange that takes commands.
    Requests,
    /// A routing key of the topic exchange.
    Topic(&'a str),
}

impl<'a> Destination<'a> {
    /// Reads a `destination` header. `None` if there is no such place.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        if let Some(key) = text.strip_prefix("/topic/") {
            return routing_key(key).map(Self::Topic);
        }
        let exchange = text.strip_prefix("/exchange/")?;
        match exchange.split_once('/') {
            Some((TOPIC_EXCHANGE, key)) => routing_key(key).map(Self::Topic),
            None if exchange == REQUEST_EXCHANGE => Some(Self::Requests),
            _ => None,
        }
    }
}

fn routing_key(text: &str) -> Option<&str> {
    (!text.is_empty() && !text.contains('/')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_names_of_a_topic_are_the_same_place() {
        let place = Some(Destination::Topic("key-1"));
        assert_eq!(Destination::parse("/topic/key-1"), place);
        assert_eq!(Destination::parse("/exchange/amq.topic/key-1"), place);
    }

    #[test]
    fn commands_go_to_their_exchange() {
        assert_eq!(
            Destination::parse("/exchange/ccs.request.exchange"),
            Some(Destination::Requests)
        );
    }

    #[test]
    fn other_places_are_unknown() {
        for text in [
            "",
            "/",
            "/topic/",
            "/topic/a/b",
            "/exchange/",
            "/exchange/amq.topic",
            "/exchange/amq.topic/",
            "/exchange/other/key",
            "/queue/q",
            "topic/key",
        ] {
            assert_eq!(Destination::parse(text), None, "{text}");
        }
    }
}
