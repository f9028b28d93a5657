import { computed, defineComponent, getCurrentInstance, h, markRaw, onBeforeUnmount, onMounted, onUpdated, shallowRef, toRaw, toValue, watch } from 'vue';
import { EVENTS, Mount, handlerName, isAllowed, snapshotsOf } from './mount.mjs';

/** `<agent-toolbar>` and its session, from mounting to unmounting. */
export const AgentToolbar = defineComponent({
  name: 'AgentToolbar',
  props: { options: Object, sdk: Object, theme: String, density: String, lang: String },
  emits: [...EVENTS, 'sdk'],
  setup(props, { emit, expose, slots }) {
    const element = shallowRef();
    const instance = getCurrentInstance();
    const isListened = (event) => {
      const name = handlerName(event);
      const { props: listeners } = instance.vnode;
      return Boolean(listeners?.[name] ?? listeners?.[`${name}Once`]);
    };
    const mount = new Mount(() => ({
      options: toRaw(props.options),
      sdk: toRaw(props.sdk),
      // Nothing in it is to be followed, and a private member is not to be had through a proxy.
      started: (sdk) => emit('sdk', sdk && markRaw(sdk)),
      on: (event) => isListened(event) && ((...values) => emit(event, ...values)),
    }));
    expose({ element });
    onMounted(() => mount.begin(element.value));
    onUpdated(() => mount.update());
    // Options may be changed where they are.
    watch(() => props.options, () => mount.update(), { deep: true, flush: 'post' });
    onBeforeUnmount(() => {
      mount.end();
      // Afterwards nothing is emitted any more.
      emit('sdk', undefined);
    });
    return () => h('agent-toolbar', { ref: element, theme: props.theme, density: props.density, lang: props.lang }, slots.default?.());
  },
});

/** The session as it is now, or a part of it; undefined until there is one. `sdk` may be a ref or a function. */
export function useAgentSnapshot(sdk, part) {
  const now = shallowRef();
  watch(() => toRaw(toValue(sdk)), (given, _before, ended) => {
    const read = () => { now.value = given && snapshotsOf(given).now; };
    if (given) ended(snapshotsOf(given).subscribe(read));
    read();
  }, { immediate: true });
  return computed(() => (part === undefined ? now.value : now.value?.[part]));
}

/** A command in its promise form: whether it is possible now, whether it is under way, and what it failed by. */
export function useAgentCommand(sdk, name) {
  const current = useAgentSnapshot(sdk, 'allowed');
  const allowed = computed(() => isAllowed(current.value, name));
  const pending = shallowRef(false);
  const error = shallowRef();
  const run = async (...values) => {
    pending.value = true;
    error.value = undefined;
    try {
      return await toRaw(toValue(sdk)).request[name](...values);
    } catch (failed) {
      error.value = failed;
      return undefined;
    } finally {
      pending.value = false;
    }
  };
  return { allowed, pending, error, run };
}
