/** Opens a socket; `message` hears what it receives, `other` its other events. Throws where the browser refuses the address outright. */
function openSocket(url, protocols, message, other) {
  const socket = new WebSocket(url, protocols.split(' '));
  // Text is the rule; binary messages are read all the same.
  socket.binaryType = 'arraybuffer';
  socket.onmessage = ({ data }) => message(data);
  socket.onopen = socket.onerror = socket.onclose = other;
  return socket;
}

/** Closes a socket, of which nothing is heard any more. */
function endSocket(socket) {
  socket.onmessage = socket.onopen = socket.onerror = socket.onclose = null;
  socket.close();
}
