/** Pages take methods off an object and call them alone. */
function bind(object, { prototype }) {
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const { value } = Object.getOwnPropertyDescriptor(prototype, name);
    if (name !== 'constructor' && value) object[name] = value.bind(object);
  }
}
